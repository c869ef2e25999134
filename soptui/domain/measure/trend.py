"""Comparing an indicator with an earlier quarter or year: difference, and whether it is better.

Values are compared only where both were measured in the same way. Between years an indicator says
that it continues an earlier one, and both must have the same unit and rule; whether the comparison
holds is said either way, for a number beside another one is read as comparable.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from soptui.domain.measure.labels import RULE_LABELS
from soptui.domain.measure.number import exact
from soptui.domain.measure.register import Indicator, Rule
from soptui.domain.measure.value import Given, Result
from soptui.domain.message import Message


class Direction(StrEnum):
    """What a change means."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


class Change(Struct, frozen=True):
    """New less old, the same in percent of the old unless that is 0, and what it means."""

    difference: Fraction
    relative: Fraction | None
    direction: Direction


class NotComparable(Struct, frozen=True):
    """The two values cannot be compared, and why."""

    reason: Message


def change(indicator: Indicator, old: Result, new: Result) -> Change | NotComparable:
    """What changed from `old` to `new`, two values of the indicator."""
    if not isinstance(old, Given) or not isinstance(new, Given):
        return NotComparable(Message("One of the two values is missing."))
    difference = new.exact - old.exact
    relative = Fraction(100 * difference, abs(old.exact)) if old.exact else None
    return Change(difference, relative, _direction(indicator, old.exact, new.exact))


def change_from_year_before(
    indicator: Indicator, earlier: Indicator | None, earlier_year: int, old: Result, new: Result
) -> Change | NotComparable:
    """What changed since an earlier year, if `indicator` continues that year's `earlier`."""
    fault = continuity_fault(indicator, earlier, earlier_year)
    return NotComparable(fault) if fault is not None else change(indicator, old, new)


def continuity_fault(
    indicator: Indicator, earlier: Indicator | None, earlier_year: int
) -> Message | None:
    """Why two years cannot be compared; None when they can."""
    if earlier is None or indicator.continues != f"{earlier.code}@{earlier_year}":
        return Message(
            "The register does not say that it continues one of {year}.", year=earlier_year
        )
    if earlier.measure != indicator.measure:
        return Message(
            "The unit was {old} and is {new}.", old=earlier.measure, new=indicator.measure
        )
    if earlier.rule is not indicator.rule:
        return Message(
            "The rule was {old} and is {new}.",
            old=Message(RULE_LABELS[earlier.rule]),
            new=Message(RULE_LABELS[indicator.rule]),
        )
    return None


def _direction(indicator: Indicator, old: Fraction, new: Fraction) -> Direction:
    gain = _gain(indicator, old, new)
    if not gain:
        return Direction.SAME
    return Direction.BETTER if gain > 0 else Direction.WORSE


def _gain(indicator: Indicator, old: Fraction, new: Fraction) -> Fraction:
    """How far `new` is better than `old`; only its sign has a meaning."""
    match indicator.rule:
        case Rule.DOWN_2T | Rule.DOWN_RATIO:
            return old - new
        case Rule.RANGE:
            return _outside(indicator, old) - _outside(indicator, new)
        case Rule.BASELINE if indicator.target_year and (
            exact(indicator.target_year) < exact(indicator.baseline)
        ):
            return old - new
    return new - old


def _outside(indicator: Indicator, value: Fraction) -> Fraction:
    lower, upper = exact(indicator.lower), exact(indicator.upper)
    return max(lower - value, value - upper, Fraction(0))
