"""What nobody sees in a text, as pasted from Word or a chat, is left out, and that is said."""

from __future__ import annotations

from textual import events

from soptui.domain.events import Action
from tests.tui.forming import Office, Person, at_screen, form_of


async def test_unseen_characters_of_a_pasted_line_are_left_out_and_told(office: Office) -> None:
    """Follows medic/cht-core#7654, chamilo/chamilo-lms PR#7176."""
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.types("470/88\n20/11\n\nBupati\n")
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
        assert "Isi: Catatan" in form.news
