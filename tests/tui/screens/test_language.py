"""No English is left on the Indonesian screen, neither ours nor Textual's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import soptui.locale
from soptui.demo.office import DemoOffice
from soptui.locale import use
from tests.tui.screens.test_pictures import SCREENS
from tests.tui.sitting import sitting
from tools.catalogues import fields_of, read, strings_of

# What Textual itself says in English, where somebody could meet it.
OF_TEXTUAL = (
    "Press", "to quit the app", "Do you want to quit?", "Search for commands", "No matches found",
    "Quit", "Theme", "Maximize", "Minimize", "Screenshot", "palette", "Keys", "Select", "Must be",
    "Focus Next", "Focus Previous", "Copy selected text", "Show help", "Hide",
)  # fmt: skip

# What the SOP and its files are called by the office itself.
OF_THE_OFFICE = ("Draft", "Staff")


def english_sentences() -> list[str]:
    """Every msgid that Indonesian says in other terms."""
    path = Path(soptui.locale.__path__[0], "id", "LC_MESSAGES", "soptui.po")
    found = []
    for message in read(path):
        if not message.id:
            continue
        for msgid in strings_of(message.id):
            translations = strings_of(message.string)
            is_ours = len(msgid) > 4 and not fields_of(msgid) and msgid not in OF_THE_OFFICE
            if is_ours and all(translations) and msgid.lower() not in translations[0].lower():
                found.append(msgid)
    return found


@pytest.mark.parametrize(("name", "officer", "keys"), SCREENS, ids=[one[0] for one in SCREENS])
async def test_no_english_is_on_the_screen(
    looking: DemoOffice, name: str, officer: str, keys: tuple[str, ...]
) -> None:
    async with sitting(looking, officer, (120, 60)) as person:
        await person.presses(*keys)
        text = person.sees()
        for word in (*OF_TEXTUAL, *english_sentences()):
            assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text), word


async def test_no_english_of_textual_is_on_the_english_screen_either(looking: DemoOffice) -> None:
    use("en")
    async with sitting(looking, "camat") as person:
        await person.presses("ctrl+c")
        assert person.news == "Q leaves soptui; what you typed is kept."


async def test_every_word_of_every_state_is_translated() -> None:
    from soptui.desk.words import terms
    from soptui.locale import _

    same_in_both = {"Output"}
    tables = (
        terms.STATUS, terms.STEP_STATE, terms.TIME_STATE, terms.URGENCY, terms.SECURITY,
        terms.FILE_KIND, terms.FATE,
    )  # fmt: skip
    for table in tables:
        for key in table:
            assert _(table[key]) != table[key] or table[key] in same_in_both
