"""Dates, times, numbers and durations as each language writes them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from soptui.domain.size import Size
from soptui.locale.language import language


class _Format(Struct, frozen=True):
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    clock: str
    decimal_mark: str
    group_mark: str
    # Singular and plural of working day, hour, minute, second.
    units: tuple[tuple[str, str], ...]


_FORMATS = {
    "id": _Format(
        months=(
            "Januari", "Februari", "Maret", "April", "Mei", "Juni",
            "Juli", "Agustus", "September", "Oktober", "November", "Desember",
        ),
        short_months=(
            "Jan", "Feb", "Mar", "Apr", "Mei", "Jun",
            "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
        ),
        weekdays=("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
        clock="{:%H.%M}",
        decimal_mark=",",
        group_mark=".",
        units=(("hari kerja",) * 2, ("jam",) * 2, ("menit",) * 2, ("detik",) * 2),
    ),
    "en": _Format(
        months=(
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        ),
        short_months=(
            "Jan", "Feb", "Mar", "Apr", "May", "Jun",
            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ),
        weekdays=(
            "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        ),
        clock="{:%H:%M}",
        decimal_mark=".",
        group_mark=",",
        units=(
            ("working day", "working days"),
            ("hour", "hours"),
            ("minute", "minutes"),
            ("second", "seconds"),
        ),
    ),
}  # fmt: skip


def day(value: date) -> str:
    """A date in full: 24 November 2026."""
    return f"{value.day} {_format().months[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """A date with its month cut short: 24 Nov 2026."""
    return f"{value.day} {_format().short_months[value.month - 1]} {value.year}"


def day_and_month(value: date) -> str:
    """A date whose year is plain from what stands around it: 24 Nov."""
    return f"{value.day} {_format().short_months[value.month - 1]}"


def weekday(value: date) -> str:
    """The name of the day of the week: Selasa."""
    return weekday_name(value.isoweekday())


def weekday_name(number: int) -> str:
    """The name of a day of the week, 1 Monday to 7 Sunday."""
    return _format().weekdays[number - 1]


def clock(value: time | datetime) -> str:
    """Hours and minutes: 10.12 in Indonesian, 10:12 in English."""
    return _format().clock.format(value)


def moment(value: datetime) -> str:
    """A date and its time, as the value's own time zone shows them: 24 Nov 2026 10.12."""
    return f"{short_day(value)} {clock(value)}"


def number(value: float | Decimal, places: int | None = None) -> str:
    """A number with its thousands grouped, 1.234,5, rounded to `places` when they are given."""
    form = _format()
    text = f"{value:,}" if places is None else f"{value:,.{places}f}"
    return text.translate({ord(","): form.group_mark, ord("."): form.decimal_mark})


def size(value: Size) -> str:
    """The size of a file: 25 MB, 1,5 KB, 312 B."""
    amount, unit = value.in_unit()
    return f"{number(amount)} {unit}"


def duration(*, days: int | Fraction = 0, seconds: int | Fraction = 0) -> str:
    """Working time in words: `3 hari kerja`, `2 jam 15 menit`, `45 menit`.

    `days` are working days, shown with one decimal place when they are not whole. Of `seconds`,
    parts of a minute are dropped once there is a whole minute. A negative duration (both parts
    negative or 0) has a minus sign before it.
    """
    sign = "-" if days < 0 or seconds < 0 else ""
    working_days = abs(Fraction(days))
    minutes, rest = divmod(int(abs(Fraction(seconds))), 60)
    hours, minutes = divmod(minutes, 60)
    if working_days or hours or minutes:
        rest = 0
    amounts = (working_days, Fraction(hours), Fraction(minutes), Fraction(rest))
    parts = [
        _count(amount, words)
        for amount, words in zip(amounts, _format().units, strict=True)
        if amount
    ]
    return sign + " ".join(parts) if parts else _count(Fraction(0), _format().units[2])


def _count(amount: Fraction, words: tuple[str, str]) -> str:
    shown = number(int(amount)) if amount.denominator == 1 else number(float(amount), 1)
    return f"{shown} {words[amount != 1]}"


def _format() -> _Format:
    return _FORMATS[language()]
