"""Reading a data file: what that of an earlier quarter says to a later one."""

from __future__ import annotations

from collections.abc import Mapping

from soptui.domain.measure.finding import Subject
from soptui.domain.measure.number import parse_fraction
from soptui.domain.measure.period import parse_period
from soptui.domain.measure.prior import Prior, PriorFigure
from soptui.domain.measure.register import TargetBasis
from soptui.domain.measure.value import (
    EMPTY,
    Absent,
    Entry,
    Figure,
    Given,
    NoValue,
    Parts,
    Result,
    Why,
)
from soptui.domain.message import Message, Refusal


def prior_from(document: Mapping[str, object], digest: str) -> Prior:
    """What a data file says to later quarters. Raises `Refusal` where it is not one."""
    figures: dict[str, PriorFigure] = {}
    for row in rows_of(document, Subject.INDICATOR):
        figures[_text(row, "code")] = PriorFigure(
            entry=_entry(row),
            measure=_text(row, "measure"),
            target_basis=_basis(_text(row, "target_basis")),
            actual=_result(row, "actual"),
            achievement=_result(row, "achievement"),
        )
    return Prior(
        period=parse_period(_text(document, "period")),
        digest=digest,
        figures=figures,
        spent={_text(row, "code"): _entry(row) for row in rows_of(document, Subject.LINE)},
    )


def rows_of(document: Mapping[str, object], subject: Subject) -> list[Mapping[str, object]]:
    """The rows of one table of a data file. Raises `Refusal` where it is not one."""
    rows = document.get(subject.value, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise _not_a_data_file(subject.value)
    return rows


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise _not_a_data_file(key)
    return value


def _entry(row: Mapping[str, object]) -> Entry:
    if "reported" in row:
        return Figure(_text(row, "reported"))
    if "numerator" in row:
        return Parts(_text(row, "numerator"), _text(row, "denominator"))
    if "absent_reason" in row:
        return Absent(_text(row, "absent_reason"))
    return EMPTY


def _result(row: Mapping[str, object], key: str) -> Result:
    if key in row:
        return Given(parse_fraction(_text(row, key)))
    try:
        return NoValue(Why(_text(row, f"{key}_missing")))
    except ValueError:
        raise _not_a_data_file(key) from None


def _basis(text: str) -> TargetBasis:
    try:
        return TargetBasis(text)
    except ValueError:
        raise _not_a_data_file("target_basis") from None


def _not_a_data_file(key: str) -> Refusal:
    return Refusal(
        Message(
            "This is not a data file of a measurement: {key} is not right. Nothing was read from"
            " it; take the file that was approved.",
            key=key,
        )
    )
