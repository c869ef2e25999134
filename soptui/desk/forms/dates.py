"""Dates and times as people of an Indonesian office write them, in figures or in words.

Understood, in Indonesian or English, in any case: `24/11/2026`, `24-11-2026`, `24.11.2026`,
`24/11`, `24 Nov`, `24 November 2026`, `2026-11-24`; `hari ini`, `besok`, `lusa`, `kemarin`; the
name of a weekday for the next one; `+3 hari kerja`, `+2 hari`, `+1 minggu`, `-1 hari`. A moment
may have a time after it: `24/11/2026 10.15`, `besok 08:00`, or be a time alone.

A day without its year is the one nearest to today, so that on 3 January `28/12` was last week.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date, datetime, time, timedelta

from soptui.desk.actions.fields import Side
from soptui.domain.message import N_, Message, Misread
from soptui.domain.time.calendar import STANDARD_HOURS
from soptui.domain.time.working_calendar import WorkingCalendar

_LONGEST = 60
_MOST_DAYS = 3_660
_YEARS = range(1900, 2200)
_A_LEAP_YEAR = 2000
_FEBRUARY = 2
_EXAMPLE_DAYS = 3
"""How far from today the day of an example lies."""

_RELATIVE = {
    "hari ini": 0, "sekarang": 0, "today": 0, "now": 0,
    "besok": 1, "esok": 1, "tomorrow": 1,
    "lusa": 2, "day after tomorrow": 2,
    "kemarin": -1, "yesterday": -1,
    "kemarin dulu": -2, "kemarin lusa": -2, "day before yesterday": -2,
    "minggu depan": 7, "pekan depan": 7, "next week": 7,
}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin monday mon", "selasa tuesday tue", "rabu wednesday wed", "kamis thursday thu",
            "jumat jum'at friday fri", "sabtu saturday sat", "minggu ahad sunday sun",
        )
    )
    for name in names.split()
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb februari pebruari february", "mar maret march",
            "apr april", "mei may", "jun juni june", "jul juli july",
            "agu ags agt agustus aug august", "sep sept september", "okt oktober oct october",
            "nov november nopember", "des desember dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_MONTH_NAMES = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_EXAMPLES = {
    Side.PAST: N_("{figures}, {words}, kemarin, -3 hari kerja"),
    Side.COMING: N_("{figures}, {words}, besok, Senin, +3 hari kerja"),
    Side.EITHER: N_("{figures}, {words}, kemarin, besok, +3 hari kerja"),
}

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})[ -]([a-z]+)\.?(?:[ -](\d{4}))?", re.ASCII)
_STEP = re.compile(
    r"([+-]) ?(\d{1,4}) (hari kerja|working days?|hari|days?|minggu|pekan|weeks?)", re.ASCII
)
_TIME = re.compile(
    r"(?:(.*?)[ t])??(?:(?:pukul|jam|at) )?(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?(?: ?wib)?", re.ASCII
)
_OFFSET = re.compile(r"(.*[ t]\d{1,2}:\d{2}.*?)(z|[+-]\d{2}:?\d{2})", re.ASCII)


def parse_date(text: str, today: date, calendar: WorkingCalendar, side: Side = Side.EITHER) -> date:
    """The date that `text` means when it is `today`.

    Raises `Misread`: with the days that the month has, or with examples on that side of today.
    """
    found = _date(_plain(text), today, calendar)
    if found is None:
        raise _not_a_date(text, _examples(today, side))
    return found


def parse_moment(
    text: str, now: datetime, calendar: WorkingCalendar, side: Side = Side.EITHER
) -> datetime:
    """The moment that `text` means at the aware moment `now`, in its time zone.

    A date alone means now if it is today, and the opening of the office on any other day. Raises
    `Misread` as `parse_date` does.
    """
    found = _moment(_plain(text), now, calendar)
    if found is None:
        raise _not_a_date(text, _examples(now.date(), side, with_time=True))
    return found


def fault_of_day(text: str) -> Message | None:
    """Why the day that `text` writes is none; None where it is one, or where no day is written."""
    day, month, year = _written(_plain(text)) or (0, 0, None)
    if month not in range(1, len(_MONTH_NAMES) + 1):
        return None
    if month == _FEBRUARY and day == monthrange(_A_LEAP_YEAR, month)[1]:
        is_known = year is None or isleap(year)
        return None if is_known else Message("{year} is not a leap year.", year=str(year))
    days = monthrange(year or _A_LEAP_YEAR, month)[1]
    if day <= days:
        return None
    name = Message(_MONTH_NAMES[month - 1])
    return Message("{month} has only {days} days.", month=name, days=days)


def _moment(text: str, now: datetime, calendar: WorkingCalendar) -> datetime | None:
    if _OFFSET.fullmatch(text):
        try:
            stated = datetime.fromisoformat(text.upper())
        except ValueError:
            return None
        return stated.astimezone(now.tzinfo) if stated.year in _YEARS else None
    day = _date(text, now.date(), calendar)
    if day is not None:
        return now if day == now.date() else _at(day, _opening(day, calendar), now)
    parts = _TIME.fullmatch(text)
    if parts is None:
        return None
    words, hour, minute, second = parts.groups()
    try:
        clock = time(int(hour), int(minute), int(second or 0))
    except ValueError:
        return None
    day = _date(words, now.date(), calendar) if words else now.date()
    return None if day is None else _at(day, clock, now)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace(",", " ").split())


def _date(text: str, today: date, calendar: WorkingCalendar) -> date | None:
    if text in _RELATIVE:
        return today + timedelta(days=_RELATIVE[text])
    if text in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS[text] - today.weekday() - 1) % 7 + 1)
    if step := _STEP.fullmatch(text):
        sign = -1 if step[1] == "-" else 1
        return _stepped(today, sign, int(step[2]), step[3], calendar)
    written = _written(text)
    if written is None:
        return None
    fault = fault_of_day(text)
    if fault is not None:
        raise Misread(fault)
    return _dated(*written, today)


def _written(text: str) -> tuple[int, int, int | None] | None:
    """Day, month and year as the text writes them, whether there is such a day or not."""
    if parts := _ISO.fullmatch(text):
        return int(parts[3]), int(parts[2]), int(parts[1])
    if parts := _FIGURES.fullmatch(text):
        year = parts[4]
        of_century = 2000 if year and len(year) == 2 else 0
        return int(parts[1]), int(parts[3]), int(year) + of_century if year else None
    if (parts := _WORDS.fullmatch(text)) and parts[2] in _MONTHS:
        return int(parts[1]), _MONTHS[parts[2]], int(parts[3]) if parts[3] else None
    return None


def _stepped(
    today: date, sign: int, count: int, unit: str, calendar: WorkingCalendar
) -> date | None:
    if count > _MOST_DAYS:
        return None
    if unit in ("minggu", "pekan", "week", "weeks"):
        return today + timedelta(days=sign * 7 * count)
    if unit in ("hari", "day", "days"):
        return today + timedelta(days=sign * count)
    day = today
    while count:
        day += timedelta(days=sign)
        count -= calendar.is_working_day(day)
    return day


def _dated(day: int, month: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _made(year, month, day)
    near = (_made(today.year + offset, month, day) for offset in (0, 1, -1))
    return min((one for one in near if one), key=lambda one: abs(one - today), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _opening(day: date, calendar: WorkingCalendar) -> time:
    of_year = calendar.calendar_of(day.year)
    hours = of_year.hours_on(day) if of_year else None
    return (hours or STANDARD_HOURS[0]).opens


def _at(day: date, clock: time, now: datetime) -> datetime:
    return datetime.combine(day, clock, now.tzinfo)


def _examples(today: date, side: Side, *, with_time: bool = False) -> Message:
    """How a date can be written, by a day on that side of today."""
    days = -_EXAMPLE_DAYS if side is Side.PAST else _EXAMPLE_DAYS
    day = today + timedelta(days=days)
    figures = f"{day:%d/%m/%Y}"
    examples = Message(_EXAMPLES[side], figures=figures, words=day)
    if not with_time:
        return examples
    return Message(
        "{examples}, or with a time: {figures} 10.15", examples=examples, figures=figures
    )


def _not_a_date(text: str, examples: Message) -> Misread:
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return Misread(
        Message(
            "{text} is not understood as a date. Write for example {examples}.",
            text=shown, examples=examples,
        )
    )  # fmt: skip
