"""Every defect of a register is found with its place, and all of them at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from soptui.domain.measure.finding import Finding, Severity, Subject
from soptui.domain.measure.register import (
    Aggregation,
    AgreementKind,
    Gap,
    Indicator,
    Level,
    Line,
    Predicate,
    PredicateScale,
    Register,
    Rule,
    TargetBasis,
    ZeroTarget,
)
from soptui.domain.measure.register_check.check import check_register, has_errors
from soptui.domain.measure.register_check.succession import findings_of_succession
from soptui.domain.replace import replace
from soptui.locale import translate
from tests.domain.measure.builders import (
    LINES,
    SAKIP,
    UNITS,
    counted,
    indicator,
    ratio,
    register,
    scale,
)

Place = tuple[str, str, str]


def places(findings: tuple[Finding, ...] | list[Finding]) -> set[Place]:
    return {(one.code, one.id, one.field) for one in findings}


def found_in(one: Register) -> tuple[Finding, ...]:
    return check_register(one, UNITS)


def with_indicator(one: Indicator) -> tuple[Finding, ...]:
    """The findings of a register with just this indicator."""
    return found_in(register(indicators=(one,), predicate_scales=()))


def test_a_sound_register_has_no_findings() -> None:
    assert found_in(register()) == ()
    for one in (indicator(), counted(), ratio()):
        assert with_indicator(one) == ()


@pytest.mark.parametrize(
    ("changes", "place", "severity"),
    [
        ({"effective": date(2025, 12, 31)}, ("effective-year", "", "effective"), "error"),
        ({"basis": ""}, ("no-basis", "", "basis"), "error"),
        ({"basis_sha256": "ab"}, ("no-scan", "", "basis_sha256"), "error"),
        ({"kind": AgreementKind.AMENDED}, ("amended-first", "", "kind"), "warning"),
        ({"indicators": ()}, ("no-indicators", "", ""), "error"),
        ({"scale": replace(scale(), bands=())}, ("no-bands", "", "bands"), "error"),
        (
            {"predicate_scales": (SAKIP, SAKIP)},
            ("scale-twice", "sakip", ""), "error",
        ),
        (
            {"predicate_scales": (SAKIP, replace(SAKIP, id="opini"))},
            ("scale-unused", "opini", ""), "warning",
        ),
        (
            {"predicate_scales": (replace(SAKIP, predicates=SAKIP.predicates[::-1]),)},
            ("scores-not-falling", "sakip", "predicates"), "error",
        ),
        (
            {"predicate_scales": (replace(
                SAKIP, predicates=(*SAKIP.predicates, Predicate("AA", "-1"))),)},
            ("label-twice", "sakip", "predicates"), "error",
        ),
        (
            {"predicate_scales": (replace(SAKIP, predicates=(Predicate("A", "satu"),)),)},
            ("not-a-number", "sakip", "predicates"), "error",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_agreement(
    changes: dict[str, Any], place: Place, severity: str
) -> None:
    found = found_in(register(**changes))

    assert place in places(found)
    assert {one.severity.value for one in found if one.code == place[0]} == {severity}


LEAF = LINES[3]


def with_line(line: Line) -> tuple[Finding, ...]:
    return found_in(register(lines=(*LINES[:3], line, *LINES[4:])))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": ""}, "no-title", "title"),
        ({"parent": "9.99"}, "unknown-parent", "parent"),
        ({"parent": "7.01.06.2.01.0003"}, "parent-level", "parent"),
        ({"level": Level.OBJECTIVE}, "parent-level", "parent"),
        ({"pagu": "18.144.528"}, "not-a-number", "pagu"),
        ({"pagu": "-5"}, "not-an-amount", "pagu"),
        ({"pagu": "0.125"}, "not-an-amount", "pagu"),
        ({"pagu": ""}, "no-pagu", "pagu"),
        ({"owner": ""}, "no-owner", "owner"),
        ({"owner": "seksi-lain"}, "unknown-owner", "owner"),
    ],
)
def test_what_is_wrong_with_a_line(changes: dict[str, Any], code: str, field: str) -> None:
    found = with_line(replace(LEAF, **changes))

    assert (code, LEAF.code, field) in places(found)
    assert all(one.subject is Subject.LINE for one in found if one.code == code)


def test_money_and_section_of_a_line_stand_on_leaves_alone() -> None:
    above = replace(LINES[2], pagu="5", owner="subbag-pk")
    found = found_in(register(lines=(*LINES[:2], above, *LINES[3:])))

    assert places(found) == {
        ("pagu-not-leaf", above.code, "pagu"),
        ("owner-not-leaf", above.code, "owner"),
    }


def test_lines_that_hang_on_each_other_are_found_and_not_followed() -> None:
    circle = (
        Line("a", Level.ACTIVITY, "A", parent="b"),
        Line("b", Level.ACTIVITY, "B", parent="a"),
    )

    found = places(found_in(register(lines=(*LINES, *circle, LEAF))))
    assert {("parent-level", "a", "parent"), ("parent-level", "b", "parent")} <= found
    assert ("line-twice", LEAF.code, "") in found


@pytest.mark.parametrize(
    ("one", "code", "field"),
    [
        (indicator(title=""), "no-title", "title"),
        (indicator(measure=""), "no-measure", "measure"),
        (indicator(owner=""), "no-owner", "owner"),
        (indicator(owner="seksi-lain"), "unknown-owner", "owner"),
        (indicator("IKS 1"), "code", "code"),
        (indicator(line="9.99"), "unknown-line", "line"),
        (indicator(decimals=7), "decimals", "decimals"),
        (indicator(weight=0), "weight", "weight"),
        (indicator(ceiling="seratus"), "not-a-number", "ceiling"),
        (indicator(ceiling="90"), "ceiling", "ceiling"),
        (indicator(gap=Gap.FILLED), "key-not-of-rule", "gap"),
        (indicator(lower="1"), "key-not-of-rule", "lower"),
        (indicator(baseline="1"), "key-not-of-rule", "baseline"),
        (indicator(scale_id="sakip"), "key-not-of-rule", "scale_id"),
        (indicator(numerator_title="Desa"), "key-not-of-rule", "numerator_title"),
        (ratio(denominator_title=""), "missing-key", "denominator_title"),
        (indicator(rule=Rule.BASELINE), "missing-key", "baseline"),
        (indicator(rule=Rule.SCALE), "missing-key", "scale_id"),
        (indicator(rule=Rule.SCALE, scale_id="opini"), "unknown-scale", "scale_id"),
        (indicator(rule=Rule.RANGE), "key-not-of-rule", "targets"),
        (indicator(rule=Rule.RANGE), "missing-key", "lower"),
        (indicator(rule=Rule.RANGE, lower="9", upper="8"), "range", "upper"),
        (indicator(rule=Rule.RANGE, aggregation=Aggregation.SUM), "aggregation", "aggregation"),
        (indicator(rule=Rule.SCALE, aggregation=Aggregation.MEAN), "aggregation", "aggregation"),
        (indicator(rule=Rule.DONE, aggregation=Aggregation.SUM), "aggregation", "aggregation"),
        (indicator(zero_target=ZeroTarget.FULL_WHEN_ZERO), "zero-met-by-zero", "zero_target"),
        (indicator(plausible=("60",)), "plausible", "plausible"),
        (indicator(plausible=("100", "60")), "plausible", "plausible"),
        (indicator(plausible=("60", "seratus")), "not-a-number", "plausible"),
        (indicator(continues="iks-1"), "continues", "continues"),
        (indicator(continues="iks-1@2026"), "continues", "continues"),
        (indicator(keys=("e-SAKIP",)), "key", "keys"),
        (indicator(keys=("e-SAKIP=1", "e-SAKIP=2")), "key-twice", "keys"),
        (indicator(parts_of="ik-1"), "parts-of", "parts_of"),
        (indicator(parts_of="ik-9"), "parts-of", "parts_of"),
        (indicator(targets=("1", "2")), "targets", "targets"),
        (indicator(targets=("80", "82", "84", "8,4")), "not-a-number", "targets"),
        (indicator(target_year="84,0"), "not-a-number", "target_year"),
        (indicator(targets=("80.125", "82", "84", "84")), "too-many-places", "targets"),
        (indicator(targets=("-5", "82", "84", "84")), "negative-target", "targets"),
        (indicator(target_year=""), "no-year-target", "target_year"),
        (indicator(target_year="85"), "V07", "target_year"),
        (indicator(targets=("80", "82", "84", "-")), "V07", "targets"),
        (counted(target_year="11"), "V07", "target_year"),
        (counted(aggregation=Aggregation.MEAN, target_year="4"), "V07", "target_year"),
        (counted(aggregation=Aggregation.MAX, target_year="4"), "V07", "target_year"),
        (counted(target_basis=TargetBasis.CUMULATIVE), "V07", "target_year"),
        (
            counted(
                target_basis=TargetBasis.CUMULATIVE, targets=("3", "6", "5", "12")
            ),
            "targets-fall", "targets",
        ),
        (ratio(target_year="101", targets=("100", "100", "100", "101")),
         "target-above-whole", "targets"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_indicator(one: Indicator, code: str, field: str) -> None:
    found = with_indicator(one)

    assert (code, one.code, field) in places(found)
    assert all(finding.severity is Severity.ERROR for finding in found if finding.code == code)
    assert has_errors(found)


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (indicator(definition=""), "no-definition"),
        (indicator(source=""), "no-source"),
        (indicator(evidence=()), "no-evidence"),
        (indicator(target_year="", targets=("-", "-", "-", "-")), "no-target"),
        (counted(targets=("0", "6", "6", "0")), "zero-target"),
        (
            indicator(rule=Rule.BASELINE, baseline="80"),
            "target-is-baseline",
        ),
    ],
)
def test_what_should_be_mended_in_an_indicator(one: Indicator, code: str) -> None:
    found = with_indicator(one)

    assert [finding.code for finding in found] == [code]
    assert not has_errors(found)


@pytest.mark.parametrize(
    "one",
    [
        counted(aggregation=Aggregation.MEAN, target_year="3"),
        counted(aggregation=Aggregation.MAX, target_year="3"),
        counted(target_basis=TargetBasis.CUMULATIVE, target_year="9", targets=("2", "-", "7", "9")),
        counted(targets=("-", "6", "-", "6")),
        counted(rule=Rule.DOWN_2T, target_year="0", targets=("0", "0", "0", "0")),
        indicator(plausible=("-", "100"), negative=True, continues="ik-9@2025"),
        indicator(keys=("e-SAKIP=1", "SIPD=1")),
    ],
)
def test_what_looks_odd_and_is_right(one: Indicator) -> None:
    assert with_indicator(one) == ()


def test_a_target_by_predicate_is_on_its_scale() -> None:
    off = indicator(
        rule=Rule.SCALE, scale_id="sakip", target_year="A", targets=("BB", "Baik", "A", "A")
    )
    assert places(found_in(register(indicators=(off,)))) == {("not-on-scale", "ik-1", "targets")}


def test_parts_have_a_whole_of_their_unit_and_two_indicators_no_key_in_common() -> None:
    found = found_in(
        register(
            predicate_scales=(),
            indicators=(
                counted("ik-semua", keys=("e-SAKIP=7",)),
                counted("ik-a", parts_of="ik-semua", keys=("e-SAKIP=7",)),
                counted("ik-b", parts_of="ik-a"),
                counted("ik-c", parts_of="ik-semua", measure="Desa"),
                counted("ik-c"),
            ),
        )
    )

    assert places(found) == {
        ("key-twice", "ik-a", "keys"),
        ("parts-of", "ik-b", "parts_of"),
        ("parts-measure", "ik-c", "parts_of"),
        ("indicator-twice", "ik-c", ""),
    }


def test_the_check_never_stops_at_the_first_and_tells_errors_first() -> None:
    bad = register(
        basis="",
        lines=(*LINES[:-1], replace(LINES[-1], pagu="x", owner="y")),
        indicators=(
            indicator(source="", target_year="x", decimals=9, title=""),
            counted(target_year="13"),
        ),
    )
    found = found_in(bad)

    assert places(found) >= {
        ("no-basis", "", "basis"),
        ("not-a-number", LINES[-1].code, "pagu"),
        ("unknown-owner", LINES[-1].code, "owner"),
        ("no-title", "ik-1", "title"),
        ("decimals", "ik-1", "decimals"),
        ("not-a-number", "ik-1", "target_year"),
        ("V07", "ik-2", "target_year"),
        ("no-source", "ik-1", "source"),
    }
    severities = [one.severity for one in found]
    assert severities == sorted(severities, key=list(Severity).index)
    assert all(translate(one.message) for one in found)


def test_an_empty_register_is_read_to_its_end() -> None:
    nothing = register(lines=(), indicators=(), predicate_scales=(PredicateScale("x", "X", ()),))

    assert places(found_in(nothing)) == {
        ("no-indicators", "", ""),
        ("scale-unused", "x", ""),
        ("scores-not-falling", "x", "predicates"),
    }


def test_a_changed_agreement_follows_the_first() -> None:
    old = register()
    new = register(version=2, kind=AgreementKind.AMENDED, effective=date(2026, 10, 1))
    assert list(findings_of_succession(new, old)) == []

    first, *others = old.indicators
    odd = replace(
        new,
        version=4,
        effective=date(2026, 1, 2),
        indicators=(replace(first, measure="%"), *others),
    )
    assert places(list(findings_of_succession(odd, old))) == {
        ("version", "", "version"),
        ("effective-before", "", "effective"),
        ("method-changed", "iks-1", ""),
    }
