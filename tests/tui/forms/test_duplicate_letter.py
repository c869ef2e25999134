"""A letter that is in the records already is known again while it is typed, and asked for once."""

from __future__ import annotations

from soptui.domain.case import Case
from soptui.domain.events import Action, Receive, Return
from tests.tui.forming import Office, Person, at_screen, draft_of, form_of

FIRST = {"number": "470/88/2026", "date": "20/11/2026", "sender": "Bupati Cilacap"}


async def registered(office: Office, **letter: str) -> Case:
    """A letter that the clerk registers by the form."""
    desk = office.desk("penerima-surat")
    draft_of(desk, Action.REGISTER).save(FIRST | {"subject": "Undangan"} | letter)
    async with at_screen(form_of(desk, Action.REGISTER)) as pilot:
        clerk = Person(pilot)
        await clerk.presses("f10")
        assert clerk.receipt is not None
        return desk.case(clerk.receipt.case)


def agenda_of(office: Office, case: Case) -> str:
    row = office.desk("penerima-surat").row(case.id)
    assert row is not None
    return f"{row.agenda}/{row.year}"


async def test_while_typing_the_agenda_number_and_the_date_stand_beside_the_number(
    office: Office,
) -> None:
    first = await registered(office, number="005/1/2026")
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.types("005 / 1 / 2026\n21/11\nbupati cilaca")
        assert form.rows["number"].note == ""
        await clerk.types("p")
        assert form.rows["number"].note == (
            f"Sudah dicatat: nomor agenda {agenda_of(office, first)}, "
            "surat tanggal 20 November 2026."
        )
        assert agenda_of(office, first) in clerk.sees()
        await clerk.types("x")
        assert form.rows["number"].note == ""


async def test_the_first_f10_asks_and_the_second_registers_it_all_the_same(office: Office) -> None:
    first = await registered(office, number="005/2/2026")
    desk = office.desk("penerima-surat")
    before = desk.repository.head()
    draft_of(desk, Action.REGISTER).save(FIRST | {"number": "005/2/2026", "subject": "Sama"})
    form = form_of(desk, Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.presses("f10")
        assert desk.repository.head() == before
        assert form.news.startswith("Belum ditandatangani: Sudah dicatat")
        assert agenda_of(office, first) in form.news
        assert "F10 sekali lagi" in form.news
        assert clerk.focused() is form.rows["number"].editor
        await clerk.presses("f10")
        assert clerk.receipt is not None
        assert clerk.receipt.case != first.id


async def test_who_was_asked_of_one_letter_is_asked_of_the_next_too(office: Office) -> None:
    await registered(office, number="005/3/2026")
    await registered(office, number="005/4/2026")
    desk = office.desk("penerima-surat")
    draft_of(desk, Action.REGISTER).save(FIRST | {"number": "005/3/2026", "subject": "Sama"})
    form = form_of(desk, Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.presses("f10")
        form.rows["number"].editor.show_value("005/4/2026")
        before = desk.repository.head()
        await clerk.presses("f10")
        assert desk.repository.head() == before
        assert "F10 sekali lagi" in form.news


async def test_a_letter_of_the_same_number_from_somebody_else_is_another(office: Office) -> None:
    await registered(office, number="005/5/2026")
    other = await registered(office, number="005/5/2026", sender="Camat Kroya")
    assert other.letter is not None
    assert other.letter.sender == "Camat Kroya"


async def test_letters_without_a_number_are_not_held_against_each_other(office: Office) -> None:
    await registered(office, number="-")
    assert await registered(office, number="-")


async def test_a_letter_that_came_back_is_not_its_own_double(office: Office) -> None:
    office.letter_arrives()
    case = office.case
    office.desk("camat").act(case.id, Receive())
    reason = case.step.returns[0].reasons[0]
    office.desk("camat").act(case.id, Return(0, reason, "perihal keliru"))
    office.desk("penerima-surat").act(case.id, Receive())
    form = form_of(office.desk("penerima-surat"), Action.REGISTER, office.case)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        assert form.rows["number"].note == ""
        form.rows["subject"].editor.focus()
        await clerk.types(" 2")
        await clerk.presses("f10")
        assert clerk.receipt is not None
        assert clerk.receipt.case == case.id
