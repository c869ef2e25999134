"""Clocks of the work: how much working time was spent, when a step is due, whether it is late.

The day of receipt is day 0. A norm in days is due at the close of business of the n-th working
day after it; a norm in minutes counts working time and runs over to the next working morning.
A hold stops the clock: its working time does not count against a norm in minutes, and a day counts
against a norm in days only if the clock was running up to its close.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable, Iterable
from fractions import Fraction

from soptui.domain.case import Hold
from soptui.domain.replace import replace
from soptui.domain.time.normtime import NormTime, NormUnit
from soptui.domain.time.working_calendar import WorkingCalendar

DUE_SOON_SHARE = Fraction(3, 4)
"""From this share of the time allowed on, work is due soon."""


_SECONDS_PER_MINUTE = 60


class TimeState(enum.StrEnum):
    """How work stands against its norm: tepat waktu, mendekati batas, terlambat."""

    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    LATE = "late"


def working_seconds(
    calendar: WorkingCalendar, start: datetime.datetime, end: datetime.datetime
) -> int:
    """Working seconds from `start` to `end`, negative when `end` comes first."""
    first, last = calendar.local_second(start), calendar.local_second(end)
    return calendar.seconds_at(last) - calendar.seconds_at(first)


def working_days(
    calendar: WorkingCalendar, start: datetime.datetime, end: datetime.datetime
) -> Fraction:
    """Working days from `start` to `end`, negative when `end` comes first.

    Of a day that is not whole, the fraction of its own working time counts: a Friday and a day in
    Ramadan are one day each, like any other.
    """
    first, last = calendar.local_second(start), calendar.local_second(end)
    return calendar.days_at(last) - calendar.days_at(first)


def due(
    calendar: WorkingCalendar,
    norm: NormTime,
    start: datetime.datetime,
    holds: Iterable[Hold] = (),
) -> datetime.datetime | None:
    """The moment at which work received at `start` falls due by `norm`.

    None while an open hold keeps it from falling due, and beyond the last year of dates.
    """
    received = calendar.local_second(start)
    position: Callable[[int], int]
    if norm.unit is NormUnit.MINUTES:
        counted_from, amount = received, norm.amount * 60
        position, instant = calendar.seconds_at, calendar.when_seconds
    else:
        counted_from, amount = calendar.end_of_day(received), norm.amount
        position, instant = calendar.closings_at, calendar.when_closing
    target = position(counted_from) + amount
    for begun, ended in _merged(calendar, holds, counted_from, None):
        if position(begun) >= target:
            break
        if ended is None:
            return None
        target += position(ended) - position(begun)
    return calendar.moment(instant(target, received))


def closing_of(calendar: WorkingCalendar, day: datetime.date) -> datetime.datetime | None:
    """The close of business on `day`, for a due date that names a day.

    On a free day it is the close of the last working day before. None before the first year.
    """
    midnight = datetime.datetime.combine(day, datetime.time(), calendar.zone)
    local = calendar.end_of_day(calendar.local_second(midnight))
    return calendar.moment(calendar.when_closing(calendar.closings_at(local), local))


def elapsed(
    calendar: WorkingCalendar,
    unit: NormUnit,
    start: datetime.datetime,
    end: datetime.datetime,
    holds: Iterable[Hold] = (),
) -> int | Fraction:
    """Working time spent from `start` to `end` without the holds: seconds, or days as a Fraction.

    The unit is the norm's: seconds for minutes, days for working days. 0 when `end` comes first.
    """
    first, last = calendar.local_second(start), calendar.local_second(end)
    position: Callable[[int], int | Fraction] = (
        calendar.seconds_at if unit is NormUnit.MINUTES else calendar.days_at
    )
    if last <= first:
        return 0
    spent = position(last) - position(first)
    for begun, ended in _merged(calendar, holds, first, last):
        spent -= position(last if ended is None else ended) - position(begun)
    return spent


def overdue_before(calendar: WorkingCalendar, now: datetime.datetime) -> datetime.datetime:
    """The moment before which what was due is overdue at `now` by a whole working minute.

    After the close of business and on free days it stands still: nothing falls overdue then.
    """
    local = calendar.local_second(now)
    position = calendar.seconds_at(local) - (_SECONDS_PER_MINUTE - 1)
    return calendar.moment(calendar.when_seconds(position, local)) or now


def overdue_from(calendar: WorkingCalendar, due_at: datetime.datetime) -> datetime.datetime:
    """The first moment at which what was due at `due_at` is overdue by a whole working minute."""
    local = calendar.local_second(due_at)
    position = calendar.seconds_at(local) + _SECONDS_PER_MINUTE
    return calendar.moment(calendar.when_seconds(position, local)) or due_at


def time_state(
    calendar: WorkingCalendar,
    norm: NormTime,
    start: datetime.datetime,
    now: datetime.datetime,
    holds: Iterable[Hold] = (),
) -> TimeState:
    """How work received at `start` stands at `now`.

    Late is after the due moment. Due soon is from 75% of the working time between receipt and due
    moment on, holds left out on both sides. A hold still open is judged as if it ended now.
    """
    until_now = [replace(hold, ends=now) if hold.ends is None else hold for hold in holds]
    due_at = due(calendar, norm, start, until_now)
    if due_at is None:
        return TimeState.ON_TIME
    if now > due_at:
        return TimeState.LATE
    allowed = elapsed(calendar, norm.unit, start, due_at, until_now)
    spent = elapsed(calendar, norm.unit, start, now, until_now)
    return TimeState.DUE_SOON if spent >= DUE_SOON_SHARE * allowed else TimeState.ON_TIME


def _merged(
    calendar: WorkingCalendar, holds: Iterable[Hold], first: int, last: int | None
) -> list[tuple[int, int | None]]:
    """The holds between `first` and `last` as local seconds, in order and without overlap.

    Only the last can be open, and none is when `last` is given.
    """
    clipped: list[tuple[int, int]] = []
    opened: list[int] = []
    for hold in holds:
        begun = max(first, calendar.local_second(hold.starts))
        if hold.ends is None and last is None:
            opened.append(begun)
            continue
        ended = last if hold.ends is None else calendar.local_second(hold.ends)
        if ended is not None and last is not None:
            ended = min(ended, last)
        if ended is not None and begun < ended:
            clipped.append((begun, ended))
    merged: list[tuple[int, int | None]] = []
    reached = first
    for begun, ended in sorted(clipped):
        if ended > reached:
            merged.append((max(begun, reached), ended))
            reached = ended
    if opened:
        begun = min(opened)
        merged = [(start, min(end, begun)) for start, end in merged if end and start < begun]
        merged.append((begun, None))
    return merged
