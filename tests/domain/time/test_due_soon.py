"""Work becomes due soon at exactly one moment, before and after which the clock says otherwise."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.case import Hold, Visit
from soptui.domain.ids import NO_EVENT, OfficerId
from soptui.domain.time.calendar import STANDARD_HOURS, Calendar
from soptui.domain.time.due_soon import Deadlines, soon_at
from soptui.domain.time.normtime import NormTime, NormUnit
from soptui.domain.time.timing import visit_deadline
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import TimeState, time_state

SENDER = OfficerId("a")

WIB = timezone(timedelta(hours=7))
CALENDAR = WorkingCalendar([Calendar(2026, (), STANDARD_HOURS)], WIB)
DEADLINES = Deadlines(CALENDAR)
SECOND = timedelta(seconds=1)

moments = st.integers(0, 300 * 86_400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=WIB) + timedelta(seconds=seconds)
)
norms = st.one_of(
    st.integers(1, 900).map(lambda amount: NormTime("", amount, NormUnit.MINUTES)),
    st.integers(1, 9).map(lambda amount: NormTime("", amount, NormUnit.WORKING_DAYS)),
)
spans = st.tuples(st.integers(0, 300_000), st.integers(1, 300_000))


@given(norms, moments, st.none() | spans)
def test_due_soon_begins_when_the_clock_says_so_and_not_a_second_earlier(
    norm: NormTime, start: datetime, span: tuple[int, int] | None
) -> None:
    holds: tuple[Hold, ...] = ()
    if span is not None:
        begun = start + timedelta(seconds=span[0])
        holds = (Hold(begun, begun + timedelta(seconds=span[1]), "tunggu"),)
    soon = soon_at(CALENDAR, norm, start, holds)
    assert soon is not None
    assert time_state(CALENDAR, norm, start, soon, holds) is TimeState.DUE_SOON
    if soon > start:
        assert time_state(CALENDAR, norm, start, soon - SECOND, holds) is TimeState.ON_TIME


@given(st.none() | norms, moments, st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_deadlines_kept_for_many_stays_are_those_of_each_alone(
    norm: NormTime | None, start: datetime, due: date | None
) -> None:
    visit = Visit(1, 1, start, SENDER, NO_EVENT, received=start, due=due)
    deadline, soon = DEADLINES.of(norm, visit)
    assert deadline == visit_deadline(CALENDAR, norm, visit)
    assert soon == (soon_at(CALENDAR, norm, start) if norm else None)


def test_nothing_is_due_while_held_or_once_over() -> None:
    start = datetime(2026, 1, 5, 8, tzinfo=WIB)
    norm = NormTime("", 3, NormUnit.WORKING_DAYS)
    held = Visit(1, 1, start, SENDER, NO_EVENT, holds=(Hold(start, None, "tunggu"),))
    over = Visit(1, 1, start, SENDER, NO_EVENT, closed=start + SECOND)
    assert DEADLINES.of(norm, held) == DEADLINES.of(norm, over) == (None, None)
