"""What a case says of itself at once: that its letter is corrected, and that it is suspended."""

from __future__ import annotations

from datetime import time
from itertools import pairwise

import pytest

from soptui.demo.acting import Actor, bupati_letter
from soptui.demo.office import DemoOffice
from soptui.domain.events import Correct
from soptui.domain.ids import CaseId
from soptui.domain.replace import replace
from tests.tui.sitting import sitting


def letter_arrives(office: DemoOffice, subject: str) -> CaseId:
    actor = Actor(office)
    letter = bupati_letter("470/88/2026", "IV", office.workday(0, time(8, 0)))
    actor.register("penerima-surat", replace(letter, subject=subject))
    office.clock.set_to(None)
    return actor.case_id


# --- corrections ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_corrected_letter_says_so_wherever_it_is_read(
    office: DemoOffice, size: tuple[int, int]
) -> None:
    subject = f"Permohonan data {size[0]}"
    case_id = letter_arrives(office, subject)
    desk = office.desks["penerima-surat"]
    async with sitting(office, "camat", size) as person:
        await person.puts_cursor_on(subject)
        await person.presses("enter")
        assert "dikoreksi" not in person.sees()
        desk.act(case_id, Correct(desk.case(case_id).last_id, "Nomor seharusnya 470/98/2026."))
        await person.presses("r")
        assert any("dikoreksi, lihat Surat" in one for one in person.sees().splitlines()[1:3])
        await person.presses(*["tab"] * 5)
        page = person.line_of("page")
        assert "470/88/2026" in page
        assert "Nomor seharusnya 470/98/2026. · Penerima Surat Contoh" in page
        await person.presses("c")
        assert "470/88/2026 (dikoreksi)" in person.sees()
        await person.presses("escape")


# --- suspended cases ------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_suspended_case_says_where_it_rests_since_when_with_whom_and_why(
    looking: DemoOffice, size: tuple[int, int]
) -> None:
    async with sitting(looking, "kasubbag-pk", size) as person:
        await person.puts_cursor_on("Penyelarasan")
        row = next(one for one in person.sees().splitlines() if one.startswith(">"))
        assert "5 ditunda" in row
        assert row.partition("│")[0].rstrip().endswith("ditunda")
        await person.presses("enter")
        seen = person.sees().splitlines()[:5]
        place, why = next(pair for pair in pairwise(seen) if pair[0].startswith(" Di langkah"))
        assert place.startswith(" Di langkah 5 · Ditunda sejak ")
        assert place.endswith(" · Kasubbag PK Contoh")
        assert why == " Alasan: Menunggu pembukaan kembali aplikasi e-SAKIP."
        step = next(one for one in person.sees().splitlines() if one.startswith(">  →5"))
        assert "Ditunda" in step
        assert "Dikerjakan" not in person.line_of("detail")
        await person.presses("2")
        await person.puts_cursor_on("Penyelarasan")
        row = next(one for one in person.sees().splitlines() if one.startswith(">"))
        assert row.partition("│")[0].rstrip().endswith("ditunda")


async def test_a_draft_is_told_below_the_reason_of_a_suspension(looking: DemoOffice) -> None:
    async with sitting(looking, "kasubbag-pk") as person:
        await person.puts_cursor_on("Penyelarasan")
        await person.presses("enter", "c", *"masih")
        await person.presses("escape")
        draft = person.sees().splitlines()[5]
        assert draft.startswith(" Draf Anda")
        assert draft.endswith("Catatan (c)")


# --- rows in full ---------------------------------------------------------------------------------


async def test_enter_on_a_step_tells_it_in_full(looking: DemoOffice) -> None:
    async with sitting(looking, "kasubbag-pk") as person:
        await person.puts_cursor_on("Penyelarasan")
        await person.presses("enter")
        assert person.keys.startswith(" Enter Buka")
        before = person.sees()
        assert "Diteruskan" not in before, "the page under the list is too short for the times"
        await person.presses("enter")
        told = person.sees()
        assert "Diteruskan" in told
        assert "Diterima" in told
        assert "Menunggu pembukaan kembali" in told
        await person.presses("escape")
        assert person.sees() == before


async def test_enter_on_what_happened_tells_it_in_full(looking: DemoOffice) -> None:
    async with sitting(looking, "kasubbag-pk") as person:
        await person.puts_cursor_on("Penyelarasan")
        await person.presses("enter", "tab", "tab", "enter")
        assert "Riwayat" in person.sees()
        assert "Menunggu pembukaan kembali" in person.sees()
        assert "Kode bukti" in person.sees()
        await person.presses("escape")
        assert person.screen.PLACE == "case"
