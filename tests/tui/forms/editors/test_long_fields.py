"""A text longer than its field is read from its beginning wherever nobody types."""

from __future__ import annotations

from soptui.domain.events import Action
from tests.tui.forming import Office, Person, at_screen, draft_of, form_of

LONG = "Permintaan data kinerja triwulan empat untuk seluruh seksi dan subbagian di kecamatan ini"


async def test_a_long_line_that_was_left_shows_its_beginning_and_goes_on_at_its_end(
    office: Office,
) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        form.rows["subject"].editor.focus()
        await clerk.types(LONG)
        assert "kecamatan ini" in clerk.sees()
        await clerk.presses("tab")
        assert "Permintaan data kinerja" in clerk.sees()
        await clerk.presses("shift+tab")
        assert "kecamatan ini" in clerk.sees()
        await clerk.types("!")
        assert form.sheet.values["subject"] == f"{LONG}!"


async def test_a_long_line_of_a_draft_shows_its_beginning(office: Office) -> None:
    desk = office.desk("penerima-surat")
    draft_of(desk, Action.REGISTER).save({"subject": LONG})
    async with at_screen(form_of(desk, Action.REGISTER)) as pilot:
        assert "Permintaan data kinerja" in Person(pilot).sees()


async def test_a_long_note_that_was_left_shows_its_first_line(office: Office) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.ATTACH, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        form.rows["note"].editor.focus()
        await camat.types("baris pertama" + "\nlagi" * 10)
        assert "baris pertama" not in camat.sees()
        await camat.presses("tab")
        assert "baris pertama" in camat.sees()
