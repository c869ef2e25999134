"""The data file of a measurement: table C as plain data, which the head approves by its digest.

`document_of` gives the content of the file, keys in their order; the records write it in their one
canonical form, so that equal documents are equal bytes. Exact values are fractions in lowest terms
("4075/42"), beside the text that is printed. Where there is no value, `..._missing` says why. Who
holds the register, the files of earlier quarters and the events of the case can make the document
again and compare.

The keys are described in docs/record-format.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from soptui.domain.measure.money import Comparison, Spending
from soptui.domain.measure.number import (
    canonical,
    fraction_text,
    show_change,
    show_money,
    show_percent,
)
from soptui.domain.measure.row import Standing
from soptui.domain.measure.shown import show_target, show_value
from soptui.domain.measure.table import IndicatorResult, LineResult, TableC
from soptui.domain.measure.value import Absent, Entry, Figure, Given, Parts, Result

FORMAT = 1

Document = dict[str, object]
"""Texts, whole numbers, lists of these, and lists of documents; nothing in it is empty."""


def document_of(table: TableC) -> Document:
    """The whole content of the data file."""
    register = table.register
    return _without_empty(
        {
            "format": FORMAT,
            "case": table.case,
            "period": str(table.period),
            "round": table.round,
            "register_version": register.version,
            "register_sha256": register.digest,
            "prior": [f"{prior.period}={prior.digest}" for prior in table.priors],
            "scale": register.scale.id,
            "efficiency": register.efficiency.value,
            **_percent_fields("achievement", table.mean.result),
            "class": table.label,
            "counted": table.mean.counted,
            "total": table.mean.total,
            "lines": [_line_document(line) for line in table.lines],
            "indicators": [
                _indicator_document(one, register.scores_for(one.indicator))
                for one in table.indicators
            ],
        }
    )


def _line_document(result: LineResult) -> Document:
    line = result.line
    return _without_empty(
        {
            "code": line.code,
            "level": line.level.value,
            "parent": line.parent,
            "title": line.title,
            **(_entry_fields(result.standing.row.reported) if result.standing else {}),
            **_money_fields(result.spending),
            **_percent_fields("achievement", result.mean.result),
            "class": result.label,
            "counted": result.mean.counted,
            "total": result.mean.total,
            **_comparison_fields(result.comparison),
            **_standing_fields(result.standing),
        }
    )


def _indicator_document(result: IndicatorResult, scores: Mapping[str, Fraction]) -> Document:
    indicator, stand = result.indicator, result.position

    def shown(value: Fraction) -> str:
        return show_value(indicator, scores, value)

    return _without_empty(
        {
            "code": indicator.code,
            "line": indicator.line,
            "title": indicator.title,
            "measure": indicator.measure,
            "rule": indicator.rule.value,
            "aggregation": indicator.aggregation.value,
            "target_basis": indicator.target_basis.value,
            **_entry_fields(result.entry),
            **(
                _result_fields("target", stand.target, shown)
                if indicator.rule.has_targets
                else {"target_shown": show_target(indicator, scores, stand.target)}
            ),
            **_result_fields("actual", stand.actual, shown),
            "quarters": list(stand.quarters),
            "skipped": list(stand.skipped),
            **_percent_fields("achievement", result.achievement),
            "class": result.label,
            **_money_fields(result.spending),
            **_comparison_fields(result.comparison),
            **_standing_fields(result.standing),
        }
    )


def _entry_fields(entry: Entry) -> Document:
    """What was reported in this quarter, as it was written."""
    match entry:
        case Figure(text):
            return {"reported": text}
        case Parts(numerator, denominator):
            return {"numerator": numerator, "denominator": denominator}
        case Absent(reason):
            return {"absent_reason": reason}
    return {}


def _money_fields(spending: Spending) -> Document:
    return {
        **_amount_fields("pagu", spending.pagu),
        **_amount_fields("spent", spending.spent),
        **_percent_fields("absorption", spending.absorption),
    }


def _amount_fields(name: str, amount: Result) -> Document:
    """An amount in rupiah: a decimal, as it was written."""
    fields = _result_fields(name, amount, show_money)
    if isinstance(amount, Given):
        fields[name] = canonical(amount.exact)
    return fields


def _percent_fields(name: str, result: Result) -> Document:
    return _result_fields(name, result, show_percent)


def _result_fields(name: str, result: Result, show: Callable[[Fraction], str]) -> Document:
    if isinstance(result, Given):
        return {name: fraction_text(result.exact), f"{name}_shown": show(result.exact)}
    return {
        f"{name}_missing": result.why.value,
        f"{name}_quarters": list(result.quarters),
        f"{name}_codes": list(result.codes),
    }


def _comparison_fields(comparison: Comparison | None) -> Document:
    if comparison is None:
        return {}
    return {
        "difference": fraction_text(comparison.difference),
        "difference_shown": show_change(comparison.difference, 2),
        "efficiency": comparison.efficiency.value if comparison.efficiency else "",
    }


def _standing_fields(standing: Standing | None) -> Document:
    """Words, evidence and warnings of the row that counts, and the event that brought it."""
    if standing is None:
        return {}
    row = standing.row
    return {
        "driver": row.texts.driver,
        "obstacle": row.texts.obstacle,
        "follow_up": row.texts.follow_up,
        "note": row.texts.note,
        "evidence": list(row.evidence),
        "passed": list(row.passed),
        "reason": row.reason,
        "event": standing.event,
        "carried_from": standing.carried_from or None,
    }


def _without_empty(document: Document) -> Document:
    return {key: value for key, value in document.items() if value not in (None, "", [])}
