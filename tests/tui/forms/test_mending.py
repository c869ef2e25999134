"""A refusal leads to the field that mends it, and what was said of it goes when one types."""

from __future__ import annotations

from soptui.domain.events import Action
from tests.tui.forming import Office, Person, at_screen, form_of


async def test_what_is_missing_is_no_longer_said_once_it_is_filled_in(office: Office) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.presses("f10")
        assert "4 isian masih kosong (Nomor surat, " in form.news
        await clerk.types("0")
        assert form.news == ""
        assert form.rows["number"].note == ""


async def test_a_disposition_without_words_leads_to_the_instructions_and_offers_no_other_look(
    office: Office,
) -> None:
    office.letter_arrives()
    office.is_received_by("camat")
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        form.rows["due"].editor.focus()
        await camat.presses("f10")
        assert "memerlukan instruksi atau Catatan" in form.news
        assert form.news.startswith("Belum ditandatangani")
        assert camat.focused() is form.rows["instructions"].editor
        assert "F5" not in camat.sees()
        form.rows["note"].editor.focus()
        await camat.types("Segera")
        assert form.news == ""
        assert form.rows["instructions"].note == ""
        await camat.presses("f10")
        assert camat.receipt is not None


async def test_a_letter_from_the_future_is_warned_of_as_one_types_and_leads_to_its_field(
    office: Office,
) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.types("050/7\n22 Nov\nBupati\nPengukuran")
        form.rows["received"].editor.focus()
        await clerk.types("25 Nov")
        assert form.rows["received"].note.endswith("· di masa depan")
        await clerk.presses("enter")
        assert "Waktu terima belum tiba" in form.rows["received"].note
        await clerk.presses("f10")
        assert clerk.focused() is form.rows["received"].editor
        assert "Waktu terima belum tiba" in form.news


async def test_the_two_dates_of_a_letter_are_held_against_each_other(office: Office) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.presses("tab")
        await clerk.types("25 Nov")
        assert form.rows["date"].note.endswith("· diterima sebelum tanggal surat")
        await clerk.presses("backspace")
        assert form.rows["date"].note == "belum dimengerti"
        await clerk.presses(*["backspace"] * 5)
        await clerk.types("23 Nov")
        form.rows["received"].editor.focus()
        await clerk.types("22 Nov")
        assert form.rows["received"].note.endswith("· diterima sebelum tanggal surat")
        form.rows["date"].editor.focus()
        await clerk.presses(*["backspace"] * 6)
        await clerk.types("20 Nov")
        assert form.rows["received"].note.startswith("Minggu, 22 Nov")


async def test_a_due_date_in_the_past_is_warned_of_as_one_types(office: Office) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case)
    async with at_screen(form) as pilot:
        form.rows["due"].editor.focus()
        await Person(pilot).types("20/11/2026")
        assert form.rows["due"].note == "Jumat, 20 November 2026 · sudah lewat"


async def test_a_step_closed_early_names_who_has_not_answered(office: Office) -> None:
    office.letter_arrives()
    office.asks_a_section()
    form = form_of(office.desk("kasubbag-pk"), Action.COMPLETE, office.case)
    async with at_screen(form) as pilot:
        head = Person(pilot)
        paper = office.demo.papers / "bahan.csv"
        paper.write_text("a")
        form.rows["requirements"].editor.focus()
        await head.presses("asterisk")
        form.rows["output"].editor.to_focus().focus()
        await head.types(str(paper))
        await head.presses("enter", "f10")
        assert "Belum menjawab: Seksi Pemerintahan" in form.news
        assert "Yang berwenang" not in form.news
        assert head.focused() is form.rows["early_reason"].editor


async def test_an_act_of_another_step_says_which_act_is_right(office: Office) -> None:
    office.letter_arrives()
    office.goes_on_to(8)
    form = form_of(office.desk("staff-1"), Action.COMPLETE, office.case)
    view = office.desk("staff-1").view(office.case.id)
    closed = view.opening(Action.COMPLETE).closed
    assert closed is not None
    assert form.form.action is Action.COMPLETE
    assert str(closed.reason) == "Step 8 is finished by archiving the case."


async def test_a_day_that_its_month_lacks_is_told_as_one_types_and_when_one_goes_on(
    office: Office,
) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        form.rows["date"].editor.focus()
        await clerk.types("31/11")
        assert form.rows["date"].note == "November hanya 30 hari."
        await clerk.presses("enter")
        assert form.rows["date"].note == "Tanggal surat: November hanya 30 hari."


async def test_examples_beside_a_date_lie_where_its_dates_do(office: Office) -> None:
    office.letter_arrives()
    office.is_received_by("camat")
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        form.rows["date"].editor.focus()
        await clerk.types("nanti\n")
        assert "misalnya 21/11/2026" in form.rows["date"].note
        assert "kemarin" in form.rows["date"].note
        assert "besok" not in form.rows["date"].note
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        form.rows["due"].editor.focus()
        await camat.types("nanti")
        await camat.presses("tab")
        assert "misalnya 27/11/2026" in form.rows["due"].note
        assert "besok" in form.rows["due"].note
        assert "kemarin" not in form.rows["due"].note
