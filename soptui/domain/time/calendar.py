"""A year of the office: its holidays, its working hours, and Ramadan, when the hours are shorter.

Every part names its source, because holidays are set by joint decree and amended within the year,
and hours by the regent's circular. `faults_of` says what is wrong with a calendar.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator
from itertools import combinations, pairwise

from msgspec import Struct

from soptui.domain.message import Message


class HolidayKind(enum.StrEnum):
    """Who frees a day: the state (libur nasional, cuti bersama) or a local decision."""

    NATIONAL = "national"
    JOINT_LEAVE = "joint_leave"
    LOCAL = "local"


class Regime(enum.StrEnum):
    """Which working hours apply."""

    NORMAL = "normal"
    RAMADAN = "ramadan"


class Holiday(Struct, frozen=True):
    """A day on which the office is closed; `estimated` until the government has fixed its date."""

    date: datetime.date
    name: str
    kind: HolidayKind
    estimated: bool = False


class Break(Struct, frozen=True):
    """The pause of a working day (istirahat)."""

    start: datetime.time
    end: datetime.time


class Hours(Struct, frozen=True):
    """Working hours of some weekdays (1 Monday to 7 Sunday) under one regime.

    They hold from `first` to `last`, or from either end of the year. `inferred` gives the
    reasoning for what no source states.
    """

    regime: Regime
    weekdays: tuple[int, ...]
    opens: datetime.time
    closes: datetime.time
    source: str
    pause: Break | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    inferred: str = ""

    def spans(self) -> tuple[tuple[int, int], ...]:
        """The stretches of work as (start, end) in seconds from midnight."""
        if self.pause is None:
            return ((_seconds(self.opens), _seconds(self.closes)),)
        return (
            (_seconds(self.opens), _seconds(self.pause.start)),
            (_seconds(self.pause.end), _seconds(self.closes)),
        )

    def working_seconds(self) -> int:
        """The working time of one such day, without the break."""
        return sum(end - start for start, end in self.spans())

    def apply_on(self, day: datetime.date) -> bool:
        """Whether `day` is one of the weekdays and lies between `first` and `last`."""
        return (
            day.isoweekday() in self.weekdays
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
        )


class Ramadan(Struct, frozen=True):
    """The days of a Ramadan that fall in one calendar year, both ends included."""

    first: datetime.date
    last: datetime.date
    source: str
    estimated: bool = False


class Source(Struct, frozen=True):
    """Where the holidays of one kind come from: a decree, a circular, or what stands in for one."""

    kind: HolidayKind
    text: str
    address: str = ""


class Calendar(Struct, frozen=True):
    """One calendar year. Two Ramadans can begin in one year, as in 2030."""

    year: int
    holidays: tuple[Holiday, ...]
    hours: tuple[Hours, ...]
    ramadan: tuple[Ramadan, ...] = ()
    sources: tuple[Source, ...] = ()

    def regime_on(self, day: datetime.date) -> Regime:
        """The regime of working hours in force on `day`."""
        in_ramadan = any(ramadan.first <= day <= ramadan.last for ramadan in self.ramadan)
        return Regime.RAMADAN if in_ramadan else Regime.NORMAL

    def hours_on(self, day: datetime.date) -> Hours | None:
        """The hours of `day` as a weekday, holiday or not; None when that weekday is free."""
        regime = self.regime_on(day)
        for hours in self.hours:
            if hours.regime is regime and hours.apply_on(day):
                return hours
        return None

    def days(self) -> Iterator[tuple[datetime.date, Hours | None]]:
        """Every day of the year with the hours worked on it, None on a free day."""
        free = {holiday.date for holiday in self.holidays}
        day = datetime.date(self.year, 1, 1)
        for _ in range((datetime.date(self.year, 12, 31) - day).days + 1):
            yield day, None if day in free else self.hours_on(day)
            if day < datetime.date.max:
                day += datetime.timedelta(days=1)


STANDARD_HOURS = (
    Hours(
        Regime.NORMAL,
        (1, 2, 3, 4),
        datetime.time(7, 30),
        datetime.time(16, 0),
        "Perpres 21/2023",
        Break(datetime.time(12, 0), datetime.time(13, 0)),
    ),
    Hours(
        Regime.NORMAL,
        (5,),
        datetime.time(7, 30),
        datetime.time(16, 30),
        "Perpres 21/2023",
        Break(datetime.time(11, 30), datetime.time(13, 0)),
    ),
)
"""Hours for an office without any calendar: start, breaks and 37.5 hours a week by Perpres 21/2023;
when the breaks lie is custom."""


def faults_of(calendar: Calendar) -> list[Message]:
    """Everything that is wrong with `calendar`, in the order of its parts; empty when sound."""
    return [
        *_faults_of_ramadan(calendar),
        *_faults_of_hours(calendar),
        *_faults_of_holidays(calendar),
    ]


def _faults_of_ramadan(calendar: Calendar) -> Iterator[Message]:
    for ramadan in calendar.ramadan:
        yield from _faults_of_range(calendar, ramadan.first, ramadan.last)
    for one, other in combinations(calendar.ramadan, 2):
        if one.first <= other.last and other.first <= one.last:
            yield Message("Two Ramadans overlap on {date}.", date=max(one.first, other.first))
    regimes = {hours.regime for hours in calendar.hours}
    if calendar.ramadan and Regime.RAMADAN not in regimes:
        yield Message("Ramadan is given, but no working hours for Ramadan.")
    if Regime.NORMAL not in regimes:
        yield Message("The normal working hours are missing.")


def _faults_of_hours(calendar: Calendar) -> Iterator[Message]:
    for hours in calendar.hours:
        weekdays = hours.weekdays
        if not weekdays or not set(weekdays) <= set(range(1, 8)):
            yield Message("Weekdays are numbers from 1 (Monday) to 7 (Sunday).")
        if list(weekdays) != sorted(set(weekdays)):
            yield Message("Weekdays stand in rising order, each once.")
        moments = [hours.opens, hours.closes]
        if hours.pause is not None:
            moments[1:1] = [hours.pause.start, hours.pause.end]
        if any(earlier >= later for earlier, later in pairwise(moments)):
            yield Message(
                "Hours from {opens} to {closes}: the office opens, breaks, goes on and closes"
                " in this order.",
                opens=hours.opens,
                closes=hours.closes,
            )
        yield from _faults_of_range(calendar, hours.first, hours.last)
    for one, other in combinations(calendar.hours, 2):
        if one.regime is other.regime and _overlap(one, other):
            yield Message(
                "Two blocks of {regime} hours hold on the same day.", regime=one.regime.value
            )


def _faults_of_holidays(calendar: Calendar) -> Iterator[Message]:
    seen = set()
    for holiday in calendar.holidays:
        yield from _faults_of_range(calendar, holiday.date, holiday.date)
        if (holiday.date, holiday.name) in seen:
            yield Message(
                "The holiday {name} stands twice on {date}.", name=holiday.name, date=holiday.date
            )
        seen.add((holiday.date, holiday.name))
    sourced = {source.kind for source in calendar.sources}
    for kind in HolidayKind:
        if kind not in sourced and any(holiday.kind is kind for holiday in calendar.holidays):
            yield Message("Holidays of kind {kind} name no source.", kind=kind.value)


def _faults_of_range(
    calendar: Calendar, first: datetime.date | None, last: datetime.date | None
) -> Iterator[Message]:
    for day in dict.fromkeys((first, last)):
        if day is not None and day.year != calendar.year:
            yield Message("{date} is not a day of {year}.", date=day, year=calendar.year)
    if first is not None and last is not None and first > last:
        yield Message("A stretch of days ends before it begins: {first}.", first=first)


def _overlap(one: Hours, other: Hours) -> bool:
    starts = max(one.first or datetime.date.min, other.first or datetime.date.min)
    ends = min(one.last or datetime.date.max, other.last or datetime.date.max)
    return starts <= ends and not set(one.weekdays).isdisjoint(other.weekdays)


def _seconds(moment: datetime.time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
