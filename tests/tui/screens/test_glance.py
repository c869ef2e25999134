"""What is seen at a glance: what is late, which quarter a letter is of, and whose desk this is."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from soptui.demo.acting import Actor, bupati_letter
from soptui.demo.office import DemoOffice
from soptui.domain.ids import UnitId
from soptui.tui.text.shortening import shortened
from tests.tui.sitting import Person, sitting

WIDTHS = (60, 80, 120)


def the_section_is_asked_for_today(office: DemoOffice) -> None:
    actor = Actor(office)
    letter = bupati_letter("045/801", "III", office.workday(2, time(8, 0)))
    actor.register("penerima-surat", letter)
    for step, who in enumerate(("camat", "sekretaris"), 1):
        at = office.workday(2, time(8 + step, 0))
        actor.receive(who, at)
        actor.finish(who, at)
    actor.receive("kasubbag-pk", office.workday(1, time(8, 0)))
    today = office.workday(0, time(8, 0))
    actor.ask_sections("kasubbag-pk", today, (UnitId("seksi-pemerintahan"),), today.date())


def row_of(person: Person, words: str) -> str:
    return next(one for one in person.sees().splitlines() if words in one)


def list_of(row: str) -> str:
    """What of a row is the list's, beside which the case under the cursor may stand."""
    return row.partition("│")[0].rstrip()


async def test_what_is_due_today_is_due_and_not_late_until_work_goes_on(
    office: DemoOffice,
) -> None:
    the_section_is_asked_for_today(office)
    today = office.workday(0, time())
    says = []
    for hours in (10, 20, 24 + 5, 24 + 9):
        office.clock.set_to(today + timedelta(hours=hours))
        async with sitting(office, "kasi-pemerintahan") as section:
            row = row_of(section, "TW III")
            says.append((row[1], row.rpartition("  ")[2]))
    office.clock.set_to(None)
    assert says == [
        (" ", "sisa 5 jam"), ("M", "hari ini"), ("M", "sampai batas"), ("T", "lewat 1 jam")
    ]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
async def test_counters_and_times_are_whole_at_every_width(looking: DemoOffice, width: int) -> None:
    async with sitting(looking, "camat", (width, 24)) as camat:
        counters = camat.sees().splitlines()[1]
        assert counters.startswith(" Terlambat 1")
        assert "…" not in counters
        for keys, words in (((), " 10 !! P"), (("2",), "Evaluasi R")):
            await camat.presses(*keys)
            row = list_of(row_of(camat, words))
            assert row[1] == "T"
            assert "lewat 1 hari" in row


@pytest.mark.parametrize("width", WIDTHS)
async def test_all_cases_tell_with_whom_each_is_and_from_80_columns_on_since_when(
    looking: DemoOffice, width: int
) -> None:
    async with sitting(looking, "camat", (width, 24)) as camat:
        await camat.presses("2")
        head = camat.sees().splitlines()[1]
        assert "Pemegang" in head
        assert ("Di sini" in head) is (width == 80)
        row = list_of(row_of(camat, " 8 ! "))
        assert "Kasubbag P" in row
        step = row.partition("Kasubbag P")[0].rstrip()
        # At sixty columns the subject has the room of what is done at the step.
        assert step.endswith(" 3" if width == 60 else ("3 dikerjakan", "3 Dikerjakan"))
        if width == 60:
            assert len(row.partition(" 8 ")[2].partition(" 3 ")[0].rstrip()) >= 17
        if width == 80:
            assert "3 hari" in row.partition("Kasubbag P")[2].partition("sisa")[0]
        if width == 120:
            await camat.puts_cursor_on("Bulan Berjalan")
            assert "Kasubbag PK Contoh · sejak 19 Nov" in camat.sees()


@given(st.integers(12, 60), st.sampled_from(["", " Tahun 2026", " Kecamatan Ajibarang"]))
def test_two_quarters_of_one_letter_never_look_alike(width: int, more: str) -> None:
    subjects = [
        f"Pengukuran Data Kinerja Perangkat Daerah {name} {quarter}{more}"
        for name in ("Triwulan", "TW")
        for quarter in ("I", "II", "III", "IV")
    ]
    for same in (subjects[:4], subjects[4:]):
        drawn = [shortened(one, width) for one in same]
        assert len(set(drawn)) == len(drawn)
        assert all(cell_len(one) <= width for one in drawn)


@pytest.mark.parametrize("width", WIDTHS)
async def test_the_heading_and_the_person_are_told_apart(looking: DemoOffice, width: int) -> None:
    for officer in ("kasubbag-pk", "kasi-pemberdayaan-masyarakat"):
        async with sitting(looking, officer, (width, 24)) as person:
            title = person.sees().splitlines()[0]
            heading, separator, who = title.partition("│ ")
            assert separator
            assert heading.startswith(" Menunggu saya  ")
            assert "Contoh" in who
            await person.presses("2")
            assert person.sees().startswith(" Semua berkas · 11 berkas")


@pytest.mark.parametrize("keys", [("3",), ("end", "enter", "left")], ids=["sop", "case"])
async def test_the_roles_stay_over_the_flowchart_while_it_scrolls(
    looking: DemoOffice, keys: tuple[str, ...]
) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses(*keys, "home")
        drawn = camat.sees().splitlines()
        head = next(index for index, one in enumerate(drawn) if "Aktivitas" in one)
        seen = set(drawn[head + 2 : -2])
        for _page in range(4):
            await camat.presses("pagedown")
            now = camat.sees().splitlines()
            assert now[: head + 2] == drawn[: head + 2]
            seen |= set(now[head + 2 : -2])
        assert now[head + 2] != drawn[head + 2]
        lines = camat.line_of("page").splitlines()[2:]
        assert {one.rstrip() for one in lines} <= {one.strip("\n")[1:] for one in seen} | {""}
