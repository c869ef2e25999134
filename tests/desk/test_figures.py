"""The papan kendali at a desk: a real office, read through its index, whatever the range."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from soptui.desk import Desk
from soptui.desk.board import Span, Stopped, board_of, span_of
from soptui.domain.case_filter import CaseFilter
from soptui.domain.events import Return
from soptui.domain.ids import OfficerId
from soptui.domain.time.timeliness import Range
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

    counts = board_of(desk, FIRST_QUARTER).counts(2)

    assert (counts.waiting, counts.in_work) == (1, 1)


def test_a_step_without_cases_counts_nothing(desk: Desk) -> None:
    counts = board_of(desk, FIRST_QUARTER).counts(5)

    assert (counts.waiting, counts.in_work, counts.late) == (0, 0, 0)


def test_work_that_lies_for_weeks_is_counted_late(office: OfficeFixture, desk: Desk) -> None:
    case_id = office.register()
    office.forward_to(case_id, 2)
    office.forward(case_id)
    office.clock += timedelta(days=30)

    assert board_of(desk, FIRST_QUARTER).counts(2).late == 1


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

    assert (evening.counts(3).late, evening.counts(3).due_soon, in_list) == (0, 1, 0)
    assert next_day.counts(3).late == 1


def test_the_figures_count_what_ended_in_the_range(office: OfficeFixture, desk: Desk) -> None:
    case_id = office.register()
    office.forward_to(case_id, 3)

    first = board_of(desk, FIRST_QUARTER).figures
    second = board_of(desk, SECOND_QUARTER).figures

    assert first.steps[1].cases == (case_id,)
    assert (second.cases, second.steps[1].stays) == (0, 0)


def test_more_cases_than_are_read_at_once_are_all_counted(
    office: OfficeFixture, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soptui.desk.board._PART", 2)
    cases = [office.register() for _ in range(5)]
    told: list[tuple[int, int]] = []

    board = board_of(desk, FIRST_QUARTER, progress=lambda done, total: told.append((done, total)))

    assert set(board.figures.steps[0].cases) == set(cases)
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_a_return_names_its_case(office: OfficeFixture, desk: Desk) -> None:
    case_id = office.register()
    office.forward_to(case_id, 2)
    office.forward(case_id)
    office.act("sekretaris-1", case_id, Return(1, "mohon-petunjuk", "mohon arahan"))

    (returned,) = board_of(desk, FIRST_QUARTER).figures.returns

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
