"""Exact numbers: as records write them, as people read them, and rounded once, on output.

A record writes a decimal in one way only: `0`, or an optional minus, at most fifteen digits without
a leading zero, and after a point one to six places that do not end in 0. Everything between is a
`Fraction`; no binary fraction occurs anywhere, so that 0.1 + 0.2 is 0.3 here.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from soptui.domain.message import Message, Misread

MAXIMUM_PLACES = 6
"""Most places after the point that a record writes."""
MAXIMUM_DIGITS = 15
"""Most digits before the point that a record writes."""
PERCENT_PLACES = 2
"""Places in which percentages are shown."""
MONEY_PLACES = 2
"""Most places of an amount in rupiah."""

MINUS = "\u2212"
"""How a negative number is shown to people; records and exports write a hyphen."""

_POWERS: tuple[int, ...] = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
"""Ten to the power of each number of places."""
_CANONICAL = re.compile(r"(?!-0\Z)-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,5}[1-9])?")
_TOO_LARGE = 1_000_000_000_000_000
_FRACTION = re.compile(r"(-?(?:0|[1-9][0-9]*))(?:/([1-9][0-9]*))?")


def is_canonical(text: str) -> bool:
    """Whether `text` is a decimal as records write it."""
    return _CANONICAL.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def exact(text: str) -> Fraction:
    """The value of a decimal as records write it. Raises `Misread` for anything else."""
    if not is_canonical(text):
        raise Misread(
            Message("{text} is not a number as records write it, such as 1234.5.", text=text)
        )
    return Fraction(text)


def is_decimal(value: Fraction) -> bool:
    """Whether records can write `value` as a decimal."""
    scaled = value * _POWERS[MAXIMUM_PLACES]
    return scaled.denominator == 1 and abs(value) < _TOO_LARGE


def canonical(value: Fraction) -> str:
    """The decimal that records write for `value`. Raises `Misread` when they cannot."""
    if not is_decimal(value):
        raise Misread(
            Message(
                "{value} has more than {digits} digits before the comma, or more than {places}"
                " places after it.",
                value=fraction_text(value),
                digits=MAXIMUM_DIGITS,
                places=MAXIMUM_PLACES,
            )
        )
    return _written(value, places_of(value), "-", "", ".")


def places_of(value: Fraction) -> int:
    """How many places after the point a decimal needs."""
    for places in range(MAXIMUM_PLACES):
        if (value * _POWERS[places]).denominator == 1:
            return places
    return MAXIMUM_PLACES


def rounded(value: Fraction, places: int) -> Fraction:
    """`value` rounded to so many places, a half away from zero."""
    return Fraction(_scaled(value, places), _POWERS[places])


def show(value: Fraction, places: int) -> str:
    """`value` as people read it, in so many places: 1.234,50."""
    return _written(value, places, MINUS, ".", ",")


def show_in_full(value: Fraction) -> str:
    """A decimal as people read it, with every place that it has and no more."""
    return show(value, places_of(value))


def show_exact(value: Fraction) -> str:
    """`value` as people read it without rounding: a decimal in full, else its fraction."""
    return show_in_full(value) if is_decimal(value) else fraction_text(value)


def show_percent(value: Fraction) -> str:
    """A percentage as people read it, without its sign: 97,02."""
    return show(value, PERCENT_PLACES)


def show_money(value: Fraction) -> str:
    """An amount as people read it, in rupiah, with cents only where it has any: 18.144.528."""
    return show(value, 0 if value.denominator == 1 else MONEY_PLACES)


def show_change(value: Fraction, places: int) -> str:
    """A difference as people read it, with its sign: +2,50."""
    return ("+" if _scaled(value, places) > 0 else "") + show(value, places)


def show_with_unit(number: str, measure: str) -> str:
    """A number, shown already, with its unit (*satuan*): "87,50 %", "Rp 1.500", "4 Laporan"."""
    if not measure:
        return number
    return f"{measure} {number}" if is_rupiah(measure) else f"{number} {measure}"


def is_rupiah(measure: str) -> bool:
    """Whether a unit is the rupiah."""
    return measure.casefold() in ("rp", "rp.", "rupiah")


def plain(value: Fraction, places: int, mark: str = ",") -> str:
    """`value` for another program: no thousands marks, a hyphen as minus, `mark` before places."""
    return _written(value, places, "-", "", mark)


def fraction_text(value: Fraction) -> str:
    """An exact value as the data file writes it: 4075/42, or 100."""
    return str(value)


def parse_fraction(text: str) -> Fraction:
    """The value of a fraction in lowest terms as the data file writes it. Raises `Misread`."""
    match = _FRACTION.fullmatch(text)
    if match is not None:
        value = Fraction(int(match[1]), int(match[2] or 1))
        if fraction_text(value) == text:
            return value
    raise Misread(Message("{text} is not a fraction in lowest terms.", text=text))


def _scaled(value: Fraction, places: int) -> int:
    numerator, denominator = abs(value.numerator) * _POWERS[places], value.denominator
    magnitude = (2 * numerator + denominator) // (2 * denominator)
    return -magnitude if value < 0 else magnitude


def _written(value: Fraction, places: int, minus: str, thousands: str, mark: str) -> str:
    scaled = _scaled(value, places)
    whole, part = divmod(abs(scaled), _POWERS[places])
    digits = f"{whole:,}".replace(",", thousands)
    after = f"{mark}{part:0{places}}" if places else ""
    return f"{minus if scaled < 0 else ''}{digits}{after}"
