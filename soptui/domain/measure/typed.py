"""Numbers as people type them, in Indonesian form first, and refused where they could deceive.

1.234,5 is 1234.5 and 1.500 is fifteen hundred; 4.25 could be meant as 4,25 or as 425 and is
refused with both. A dash or nothing is empty, never 0. What was read is echoed in full before
anything is signed (`soptui.domain.measure.number.show_in_full`).
"""

from __future__ import annotations

import re
from fractions import Fraction

from soptui.domain.measure.number import (
    MAXIMUM_DIGITS,
    MAXIMUM_PLACES,
    MINUS,
    is_decimal,
    is_rupiah,
    show_in_full,
)
from soptui.domain.measure.value import EMPTY, Empty, Given
from soptui.domain.message import Message, Misread

_LONGEST = 64
_DASHES = frozenset({"-", "\u2013", "\u2014", MINUS})
# Spreadsheets paste no-break blanks, wide and narrow.
_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\t": " "})

_RUPIAH = re.compile(r"rp\.? ?", re.IGNORECASE)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_UNGROUPED = re.compile(r"(?:0|[1-9][0-9]*)(?:,[0-9]+)?")
_ONE_POINT = re.compile(r"(0|[1-9][0-9]*)\.([0-9]+)")
_ENGLISH = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]+)")
_ENGLISH_WHOLE = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}")


class UnclearNumber(Misread):
    """A number that could be meant in several ways; `readings` are those, written clearly."""

    def __init__(self, message: Message, readings: tuple[str, ...]) -> None:
        super().__init__(message)
        self.readings = readings


def read_typed(text: str, measure: str = "") -> Given | Empty:
    """What a person typed or pasted as a number of the unit `measure`.

    Before or after the number its unit may stand: "Rp" for an amount, "%" for a percentage, the
    word of the unit. Without `measure` "Rp" and "%" are taken. Raises `Misread`, or its kind
    `UnclearNumber`.
    """
    typed = " ".join(text.translate(_BLANKS).split())
    if not typed or typed in _DASHES:
        return EMPTY
    digits, is_negative = _without_sign(_without_unit(typed, measure))
    if len(digits) > _LONGEST:
        raise _not_a_number(f"{typed[:_LONGEST]}\u2026")
    if not (_GROUPED.fullmatch(digits) or _UNGROUPED.fullmatch(digits)):
        raise _unread(typed, digits, is_negative)
    value = _value_of(digits, is_negative)
    if not is_decimal(value):
        raise Misread(
            Message(
                "{text} has more than {digits} digits before the comma, or more than {places}"
                " places after it.",
                text=typed,
                digits=MAXIMUM_DIGITS,
                places=MAXIMUM_PLACES,
            )
        )
    return Given(value)


def _without_unit(typed: str, measure: str) -> str:
    """The number alone; a unit that is not the one asked for stays, and is refused with it."""
    if not measure or is_rupiah(measure):
        sign = typed[0] if typed[0] in _DASHES else ""
        amount = typed[len(sign) :].lstrip()
        rupiah = _RUPIAH.match(amount)
        if rupiah:
            amount = amount[rupiah.end() :]
            # "Rp 10.000,-": the dash stands for no cents.
            return sign + amount.removesuffix(",-").removesuffix(",\u2013")
    if (not measure or measure == "%") and typed.endswith("%"):
        return typed[:-1].rstrip()
    if measure and typed.casefold().endswith(f" {measure.casefold()}"):
        return typed[: -len(measure)].rstrip()
    return typed


def _without_sign(number: str) -> tuple[str, bool]:
    if number[:1] in ("-", MINUS):
        return number[1:].lstrip(), True
    return number, False


def _value_of(digits: str, is_negative: bool) -> Fraction:
    value = Fraction(digits.replace(".", "").replace(",", "."))
    return -value if is_negative else value


def _unread(typed: str, digits: str, is_negative: bool) -> Misread:
    readings = tuple(
        show_in_full(value)
        for value in dict.fromkeys(
            _value_of(reading, is_negative) for reading in _possible_readings(digits)
        )
        if is_decimal(value)
    )
    match readings:
        case (one,):
            message = Message("{text} is not clear as a number: write {one}.", text=typed, one=one)
        case (one, other):
            message = Message(
                "{text} can be read in two ways: write {one} or {other}.",
                text=typed,
                one=one,
                other=other,
            )
        case _:
            return _not_a_number(typed)
    return UnclearNumber(message, readings)


def _not_a_number(typed: str) -> Misread:
    return Misread(
        Message(
            "{text} is not a number. Write digits, a comma before the decimals and points between"
            " thousands, such as 1.234,5.",
            text=typed,
        )
    )


def _possible_readings(digits: str) -> tuple[str, ...]:
    """What a number in another than the Indonesian form could mean, in that form."""
    point = _ONE_POINT.fullmatch(digits)
    if point:
        whole, part = point[1], point[2]
        return (f"{whole},{part}",) if whole == "0" else (f"{whole},{part}", f"{whole}{part}")
    english = _ENGLISH.fullmatch(digits)
    if english:
        return (f"{english[1].replace(',', '')},{english[2]}",)
    if _ENGLISH_WHOLE.fullmatch(digits):
        return (digits.replace(",", ""),)
    return ()
