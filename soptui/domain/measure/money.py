"""Money: absorption (*serapan*) of the budget (*pagu*), and efficiency.

Absorption is 100 times spent by pagu. Pagu and spending stand on the leaves of the programme tree;
a line above is the sum of its leaves, never a mean of their percentages. What is spent is always
to date. A leaf that has a budget and no report leaves the lines above it without a sum, and is
named: empty is not 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from soptui.domain.measure.number import exact
from soptui.domain.measure.register import EfficiencyRule, Line, Register
from soptui.domain.measure.value import Absent, Empty, Entry, Figure, Given, NoValue, Result, Why

FULL = Fraction(100)
MARGIN = Fraction(5)
"""Points by which achievement and absorption may differ and still be *cukup efisien*."""


class Efficiency(StrEnum):
    """How achievement stands to the money spent for it (`selisih-5`; Banjarnegara's rule)."""

    EFFICIENT = "efisien"
    FAIRLY_EFFICIENT = "cukup-efisien"
    NOT_EFFICIENT = "tidak-efisien"


class Spending(Struct, frozen=True):
    """The money of a line: its budget and what of it is spent, in rupiah; absorption in percent."""

    pagu: Result
    spent: Result
    absorption: Result


class Comparison(Struct, frozen=True):
    """Achievement less absorption, in points, and the class that the rule gives it, if any."""

    difference: Fraction
    efficiency: Efficiency | None


def absorption(pagu: Result, spent: Result) -> Result:
    """100 times spent by pagu, or why there is none. A budget of 0 is no budget."""
    if isinstance(pagu, NoValue):
        return pagu
    if not pagu.exact:
        return NoValue(Why.NO_PAGU)
    if isinstance(spent, NoValue):
        return spent
    return Given(Fraction(100 * spent.exact, pagu.exact))


def spending_by_line(register: Register, reported: Mapping[str, Entry]) -> dict[str, Spending]:
    """The money of every line of the tree; `reported` has the spending of leaves, by code."""
    children: dict[str, list[Line]] = {}
    for line in register.lines:
        children.setdefault(line.parent, []).append(line)
    found: dict[str, Spending] = {}
    for line in register.lines:
        leaves = _leaves_of(line, children)
        pagu = _pagu_of(leaves)
        spent = _spent_of(line, leaves, reported)
        found[line.code] = Spending(pagu, spent, absorption(pagu, spent))
    return found


def compare_with_achievement(
    rule: EfficiencyRule, achievement: Result, absorbed: Result
) -> Comparison | None:
    """How achievement and absorption compare; None where the rule says nothing.

    `selisih-5`: more than five points above is efficient, within five fairly so, else not.
    `lkjip`: the difference alone, and only for an achievement of 100 or more.
    """
    if isinstance(achievement, NoValue) or isinstance(absorbed, NoValue):
        return None
    difference = achievement.exact - absorbed.exact
    match rule:
        case EfficiencyRule.WITHIN_FIVE:
            return Comparison(difference, _within_five(difference))
        case EfficiencyRule.REPORT:
            return Comparison(difference, None) if achievement.exact >= FULL else None


def _within_five(difference: Fraction) -> Efficiency:
    if difference > MARGIN:
        return Efficiency.EFFICIENT
    return Efficiency.FAIRLY_EFFICIENT if difference >= -MARGIN else Efficiency.NOT_EFFICIENT


def _leaves_of(line: Line, children: Mapping[str, list[Line]]) -> list[Line]:
    below = children.get(line.code)
    if not below:
        return [line]
    return [leaf for child in below for leaf in _leaves_of(child, children)]


def _pagu_of(leaves: list[Line]) -> Result:
    amounts = [exact(leaf.pagu) for leaf in leaves if leaf.pagu]
    return Given(sum(amounts, Fraction(0))) if amounts else NoValue(Why.NO_PAGU)


def _spent_of(line: Line, leaves: list[Line], reported: Mapping[str, Entry]) -> Result:
    amounts: list[Fraction] = []
    missing: list[str] = []
    for leaf in leaves:
        match reported.get(leaf.code, Empty()):
            case Figure(text):
                amounts.append(exact(text))
            case Absent(reason) if leaf is line:
                return NoValue(Why.ABSENT, reason=reason)
            case _ if leaf is line:
                return NoValue(Why.EMPTY)
            case _ if leaf.pagu and exact(leaf.pagu):
                missing.append(leaf.code)
    if missing or not amounts:
        return NoValue(Why.EMPTY, codes=tuple(missing))
    return Given(sum(amounts, Fraction(0)))
