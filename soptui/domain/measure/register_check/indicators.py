"""Whether each indicator says what it needs to be reported and computed, and nothing besides."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from soptui.domain.measure.finding import Finding, Subject, error, warning
from soptui.domain.measure.labels import AGGREGATION_LABELS, FIELD_LABELS, RULE_LABELS
from soptui.domain.measure.number import MAXIMUM_PLACES, exact, is_canonical
from soptui.domain.measure.register import (
    NO_TARGET,
    Aggregation,
    Gap,
    Indicator,
    Register,
    Rule,
    ZeroTarget,
)
from soptui.domain.message import Message

_SLUG = re.compile(r"[a-z][a-z0-9-]{0,31}")
_CONTINUES = re.compile(r"[a-z][a-z0-9-]{0,31}@([12][0-9]{3})")
_KEY = re.compile(r"([^=]+)=([^=].*)")
_LEAST_CEILING = 100

# A predicate or a deed is never added up; a range and a starting point are of the whole year.
_NOT_WITH = {
    Rule.SCALE: frozenset(Aggregation) - {Aggregation.LAST},
    Rule.DONE: frozenset(Aggregation) - {Aggregation.LAST, Aggregation.MAX},
    Rule.RANGE: frozenset({Aggregation.SUM}),
    Rule.BASELINE: frozenset({Aggregation.SUM}),
}
_KEYS_OF_RULE = {
    "lower": Rule.RANGE,
    "upper": Rule.RANGE,
    "baseline": Rule.BASELINE,
    "scale_id": Rule.SCALE,
}


def findings_of_indicators(register: Register, units: Collection[str]) -> Iterator[Finding]:
    """The findings of all indicators but for their targets."""
    seen: set[str] = set()
    for one in register.indicators:
        if one.code in seen:
            yield fault_of(
                "indicator-twice", one, Message("There are two indicators {code}.", code=one.code)
            )
        seen.add(one.code)
        yield from _identity(one, register, units)
        yield from _method(one)
        yield from _numbers(one, register)
        yield from _links(one, register)
    yield from _applications(register)


def fault_of(code: str, indicator: Indicator, message: Message, field: str = "") -> Finding:
    """An error of an indicator."""
    return error(code, Subject.INDICATOR, message, of=indicator.code, field=field)


def warning_of(code: str, indicator: Indicator, message: Message, field: str = "") -> Finding:
    """A warning of an indicator."""
    return warning(code, Subject.INDICATOR, message, of=indicator.code, field=field)


def not_a_number(indicator: Indicator, field: str, text: str) -> Finding:
    """An error: a key of an indicator holds no number."""
    return fault_of(
        "not-a-number",
        indicator,
        Message(
            "{field}: {text} is not a number as records write it, such as 1234.5.",
            field=field,
            text=text,
        ),
        field,
    )


def _identity(one: Indicator, register: Register, units: Collection[str]) -> Iterator[Finding]:
    if not _SLUG.fullmatch(one.code):
        yield fault_of(
            "code",
            one,
            Message(
                "{id} cannot be an id: lower-case letters, digits and hyphens, at most 32,"
                " beginning with a letter.",
                id=one.code,
            ),
            "code",
        )
    for field in ("title", "measure", "owner"):
        if not getattr(one, field):
            yield fault_of(f"no-{field}", one, _lacking(one, field), field)
    for field in ("definition", "source", "evidence"):
        if not getattr(one, field):
            yield warning_of(f"no-{field}", one, _lacking(one, field), field)
    if register.line(one.line) is None:
        yield fault_of(
            "unknown-line",
            one,
            Message("{code} belongs to {line}, which is no line.", code=one.code, line=one.line),
            "line",
        )
    if one.owner and one.owner not in units:
        yield fault_of(
            "unknown-owner",
            one,
            Message("{owner} is not a section of the office.", owner=one.owner),
            "owner",
        )


def _lacking(one: Indicator, field: str) -> Message:
    return Message("{code} lacks its {field}.", code=one.code, field=Message(FIELD_LABELS[field]))


def _method(one: Indicator) -> Iterator[Finding]:
    if one.aggregation in _NOT_WITH.get(one.rule, ()):
        yield fault_of(
            "aggregation",
            one,
            Message(
                "{code}: the rule {rule} does not go with the aggregation {aggregation}.",
                code=one.code,
                rule=Message(RULE_LABELS[one.rule]),
                aggregation=Message(AGGREGATION_LABELS[one.aggregation]),
            ),
            "aggregation",
        )
    if one.gap is Gap.FILLED and one.aggregation not in (Aggregation.SUM, Aggregation.MEAN):
        yield _not_asked(one, "gap")
    if one.at_zero_target is ZeroTarget.FULL_WHEN_ZERO and not one.rule.is_down:
        yield fault_of(
            "zero-met-by-zero",
            one,
            Message(
                "{code}: only where less is better can a target of 0 be met by 0.", code=one.code
            ),
            "zero_target",
        )
    for field, rule in _KEYS_OF_RULE.items():
        if getattr(one, field) and one.rule is not rule:
            yield _not_asked(one, field)
        if not getattr(one, field) and one.rule is rule:
            yield fault_of("missing-key", one, _lacking(one, field), field)
    for field in ("numerator_title", "denominator_title"):
        if getattr(one, field) and one.aggregation is not Aggregation.RATIO:
            yield _not_asked(one, field)
        if not getattr(one, field) and one.aggregation is Aggregation.RATIO:
            yield fault_of("missing-key", one, _lacking(one, field), field)


def _not_asked(one: Indicator, field: str) -> Finding:
    return fault_of(
        "key-not-of-rule",
        one,
        Message(
            "{code}: {field} says nothing under its rule, and is left out.",
            code=one.code,
            field=Message(FIELD_LABELS[field]),
        ),
        field,
    )


def _numbers(one: Indicator, register: Register) -> Iterator[Finding]:
    if not 0 <= one.decimals <= MAXIMUM_PLACES:
        yield fault_of(
            "decimals",
            one,
            Message(
                "{code}: an indicator has 0 to {places} places.",
                code=one.code,
                places=MAXIMUM_PLACES,
            ),
            "decimals",
        )
    if one.weight < 1:
        yield fault_of(
            "weight", one, Message("{code}: a weight is 1 or more.", code=one.code), "weight"
        )
    for field in ("ceiling", "lower", "upper", "baseline"):
        text = getattr(one, field)
        if text and not is_canonical(text):
            yield not_a_number(one, field, text)
    if is_canonical(one.ceiling) and exact(one.ceiling) < _LEAST_CEILING:
        yield fault_of(
            "ceiling",
            one,
            Message(
                "{code}: a ceiling below 100 keeps anybody from full achievement.", code=one.code
            ),
            "ceiling",
        )
    if is_canonical(one.lower) and is_canonical(one.upper) and exact(one.lower) > exact(one.upper):
        yield fault_of(
            "range",
            one,
            Message("{code}: the range ends before it begins.", code=one.code),
            "upper",
        )
    if one.rule is Rule.SCALE and one.scale_id and not register.has_predicate_scale(one.scale_id):
        yield fault_of(
            "unknown-scale",
            one,
            Message("{code}: there is no scale {id}.", code=one.code, id=one.scale_id),
            "scale_id",
        )
    yield from _plausible(one)


def _plausible(one: Indicator) -> Iterator[Finding]:
    if not one.plausible:
        return
    readable = [bound for bound in one.plausible if is_canonical(bound)]
    for bound in one.plausible:
        if bound not in readable and bound != NO_TARGET:
            yield not_a_number(one, "plausible", bound)
    is_pair = len(one.plausible) == 2
    if not is_pair or (len(readable) == 2 and exact(readable[0]) > exact(readable[1])):
        yield fault_of(
            "plausible",
            one,
            Message(
                "{code}: what is plausible has a lower and an upper bound, in this order.",
                code=one.code,
            ),
            "plausible",
        )


def _links(one: Indicator, register: Register) -> Iterator[Finding]:
    continues = _CONTINUES.fullmatch(one.continues)
    if one.continues and (continues is None or int(continues[1]) >= register.year):
        yield fault_of(
            "continues",
            one,
            Message(
                "{code}: {text} is not an indicator of an earlier year, such as iks-1@2025.",
                code=one.code,
                text=one.continues,
            ),
            "continues",
        )
    if not one.parts_of:
        return
    whole = register.indicator(one.parts_of)
    if whole is None or whole.parts_of or whole is one:
        yield fault_of(
            "parts-of",
            one,
            Message(
                "{code} is a part of {whole}, which is no indicator that has parts.",
                code=one.code,
                whole=one.parts_of,
            ),
            "parts_of",
        )
    elif whole.measure != one.measure or Aggregation.RATIO in (one.aggregation, whole.aggregation):
        yield fault_of(
            "parts-measure",
            one,
            Message(
                "{code} cannot be added up to {whole}: units differ, or it is a ratio.",
                code=one.code,
                whole=one.parts_of,
            ),
            "parts_of",
        )


def _applications(register: Register) -> Iterator[Finding]:
    """Each application knows each indicator by one key, and no two by the same."""
    taken: dict[str, str] = {}
    for one in register.indicators:
        applications: set[str] = set()
        for key in one.keys:
            match = _KEY.fullmatch(key)
            if match is None:
                yield fault_of(
                    "key",
                    one,
                    Message(
                        "{code}: {text} is not a key such as e-SAKIP=123.", code=one.code, text=key
                    ),
                    "keys",
                )
                continue
            if match[1] in applications or key in taken:
                yield fault_of(
                    "key-twice",
                    one,
                    Message(
                        "{code}: {text} is a second key, or that of another indicator.",
                        code=one.code,
                        text=key,
                    ),
                    "keys",
                )
            applications.add(match[1])
            taken.setdefault(key, one.code)
