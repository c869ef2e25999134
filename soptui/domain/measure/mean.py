"""Means of achievements: of those that have a value, with how many these are."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct

from soptui.domain.measure.value import Given, NoValue, Result, Why


class Mean(Struct, frozen=True):
    """The weighted mean of exact achievements, and that it is of `counted` out of `total`."""

    result: Result
    counted: int
    total: int


def weighted_mean(achievements: Iterable[tuple[Result, int]]) -> Mean:
    """The mean of the achievements that have a value, each with its weight of 1 or more.

    What has no value is left out, not taken as 0; nothing is rounded before.
    """
    total = counted = weights = 0
    weighted = Fraction(0)
    for achievement, weight in achievements:
        total += 1
        if isinstance(achievement, Given):
            counted += 1
            weights += weight
            weighted += achievement.exact * weight
    if not weights:
        return Mean(NoValue(Why.EMPTY), 0, total)
    return Mean(Given(Fraction(weighted, weights)), counted, total)
