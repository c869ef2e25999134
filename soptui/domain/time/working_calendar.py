"""The office's years as one line of working time, on which every instant has a position.

Three positions are kept of an instant: the working seconds gone by, the working days gone by (a
day begun counts as the fraction of its own working time), and the closings gone by. A span of
working time is a difference of positions, so spans add up exactly wherever they are split; a due
date is the way back from a position to its instant. Each year becomes a table of prefix sums the
first time it is asked for, and a look-up is a bisection in it.

Instants come from records as claims, so nothing here fails on an absurd one: years without a
calendar share their tables, and what lies beyond the last year that Python can write is None.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct

from soptui.domain.message import Message
from soptui.domain.replace import replace
from soptui.domain.time.calendar import STANDARD_HOURS, Calendar, Hours, Regime

_DAY = 86_400
_LAST_LOCAL = datetime.date.max.toordinal() * _DAY + _DAY - 1

_Spans = tuple[tuple[int, int], ...]


class _Table(Struct, frozen=True):
    """One year by day index: its spans of work, and what has gone by before each day."""

    spans: tuple[_Spans, ...]
    seconds_before: tuple[int, ...]
    days_before: tuple[int, ...]
    working: tuple[int, ...]


class _Year(Struct, frozen=True):
    """A table at its place: the first day's ordinal, and what has gone by before the year."""

    first_ordinal: int
    seconds_before: int
    days_before: int
    table: _Table


class WorkingCalendar:
    """Several calendar years together, at the office's fixed offset from UTC.

    A year without a calendar counts every weekday of the nearest year's normal hours as worked:
    only weekends are free. `missing_years` and `missing_year_warning` say so to people.

    Positions grow from an arbitrary zero and mean something only as differences.
    """

    def __init__(self, calendars: Iterable[Calendar], zone: datetime.timezone) -> None:
        self.calendars = tuple(sorted(calendars, key=lambda calendar: calendar.year))
        self.zone = zone
        self._by_year = {calendar.year: calendar for calendar in self.calendars}
        self._offset = zone.utcoffset(None)
        self._dawn = datetime.datetime.min.replace(tzinfo=zone)
        self._shared: dict[tuple[object, ...], _Table] = {}
        # Tables grow outwards from the last year on record, because open work is recent work.
        origin = self.calendars[-1].year if self.calendars else 2000
        self._years = {
            origin: _Year(datetime.date(origin, 1, 1).toordinal(), 0, 0, self._table(origin))
        }
        self._first_year = self._last_year = origin

    def calendar_of(self, year: int) -> Calendar | None:
        """The calendar of `year` as recorded, or None."""
        return self._by_year.get(year)

    def missing_years(self, start: datetime.datetime, end: datetime.datetime) -> tuple[int, ...]:
        """The years from `start` to `end`, in the office's zone, that have no calendar."""
        first = self._year_and_ordinal(self.local_second(start))[0]
        last = self._year_and_ordinal(self.local_second(end))[0]
        return tuple(year for year in range(first, last + 1) if year not in self._by_year)

    def is_working_day(self, day: datetime.date) -> bool:
        """Whether the office works on `day`."""
        return bool(self._spans_of(day))

    def working_days_in(self, year: int) -> int:
        """The number of working days of `year`."""
        return len(self._year(year).table.working)

    # Local seconds count from the day of ordinal 0 in the office's zone. They are the integers on
    # which all arithmetic runs; fractions of a second are dropped.

    def local_second(self, moment: datetime.datetime) -> int:
        """The local second of an aware `moment`; raises ValueError when it has no zone."""
        offset = moment.utcoffset()
        if offset is None:
            raise ValueError("a moment without a time zone")
        second = moment.hour * 3600 + moment.minute * 60 + moment.second
        local = moment.toordinal() * _DAY + second
        if offset != self._offset:
            local += (self._offset - offset) // datetime.timedelta(seconds=1)
        return min(max(local, _DAY), _LAST_LOCAL)

    def moment(self, local: int | None) -> datetime.datetime | None:
        """The aware moment of a local second; None for None."""
        if local is None:
            return None
        return self._dawn + datetime.timedelta(seconds=local - _DAY)

    def end_of_day(self, local: int) -> int:
        """The last local second of the day of `local`."""
        return local - local % _DAY + _DAY - 1

    def seconds_at(self, local: int) -> int:
        """Working seconds gone by at a local second."""
        year, index, second = self._locate(local)
        gone = _worked(year.table.spans[index], second)
        return year.seconds_before + year.table.seconds_before[index] + gone

    def days_at(self, local: int) -> Fraction:
        """Working days gone by at a local second, the day begun as a fraction of its own time."""
        year, index, second = self._locate(local)
        spans = year.table.spans[index]
        whole = Fraction(year.days_before + year.table.days_before[index])
        return whole + Fraction(_worked(spans, second), _worked(spans, _DAY)) if spans else whole

    def closings_at(self, local: int) -> int:
        """Closings gone by at a local second; the instant of closing itself has gone by."""
        year, index, second = self._locate(local)
        spans = year.table.spans[index]
        closed = bool(spans) and second >= spans[-1][1]
        return year.days_before + year.table.days_before[index] + closed

    def when_seconds(self, position: int, near: int) -> int | None:
        """The first local second at which `position` working seconds have gone by.

        `near` is a local second to begin the search at. None beyond the years that can be written.
        """
        number = self._year_and_ordinal(near)[0]
        while True:
            year = self._year(number)
            rest = position - year.seconds_before
            if rest <= 0:
                number -= 1
            elif rest > year.table.seconds_before[-1]:
                number += 1
            else:
                break
            if not datetime.MINYEAR <= number <= datetime.MAXYEAR:
                return None
        index = bisect_left(year.table.seconds_before, rest) - 1
        rest -= year.table.seconds_before[index]
        midnight = (year.first_ordinal + index) * _DAY
        for start, end in year.table.spans[index]:
            if rest <= end - start:
                return midnight + start + rest
            rest -= end - start
        return None

    def when_closing(self, position: int, near: int) -> int | None:
        """The local second of the closing that brings `closings_at` to `position`; see above."""
        number = self._year_and_ordinal(near)[0]
        while True:
            year = self._year(number)
            rest = position - year.days_before
            if rest <= 0:
                number -= 1
            elif rest > len(year.table.working):
                number += 1
            else:
                break
            if not datetime.MINYEAR <= number <= datetime.MAXYEAR:
                return None
        index = year.table.working[rest - 1]
        return (year.first_ordinal + index) * _DAY + year.table.spans[index][-1][1]

    def _spans_of(self, day: datetime.date) -> _Spans:
        year = self._year(day.year)
        return year.table.spans[day.toordinal() - year.first_ordinal]

    def _locate(self, local: int) -> tuple[_Year, int, int]:
        number, ordinal = self._year_and_ordinal(local)
        year = self._year(number)
        return year, ordinal - year.first_ordinal, local % _DAY

    def _year_and_ordinal(self, local: int) -> tuple[int, int]:
        ordinal = local // _DAY
        return datetime.date.fromordinal(ordinal).year, ordinal

    def _year(self, number: int) -> _Year:
        known = self._years.get(number)
        if known is not None:
            return known
        while self._last_year < number:
            before = self._years[self._last_year]
            self._last_year += 1
            self._years[self._last_year] = _Year(
                before.first_ordinal + len(before.table.spans),
                before.seconds_before + before.table.seconds_before[-1],
                before.days_before + before.table.days_before[-1],
                self._table(self._last_year),
            )
        while self._first_year > number:
            after = self._years[self._first_year]
            self._first_year -= 1
            table = self._table(self._first_year)
            self._years[self._first_year] = _Year(
                after.first_ordinal - len(table.spans),
                after.seconds_before - table.seconds_before[-1],
                after.days_before - table.days_before[-1],
                table,
            )
        return self._years[number]

    def _table(self, year: int) -> _Table:
        calendar = self._by_year.get(year)
        if calendar is not None:
            return _tabulate(calendar)
        hours = self._fallback_hours(year)
        first = datetime.date(year, 1, 1)
        length = (datetime.date(year, 12, 31) - first).days
        shape = (hours, first.isoweekday(), length)
        if shape not in self._shared:
            self._shared[shape] = _tabulate(Calendar(year, (), hours))
        return self._shared[shape]

    def _fallback_hours(self, year: int) -> tuple[Hours, ...]:
        if not self.calendars:
            return STANDARD_HOURS
        nearest = min(self.calendars, key=lambda calendar: abs(calendar.year - year))
        edge = datetime.date(nearest.year, *((12, 31) if nearest.year < year else (1, 1)))
        at_the_edge = tuple(
            replace(hours, first=None, last=None)
            for hours in nearest.hours
            if hours.regime is Regime.NORMAL
            and (hours.first is None or hours.first <= edge)
            and (hours.last is None or edge <= hours.last)
        )
        return at_the_edge or STANDARD_HOURS


def missing_year_warning(year: int) -> Message:
    """What to tell people about a year that has no calendar."""
    return Message(
        "There is no calendar for {year}: only weekends count as free. Due dates in {year} may"
        " be too early until the calendar is added.",
        year=year,
    )


def _tabulate(calendar: Calendar) -> _Table:
    spans: list[_Spans] = []
    seconds_before, days_before, working = [0], [0], []
    known: dict[int, tuple[_Spans, int]] = {}
    for index, (_, hours) in enumerate(calendar.days()):
        if hours is not None:
            working.append(index)
            if id(hours) not in known:
                known[id(hours)] = hours.spans(), hours.working_seconds()
        day_spans, seconds = known[id(hours)] if hours is not None else ((), 0)
        spans.append(day_spans)
        seconds_before.append(seconds_before[-1] + seconds)
        days_before.append(len(working))
    return _Table(tuple(spans), tuple(seconds_before), tuple(days_before), tuple(working))


def _worked(spans: _Spans, second: int) -> int:
    worked = 0
    for start, end in spans:
        if second <= start:
            break
        worked += min(second, end) - start
    return worked
