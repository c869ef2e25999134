"""Whether a value stands out from those before it: the modified z-score, in exact arithmetic.

0.6745 times the distance from the median, divided by the median absolute deviation, is more than
3.5 for an outlier (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993). Where the
deviation is 0, half of the values and more being equal, a change of more than half is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

FEWEST = 4
"""With fewer earlier values nothing is said."""
MOST = 8
"""Only so many of the last values are looked at."""

_CONSISTENCY = Fraction(6745, 10000)
_LIMIT = Fraction(7, 2)
_HALF = Fraction(1, 2)


def is_outlier(value: Fraction, earlier: Sequence[Fraction]) -> bool:
    """Whether `value` stands out from the last of the `earlier` values, the oldest first."""
    recent = earlier[-MOST:]
    if len(recent) < FEWEST:
        return False
    middle = median(recent)
    distance = abs(value - middle)
    deviation = median([abs(one - middle) for one in recent])
    if not deviation:
        return distance > _HALF * abs(middle)
    return _CONSISTENCY * distance > _LIMIT * deviation


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle of one or more values; of an even number, the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) >> 1
    if len(ordered) & 1:
        return ordered[half]
    return _HALF * (ordered[half - 1] + ordered[half])
