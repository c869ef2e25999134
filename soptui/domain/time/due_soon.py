"""From which moment on a stay is due soon, so that lists can compare it with the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from soptui.domain.case import Hold, Visit
from soptui.domain.time.normtime import NormTime, NormUnit
from soptui.domain.time.timing import visit_deadline
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import DUE_SOON_SHARE, due, elapsed

_DAY = 86_400
_SHARE, _WHOLE = DUE_SOON_SHARE.numerator, DUE_SOON_SHARE.denominator


class Deadlines:
    """Deadlines of many stays at once, with what days have in common kept."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar
        self._days: dict[int, _Day] = {}
        self._deadlines: dict[tuple[int, int, date | None], datetime | None] = {}

    def of(self, norm: NormTime | None, visit: Visit) -> tuple[datetime | None, datetime | None]:
        """`timing.visit_deadline` of a stay, and the moment from which it is due soon.

        Both are None for a stay that is over; only a norm makes anything due soon.
        """
        if visit.closed is not None:
            return None, None
        calendar, start = self._calendar, visit.clock_start
        if norm is None or visit.holds or norm.unit is NormUnit.MINUTES:
            soon = soon_at(calendar, norm, start, visit.holds) if norm else None
            return visit_deadline(calendar, norm, visit), soon
        first = calendar.local_second(start)
        # A norm in days falls due at a closing, whatever the hour of receipt.
        key = (first // _DAY, norm.amount, visit.due)
        if key not in self._deadlines:
            self._deadlines[key] = visit_deadline(calendar, norm, visit)
        soon = calendar.moment(_soon_in_days(calendar, norm.amount, first, self._days))
        return self._deadlines[key], soon


def soon_at(
    calendar: WorkingCalendar, norm: NormTime, start: datetime, holds: Sequence[Hold] = ()
) -> datetime | None:
    """The first moment at which `worktime.time_state` says due soon; None when never.

    `start` is when the work was received. While a hold is open nothing becomes due soon.
    """
    if holds:
        return _soon_with_holds(calendar, norm, start, holds)
    first = calendar.local_second(start)
    if norm.unit is NormUnit.MINUTES:
        wanted = -(-norm.amount * 60 * _SHARE // _WHOLE)
        return calendar.moment(calendar.when_seconds(calendar.seconds_at(first) + wanted, first))
    return calendar.moment(_soon_in_days(calendar, norm.amount, first, {}))


class _Day(NamedTuple):
    """A day of a calendar: closings and working seconds gone by at its end, and its own length."""

    closings: int
    gone: int
    length: int


def _day_of(calendar: WorkingCalendar, local: int, days: dict[int, _Day]) -> _Day:
    day = days.get(local // _DAY)
    if day is None:
        evening = calendar.end_of_day(local)
        gone = calendar.seconds_at(evening)
        length = gone - calendar.seconds_at(evening - _DAY)
        day = days[local // _DAY] = _Day(calendar.closings_at(evening), gone, length)
    return day


def _soon_in_days(
    calendar: WorkingCalendar, amount: int, first: int, days: dict[int, _Day]
) -> int | None:
    """The local second at which the share of `amount` days and the rest of the first is used.

    In whole numbers, because lists ask for thousands: a time is a number of days, counted in parts
    so small that the first day's seconds and the share both go into one.
    """
    closings, gone, length = _day_of(calendar, first, days)
    begun = closings
    if length:
        begun = closings * length - (gone - calendar.seconds_at(first))
    length = length or 1
    parts = _WHOLE * begun + _SHARE * ((closings + amount) * length - begun)
    whole, rest = divmod(parts, _WHOLE * length)
    last_closing = calendar.when_closing(whole + 1, first)
    if last_closing is None:
        return None
    last = _day_of(calendar, last_closing, days)
    spent = -(-rest * last.length // (_WHOLE * length))
    return calendar.when_seconds(last.gone - last.length + spent, first)


def _soon_with_holds(
    calendar: WorkingCalendar, norm: NormTime, start: datetime, holds: Sequence[Hold]
) -> datetime | None:
    due_at = due(calendar, norm, start, holds)
    if due_at is None or holds[-1].ends is None:
        return None
    wanted = DUE_SOON_SHARE * elapsed(calendar, norm.unit, start, due_at, holds)
    first, last = calendar.local_second(start), calendar.local_second(due_at)
    while first < last:
        middle = (first + last) // 2
        moment = calendar.moment(middle)
        if moment is not None and elapsed(calendar, norm.unit, start, moment, holds) >= wanted:
            last = middle
        else:
            first = middle + 1
    return calendar.moment(first)
