"""Reading data files: what an earlier quarter's says, and where two of them differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

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

_TABLES = (Subject.LINE, Subject.INDICATOR)


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which a data file differs from another.

    `subject` is the register for what stands in the head of the file; `id` is the code of the row.
    `expected` or `found` is empty where the one file lacks what the other has. `key` is empty where
    a whole row is missing, added or out of its order.
    """

    subject: Subject
    id: str
    key: str
    expected: str
    found: str


def prior_from(document: Mapping[str, object], digest: str) -> Prior:
    """What a data file says to later quarters. Raises `Refusal` where it is not one."""
    figures: dict[str, PriorFigure] = {}
    for row in _rows(document, Subject.INDICATOR):
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
        spent={_text(row, "code"): _entry(row) for row in _rows(document, Subject.LINE)},
    )


def first_difference(
    expected: Mapping[str, object], found: Mapping[str, object]
) -> Difference | None:
    """The first row in which a data file differs from the recomputed one; None when they agree."""
    return next(differences(expected, found), None)


def differences(
    expected: Mapping[str, object], found: Mapping[str, object]
) -> Iterator[Difference]:
    """Every place in which two data files differ: in the head, in lines, in indicators."""
    tables = [subject.value for subject in _TABLES]
    head, other = (
        {key: value for key, value in document.items() if key not in tables}
        for document in (expected, found)
    )
    yield from _row_differences(Subject.REGISTER, "", head, other)
    for subject in _TABLES:
        yield from _table_differences(subject, _rows(expected, subject), _rows(found, subject))


def sentence_for(difference: Difference) -> Message:
    """Where two data files differ, in words."""
    place = _place_of(difference)
    if difference.key:
        return Message(
            "{place}: {key} is {found}, and should be {expected}.",
            place=place,
            key=difference.key,
            found=difference.found or Message("missing"),
            expected=difference.expected or Message("absent"),
        )
    if difference.expected and difference.found:
        return Message("{place}: the row is out of its order.", place=place)
    if difference.expected:
        return Message("{place}: the row is missing.", place=place)
    return Message("{place}: the row should not be there.", place=place)


def _place_of(difference: Difference) -> Message:
    match difference.subject:
        case Subject.LINE:
            return Message("line {code}", code=difference.id)
        case Subject.INDICATOR:
            return Message("indicator {code}", code=difference.id)
    return Message("the head of the file")


def _table_differences(
    subject: Subject, expected: list[Mapping[str, object]], found: list[Mapping[str, object]]
) -> Iterator[Difference]:
    codes, other_codes = [_code(row) for row in expected], [_code(row) for row in found]
    others = dict(zip(other_codes, found, strict=True))
    for row, code in zip(expected, codes, strict=True):
        if code in others:
            yield from _row_differences(subject, code, row, others[code])
        else:
            yield Difference(subject, code, "", code, "")
    unknown = [code for code in others if code not in codes]
    for code in unknown:
        yield Difference(subject, code, "", "", code)
    if not unknown and set(codes) == set(other_codes):
        for code, other in zip_longest(codes, other_codes, fillvalue=""):
            if code != other:
                yield Difference(subject, other or code, "", code, other)
                return


def _row_differences(
    subject: Subject, code: str, expected: Mapping[str, object], found: Mapping[str, object]
) -> Iterator[Difference]:
    for key in [*expected, *(key for key in found if key not in expected)]:
        one, other = expected.get(key), found.get(key)
        if one != other or type(one) is not type(other):
            yield Difference(subject, code, key, _written(one), _written(other))
    if expected == found and list(expected) != list(found):
        key = next(key for key, other in zip(expected, found, strict=True) if key != other)
        yield Difference(subject, code, key, key, "")


def _written(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _code(row: Mapping[str, object]) -> str:
    return str(row.get("code", ""))


def _rows(document: Mapping[str, object], subject: Subject) -> list[Mapping[str, object]]:
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
