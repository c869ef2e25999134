"""How many keys a person presses for what they do all day; what is written is not counted.

A receipt takes two, because no letter signs; a letter seven, because the scan is named before it
goes along; an agenda number is looked for with the key that looks for all, as digits are places.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.demo.papers import write_pdf
from soptui.desk.forms.paths import remember_folder
from soptui.tui.screens.case import CaseScreen
from tests.tui.sitting import Person, sitting

WIDE = (120, 40)


class Counted:
    """A person whose keys are counted, but not what they write."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.keys = 0

    async def presses(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.person.presses(*keys)

    async def writes(self, text: str) -> None:
        await self.person.types(text)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """The newest file of the folder from which files were taken last."""
    remember_folder(tmp_path)
    return write_pdf(tmp_path / "scan-0142.pdf", ("BUPATI BANYUMAS", "Nomor : 005/1/2026"))


async def test_a_letter_is_registered_with_its_scan_in_seven_keys(
    office: DemoOffice, scan: Path
) -> None:
    async with sitting(office, "penerima-surat", WIDE) as person:
        clerk = Counted(person)
        await clerk.presses("n")
        for text in ("005/1/2026", "kemarin", "Bupati"):
            await clerk.writes(text)
            await clerk.presses("tab")
        await clerk.writes("Undangan")
        await clerk.presses("f4", "enter", "f10")
        assert "nomor agenda" in person.news
        assert clerk.keys == 7
    desk = office.desks["penerima-surat"]
    (newest,) = desk.cases().page(1)
    case = desk.case(newest.id)
    assert case.letter is not None
    assert case.letter.subject == "Undangan"
    assert [one.name for one in case.entries[0].event.attachments] == [scan.name]


async def test_a_case_is_received_in_two_keys_and_disposed_in_three(office: DemoOffice) -> None:
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("!! Penguk")
        case = person.case_in_hand()
        camat = Counted(person)
        await camat.presses("t", "f10")
        assert camat.keys == 2
        visit = office.desks["camat"].case(case).visit
        assert visit is not None
        assert visit.received is not None
        await person.puts_cursor_on("!! Penguk")
        await camat.presses("d", "5", "f10")
        assert camat.keys == 2 + 3
    assert office.desks["camat"].case(case).step.number == 2


async def test_a_letter_is_read_and_disposed_in_three_keys_beside_its_preview(
    office: DemoOffice,
) -> None:
    async with sitting(office, "camat", WIDE) as person:
        await person.puts_cursor_on("!! Penguk")
        case = person.case_in_hand()
        assert "Mohon data disampaikan" in person.sees()
        assert "Langkah 1 dari 8" in person.sees()  # and so why it is late
        camat = Counted(person)
        await camat.presses("d", "5", "f10")
        assert camat.keys == 3
    assert office.desks["camat"].case(case).step.number == 2


async def test_a_draft_is_read_and_approved_in_two_keys(office: DemoOffice) -> None:
    async with sitting(office, "camat", WIDE) as person:
        await person.puts_cursor_on("Rekonsiliasi")
        case = person.case_in_hand()
        camat = Counted(person)
        await camat.presses("a")
        assert "Desa tertib admin" in person.sees()
        await camat.presses("f10")
        assert camat.keys == 2
    assert office.desks["camat"].case(case).approval is not None


async def test_work_is_returned_with_a_reason_in_four_keys(office: DemoOffice) -> None:
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        case = person.case_in_hand()
        camat = Counted(person)
        await camat.presses("b", "3", "tab")
        await camat.writes("Angka kedua keliru.")
        await camat.presses("f10")
        assert camat.keys == 4
    assert office.desks["camat"].case(case).step.number < 7


async def test_a_case_is_found_by_its_number_in_four_keys_and_its_flow_in_two(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat") as person:
        camat = Counted(person)
        await camat.presses("colon", "1", "1", "enter")
        assert camat.keys == 4
        assert isinstance(person.screen, CaseScreen)
        row = looking.desks["camat"].row(person.case_in_hand())
        assert row is not None
        assert row.agenda == 11
        await person.presses("escape")
        camat.keys = 0
        await camat.presses("enter", "shift+tab")
        assert camat.keys == 2
        assert "[ 2 ]" in person.sees() or "[ 2  ]" in person.sees()
