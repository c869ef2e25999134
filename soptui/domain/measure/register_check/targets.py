"""Whether the targets of each indicator can be computed with, and add up to the year (V07)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from soptui.domain.measure.aggregation import combined, takes_last
from soptui.domain.measure.finding import Finding
from soptui.domain.measure.labels import FIELD_LABELS
from soptui.domain.measure.number import exact, is_canonical, places_of, show_exact, show_in_full
from soptui.domain.measure.period import QUARTERS, quarter_name
from soptui.domain.measure.register import (
    NO_TARGET,
    Aggregation,
    Indicator,
    Register,
    Rule,
)
from soptui.domain.measure.register_check.indicators import fault_of, not_a_number, warning_of
from soptui.domain.message import Message


def findings_of_targets(register: Register) -> Iterator[Finding]:
    """The findings of the targets of all indicators."""
    for one in register.indicators:
        if len(one.targets) != len(QUARTERS):
            yield fault_of(
                "targets",
                one,
                Message("{code}: there are four targets, one a quarter.", code=one.code),
                "targets",
            )
        elif not one.rule.has_targets:
            yield from _without_targets(one)
        else:
            yield from _with_targets(one, _scores(register, one))


def _scores(register: Register, one: Indicator) -> dict[str, Fraction]:
    """What the labels of its scale count for, as far as they can be read."""
    for scale in register.predicate_scales:
        if one.rule is Rule.SCALE and scale.id == one.scale_id:
            return {
                predicate.label: exact(predicate.score)
                for predicate in scale.predicates
                if is_canonical(predicate.score)
            }
    return {}


def _without_targets(one: Indicator) -> Iterator[Finding]:
    if one.target_year or any(target != NO_TARGET for target in one.targets):
        yield fault_of(
            "key-not-of-rule",
            one,
            Message(
                "{code}: {field} says nothing under its rule, and is left out.",
                code=one.code,
                field=Message(FIELD_LABELS["targets"]),
            ),
            "targets",
        )


def _with_targets(one: Indicator, scores: Mapping[str, Fraction]) -> Iterator[Finding]:
    read = {
        quarter: _read(one, "targets", text, scores)
        for quarter, text in zip(QUARTERS, one.targets, strict=True)
        if text != NO_TARGET
    }
    year = _read(one, "target_year", one.target_year, scores) if one.target_year else None
    faults = [value for value in (*read.values(), year) if isinstance(value, Finding)]
    yield from faults
    if faults:
        return
    values = {quarter: value for quarter, value in read.items() if isinstance(value, Fraction)}
    if isinstance(year, Fraction):
        yield from _findings_of_values(one, [*values.values(), year])
        yield from _findings_of_year(one, values, year)
    else:
        yield from _findings_of_values(one, list(values.values()))
        yield _without_year_target(one, bool(values))
    if one.grows and any(later < earlier for earlier, later in pairwise(values.values())):
        yield fault_of(
            "targets-fall",
            one,
            Message(
                "{code}: targets to date cannot fall from one quarter to the next.", code=one.code
            ),
            "targets",
        )


def _read(
    one: Indicator, field: str, text: str, scores: Mapping[str, Fraction]
) -> Fraction | Finding:
    """The value of a target, or what is wrong with how it is written."""
    if one.rule is Rule.SCALE:
        if text in scores:
            return scores[text]
        return fault_of(
            "not-on-scale",
            one,
            Message(
                "{code}: {text} is not one of {labels}.",
                code=one.code,
                text=text,
                labels=", ".join(scores),
            ),
            field,
        )
    if not is_canonical(text):
        return not_a_number(one, field, text)
    if places_of(exact(text)) > one.decimals:
        return fault_of(
            "too-many-places",
            one,
            Message(
                "{code}: {number} has more than {places} places after the comma.",
                code=one.code,
                number=show_in_full(exact(text)),
                places=one.decimals,
            ),
            field,
        )
    return exact(text)


def _without_year_target(one: Indicator, has_quarters: bool) -> Finding:
    if has_quarters:
        return fault_of(
            "no-year-target",
            one,
            Message("{code} has no target of the year.", code=one.code),
            "target_year",
        )
    return warning_of(
        "no-target", one, Message("{code} has no target in the year.", code=one.code), "targets"
    )


def _findings_of_values(one: Indicator, values: Sequence[Fraction]) -> Iterator[Finding]:
    """Targets below 0, which only a baseline can be held against; 0 where it says nothing."""
    if one.rule is Rule.BASELINE:
        if is_canonical(one.baseline) and exact(one.baseline) in values:
            yield warning_of(
                "target-is-baseline",
                one,
                Message(
                    "{code}: where a target is the starting point nothing can be computed.",
                    code=one.code,
                ),
                "targets",
            )
        return
    if any(value < 0 for value in values):
        yield fault_of(
            "negative-target",
            one,
            Message("{code}: a target below 0 needs the rule baseline.", code=one.code),
            "targets",
        )
    if 0 in values and not one.rule.is_down:
        yield warning_of(
            "zero-target",
            one,
            Message(
                '{code}: where a target is 0 nothing can be computed; "-" says that there is none.',
                code=one.code,
            ),
            "targets",
        )
    if one.share and any(value > (100 if one.is_percentage else 1) for value in values):
        yield fault_of(
            "target-above-whole",
            one,
            Message("{code}: a target is more than the whole.", code=one.code),
            "targets",
        )


def _findings_of_year(
    one: Indicator, values: Mapping[int, Fraction], year: Fraction
) -> Iterator[Finding]:
    """V07: the quarters must make the target of the year."""
    if takes_last(one) or one.aggregation is Aggregation.RATIO:
        of_quarters = values.get(QUARTERS[-1])
    else:
        of_quarters = combined(one.aggregation, list(values.values())) if values else None
    if of_quarters == year:
        return
    if of_quarters is None:
        yield fault_of(
            "V07",
            one,
            Message(
                "{code}: {quarter} has no target, and the year has.",
                code=one.code,
                quarter=quarter_name(QUARTERS[-1]),
            ),
            "targets",
        )
        return
    yield fault_of(
        "V07",
        one,
        Message(
            "{code}: the quarters come to {quarters}, and the target of the year is {year}.",
            code=one.code,
            quarters=show_exact(of_quarters),
            year=show_exact(year),
        ),
        "target_year",
    )
