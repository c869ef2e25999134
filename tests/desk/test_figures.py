"""The papan kendali at a desk: a real office, read through its index, whatever the range."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from soptui.desk import Desk
from soptui.desk.board import Span, board_of, span_of
from soptui.desk.counting import Stopped, range_before
from soptui.domain.case_filter import CaseFilter
from soptui.domain.events import Cancel, Return
from soptui.domain.ids import OfficerId
from soptui.domain.time.timeliness import Range
from soptui.domain.time.weeks import WEEKS
from tests.support.office_repository import OfficeFixture

FIRST_QUARTER = Range(date(2026, 1, 1), date(2026, 3, 31))
SECOND_QUARTER = Range(date(2026, 4, 1), date(2026, 6, 30))


@pytest.fixture
def desk(office: OfficeFixture) -> Iterator[Desk]:
    made = Desk(office.repository, OfficerId("camat-1"), clock=lambda: office.clock)
    yield made
    made.close()


def test_the_board_tells_where_the_open_cases_are(office: OfficeFixture, desk: Desk) -> None:
    waiting = office.register()
    in_work = office.register()
    office.forward_to(waiting, 2)
    office.forward_to(in_work, 2)
    office.forward(in_work)

    counts = board_of(desk, FIRST_QUARTER).standing.counts(2)

    assert (counts.waiting, counts.in_work) == (1, 1)


def test_a_step_without_cases_counts_nothing(desk: Desk) -> None:
    counts = board_of(desk, FIRST_QUARTER).standing.counts(5)

    assert (counts.waiting, counts.in_work, counts.late) == (0, 0, 0)


def test_work_that_lies_for_weeks_is_counted_late(office: OfficeFixture, desk: Desk) -> None:
    case_id = office.register()
    office.forward_to(case_id, 2)
    office.forward(case_id)
    office.clock += timedelta(days=30)

    assert board_of(desk, FIRST_QUARTER).standing.counts(2).late == 1


def test_in_the_hour_after_closing_nothing_has_fallen_late(
    office: OfficeFixture, desk: Desk
) -> None:
    case_id = office.register()
    office.forward_to(case_id, 3)
    office.forward(case_id)
    row = desk.row(case_id)
    assert row is not None
    assert row.deadline is not None
    office.clock = row.deadline + timedelta(hours=1)

    evening = board_of(desk, FIRST_QUARTER)
    in_list = desk.cases(CaseFilter(late_at=desk.overdue_before)).count
    office.clock = row.deadline + timedelta(days=1)
    next_day = board_of(desk, FIRST_QUARTER)

    there = evening.standing.counts(3)
    assert (there.late, there.due_soon, in_list) == (0, 1, 0)
    assert next_day.standing.counts(3).late == 1


def test_the_figures_count_what_ended_in_the_range(office: OfficeFixture, desk: Desk) -> None:
    case_id = office.register()
    office.forward_to(case_id, 3)

    first = board_of(desk, FIRST_QUARTER).counted.figures
    second = board_of(desk, SECOND_QUARTER).counted.figures

    assert first.steps[1].cases == (case_id,)
    assert (second.cases, second.steps[1].stays) == (0, 0)


def test_more_cases_than_are_read_at_once_are_all_counted(
    office: OfficeFixture, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soptui.desk.counting._PART", 2)
    cases = [office.register() for _ in range(5)]
    told: list[tuple[int, int]] = []

    board = board_of(desk, FIRST_QUARTER, progress=lambda done, total: told.append((done, total)))

    assert set(board.counted.figures.steps[0].cases) == set(cases)
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_each_open_case_is_named_where_it_lies_now(office: OfficeFixture, desk: Desk) -> None:
    first, second = office.register(), office.register()
    office.forward_to(second, 2)

    standing = board_of(desk, FIRST_QUARTER).standing

    lying = {one.step.number: [row.id for row in one.cases] for one in standing.lanes if one.open}
    assert lying == {1: [first], 2: [second]}
    assert (standing.all.waiting, standing.closed_count) == (2, 0)


def test_a_cancelled_case_is_named_among_those_that_ended_in_the_time(
    office: OfficeFixture, desk: Desk
) -> None:
    case_id = office.register()
    office.act("camat-1", case_id, Cancel("ditangani kabupaten"))

    here = board_of(desk, FIRST_QUARTER).standing
    later = board_of(desk, SECOND_QUARTER).standing

    assert [row.id for row in here.closed] == [case_id]
    assert desk.cases(here.closed_filter).count == here.closed_count == 1
    assert (later.closed, later.closed_count) == ((), 0)


def test_the_quarter_is_told_beside_the_one_before(office: OfficeFixture, desk: Desk) -> None:
    case_id = office.register()
    office.forward_to(case_id, 3)
    office.clock += timedelta(days=90)

    counted = board_of(desk, SECOND_QUARTER).counted

    assert counted.before.days == FIRST_QUARTER
    assert (counted.before.ended, counted.before.late) == (2, 0)
    assert (counted.figures.on_time_share, counted.arrived) == (None, 0)


def test_the_weeks_tell_when_what_ended_and_what_came(office: OfficeFixture, desk: Desk) -> None:
    case_id = office.register()
    office.forward_to(case_id, 2)
    came = office.clock.date()

    weeks = board_of(desk, FIRST_QUARTER).counted.weeks

    (week,) = [one for one in weeks if one.arrived]
    assert len(weeks) == WEEKS
    assert week.days.first <= came <= week.days.last
    ended = week.at(1)
    assert ended is not None
    assert (ended.ended, ended.late, ended.cases) == (1, 0, (case_id,))


@pytest.mark.parametrize(
    ("days", "before"),
    [
        (SECOND_QUARTER, FIRST_QUARTER),
        (FIRST_QUARTER, Range(date(2025, 10, 1), date(2025, 12, 31))),
        (Span(2026).days, Span(2025).days),
        (Range(date(2026, 3, 2), date(2026, 3, 8)), Range(date(2026, 2, 23), date(2026, 3, 1))),
    ],
)
def test_the_time_before_is_of_the_same_kind(days: Range, before: Range) -> None:
    assert range_before(days) == before


def test_a_return_names_its_case(office: OfficeFixture, desk: Desk) -> None:
    case_id = office.register()
    office.forward_to(case_id, 2)
    office.forward(case_id)
    office.act("sekretaris-1", case_id, Return(1, "mohon-petunjuk", "mohon arahan"))

    (returned,) = board_of(desk, FIRST_QUARTER).counted.figures.returns

    assert (returned.from_step, returned.to_step, returned.cases) == (2, 1, (case_id,))


def test_counting_stops_when_nobody_waits_for_it(office: OfficeFixture, desk: Desk) -> None:
    office.register()
    cancelled = threading.Event()
    cancelled.set()

    with pytest.raises(Stopped):
        board_of(desk, FIRST_QUARTER, cancelled=cancelled)


def test_the_list_behind_a_figure_holds_just_its_cases(office: OfficeFixture, desk: Desk) -> None:
    behind = office.register()
    office.register()

    found = desk.cases(CaseFilter(among=(behind,)))

    assert found.count == 1
    assert [row.id for row in found.page(10)] == [behind]


@pytest.mark.parametrize(
    ("day", "steps", "expected"),
    [
        (date(2026, 11, 22), 0, Span(2026, 4)),
        (date(2026, 11, 22), 1, Span(2027, 1)),
        (date(2026, 1, 1), -1, Span(2025, 4)),
        (date(2026, 3, 31), -5, Span(2024, 4)),
    ],
)
def test_quarters_follow_each_other_over_the_years(day: date, steps: int, expected: Span) -> None:
    assert span_of(day).moved(steps) == expected


def test_years_follow_each_other_whole() -> None:
    assert Span(2026).moved(-2) == Span(2024)
    assert Span(2024).days == Range(date(2024, 1, 1), date(2024, 12, 31))
