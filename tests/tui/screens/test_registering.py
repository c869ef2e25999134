"""A letter is registered by those who may, and its case is at hand at once."""

from __future__ import annotations

import re
from itertools import count

from soptui.demo.office import DemoOffice
from soptui.domain.ids import CaseId
from soptui.tui.screens.case import CaseScreen
from tests.tui.sitting import Person, sitting

DATE_TO_SENDER = ("20 Nov", "Bupati Banyumas")
_numbers = (f"045/{number}" for number in count(777))


async def registers(person: Person, subject: str) -> str:
    """Register a letter; its number, which no other one has."""
    number = next(_numbers)
    await person.presses("n")
    for text in (number, *DATE_TO_SENDER, subject):
        for character in text:
            await person.pilot.press({" ": "space", "/": "slash"}.get(character, character))
        await person.pilot.press("enter")
    await person.presses("f10")
    return number


async def test_the_clerk_is_told_number_case_and_proof_and_one_key_opens_it(
    office: DemoOffice,
) -> None:
    desk = office.desks["penerima-surat"]
    async with sitting(office, "penerima-surat") as clerk:
        await clerk.presses("O")
        assert "Belum ada" in clerk.news
        await registers(clerk, "Undangan rapat koordinasi")
        found = re.search(
            r"agenda (\d+)/2026: ID berkas (\S+), .*kode bukti ([0-9a-f]+)\.", clerk.news
        )
        assert found, clerk.news
        row = desk.row(CaseId(found[2]))
        assert row is not None
        assert row.subject == "Undangan rapat koordinasi"
        assert row.agenda == int(found[1])
        assert desk.repository.head().startswith(found[3])
        assert "O membukanya" in clerk.news
        assert "O Berkas tadi" in clerk.keys
        await clerk.presses("O")
        assert isinstance(clerk.screen, CaseScreen)
        assert clerk.screen.case_id == found[2]
        assert "Undangan rapat koordinasi" in clerk.line_of("head")


async def test_the_next_letter_can_be_registered_from_within_a_case(office: DemoOffice) -> None:
    async with sitting(office, "penerima-surat") as clerk:
        await clerk.presses("2", "enter")
        read = clerk.case_in_hand()
        await registers(clerk, "Undangan kerja bakti")
        assert "agenda" in clerk.news
        assert clerk.case_in_hand() == read
        await clerk.presses("O")
        assert clerk.case_in_hand() != read
        assert "Undangan kerja bakti" in clerk.sees()


async def test_who_may_not_register_is_told_who_can_and_fills_in_nothing(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat") as camat:
        assert "Catat surat" not in camat.keys
        await camat.presses("n")
        assert camat.title == "Menunggu saya"
        assert "Yang berwenang: Staff Penerima Surat (Penerima Surat Contoh)" in camat.news
        await camat.presses("2")
        assert "Catat surat" not in camat.keys
    async with sitting(looking, "penerima-surat") as clerk:
        assert "n Catat surat" in clerk.keys


async def test_after_a_letter_the_list_stays_though_acts_go_on_to_the_next_case(
    office: DemoOffice,
) -> None:
    async with sitting(office, "penerima-surat") as clerk:
        await clerk.presses("2", "N")
        await registers(clerk, "Surat di antara yang lain")
        assert clerk.title.startswith("Semua berkas")
        assert "agenda" in clerk.news
        await clerk.presses("N")


async def test_a_letter_that_came_back_is_put_right_and_keeps_its_agenda_number(
    office: DemoOffice,
) -> None:
    desk = office.desks["penerima-surat"]
    async with sitting(office, "penerima-surat") as clerk:
        number = await registers(clerk, "Undangan dengan nomor keliru")
        await clerk.presses("O", "z", "f10")
        case = clerk.case_in_hand()
        row = desk.row(case)
        assert row is not None
        await clerk.presses("n")
        assert f"Catat ulang surat · {row.agenda}/2026 · Undangan" in clerk.line_of("title")
        await clerk.presses("home", "9", "f10")
        assert "Dicatat: ditandatangani" in clerk.news
        assert clerk.case_in_hand() == case
    mended = desk.case(case)
    assert mended.letter is not None
    assert mended.letter.number == f"9{number}"
    assert mended.step.number == 1
    numbered = desk.row(case)
    assert numbered is not None
    assert numbered.agenda == row.agenda


async def test_where_a_letter_came_back_another_can_be_registered_all_the_same(
    office: DemoOffice,
) -> None:
    async with sitting(office, "penerima-surat") as clerk:
        await registers(clerk, "Surat yang ditarik")
        await clerk.presses("O", "z", "f10", "q", "2")
        await clerk.puts_cursor_on("Penyelarasan")
        await registers(clerk, "Surat baru lain")
        assert "agenda" in clerk.news
