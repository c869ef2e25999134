"""A case is called by its number in the mail register wherever people meet it."""

from __future__ import annotations

from datetime import time

import pytest

from soptui.demo.acting import Actor, bupati_letter
from soptui.demo.office import DemoOffice
from soptui.domain.events import Recall
from soptui.domain.ids import CaseId
from soptui.domain.replace import replace
from soptui.tui.presentation.outcomes import case_title
from tests.tui.sitting import Person, sitting


def letter_arrives(office: DemoOffice, subject: str) -> CaseId:
    """A case that waits at the head's desk, called by its subject alone."""
    actor = Actor(office)
    letter = bupati_letter("045/601", "IV", office.workday(0, time(8, 0)))
    actor.register("penerima-surat", replace(letter, subject=subject))
    office.clock.set_to(None)
    return actor.case_id


def number_of(office: DemoOffice, case_id: CaseId) -> str:
    row = office.desks["camat"].row(case_id)
    assert row is not None
    return f"{row.agenda}/2026"


async def marks(person: Person, *subjects: str) -> None:
    for subject in subjects:
        await person.puts_cursor_on(subject)
        await person.presses("space")


async def test_several_cases_are_numbered_in_their_form_its_preview_and_its_results(
    office: DemoOffice,
) -> None:
    first, second = letter_arrives(office, "Rapat kesatu"), letter_arrives(office, "Rapat kedua")
    numbered = {
        f"{number_of(office, first)} 2026-xxxxxxxx Rapat kesatu",
        f"{number_of(office, second)} 2026-xxxxxxxx Rapat kedua",
    }
    async with sitting(office, "camat", (80, 60)) as person:
        await marks(person, "Rapat kesatu", "Rapat kedua")
        await person.presses("d")
        assert numbered <= {one.strip() for one in person.sees().splitlines()}
        await person.presses("7", "f3")
        assert f"berkas {number_of(office, second)}, Rapat kedua" in person.sees()
        await person.presses("escape", "f10")
        assert "Hasil setiap berkas" in person.sees()
        assert all(one in person.sees() for one in numbered)
        await person.presses("escape")


async def test_a_case_of_several_that_is_refused_is_named_by_its_number(
    office: DemoOffice,
) -> None:
    first, second = letter_arrives(office, "Undangan A"), letter_arrives(office, "Undangan B")
    async with sitting(office, "camat") as person:
        await marks(person, "Undangan A", "Undangan B")
        await person.presses("d", "7")
        office.desks["penerima-surat"].act(first, Recall("Salah kirim."))
        await person.presses("f10", "escape")
        assert f"1 berkas tidak dicatat: {number_of(office, first)}: " in person.news
    assert office.desks["camat"].case(second).visit is not None


def test_where_the_line_is_short_the_id_makes_room() -> None:
    case = CaseId("2026-vaas4wpm")
    whole = f"12/2026 {case} Rapat"
    assert case_title("12/2026", case, "Rapat", len(whole)) == whole
    assert case_title("12/2026", case, "Rapat", len(whole) - 1) == "12/2026 Rapat"
    assert case_title("", case, "Rapat", 10) == "2026-vaas4wpm Rapat"


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_a_case_is_headed_by_its_number_and_not_by_its_id(
    looking: DemoOffice, width: int
) -> None:
    async with sitting(looking, "camat", (width, 24)) as person:
        await person.puts_cursor_on("Rekonsiliasi")
        number = number_of(looking, person.case_in_hand())
        await person.presses("enter")
        title = person.sees().splitlines()[0]
        assert title.startswith(f" Berkas {number}")
        assert "2026-xxxxxxxx" not in person.sees()


@pytest.mark.parametrize("width", [44, 80, 120])
async def test_a_form_is_headed_by_the_number_of_its_case(looking: DemoOffice, width: int) -> None:
    async with sitting(looking, "camat", (80, 24)) as person:
        await person.puts_cursor_on("Rekonsiliasi")
        number = number_of(looking, person.case_in_hand())
        await person.presses("c")
        await person.resizes(width, 24)
        title = person.sees().splitlines()[0]
        assert title.startswith(f" Catatan · {number}")
        assert "2026-xxxxxxxx" not in title
        assert "│ Camat Contoh" in title
        await person.presses("escape")


async def test_the_audit_trail_tells_cases_by_their_numbers(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("5")
        source = person.table.source
        rows = [source.row(index) for index in range(20)]
        told = ["".join(span.text for span in row.cells[2]) for row in rows]
        assert "9/2026" in told
        assert not [one for one in told if one.startswith("2026-")]
