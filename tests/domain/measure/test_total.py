"""Whatever a register or a row holds is judged, and what is found sound can be computed."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from soptui.domain.measure.aggregation import combined, takes_last
from soptui.domain.measure.data_file import document_of
from soptui.domain.measure.data_file_compare import first_difference
from soptui.domain.measure.data_file_reading import prior_from
from soptui.domain.measure.number import canonical, exact, is_decimal
from soptui.domain.measure.period import Period
from soptui.domain.measure.plan_tables import table_a, table_b
from soptui.domain.measure.prior import Prior
from soptui.domain.measure.register import (
    NO_TARGET,
    Aggregation,
    Indicator,
    Level,
    Line,
    Register,
    Rule,
    ZeroTarget,
)
from soptui.domain.measure.register_check.check import check_register, has_errors
from soptui.domain.measure.register_check.difference import differences, sentence_for
from soptui.domain.measure.row import IndicatorRow, LineRow, Row, Texts
from soptui.domain.measure.row_check.case_questions import questions_about_case
from soptui.domain.measure.row_check.faults import faults_of_rows
from soptui.domain.measure.row_check.questions import questions_about_rows
from soptui.domain.measure.row_check.surroundings import Surroundings
from soptui.domain.measure.table import Measured, compute_table
from soptui.domain.measure.value import Absent, Empty, Figure, Parts
from soptui.domain.replace import replace
from soptui.locale import translate
from soptui.records.files.codec import emit_document, parse_document
from tests.domain.measure.builders import (
    CASE,
    INDICATORS,
    LINES,
    SAKIP,
    UNITS,
    answer,
    digest,
    figures,
    register,
)
from tests.domain.measure.strategies import decimals, entries, indicators

total = settings(max_examples=150, deadline=None)

ODD = st.sampled_from(
    ("", "-", "0", "-1", "1.5", "84", "100", "1e3", "BB", "x", "007", "½", "9" * 20)
)
NUMERIC = ("ceiling", "lower", "upper", "baseline", "target_year")


@st.composite
def sound(draw: st.DrawFn, code: str, line: str) -> Indicator:
    """An indicator whose year follows from its quarters, as the checker asks."""
    one = draw(indicators(code, line))
    scores = SAKIP.scores()
    set_targets = [text for text in one.targets if text != NO_TARGET]
    if one.rule.has_targets and set_targets:
        values = [scores[text] if one.rule is Rule.SCALE else exact(text) for text in set_targets]
        if takes_last(one) or one.aggregation is Aggregation.RATIO:
            one = replace(
                one, targets=(*one.targets[:3], set_targets[-1]), target_year=set_targets[-1]
            )
        else:
            year = combined(one.aggregation, values)
            if is_decimal(year):
                one = replace(one, target_year=canonical(year), decimals=6)
    else:
        one = replace(one, target_year="")
    if one.aggregation is Aggregation.RATIO:
        one = replace(one, numerator_title="Bagian", denominator_title="Seluruh")
    if one.aggregation not in (Aggregation.SUM, Aggregation.MEAN):
        one = replace(one, gap=one.gap.STRICT)
    return one


@st.composite
def spoilt(draw: st.DrawFn, one: Indicator) -> Indicator:
    """The indicator, now and then with a key or two that anybody might have written."""
    changes: dict[str, Any] = {}
    for key in draw(st.lists(st.sampled_from((*NUMERIC, *OTHERS)), max_size=2)):
        changes[key] = draw(ODD if key in NUMERIC else OTHERS[key])
    return replace(one, **changes)


OTHERS: dict[str, st.SearchStrategy[Any]] = {
    "targets": st.lists(ODD, max_size=5).map(tuple),
    "plausible": st.lists(ODD, max_size=3).map(tuple),
    "decimals": st.integers(-1, 8),
    "weight": st.integers(-1, 3),
    "rule": st.sampled_from(Rule),
    "aggregation": st.sampled_from(Aggregation),
    "zero_target": st.none() | st.sampled_from(ZeroTarget),
    "line": st.sampled_from(("", "s-1", "9.99")),
    "parts_of": st.sampled_from(("", "ik-1", "ik-2", "ik-9")),
    "continues": st.sampled_from(("", "ik-1@2025", "ik-1@2026", "@", "x")),
    "keys": st.lists(st.sampled_from(("a=1", "a", "=", "a=", "b=1"))).map(tuple),
    "share": st.booleans(),
    "negative": st.booleans(),
}

CODES = ("", "s-1", "a", "b", "c")
TREES = st.lists(
    st.builds(
        Line,
        code=st.sampled_from(CODES),
        level=st.sampled_from(Level),
        title=st.sampled_from(("", "Judul")),
        parent=st.sampled_from(CODES),
        pagu=st.sampled_from(("", "0", "5", "x", "-1", "0.125")),
        owner=st.sampled_from(("", "subbag-pk", "lain")),
    ),
    max_size=6,
).map(tuple)


@total
@given(st.data())
def test_any_register_is_judged_and_compared_with_words(data: st.DataObject) -> None:
    many = tuple(
        data.draw(spoilt(data.draw(sound(f"ik-{number}", LINES[3].code)))) for number in (1, 2)
    )
    one = register(indicators=many, lines=data.draw(st.just(LINES) | TREES))
    found = check_register(one, UNITS)

    assert all(translate(finding.message) for finding in found)
    assert all(translate(sentence_for(each)) for each in differences(register(), one))
    if not has_errors(found):
        walk_through_the_year(data, one)


@total
@given(st.data())
def test_what_the_checker_lets_pass_can_be_computed_through_the_year(data: st.DataObject) -> None:
    many = tuple(data.draw(sound(f"ik-{number}", LINES[3].code)) for number in (1, 2))
    one = register(indicators=many)
    assume(not has_errors(check_register(one, UNITS)))

    table_a(one)
    table_b(one)
    walk_through_the_year(data, one)


def walk_through_the_year(data: st.DataObject, one: Register) -> None:
    """Four quarters of reports, each asked about, computed, and read by the next."""
    priors: dict[int, Prior] = {}
    for quarter in (1, 2, 3, 4):
        reported = {each.code: data.draw(entries(each)) for each in one.indicators}
        rows: list[Row] = [IndicatorRow(code, entry) for code, entry in reported.items()
                           if not isinstance(entry, Empty)]  # fmt: skip
        rows += [LineRow(line.code, Figure("5")) for line in one.lines if line.pagu]
        if faults_of_rows(rows, one, one.pin, unit=None, attached=()):
            return
        period = Period(one.year, quarter)
        counting = figures(answer(f"tw{quarter}", "subbag-pk", *rows))
        for finding in (
            *questions_about_rows(rows, Surroundings(one, period, priors)),
            *questions_about_case(one, counting, priors=priors),
        ):
            assert translate(finding.message)
        table = compute_table(Measured(CASE, period, 1), one, counting, priors.values())
        document = document_of(table)
        assert first_difference(document, parse_document(emit_document(document))) is None
        priors[quarter] = prior_from(document, digest(f"tw{quarter}"))


ODD_TEXTS = st.builds(
    Texts, obstacle=st.sampled_from(("", "x")), follow_up=st.sampled_from(("", "y"))
)
ODD_ROWS = st.builds(
    IndicatorRow,
    st.sampled_from(("ik-99", *(one.code for one in INDICATORS))),
    ODD.map(Figure) | st.builds(Parts, ODD, ODD) | st.just(Absent("")),
    ODD_TEXTS,
    st.lists(st.just("ab"), max_size=1).map(tuple),
    st.lists(st.sampled_from(("V04", "V17", "V99")), max_size=2).map(tuple),
    st.sampled_from(("", "ya", "Alasan yang cukup panjang")),
) | st.builds(
    LineRow,
    st.sampled_from(("9.99", *(line.code for line in LINES))),
    ODD.map(Figure) | st.just(Absent("")),
)


@total
@given(st.lists(ODD_ROWS, max_size=4), decimals())
def test_any_rows_are_judged_with_words(rows: list[Row], amount: str) -> None:
    one = register()
    surroundings = Surroundings(one, Period(2026, 2))
    found = faults_of_rows(rows, one, one.pin, unit="subbag-pk", attached={"cd"})

    for finding in (*found, *questions_about_rows(rows, surroundings)):
        assert finding.code
        assert translate(finding.message)
    if not found:
        counting = figures(
            answer("odd", "subbag-pk", *rows, LineRow(LINES[3].code, Figure(amount)))
        )
        assert document_of(compute_table(Measured(CASE, Period(2026, 2), 1), one, counting))
