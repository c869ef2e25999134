"""What a form shows before signing, and that it is what is signed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from soptui.desk import Desk
from soptui.desk.forms.form_for import form_for
from soptui.domain.events import Action, Note
from soptui.domain.ids import CaseId
from soptui.tui.forms import FormScreen, SeveralCases
from tests.support.demo_office import now
from tests.tui.forming import Office, Person, at_screen, form_of


@pytest.fixture
def clock_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """The office's clock moves with every look at it: by a second, or as the test sets it."""
    step, past = [timedelta(seconds=1)], [now()]

    def look() -> datetime:
        past[0] += step[0]
        return past[0]

    monkeypatch.setattr(office.demo.clock, "real", look)
    return step


def lines_of(desk: Desk, case: CaseId) -> str:
    """What the records hold of a case, without its blanks."""
    file = desk.repository.current()[1].case_file(case)
    assert file is not None
    return "".join(file.data.decode().split())


@pytest.mark.usefixtures("clock_goes_on")
async def test_what_is_previewed_is_what_is_signed(office: Office, tmp_path: Path) -> None:
    (tmp_path / "bukti.txt").write_text("bukti")
    office.letter_arrives()
    desk = office.desk("camat")
    before = lines_of(desk, office.case.id)
    form = form_of(desk, Action.DISPOSE, office.case, receive_first=True)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.presses("3")
        form.rows["file"].editor.to_focus().focus()
        await camat.types(str(tmp_path / "bukti.txt"))
        await camat.presses("enter", "f3")
        shown = camat.reads_all()
        await camat.presses("f10")
        assert camat.receipt is not None
    added = lines_of(desk, office.case.id).removeprefix(before)
    assert added.count("[[events]]") == 2
    assert added in "".join(shown.split())
    assert "+ bukti.txt  Bukti dukung, 5 B" in shown


@pytest.mark.usefixtures("clock_goes_on")
async def test_a_letter_received_now_is_registered_as_it_was_previewed(office: Office) -> None:
    desk = office.desk("penerima-surat")
    form = form_of(desk, Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.types("050/7\n20 Nov\nBupati\nPengukuran\n")
        await clerk.presses("f3")
        shown = clerk.reads_all()
        await clerk.presses("f10")
        assert clerk.receipt is not None, form.news
        case = clerk.receipt.case
    assert lines_of(desk, case) in "".join(shown.split())


async def test_what_was_changed_after_the_preview_is_signed_with_a_time_of_its_own(
    office: Office, clock_goes_on: list[timedelta]
) -> None:
    office.letter_arrives()
    desk = office.desk("camat")
    form = form_of(desk, Action.NOTE, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.types("Segera")
        await camat.presses("f3")
        shown = camat.reads_all()
        await camat.presses("escape")
        clock_goes_on[0] = timedelta(seconds=20)
        await camat.types("!")
        await camat.presses("f10")
        assert camat.receipt is not None, form.news
    event = office.case.entries[-1].event
    assert event.details == Note("Segera!")
    assert f"at = {event.at.isoformat()}" not in shown


async def test_the_preview_says_first_in_plain_words_what_is_signed(office: Office) -> None:
    office.letter_arrives()
    office.goes_on_to(7)
    desk = office.desk("camat")
    (document,) = office.case.current_documents
    form = form_of(desk, Action.APPROVE, office.case, receive_first=True, agenda=12)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.presses("f3")
        told = " ".join(camat.reads_all().partition("[[")[0].split())
    assert told.startswith("Anda menandatangani: Setujui, berkas 12/2026, Pengukuran Data Kinerja")
    assert "Diteruskan kepada" in told
    assert "Diterima dahulu" in told
    assert f"Dokumen: {document.file.name} ({document.file.size} B)." in told


@pytest.mark.usefixtures("clock_goes_on")
async def test_each_of_several_cases_is_signed_as_it_was_previewed(office: Office) -> None:
    cases = []
    for _turn in range(2):
        office.letter_arrives()
        cases.append(office.case)
    desk = office.desk("camat")
    before = {case.id: lines_of(desk, case.id) for case in cases}
    form = form_for(desk, Action.DISPOSE, cases[0])
    several = SeveralCases(desk, form, cases, receive_first=True)
    screen = FormScreen(several)
    async with at_screen(screen) as pilot:
        camat = Person(pilot)
        await camat.presses("3", "f3")
        shown = "".join(camat.reads_all().split())
        await camat.presses("f10")
        assert [one.reason for one in several.outcomes] == [None, None], screen.news
    for case in cases:
        added = lines_of(desk, case.id).removeprefix(before[case.id])
        assert added.count("[[events]]") == 2
        assert added in shown
