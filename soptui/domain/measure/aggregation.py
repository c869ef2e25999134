"""From the quarters of a year to where an indicator stands at the end of one of them.

TW q uses the quarters 1 to q. What an indicator's aggregation does with their values R and targets
T, where a quarter counts if it has a value:

| aggregation | value | target |
| --- | --- | --- |
| `sum` | sum of R | sum of T |
| `mean` | mean of R | mean of T |
| `max` | highest R | highest T |
| `last` | R of the last quarter that counts | T of that quarter |
| `ratio` | sum of numerators / sum of denominators, times 100 for a percentage | as `last` |

On a cumulative basis a quarter's value stands for the year so far already, and each of these takes
the last quarter that counts, with its target.

A quarter that has a target and no value is a gap. With `gap = "strict"` a gap leaves a sum or a
mean without a value (on a cumulative basis: a gap after the last quarter that counts); with
`filled` it is left out on both sides, and told. A quarter without a target is no gap. At TW IV the
target of the year stands for the target, when TW IV counts, or for a sum or a mean when there is no
gap; a register without defects has the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from soptui.domain.measure.number import exact, is_canonical
from soptui.domain.measure.register import (
    NO_TARGET,
    Aggregation,
    Gap,
    Indicator,
    Rule,
    TargetBasis,
)
from soptui.domain.measure.value import (
    Absent,
    Empty,
    Entry,
    Figure,
    Given,
    NoValue,
    Parts,
    Result,
    Why,
)

_LAST = 4


class Position(Struct, frozen=True):
    """Where an indicator stands: target and value over the quarters of the year so far.

    `quarters` are those whose values count, `skipped` the gaps that were left out.
    """

    target: Result
    actual: Result
    quarters: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()


def position(
    indicator: Indicator, entries: Sequence[Entry], scores: Mapping[str, Fraction] | None = None
) -> Position:
    """Where `indicator` stands after the quarters of `entries`, which are TW I to TW q in order.

    `scores` says what its predicates count for, if it is measured in such.
    """
    scores = scores or {}
    quarter = len(entries)
    planned = [quarter] if takes_last(indicator) else list(range(1, quarter + 1))
    filled = [number for number in range(1, quarter + 1) if _is_filled(entries[number - 1])]
    if not filled:
        return Position(_target_over(indicator, planned, scores), _nothing_in(quarter, entries[-1]))
    counted = filled[-1:] if takes_last(indicator) else filled
    gaps = _gaps(indicator, quarter, filled)
    if gaps and indicator.gap is Gap.STRICT:
        target = _target_over(indicator, planned, scores)
        return Position(target, _gap(entries, gaps), tuple(counted))
    is_year = quarter == _LAST and (counted[-1] == _LAST or (_adds_up(indicator) and not gaps))
    target = _target_over(indicator, counted, scores)
    if is_year and indicator.target_year:
        target = number_of(indicator, indicator.target_year, scores)
    actual = _value_over(indicator, [entries[number - 1] for number in counted], scores)
    return Position(target, actual, tuple(counted), tuple(gaps))


def own_value(
    indicator: Indicator, entry: Entry, scores: Mapping[str, Fraction] | None = None
) -> Result:
    """What one quarter's entry says by itself; for parts, their ratio."""
    match entry:
        case Figure() if indicator.aggregation is not Aggregation.RATIO:
            return number_of(indicator, entry.text, scores or {})
        case Parts():
            return _ratio(indicator, [entry])
        case Absent():
            return NoValue(Why.ABSENT, reason=entry.reason)
        case Empty():
            return NoValue(Why.EMPTY)
    return NoValue(Why.UNDEFINED)


def target_of_quarter(
    indicator: Indicator, quarter: int, scores: Mapping[str, Fraction] | None = None
) -> Result:
    """The target that the register sets for one quarter."""
    text = indicator.targets[quarter - 1]
    if text == NO_TARGET:
        return NoValue(Why.NO_TARGET)
    return number_of(indicator, text, scores or {})


def takes_last(indicator: Indicator) -> bool:
    """Whether the last quarter that counts stands alone for the year so far."""
    return (
        indicator.aggregation is Aggregation.LAST
        or indicator.target_basis is TargetBasis.CUMULATIVE
    )


def _adds_up(indicator: Indicator) -> bool:
    """Whether the aggregation is one that a gap makes doubtful."""
    return indicator.aggregation in (Aggregation.SUM, Aggregation.MEAN)


def _gaps(indicator: Indicator, quarter: int, filled: Sequence[int]) -> list[int]:
    """The quarters in which a sum or a mean lacks a value that was due.

    On a cumulative basis a later value tells what an earlier one would have.
    """
    if not _adds_up(indicator):
        return []
    first = filled[-1] + 1 if takes_last(indicator) else 1
    return [
        number
        for number in range(first, quarter + 1)
        if number not in filled and _is_due(indicator, number)
    ]


def _is_due(indicator: Indicator, quarter: int) -> bool:
    """Whether a value is due in the quarter: where there is a target, or where none is needed."""
    return not indicator.rule.has_targets or indicator.targets[quarter - 1] != NO_TARGET


def _nothing_in(quarter: int, entry: Entry) -> NoValue:
    if isinstance(entry, Absent):
        return NoValue(Why.ABSENT, (quarter,), reason=entry.reason)
    return NoValue(Why.EMPTY)


def _gap(entries: Sequence[Entry], gaps: Sequence[int]) -> NoValue:
    """Why a strict sum or mean has no value: quarters that are empty, or cannot be had at all."""
    missing = [entries[number - 1] for number in gaps]
    reasons = [entry.reason for entry in missing if isinstance(entry, Absent)]
    if len(reasons) == len(gaps):
        return NoValue(Why.ABSENT, tuple(gaps), reason="; ".join(dict.fromkeys(reasons)))
    return NoValue(Why.GAP, tuple(gaps))


def _value_over(
    indicator: Indicator, entries: Sequence[Entry], scores: Mapping[str, Fraction]
) -> Result:
    if indicator.aggregation is Aggregation.RATIO:
        return _ratio(indicator, entries)
    values = [own_value(indicator, entry, scores) for entry in entries]
    numbers = [value.exact for value in values if isinstance(value, Given)]
    if len(numbers) < len(values):
        return NoValue(Why.UNDEFINED)
    return Given(combined(indicator.aggregation, numbers))


def _target_over(
    indicator: Indicator, quarters: Sequence[int], scores: Mapping[str, Fraction]
) -> Result:
    if indicator.aggregation is Aggregation.RATIO:
        quarters = quarters[-1:]
    targets = [target_of_quarter(indicator, quarter, scores) for quarter in quarters]
    numbers = [target.exact for target in targets if isinstance(target, Given)]
    if not numbers:
        return NoValue(Why.NO_TARGET)
    return Given(combined(indicator.aggregation, numbers))


def combined(aggregation: Aggregation, numbers: Sequence[Fraction]) -> Fraction:
    """What the numbers of one or more quarters make."""
    match aggregation:
        case Aggregation.SUM:
            return sum(numbers, Fraction(0))
        case Aggregation.MEAN:
            return Fraction(sum(numbers, Fraction(0)), len(numbers))
        case Aggregation.MAX:
            return max(numbers)
        case Aggregation.LAST | Aggregation.RATIO:
            return numbers[-1]


def _ratio(indicator: Indicator, entries: Sequence[Entry]) -> Result:
    """The sums of numerators and denominators, divided once; a mean of ratios is something else."""
    parts = [entry for entry in entries if isinstance(entry, Parts) and _is_readable(entry)]
    whole = sum((exact(part.denominator) for part in parts), Fraction(0))
    if len(parts) < len(entries) or not whole:
        return NoValue(Why.UNDEFINED)
    share = Fraction(sum((exact(part.numerator) for part in parts), Fraction(0)), whole)
    return Given(100 * share if indicator.is_percentage else share)


def _is_readable(parts: Parts) -> bool:
    return is_canonical(parts.numerator) and is_canonical(parts.denominator)


def number_of(indicator: Indicator, text: str, scores: Mapping[str, Fraction]) -> Result:
    """What a figure counts for; what an earlier agreement took may be unknown to this one."""
    if indicator.rule is Rule.SCALE:
        return Given(scores[text]) if text in scores else NoValue(Why.UNDEFINED)
    return Given(exact(text)) if is_canonical(text) else NoValue(Why.UNDEFINED)


def _is_filled(entry: Entry) -> bool:
    return isinstance(entry, Figure | Parts)
