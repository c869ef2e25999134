"""Clocks that stand still for a while, and how late it is by them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.case import Hold
from soptui.domain.time.normtime import NormTime, NormUnit
from soptui.domain.time.worktime import (
    TimeState,
    due,
    elapsed,
    overdue_before,
    overdue_from,
    time_state,
    working_seconds,
)
from tests.domain.time.working_hours import (
    OFFICE,
    at,
    closed_holds,
    days,
    hold,
    minutes,
    moments,
    norms,
)


class TestHolds:
    def test_held_minutes_do_not_count(self) -> None:
        waiting = hold(at("2026-01-05 09:05"), at("2026-01-05 10:05"))

        assert due(OFFICE, minutes(15), at("2026-01-05 09:00"), [waiting]) == at("2026-01-05 10:15")

    def test_overlapping_holds_count_once(self) -> None:
        holds = [
            hold(at("2026-01-05 09:20"), at("2026-01-05 10:05")),
            hold(at("2026-01-05 09:05"), at("2026-01-05 09:40")),
            hold(at("2026-01-05 09:10"), at("2026-01-05 09:15")),
        ]

        assert due(OFFICE, minutes(15), at("2026-01-05 09:00"), holds) == at("2026-01-05 10:15")

    def test_a_day_counts_only_if_the_clock_ran_up_to_its_close(self) -> None:
        received = at("2026-01-05 10:00")
        over_noon = hold(at("2026-01-06 09:00"), at("2026-01-06 13:00"))
        over_the_close = hold(at("2026-01-06 15:00"), at("2026-01-07 08:00"))
        from_the_close_on = hold(at("2026-01-06 15:30"), at("2026-01-07 08:00"))

        assert due(OFFICE, days(1), received, [over_noon]) == at("2026-01-06 15:30")
        assert due(OFFICE, days(1), received, [over_the_close]) == at("2026-01-07 15:30")
        assert due(OFFICE, days(1), received, [from_the_close_on]) == at("2026-01-06 15:30")

    def test_nothing_falls_due_while_a_hold_is_open(self) -> None:
        received, waiting = at("2026-01-05 10:00"), hold(at("2026-01-05 10:05"))

        assert due(OFFICE, minutes(15), received, [waiting]) is None
        assert due(OFFICE, days(3), received, [waiting]) is None

    def test_a_hold_that_opens_after_the_due_moment_does_not_undo_it(self) -> None:
        waiting = hold(at("2026-01-07 09:00"))

        assert due(OFFICE, minutes(15), at("2026-01-05 10:00"), [waiting]) == at("2026-01-05 10:15")
        assert due(OFFICE, days(1), at("2026-01-05 10:00"), [waiting]) == at("2026-01-06 15:30")

    @given(norms, moments, closed_holds)
    def test_holds_only_ever_push_later(
        self, norm: NormTime, start: datetime.datetime, holds: list[Hold]
    ) -> None:
        free = due(OFFICE, norm, start)
        previous = free
        for count in range(len(holds) + 1):
            held = due(OFFICE, norm, start, holds[:count])
            assert held is not None
            assert previous is not None
            assert held >= previous
            previous = held

    @given(norms, moments, closed_holds)
    def test_holds_outside_the_time_allowed_change_nothing(
        self, norm: NormTime, start: datetime.datetime, holds: list[Hold]
    ) -> None:
        free = due(OFFICE, norm, start)
        assert free is not None
        outside = [
            each
            for each in holds
            if each.ends is not None and (each.ends <= start or each.starts >= free)
        ]

        assert due(OFFICE, norm, start, outside) == free

    @given(st.integers(1, 3000), moments, closed_holds)
    def test_minutes_without_the_holds_are_spent_exactly_at_the_due_moment(
        self, amount: int, start: datetime.datetime, holds: list[Hold]
    ) -> None:
        due_at = due(OFFICE, minutes(amount), start, holds)

        assert due_at is not None
        assert elapsed(OFFICE, NormUnit.MINUTES, start, due_at, holds) == amount * 60

    @given(
        st.sampled_from(NormUnit),
        st.tuples(moments, moments, moments).map(sorted),
        closed_holds,
        st.none() | moments,
    )
    def test_time_spent_adds_up_over_any_split_holds_or_not(
        self,
        unit: NormUnit,
        points: list[datetime.datetime],
        holds: list[Hold],
        opened: datetime.datetime | None,
    ) -> None:
        start, middle, end = points
        if opened is not None:
            holds = [*holds, hold(opened)]

        parts = elapsed(OFFICE, unit, start, middle, holds)
        parts += elapsed(OFFICE, unit, middle, end, holds)
        assert parts == elapsed(OFFICE, unit, start, end, holds)
        assert parts >= 0

    def test_a_clock_that_ends_before_it_begins_has_spent_nothing(self) -> None:
        later, earlier = at("2026-01-07 09:00"), at("2026-01-05 09:00")

        assert elapsed(OFFICE, NormUnit.MINUTES, later, earlier) == 0
        assert working_seconds(OFFICE, later, earlier) < 0


class TestTimeState:
    @pytest.mark.parametrize(
        ("now", "state"),
        [
            ("2026-01-05 09:00", TimeState.ON_TIME),
            ("2026-01-05 09:29", TimeState.ON_TIME),
            ("2026-01-05 09:30", TimeState.DUE_SOON),
            ("2026-01-05 09:40", TimeState.DUE_SOON),
            ("2026-01-05 09:41", TimeState.LATE),
            ("2026-01-04 09:00", TimeState.ON_TIME),
        ],
    )
    def test_work_is_due_soon_when_three_quarters_of_its_time_are_used(
        self, now: str, state: TimeState
    ) -> None:
        assert time_state(OFFICE, minutes(40), at("2026-01-05 09:00"), at(now)) is state

    def test_the_time_of_a_norm_in_days_runs_from_receipt_to_the_due_close(self) -> None:
        received = at("2026-01-05 07:15")

        assert time_state(OFFICE, days(3), received, at("2026-01-07 15:29")) is TimeState.ON_TIME
        assert time_state(OFFICE, days(3), received, at("2026-01-07 15:30")) is TimeState.DUE_SOON
        assert time_state(OFFICE, days(3), received, at("2026-01-08 15:30")) is TimeState.DUE_SOON
        assert time_state(OFFICE, days(3), received, at("2026-01-08 15:31")) is TimeState.LATE

    def test_a_step_on_hold_stays_as_it_was_however_long_it_waits(self) -> None:
        received = at("2026-01-05 09:00")
        early, late = hold(at("2026-01-05 09:10")), hold(at("2026-01-05 09:35"))

        for now in (at("2026-01-05 09:36"), at("2026-06-01 09:00")):
            assert time_state(OFFICE, minutes(40), received, now, [early]) is TimeState.ON_TIME
            assert time_state(OFFICE, minutes(40), received, now, [late]) is TimeState.DUE_SOON

    @given(norms, moments, moments)
    def test_work_is_overdue_from_a_whole_working_minute_after_it_was_due(
        self, norm: NormTime, start: datetime.datetime, now: datetime.datetime
    ) -> None:
        due_at = due(OFFICE, norm, start)
        assert due_at is not None

        is_overdue = due_at < overdue_before(OFFICE, now)

        assert is_overdue == (working_seconds(OFFICE, due_at, now) >= 60)
        assert is_overdue == (now >= overdue_from(OFFICE, due_at))

    def test_nothing_falls_overdue_while_nobody_works(self) -> None:
        friday, saturday, monday = at("2026-01-09 15:15"), at("2026-01-10 20:00"), "2026-01-12"

        assert overdue_before(OFFICE, saturday) <= friday
        assert overdue_before(OFFICE, at(f"{monday} 07:15")) <= friday
        assert overdue_before(OFFICE, at(f"{monday} 07:17")) > friday
