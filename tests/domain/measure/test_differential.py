"""The figures agree with a second computation, written apart (`independent`)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from hypothesis import given, settings
from hypothesis import strategies as st

from soptui.domain.measure.achievement import achievement
from soptui.domain.measure.aggregation import position
from soptui.domain.measure.data_file import document_of
from soptui.domain.measure.number import show_percent
from soptui.domain.measure.period import Period
from soptui.domain.measure.register import Indicator, Rule
from soptui.domain.measure.row import IndicatorRow, Row
from soptui.domain.measure.table import Measured, compute_table
from soptui.domain.measure.value import (
    Absent,
    Empty,
    Entry,
    Figure,
    Given,
    Parts,
    Result,
)
from tests.domain.measure import independent
from tests.domain.measure.builders import (
    BOUNDS,
    CASE,
    LABELS,
    LINES,
    SAKIP,
    answer,
    figures,
    register,
    spent,
)
from tests.domain.measure.strategies import SCORES, decimals, entries, indicators

much = settings(max_examples=300, deadline=None)


def plain_indicator(one: Indicator) -> independent.Plain:
    return {
        "rule": one.rule.value,
        "aggregation": one.aggregation.value,
        "target_basis": one.target_basis.value,
        "gap": one.gap.value,
        "measure": one.measure,
        "targets": list(one.targets),
        "target_year": one.target_year,
        "ceiling": one.ceiling,
        "lower": one.lower,
        "upper": one.upper,
        "baseline": one.baseline,
        "zero_target": one.at_zero_target.value,
        "scores": {grade.label: grade.score for grade in SAKIP.predicates},
    }


def plain_entry(entry: Entry) -> independent.Plain:
    match entry:
        case Figure(text):
            return {"reported": text}
        case Parts(numerator, denominator):
            return {"numerator": numerator, "denominator": denominator}
        case Absent(reason):
            return {"absent_reason": reason}
        case Empty():
            return {}


def plain(value: Result) -> Fraction | str:
    return value.exact if isinstance(value, Given) else value.why.value


def expected(value: independent.Pair | str) -> Fraction | str:
    return value if isinstance(value, str) else Fraction(*value)


@much
@given(st.data())
def test_where_an_indicator_stands_and_what_it_achieves(data: st.DataObject) -> None:
    one = data.draw(indicators())
    reported = data.draw(st.lists(entries(one), min_size=1, max_size=4))
    scores = SCORES if one.rule is Rule.SCALE else {}

    stand = position(one, reported, scores)
    achieved = achievement(one, stand.target, stand.actual)

    simple = plain_indicator(one)
    target, actual = independent.stand(simple, [plain_entry(entry) for entry in reported])
    other = independent.achieved(simple, target, actual)
    assert plain(stand.target) == expected(target)
    assert plain(stand.actual) == expected(actual)
    assert plain(achieved) == expected(other)
    if isinstance(achieved, Given):
        assert not isinstance(other, str)
        assert show_percent(achieved.exact) == independent.printed(other)


@much
@given(st.fractions(max_denominator=10**4))
def test_a_percentage_is_printed_alike(value: Fraction) -> None:
    assert show_percent(value) == independent.printed((value.numerator, value.denominator))


LEAF = "7.01.01.2.01.0006"
BANDS = zip(LABELS, BOUNDS[register().scale.policy], strict=True)
CLASSES = [(label, int(bound)) for label, bound in BANDS]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_rows_of_a_data_file(data: st.DataObject) -> None:
    """TW I, one indicator a row: all that the file says of it follows from plain data."""
    many = [data.draw(indicators(f"ik-{number}", LEAF)) for number in range(1, 5)]
    reported = {one.code: data.draw(entries(one)) for one in many}
    amount = data.draw(st.none() | decimals(0, 20_000_000))
    rows: list[Row] = [row_of(code, entry) for code, entry in reported.items()
                       if not isinstance(entry, Empty)]  # fmt: skip
    if amount is not None:
        rows.append(spent(LEAF, amount))
    table = compute_table(
        Measured(CASE, Period(2026, 1), 1),
        register(indicators=tuple(many)),
        figures(answer("satu", "subbag-pk", *rows)),
    )

    pagu = next(line.pagu for line in LINES if line.code == LEAF)
    absorption = independent.absorbed(pagu, amount or "")
    weights, weighted = 0, independent.ZERO
    for one, row in zip(many, found_rows(document_of(table)), strict=True):
        simple = plain_indicator(one)
        achieved = independent.achieved(
            simple, *independent.stand(simple, [plain_entry(reported[one.code])])
        )
        if isinstance(achieved, str):
            assert row["achievement_missing"] == achieved
            assert "class" not in row
        else:
            assert row["achievement"] == written(achieved)
            assert row["achievement_shown"] == independent.printed(achieved)
            assert row["class"] == independent.class_above(CLASSES, achieved)
            weights += one.weight
            weighted = independent.add(weighted, independent.multiply((one.weight, 1), achieved))
        assert row.get("efficiency", "") == independent.efficiency(achieved, absorption)
        percent = None if isinstance(absorption, str) else written(absorption)
        assert row.get("absorption") == percent
    document = document_of(table)
    mean = document.get("achievement")
    assert mean == (written(independent.divide(weighted, (weights, 1))) if weights else None)


def row_of(code: str, entry: Entry) -> Row:
    assert not isinstance(entry, Empty)
    return IndicatorRow(code, entry)


def found_rows(document: dict[str, object]) -> list[dict[str, object]]:
    rows = document["indicators"]
    assert isinstance(rows, list)
    return rows


def written(value: independent.Pair) -> str:
    """A pair in lowest terms, as the data file writes it."""
    divisor = gcd(*value)
    top, bottom = value[0] // divisor, value[1] // divisor
    return str(top) if bottom == 1 else f"{top}/{bottom}"
