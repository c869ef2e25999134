"""Every defect of a register of indicators, found by one pass that never stops at the first.

A register with an error cannot be put in force: something in it could not be computed, or nobody
would answer for it. A warning should be mended. Each finding names its line or indicator and the
key. The families stand in the modules beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from soptui.domain.measure.finding import Finding, Severity, Subject, error, warning
from soptui.domain.measure.number import exact, is_canonical
from soptui.domain.measure.register import AgreementKind, PredicateScale, Register
from soptui.domain.measure.register_check.indicators import findings_of_indicators
from soptui.domain.measure.register_check.lines import findings_of_lines
from soptui.domain.measure.register_check.targets import findings_of_targets
from soptui.domain.measure.scale import findings_of_scale
from soptui.domain.message import Message

_DIGEST = re.compile(r"[0-9a-f]{64}")
_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


def check_register(register: Register, units: Collection[str]) -> tuple[Finding, ...]:
    """All findings, errors first; `units` are the ids of the office's sections."""
    found = [
        *_findings_of_agreement(register),
        *findings_of_scale(register.scale),
        *_findings_of_predicate_scales(register),
        *findings_of_lines(register, units),
        *findings_of_indicators(register, units),
        *findings_of_targets(register),
    ]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


def has_errors(findings: Collection[Finding]) -> bool:
    """Whether any of the findings keeps the register from being put in force."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _findings_of_agreement(register: Register) -> Iterator[Finding]:
    if register.effective.year != register.year:
        yield error(
            "effective-year",
            Subject.REGISTER,
            Message("{date} is not a day of {year}.", date=register.effective, year=register.year),
            field="effective",
        )
    if not register.basis:
        yield error(
            "no-basis",
            Subject.REGISTER,
            Message("The agreement on which the register rests is not named."),
            field="basis",
        )
    if not _DIGEST.fullmatch(register.basis_sha256):
        yield error(
            "no-scan",
            Subject.REGISTER,
            Message("The signed agreement is not attached."),
            field="basis_sha256",
        )
    if register.version == 1 and register.kind is AgreementKind.AMENDED:
        yield warning(
            "amended-first",
            Subject.REGISTER,
            Message("The first register of the year is that of a changed agreement."),
            field="kind",
        )
    if not register.indicators:
        yield error("no-indicators", Subject.REGISTER, Message("The register has no indicators."))


def _findings_of_predicate_scales(register: Register) -> Iterator[Finding]:
    used = {one.scale_id for one in register.indicators}
    seen: set[str] = set()
    for scale in register.predicate_scales:
        if scale.id in seen:
            yield error(
                "scale-twice",
                Subject.PREDICATE_SCALE,
                Message("There are two scales {id}.", id=scale.id),
                of=scale.id,
            )
        seen.add(scale.id)
        if scale.id not in used:
            yield warning(
                "scale-unused",
                Subject.PREDICATE_SCALE,
                Message("No indicator uses the scale {id}.", id=scale.id),
                of=scale.id,
            )
        yield from _findings_of_predicates(scale)


def _findings_of_predicates(scale: PredicateScale) -> Iterator[Finding]:
    def fault(code: str, message: Message) -> Finding:
        return error(code, Subject.PREDICATE_SCALE, message, of=scale.id, field="predicates")

    labels = [one.label for one in scale.predicates]
    for label in dict.fromkeys(labels):
        if not label or labels.count(label) > 1:
            yield fault(
                "label-twice",
                Message("A predicate has no name, or the name of another: {label}.", label=label),
            )
    readable = [one for one in scale.predicates if is_canonical(one.score)]
    for one in scale.predicates:
        if one not in readable:
            yield fault(
                "not-a-number",
                Message(
                    "{field}: {text} is not a number as records write it, such as 1234.5.",
                    field=one.label,
                    text=one.score,
                ),
            )
    scores = [exact(one.score) for one in readable]
    falls = all(higher > lower for higher, lower in pairwise(scores))
    if len(scale.predicates) < 2 or not falls or any(score < 0 for score in scores):
        yield fault(
            "scores-not-falling",
            Message(
                "The predicates of {id} do not count for less and less, down to 0 at least.",
                id=scale.id,
            ),
        )
