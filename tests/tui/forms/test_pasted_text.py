"""Text pasted from Word, a chat, or a document: its lines are joined, and what nobody sees goes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual import events

import soptui.tui
from soptui.demo.office import DemoOffice
from soptui.domain.events import Action
from soptui.tui.forms.editors.files import FilesEditor
from soptui.tui.forms.editors.text import LineEditor
from soptui.tui.widgets.filter import FilterLine
from soptui.tui.widgets.one_line import OneLine
from tests.tui.forming import Office, Person, at_screen, form_of
from tests.tui.sitting import sitting


async def test_unseen_characters_of_a_pasted_line_are_left_out_and_told(office: Office) -> None:
    """Follows medic/cht-core#7654, chamilo/chamilo-lms PR#7176."""
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.types("470/88\n20/11\nBupati\n")
        pilot.app.post_message(events.Paste("\ufeffUndangan\u200b Rapat\u2060"))
        await clerk.waits()
        assert form.rows["subject"].note == "3 karakter yang tidak terlihat dihilangkan."
        await clerk.presses("f10")
        assert clerk.receipt is not None
        letter = office.desk("penerima-surat").case(clerk.receipt.case).letter
    assert letter is not None
    assert letter.subject == "Undangan Rapat"


async def test_a_note_of_unseen_characters_alone_says_nothing(office: Office) -> None:
    office.letter_arrives()
    before = len(office.case.entries)
    form = form_of(office.desk("camat"), Action.NOTE, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        pilot.app.post_message(events.Paste("\u200b\u2800 \n"))
        await camat.presses("f10")
        assert len(office.case.entries) == before
        assert "Catatan wajib diisi" in form.news


@pytest.mark.parametrize(
    ("pasted", "stands"),
    [
        ("Undangan rapat\r\npengendalian inflasi", "Undangan rapat pengendalian inflasi"),
        ("\nUndangan\n\n  rapat \n", "Undangan rapat"),
        ("\n", ""),
        ("Undangan\trapat", "Undangan rapat"),
        ("Undangan\u2028rapat\x0bdinas", "Undangan rapat dinas"),
    ],
)
async def test_lines_pasted_into_a_field_of_one_line_are_joined(
    office: Office, pasted: str, stands: str
) -> None:
    """Reported of other programs as Estudely/riftor PR#63, earendil-works/pi#865."""
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    lines = [name for name, row in form.rows.items() if isinstance(row.editor, LineEditor)]
    assert "subject" in lines
    async with at_screen(form) as pilot:
        for name in lines:
            form.rows[name].editor.focus()
            pilot.app.post_message(events.Paste(pasted))
            await Person(pilot).waits()
            assert form.sheet.values[name] == stands


async def test_each_line_pasted_into_a_list_of_files_names_one(
    office: Office, tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ("surat.txt", "lampiran.txt")]
    for path in paths:
        path.write_text("isi")
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        (name,) = (one for one, row in form.rows.items() if isinstance(row.editor, FilesEditor))
        form.rows[name].editor.to_focus().focus()
        pilot.app.post_message(events.Paste("\n".join(map(str, paths))))
        await Person(pilot).waits()
        assert form.sheet.values[name] == tuple(map(str, paths))


@pytest.mark.parametrize(("keys", "field"), [(("slash",), FilterLine), (("colon",), OneLine)])
async def test_lines_pasted_into_a_line_to_look_for_are_joined(
    looking: DemoOffice, keys: tuple[str, ...], field: type[OneLine]
) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses(*keys)
        camat.app.post_message(events.Paste("evaluasi\nrenja\n"))
        await camat.waits()
        assert camat.app.screen.query_one(field).value == "evaluasi renja"


def test_no_field_of_one_line_is_textuals_own() -> None:
    """Every `Input` of ours joins what is pasted."""
    written = "\n".join(
        one.read_text("utf-8") for one in Path(soptui.tui.__path__[0]).rglob("*.py")
    )
    made = re.findall(r"(?:= |yield |return |\()Input\(", written)
    derived = re.findall(r"class (\w+)\(.*\bInput\b.*\):", written)
    assert (made, derived) == ([], ["OneLine"])
