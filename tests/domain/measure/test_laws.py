"""Laws that hold for every achievement, every set of quarters, and every order of answers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from soptui.domain.measure.achievement import achievement, uncapped_achievement
from soptui.domain.measure.aggregation import position
from soptui.domain.measure.data_file import document_of
from soptui.domain.measure.mean import weighted_mean
from soptui.domain.measure.number import exact
from soptui.domain.measure.register import Aggregation, Gap, Indicator, Rule, ZeroTarget
from soptui.domain.measure.row import Answer, IndicatorRow, figures_of
from soptui.domain.measure.table import Measured, compute_table
from soptui.domain.measure.value import EMPTY, Absent, Figure, Given, NoValue, Parts
from soptui.domain.replace import replace
from tests.domain.measure.builders import ANSWERS, CASE, PERIOD, counted, figures, register
from tests.domain.measure.strategies import SCORES, entries, indicators

law = settings(deadline=None)
VALUES = st.fractions(0, 1000, max_denominator=1000)
RATIONAL = (Rule.UP, Rule.DOWN_2T, Rule.DOWN_RATIO)


def by_rule(one: Indicator, target: Fraction, actual: Fraction) -> Fraction | None:
    result = achievement(one, Given(target), Given(actual))
    return result.exact if isinstance(result, Given) else None


@law
@given(indicators(), VALUES, VALUES, st.fractions(Fraction(1, 100), 100, max_denominator=100))
def test_it_does_not_matter_in_which_unit_things_are_counted(
    one: Indicator, target: Fraction, actual: Fraction, factor: Fraction
) -> None:
    assume(one.rule in RATIONAL)

    assert by_rule(one, target, actual) == by_rule(one, factor * target, factor * actual)


@law
@given(indicators(), VALUES, VALUES, VALUES)
def test_what_is_better_never_achieves_less(
    one: Indicator, target: Fraction, value: Fraction, other: Fraction
) -> None:
    low, high = sorted((value, other))
    worse, better = (high, low) if one.rule.is_down else (low, high)
    if one.rule is Rule.RANGE:
        assume(high <= exact(one.lower))
    elif one.rule is Rule.BASELINE and target < exact(one.baseline):
        worse, better = better, worse
    if one.rule is Rule.DOWN_RATIO:
        # By the rule a value of 0, which divides nothing, is the ceiling, or plain 100.
        assume(better > 0)
    before, after = by_rule(one, target, worse), by_rule(one, target, better)

    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert before <= after


@law
@given(indicators(), VALUES, VALUES)
def test_achievement_lies_between_zero_and_the_ceiling(
    one: Indicator, target: Fraction, actual: Fraction
) -> None:
    achieved = by_rule(one, target, actual)
    if achieved is None:
        return
    assert achieved >= 0
    if one.ceiling:
        assert achieved <= exact(one.ceiling)
    uncapped = uncapped_achievement(one, Given(target), Given(actual))
    assert isinstance(uncapped, Given)
    assert achieved == uncapped.exact or one.ceiling


@law
@given(indicators(), VALUES)
def test_reaching_the_target_is_full_achievement(one: Indicator, target: Fraction) -> None:
    assume(target or one.at_zero_target is ZeroTarget.FULL_WHEN_ZERO)
    assume(one.rule not in (Rule.RANGE, Rule.DONE))
    assume(one.rule is not Rule.BASELINE or target != exact(one.baseline))

    assert by_rule(one, target, target) == 100


@law
@given(st.data())
def test_the_reason_why_there_is_no_value_is_never_lost(data: st.DataObject) -> None:
    one = data.draw(indicators())
    reported = data.draw(st.lists(entries(one), min_size=1, max_size=4))
    stand = position(one, reported, SCORES if one.rule is Rule.SCALE else {})
    achieved = achievement(one, stand.target, stand.actual)

    filled = [entry for entry in reported if isinstance(entry, Figure | Parts)]
    if isinstance(achieved, NoValue) and isinstance(stand.target, Given):
        assert isinstance(stand.actual, NoValue) or not stand.target.exact or (
            one.rule is Rule.BASELINE
        )  # fmt: skip
    assert isinstance(stand.actual, Given) or not filled or one.gap is Gap.STRICT
    assert bool(stand.quarters) == bool(filled)
    assert not set(stand.quarters) & set(stand.skipped)


@law
@given(st.data())
def test_an_empty_quarter_a_zero_and_no_data_are_three_things(data: st.DataObject) -> None:
    one = counted(aggregation=data.draw(st.sampled_from((Aggregation.SUM, Aggregation.MEAN))))
    before = data.draw(st.lists(st.integers(0, 9).map(lambda n: Figure(str(n))), max_size=3))

    zero, empty, absent = (
        position(one, [*before, last]).actual for last in (Figure("0"), EMPTY, Absent("Alat rusak"))
    )
    assert isinstance(zero, Given)
    assert isinstance(empty, NoValue)
    assert isinstance(absent, NoValue)
    assert (empty.why, absent.reason) != (absent.why, empty.reason)
    assert absent.reason == "Alat rusak"


@law
@given(st.lists(st.tuples(st.none() | VALUES, st.integers(1, 9)), max_size=8))
def test_a_mean_lies_among_its_values_and_counts_them(
    values: list[tuple[Fraction | None, int]],
) -> None:
    mean = weighted_mean((Given(value) if value is not None else EMPTY_RESULT, weight)
                         for value, weight in values)  # fmt: skip
    known = [value for value, _ in values if value is not None]

    assert (mean.counted, mean.total) == (len(known), len(values))
    assert isinstance(mean.result, Given) == bool(known)
    if isinstance(mean.result, Given):
        assert min(known) <= mean.result.exact <= max(known)


EMPTY_RESULT = position(counted(), [EMPTY]).actual


@law
@given(st.permutations(ANSWERS))
def test_the_order_in_which_sections_answered_does_not_matter(answers: list[Answer]) -> None:
    assert table_document(answers) == table_document(ANSWERS)


@law
@given(st.permutations(ANSWERS), st.integers(0, len(ANSWERS) - 1))
def test_an_answer_in_parts_is_the_same_as_an_answer_at_once(
    answers: list[Answer], whole: int
) -> None:
    one = ANSWERS[whole]
    parts = [replace(one, rows=(row,)) for row in one.rows]
    others = [answer for answer in answers if answer is not one]

    assert table_document([*parts, *others]) == table_document(ANSWERS)


@law
@given(st.lists(st.sampled_from(ANSWERS), max_size=12), st.data())
def test_what_counts_is_the_last_row_of_the_newest_round_that_has_one(
    picked: list[Answer], data: st.DataObject
) -> None:
    rounds = [data.draw(st.integers(1, 3)) for _ in picked]
    answers = [
        replace(one, round=in_round, event=f"{place:064}")
        for place, (one, in_round) in enumerate(zip(picked, rounds, strict=True))
    ]
    at_hand = data.draw(st.integers(1, 3))
    found = figures_of(answers, at_hand)

    for code, standing in found.indicators.items():
        bringing = [
            answer
            for answer in answers
            if answer.round <= at_hand
            and any(isinstance(row, IndicatorRow) and row.code == code for row in answer.rows)
        ]
        newest = max(answer.round for answer in bringing)
        assert standing.event == [one for one in bringing if one.round == newest][-1].event
        assert standing.carried_from == (0 if newest == at_hand else newest)
        assert len(standing.others) == len(bringing) - 1


def table_document(answers: list[Answer] | tuple[Answer, ...]) -> dict[str, object]:
    table = compute_table(Measured(CASE, PERIOD, 1), register(), figures(*answers))
    return document_of(table)
