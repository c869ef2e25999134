"""The help of a screen: its keys in columns where there is room, and what its signs mean."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from soptui.demo.office import DemoOffice
from soptui.domain.time.worktime import DUE_SOON_SHARE
from soptui.locale import use
from soptui.tui.presentation.signs import signs_of
from soptui.tui.screens.help import in_columns
from soptui.tui.text.lines import line, text_of
from tests.tui.sitting import compare, sitting

_SHORT = re.compile(r"(?<![\w./…(-])[A-Z]{1,3}\d?(?![\w./…-])")
_WORDS = frozenset({"SOP", "PK", "B", "KB", "MB"})
"""What people write so themselves: the field's own word, a part of a title, sizes of files."""


def words_of_records(office: DemoOffice) -> str:
    """All that the letters, the people and the SOP say of themselves."""
    desk = office.desks["camat"]
    rows = desk.cases().page(100)
    said = [f"{row.subject} {row.letter_sender} {row.letter_number}" for row in rows]
    said += [officer.name for officer in desk.registry.officers.values()]
    said += [sop.identity.title for sop in desk.sops()]
    said += [unit.title for unit in desk.office.units]
    return " ".join(said)


@pytest.mark.parametrize("keys", [(), ("2",), ("6",)], ids=["tray", "cases", "board"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_whatever_is_cut_short_on_a_screen_is_told_in_its_help(
    looking: DemoOffice, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with sitting(looking, "camat", size) as camat:
        await camat.presses(*keys)
        seen = "\n".join(camat.sees().splitlines()[1:-1])
        told = dict(signs_of(camat.screen.PLACE, looking.desks["camat"].sops()))
        own = set(words_of_records(looking).split()) | _WORDS
        assert [one for one in _SHORT.findall(seen) if one not in own and one not in told] == []


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_letters_of_the_board_are_told(looking: DemoOffice, language: str) -> None:
    use(language)
    async with sitting(looking, "camat", (120, 40)) as camat:
        await camat.presses("6", "question_mark")
        text = camat.line_of("help")
        assert "Sekr." in text
        assert "Sekretaris" in text


@pytest.mark.snapshot
@pytest.mark.parametrize("size", [(120, 40), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_help_stands_in_columns_over_the_screen(
    looking: DemoOffice, size: tuple[int, int]
) -> None:
    async with sitting(looking, "camat", size) as camat:
        await camat.presses("2", "question_mark")
        compare(f"help-cases-{size[0]}x{size[1]}", camat.sees())


def test_pieces_stay_whole_and_are_read_downwards() -> None:
    pieces = [[line(f"{one}1"), line(f"{one}2")] for one in "abc"]

    drawn = text_of(in_columns(pieces, 2, 4))

    assert drawn.split() == ["a1", "c1", "a2", "c2", "b1", "b2"]


@pytest.mark.parametrize("screen", ["tray", "cases", "case", "board"])
def test_the_letter_of_what_is_due_soon_is_told_with_its_rule(screen: str) -> None:
    told = dict(signs_of(screen, ()))
    assert told["M"] == "mendekati batas: sisa kurang dari seperempat waktu baku"
    assert told["T"] == "terlambat"
    assert Fraction(1, 4) == 1 - DUE_SOON_SHARE
