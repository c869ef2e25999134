"""Achievement (*capaian*) in percent: a realised value held against its target, by a rule.

With T the target and R the realised value:

| rule | achievement | where the target is 0 |
| --- | --- | --- |
| `up` | 100 R / T | no value |
| `down-2t` | 100 (2T - R) / T | as the indicator says: R of 0 is 100, more is 0 |
| `down-ratio` | 100 T / R; with R of 0 the ceiling, else 100 | the same |
| `range` L to U | 100 inside; 100 (2U - R) / U above; 100 R / L below | - |
| `scale` | 100 score(R) / score(T) | no value |
| `done` | R is 1: 100; R is 0: 0 | - |
| `baseline` B | 100 (R - B) / (T - B) | no value only if T is B |

A result below 0 is 0, and one above the indicator's ceiling is the ceiling.

Sources: `up` and `down-2t` are the formulas of Perpres 29/2014 and PermenPANRB 53/2014 as LKjIP
print them; the range follows the rule of PermenPANRB for individual performance; `down-ratio` and
`baseline` are in use in other systems, and hold only where the register says so.
"""

from __future__ import annotations

from fractions import Fraction

from soptui.domain.measure.number import (
    MINUS,
    exact,
    show_exact,
)
from soptui.domain.measure.register import Indicator, Rule, ZeroTarget
from soptui.domain.measure.value import Given, NoValue, Result, Why

HUNDRED = Fraction(100)
_ZERO = Fraction(0)


def achievement(indicator: Indicator, target: Result, actual: Result) -> Result:
    """The achievement in percent, exact, or why there is none.

    For rule `scale` target and actual are the scores of the predicates. A missing target is told
    before a missing value.
    """
    result = uncapped_achievement(indicator, target, actual)
    if isinstance(result, Given) and indicator.ceiling:
        return Given(min(result.exact, exact(indicator.ceiling)))
    return result


def uncapped_achievement(indicator: Indicator, target: Result, actual: Result) -> Result:
    """The achievement before the ceiling is laid on it, never below 0."""
    if isinstance(target, NoValue) and indicator.rule.has_targets:
        return target
    if isinstance(actual, NoValue):
        return actual
    planned = target.exact if isinstance(target, Given) else _ZERO
    result = _by_rule(indicator, planned, actual.exact)
    return Given(max(result, _ZERO)) if isinstance(result, Fraction) else result


def _by_rule(indicator: Indicator, target: Fraction, actual: Fraction) -> Fraction | NoValue:
    match indicator.rule:
        case Rule.UP | Rule.SCALE:
            return _share(actual, target)
        case Rule.DOWN_2T | Rule.DOWN_RATIO:
            return _falling(indicator, target, actual)
        case Rule.RANGE:
            return _within(exact(indicator.lower), exact(indicator.upper), actual)
        case Rule.DONE:
            return HUNDRED * actual
        case Rule.BASELINE:
            start = exact(indicator.baseline)
            if target == start:
                return NoValue(Why.UNDEFINED)
            return Fraction(100 * (actual - start), target - start)


def _share(actual: Fraction, target: Fraction) -> Fraction | NoValue:
    if target <= 0:
        return NoValue(Why.UNDEFINED if target else Why.ZERO_TARGET)
    return Fraction(100 * actual, target)


def _falling(indicator: Indicator, target: Fraction, actual: Fraction) -> Fraction | NoValue:
    if target < 0:
        return NoValue(Why.UNDEFINED)
    if not target:
        if indicator.at_zero_target is ZeroTarget.NONE:
            return NoValue(Why.ZERO_TARGET)
        return HUNDRED if actual <= 0 else _ZERO
    if indicator.rule is Rule.DOWN_2T:
        return Fraction(100 * (2 * target - actual), target)
    if actual <= 0:
        return exact(indicator.ceiling) if indicator.ceiling else HUNDRED
    return Fraction(100 * target, actual)


def _within(lower: Fraction, upper: Fraction, actual: Fraction) -> Fraction | NoValue:
    if lower <= actual <= upper:
        return HUNDRED
    bound = upper if actual > upper else lower
    if bound <= 0:
        return NoValue(Why.UNDEFINED if bound else Why.ZERO_TARGET)
    if actual > upper:
        return Fraction(100 * (2 * upper - actual), upper)
    return Fraction(100 * actual, lower)


def formula(indicator: Indicator, target: Result, actual: Result) -> str:
    """The formula with its numbers, as people check it: "100 × 81,5 / 84"; empty without a value.

    Only what the rule computed is written; that it was cut off at 0 or at the ceiling is not.
    """
    result = uncapped_achievement(indicator, target, actual)
    if isinstance(result, NoValue) or isinstance(actual, NoValue):
        return ""
    planned = target.exact if isinstance(target, Given) else _ZERO
    terms = _terms(indicator, planned, actual.exact)
    return terms or f"{show_exact(actual.exact)} → {show_exact(result.exact)}"


def _terms(indicator: Indicator, planned: Fraction, actual: Fraction) -> str:
    """The division that was done; empty where the rule gave the result without one."""
    target, shown = show_exact(planned), show_exact(actual)
    match indicator.rule:
        case Rule.UP | Rule.SCALE:
            return f"100 × {shown} / {target}"
        case Rule.DOWN_2T if planned:
            return f"100 × (2 × {target} {MINUS} {shown}) / {target}"
        case Rule.DOWN_RATIO if planned and actual > 0:
            return f"100 × {target} / {shown}"
        case Rule.RANGE if actual > exact(indicator.upper):
            upper = show_exact(exact(indicator.upper))
            return f"100 × (2 × {upper} {MINUS} {shown}) / {upper}"
        case Rule.RANGE if actual < exact(indicator.lower):
            return f"100 × {shown} / {show_exact(exact(indicator.lower))}"
        case Rule.BASELINE:
            start = show_exact(exact(indicator.baseline))
            return f"100 × ({shown} {MINUS} {start}) / ({target} {MINUS} {start})"
    return ""
