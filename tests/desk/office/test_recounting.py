"""A changed calendar measures closed steps too, and it is told for how many that matters."""

from __future__ import annotations

import pytest

from soptui.desk.board import board_of
from soptui.desk.office.administration import Administration
from soptui.desk.office.recounting import Recount, recount
from soptui.desk.refusals import Weighty
from soptui.domain.ids import CaseId
from soptui.domain.time.timeliness import year
from soptui.records.clone.genesis import starter_path
from tests.support.desks import Desks
from tests.support.office_repository import OfficeFixture


def calendar_with(*holidays: str) -> bytes:
    """The calendar of 2026 with these days of January free as well."""
    added = "".join(
        f'\n[[holidays]]\ndate = 2026-01-{one}\nname = "Cuti Bersama"\nkind = "joint_leave"\n'
        for one in holidays
    )
    text = (starter_path() / "calendars" / "2026.toml").read_text(encoding="utf-8")
    head, first, rest = text.partition("\n[[holidays]]\ndate = 2026-01-16\n")
    assert first
    return f"{head}{added}{first}{rest}".encode()


@pytest.fixture
def late_case(office: OfficeFixture) -> CaseId:
    """A case whose third step, of three days, was received on Monday and ended on Friday."""
    case_id = office.register()
    office.forward_to(case_id, 3)
    while office.case(case_id).step.number == 3:
        office.tick(48 if office.case(case_id).requests else 0)
        office.forward(case_id)
    return case_id


def late_at_step(desks: Desks, step: int) -> int:
    return board_of(desks["camat-1"], year(2026)).counted.figures.steps[step].late


def test_days_declared_free_afterwards_make_a_late_step_be_in_time_and_back(
    desks: Desks, late_case: str
) -> None:
    desk = desks["admin-1"]
    assert late_at_step(desks, 3) == 1

    before = desk.calendar
    with pytest.raises(Weighty, match="1 became in time"):
        Administration(desk).add_calendar(calendar_with("06", "07", "08"))
    Administration(desk, sure=True).add_calendar(calendar_with("06", "07", "08"))
    assert recount(desk, before, desk.calendar, 2026) == Recount(became_late=0, became_on_time=1)
    assert late_at_step(desks, 3) == 0

    before = desk.calendar
    Administration(desk, sure=True).add_calendar(calendar_with())
    assert recount(desk, before, desk.calendar, 2026) == Recount(became_late=1, became_on_time=0)
    assert late_at_step(desks, 3) == 1


def test_a_change_that_matters_to_no_closed_step_counts_nothing(
    desks: Desks, late_case: str
) -> None:
    desk = desks["admin-1"]
    before = desk.calendar
    Administration(desk).add_calendar(calendar_with("30"))
    assert recount(desk, before, desk.calendar, 2026) == Recount(0, 0)
