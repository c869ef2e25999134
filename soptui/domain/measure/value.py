"""What was reported and what was computed: empty, zero and "cannot be had" are three things.

A quarter's entry is a figure, a numerator with its denominator, *absent* with the reason, or
empty. A computed value is given, exactly, or it is missing, and says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from soptui.domain.measure.period import quarter_name
from soptui.domain.message import Message


class Figure(Struct, frozen=True):
    """A value as the record writes it: a decimal, or a predicate's label such as "BB"."""

    text: str


class Parts(Struct, frozen=True):
    """A numerator (*pembilang*) and its denominator (*penyebut*), both decimals."""

    numerator: str
    denominator: str


class Absent(Struct, frozen=True):
    """There is no data to be had, and why."""

    reason: str


class Empty(Struct, frozen=True):
    """Nobody has said anything yet."""


EMPTY = Empty()

Entry = Figure | Parts | Absent | Empty
"""What stands in one quarter for one indicator."""


class Given(Struct, frozen=True):
    """An exact value."""

    exact: Fraction


class Why(StrEnum):
    """Why there is no value."""

    EMPTY = "empty"
    ABSENT = "absent"
    GAP = "gap"
    NO_TARGET = "no-target"
    ZERO_TARGET = "zero-target"
    NO_PAGU = "no-pagu"
    METHOD_CHANGED = "method-changed"
    UNDEFINED = "undefined"


class NoValue(Struct, frozen=True):
    """No value, and why: the quarters or the codes of lines that lack something, a reason given."""

    why: Why
    quarters: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    reason: str = ""


Result = Given | NoValue
"""A computed value, or why there is none."""


def words_for(missing: NoValue) -> Message:
    """What stands in a table where there is no value: "not filled in", "TW II empty"."""
    quarters = _quarter_names(missing.quarters)
    match missing.why:
        case Why.EMPTY if missing.codes:
            return Message("not filled in: {codes}", codes=", ".join(missing.codes))
        case Why.EMPTY:
            return Message("not filled in")
        case Why.ABSENT if missing.reason:
            return Message("no data: {reason}", reason=missing.reason)
        case Why.ABSENT:
            return Message("no data")
        case Why.GAP:
            return Message("{quarters} empty", quarters=quarters)
        case Why.NO_TARGET:
            return Message("no target")
        case Why.ZERO_TARGET:
            return Message("target zero")
        case Why.NO_PAGU:
            return Message("no budget")
        case Why.METHOD_CHANGED:
            return Message("measured otherwise in {quarters}", quarters=quarters)
        case Why.UNDEFINED:
            return Message("cannot be computed")


def _quarter_names(quarters: Iterable[int]) -> str:
    return ", ".join(quarter_name(quarter) for quarter in quarters)
