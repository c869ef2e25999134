"""Norm times: how long a step may take, read from what an SOP prints in its column "Waktu".

The readings follow the way the words are used in SOP AP: "hari" is a working day unless calendar
days are said, a week is the office's working week, and of a range the upper bound binds.
"""

from __future__ import annotations

import enum
import re

from msgspec import Struct


class NormUnit(enum.StrEnum):
    """What a norm time counts."""

    MINUTES = "minutes"
    WORKING_DAYS = "working_days"


class NormTime(Struct, frozen=True):
    """The time a step may take: `amount` of `unit`, at least 1, and the words it was read from."""

    printed: str
    amount: int
    unit: NormUnit


class NormReading(Struct, frozen=True):
    """How many working days an office reads into a week and a month.

    A week is 5 in an office that works five days. A month is 20, the usual figure of workload
    analysis in government offices.
    """

    week: int = 5
    month: int = 20


_WITHOUT_NORM = frozenset({"", "-", "\u2013", "\u2014", "insidentil", "insidental"})

_NOTE_IN_WORDS = re.compile(r"\([^\W\d_]+(?: [^\W\d_]+)*\)")
_APPROXIMATION = re.compile(
    r"^(?:\u00b1|\+/-|\+-|kurang lebih|kira-kira|sekitar|maksimal|maksimum|maks\.?|paling lama) ?"
)
_NUMBER = r"\d{1,3}(?:,\d{1,2})?"
_PART = re.compile(
    rf"(?:{_NUMBER} ?(?:-|\u2013|s/d|s\.d\.?|sampai) ?)?(?P<number>{_NUMBER})"
    r" ?(?P<word>menit|jam|hari(?: kerja)?|minggu|bulan)(?: |$)"
)
_MINUTES_OF = {"menit": 1, "jam": 60}


def parse_norm_time(printed: str, reading: NormReading | None = None) -> NormTime | None:
    """The norm time that `printed` states, or None when it states none that can be counted.

    Whether None means that the SOP sets no norm on purpose is told by `is_without_norm`.
    Hours become minutes; weeks and months become working days by `reading`.
    """
    reading = reading or NormReading()
    rest = _APPROXIMATION.sub("", _plain(printed))
    from fractions import Fraction

    minutes = days = Fraction(0)
    while rest:
        part = _PART.match(rest)
        if part is None:
            return None
        number = Fraction(part["number"].replace(",", "."))
        word = part["word"]
        if word in _MINUTES_OF:
            minutes += number * _MINUTES_OF[word]
        else:
            days += number * {"minggu": reading.week, "bulan": reading.month}.get(word, 1)
        rest = rest[part.end() :]
    # A norm in both units would need the length of a working day, which changes with the calendar.
    if (minutes > 0) == (days > 0) or minutes.denominator != 1 or days.denominator != 1:
        return None
    if minutes:
        return NormTime(printed, int(minutes), NormUnit.MINUTES)
    return NormTime(printed, int(days), NormUnit.WORKING_DAYS)


def is_without_norm(printed: str) -> bool:
    """Whether `printed` says that no norm binds: nothing, a dash, or "Insidentil"."""
    return _plain(printed) in _WITHOUT_NORM


def _plain(printed: str) -> str:
    return " ".join(_NOTE_IN_WORDS.sub(" ", printed.casefold()).split())
