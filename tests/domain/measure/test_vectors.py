"""The 81 worked examples of the specification, each by its number, exact and as shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import pytest

from soptui.domain.measure.achievement import achievement
from soptui.domain.measure.aggregation import position
from soptui.domain.measure.mean import weighted_mean
from soptui.domain.measure.money import absorption, compare_with_achievement
from soptui.domain.measure.number import exact, show, show_change, show_percent
from soptui.domain.measure.register import (
    NO_TARGET,
    Aggregation,
    EfficiencyRule,
    Gap,
    Indicator,
    Rule,
)
from soptui.domain.measure.scale import Policy, class_of
from soptui.domain.measure.trend import Change, change
from soptui.domain.measure.value import (
    EMPTY,
    Entry,
    Figure,
    Given,
    NoValue,
    Parts,
    Result,
    Why,
    words_for,
)
from soptui.locale import translate
from tests.domain.measure.builders import SAKIP, indicator, result, scale

RULES = """
  1 | up                         | 84    | 81.5  | 4075/42     | 97,02
  2 | up                         | 90    | 90    | 100         | 100,00
  3 | up                         | 3     | 1     | 100/3       | 33,33
  4 | up                         | 12    | 15    | 125         | 125,00
  5 | up, ceiling 120            | 10    | 15    | 120         | 120,00
  6 | up                         | 12    | 0     | 0           | 0,00
  7 | up                         | 12    | –     | –           | belum diisi
  8 | up                         | –     | 7     | –           | tanpa target
  9 | up                         | 0     | 3     | –           | target nol
 10 | up                         | 0     | 0     | –           | target nol
 11 | up                         | 89.69 | 90    | 900000/8969 | 100,35
 12 | up                         | 800   | 8.04  | 201/200     | 1,01
 13 | up                         | 800   | 1     | 1/8         | 0,13
 14 | down-2t                    | 10    | 10    | 100         | 100,00
 15 | down-2t                    | 10    | 8     | 120         | 120,00
 16 | down-2t                    | 10    | 12    | 80          | 80,00
 17 | down-2t                    | 10    | 20    | 0           | 0,00
 18 | down-2t                    | 10    | 25    | 0           | 0,00
 19 | down-2t                    | 10    | 0     | 200         | 200,00
 20 | down-2t                    | 0     | 0     | 100         | 100,00
 21 | down-2t                    | 0     | 2     | 0           | 0,00
 22 | down-2t                    | 14.5  | 15.2  | 2760/29     | 95,17
 23 | down-ratio                 | 10    | 8     | 125         | 125,00
 24 | down-ratio                 | 10    | 12    | 250/3       | 83,33
 25 | down-ratio                 | 10    | 0     | 100         | 100,00
 26 | down-ratio, ceiling 120    | 10    | 0     | 120         | 120,00
 27 | down-ratio                 | 0     | 4     | 0           | 0,00
 28 | range, lower 70, upper 80  | –     | 75    | 100         | 100,00
 29 | range, lower 70, upper 80  | –     | 80    | 100         | 100,00
 30 | range, lower 70, upper 80  | –     | 88    | 90          | 90,00
 31 | range, lower 70, upper 80  | –     | 63    | 90          | 90,00
 32 | baseline, baseline 60      | 80    | 75    | 75          | 75,00
 33 | baseline, baseline 20      | 10    | 14    | 60          | 60,00
 34 | baseline, baseline 60      | 80    | 55    | 0           | 0,00
 35 | baseline, baseline 60      | 60    | 60    | –           | tidak dapat dihitung
 36 | scale                      | BB    | A     | 125         | 125,00
 37 | scale                      | A     | BB    | 80          | 80,00
 38 | scale                      | B     | B     | 100         | 100,00
"""

# Quarters that are empty are –; "n/d" is a numerator and its denominator.
QUARTERS = """
 39 | sum         | 3,3,3,3     | 2,4       | 100     | 100,00
 40 | sum         | 3,3,3,3     | 2,–,5     | –       | TW II kosong
 41 | sum, filled | 3,3,3,3     | 2,–,5     | 350/3   | 116,67
 43 | last        | 80,82,84,84 | 81,–,83   | 2075/21 | 98,81
 44 | mean        | 95,95,95,95 | 90,95,100 | 100     | 100,00
 45 | sum         | 0,6,6,0     | 0         | –       | target nol
"""

MONEY = """
 47 | 18144528    | 9072264     | 50                     | 50,00
 48 | 2666646911  | 2399982219  | 239998221900/2666646911 | 90,00
 49 | 0           | 0           | –                      | tanpa pagu
 50 | 10000000    | –           | –                      | belum diisi
 51 | 10000000    | 0           | 0                      | 0,00
 52 | 10000000    | 10500000    | 105                    | 105,00
 53 | 44840000.5  | 22420000.25 | 50                     | 50,00
"""

# The classes of the policies gt, ge and round0.
CLASSES = """
 54 | 100     | ST ST ST
 55 | 90      | T T T
 56 | 90.5    | ST T ST
 57 | 90.004  | ST T T
 58 | 91      | ST ST ST
 59 | 75.49   | T S S
 60 | 75.5    | T S T
 61 | 65.0001 | S R R
 62 | 50      | SR SR SR
 63 | 50.5    | R SR R
 64 | 0       | SR SR SR
 65 | 131.25  | ST ST ST
"""

EFFICIENCY = """
 66 | 100 | 94.99  | efisien
 67 | 100 | 95     | cukup-efisien
 68 | 90  | 95     | cukup-efisien
 69 | 90  | 95.01  | tidak-efisien
 70 | –   | 50     | –
 71 | 105 | 99.994 | efisien
 72 | 100 | 94.996 | efisien
"""


@dataclass(frozen=True)
class Vector:
    number: int
    cells: tuple[str, ...]


def vectors(table: str) -> list[Vector]:
    rows = [line.split("|") for line in table.strip().splitlines()]
    return [Vector(int(row[0]), tuple(cell.strip() for cell in row[1:])) for row in rows]


def numbered(table: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vector", vectors(table), ids=lambda one: f"{one.number}")


def shown(computed: Result) -> str:
    """What the table prints, in the page's Indonesian."""
    if isinstance(computed, NoValue):
        return translate(words_for(computed))
    return show_percent(computed.exact)


def by_rule(spec: str, target: str, actual: str) -> Result:
    rule, *options = spec.split(", ")
    one = indicator(rule=Rule(rule), **dict(option.split(" ") for option in options))
    scores = SAKIP.scores() if one.rule is Rule.SCALE else {}

    def value(text: str, missing: Why) -> Result:
        return Given(scores[text]) if text in scores else result(text, missing)

    return achievement(one, value(target, Why.NO_TARGET), value(actual, Why.EMPTY))


@numbered(RULES)
def test_achievement_by_each_rule(vector: Vector) -> None:
    spec, target, actual, expected, printed = vector.cells

    computed = by_rule(spec, target, actual)
    assert shown(computed) == printed
    assert isinstance(computed, NoValue) == (expected == "–")
    if isinstance(computed, Given):
        assert computed.exact == Fraction(expected)


def entries(text: str) -> list[Entry]:
    return [EMPTY if one == "–" else Figure(one) for one in text.split(",")]


def by_quarter(spec: str, targets: str) -> Indicator:
    aggregation, _, gap = spec.partition(", ")
    return indicator(
        aggregation=Aggregation(aggregation),
        gap=Gap(gap) if gap else Gap.STRICT,
        targets=tuple(targets.split(",")),
        target_year="",
    )


@numbered(QUARTERS)
def test_quarters_make_one_value(vector: Vector) -> None:
    spec, targets, values, expected, printed = vector.cells
    one = by_quarter(spec, targets)

    stand = position(one, entries(values))
    computed = achievement(one, stand.target, stand.actual)
    assert shown(computed) == printed
    if isinstance(computed, Given):
        assert computed.exact == Fraction(expected)


def test_42_a_gap_is_never_taken_as_zero() -> None:
    as_zero = position(by_quarter("sum", "3,3,3,3"), entries("2,0,5"))
    one = achievement(indicator(), as_zero.target, as_zero.actual)

    assert one == Given(Fraction(700, 9))
    assert shown(one) == "77,78"
    for spec in ("sum", "sum, filled"):
        stand = position(by_quarter(spec, "3,3,3,3"), entries("2,–,5"))
        assert achievement(indicator(), stand.target, stand.actual) != one


def test_46_numerators_and_denominators_are_added_before_they_are_divided() -> None:
    one = indicator(
        aggregation=Aggregation.RATIO, measure="%", targets=(NO_TARGET, "100", NO_TARGET, "100")
    )
    stand = position(one, [Parts("8", "10"), Parts("45", "90")])

    assert stand.actual == Given(Fraction(53))
    assert achievement(one, stand.target, stand.actual) == Given(Fraction(53))
    assert shown(stand.actual) == "53,00"
    mean_of_ratios = weighted_mean([(Given(Fraction(80)), 1), (Given(Fraction(50)), 1)])
    assert mean_of_ratios.result == Given(Fraction(65))


@numbered(MONEY)
def test_absorption(vector: Vector) -> None:
    pagu, spent, expected, printed = vector.cells

    computed = absorption(result(pagu), result(spent))
    assert shown(computed) == printed
    if isinstance(computed, Given):
        assert computed.exact == Fraction(expected)


SHORT = {
    "ST": "Sangat Tinggi",
    "T": "Tinggi",
    "S": "Sedang",
    "R": "Rendah",
    "SR": "Sangat Rendah",
}


@numbered(CLASSES)
def test_classes_by_each_policy(vector: Vector) -> None:
    value, classes = vector.cells

    found = [class_of(scale(policy), Fraction(value)) for policy in Policy]
    assert found == [SHORT[one] for one in classes.split()]


@numbered(EFFICIENCY)
def test_efficiency_compares_unrounded_values(vector: Vector) -> None:
    achieved, absorbed, expected = vector.cells

    comparison = compare_with_achievement(
        EfficiencyRule.WITHIN_FIVE, result(achieved), result(absorbed)
    )
    found = comparison.efficiency if comparison else None
    assert (found.value if found else "–") == expected


ACHIEVED = [result(text) for text in ("100", "150", "–", "0", "100/3")]


def test_73_a_mean_is_of_what_has_a_value_and_says_of_how_many() -> None:
    mean = weighted_mean((one, 1) for one in ACHIEVED)
    zeros = weighted_mean(
        (Given(Fraction(0)) if isinstance(one, NoValue) else one, 1) for one in ACHIEVED
    )
    capped = weighted_mean(
        (Given(min(one.exact, Fraction(100))) if isinstance(one, Given) else one, 1)
        for one in ACHIEVED
    )

    assert mean.result == Given(Fraction(425, 6))
    assert (shown(mean.result), mean.counted, mean.total) == ("70,83", 4, 5)
    assert (shown(zeros.result), shown(capped.result)) == ("56,67", "58,33")


def test_74_a_mean_may_be_weighted() -> None:
    weighted = [(result("100"), 50), (result("80"), 30), (result("50"), 20)]

    assert weighted_mean(weighted).result == Given(Fraction(84))


def changed(one: Indicator, old: str, new: str) -> Change:
    found = change(one, result(old), result(new))
    assert isinstance(found, Change)
    return found


def test_75_a_rise_where_more_is_better() -> None:
    found = changed(indicator(), "81.5", "84")

    assert show_change(found.difference, 2) == "+2,50"
    assert found.relative is not None
    assert (show_change(found.relative, 2), found.direction.value) == ("+3,07", "better")


def test_76_a_fall_where_less_is_better() -> None:
    found = changed(indicator(rule=Rule.DOWN_2T), "15.2", "14.5")

    assert show_change(found.difference, 2) == "−0,70"
    assert found.relative is not None
    assert (show_change(found.relative, 2), found.direction.value) == ("−4,61", "better")


def test_77_from_zero_there_is_no_relative_change() -> None:
    assert changed(indicator(), "0", "3").relative is None


def test_78_against_a_target_of_the_end_of_the_plan() -> None:
    assert shown(by_rule("up", "90", "84")) == "93,33"


def test_79_tenths_add_up() -> None:
    tenths = exact("0.1") + exact("0.2")

    one = indicator(targets=("0.3", "-", "-", "-"))
    assert achievement(one, Given(exact("0.3")), Given(tenths)) == Given(Fraction(100))


@pytest.mark.parametrize(("text", "printed"), [("1.005", "1,01"), ("2.675", "2,68")])
def test_80_81_a_half_goes_away_from_zero(text: str, printed: str) -> None:
    assert show(exact(text), 2) == printed
    assert show(-exact(text), 2) == f"−{printed}"


def test_every_vector_stands_here_once_and_in_order() -> None:
    assert sorted(_numbers()) == list(range(1, 82))


def _numbers() -> Iterator[int]:
    for table in (RULES, QUARTERS, MONEY, CLASSES, EFFICIENCY):
        numbers = [vector.number for vector in vectors(table)]
        assert numbers == sorted(numbers)
        yield from numbers
    yield from (42, 46, *range(73, 82))
