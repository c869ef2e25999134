"""Targets and values of an indicator as tables show them, in the places that the register sets."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from soptui.domain.measure.number import exact, show
from soptui.domain.measure.register import Indicator, Rule
from soptui.domain.measure.value import Given, Result

NONE = "–"
"""Stands in a cell that has no value."""


def show_value(indicator: Indicator, scores: Mapping[str, Fraction], value: Fraction) -> str:
    """A value of the indicator: the label of a predicate, else a number in its places."""
    if indicator.rule is Rule.SCALE:
        labels = [label for label, score in scores.items() if score == value]
        return labels[0] if labels else show(value, indicator.decimals)
    return show(value, indicator.decimals)


def show_target(indicator: Indicator, scores: Mapping[str, Fraction], target: Result) -> str:
    """A target of the indicator: a value, the bounds of a range, or a dash."""
    if indicator.rule is Rule.RANGE:
        bounds = (exact(indicator.lower), exact(indicator.upper))
        return NONE.join(show(bound, indicator.decimals) for bound in bounds)
    return show_actual(indicator, scores, target)


def show_actual(indicator: Indicator, scores: Mapping[str, Fraction], actual: Result) -> str:
    """A value of the indicator, or a dash where there is none."""
    return show_value(indicator, scores, actual.exact) if isinstance(actual, Given) else NONE
