"""Where two data files differ: the recomputed one and one at hand, or two drafts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from msgspec import Struct

from soptui.domain.measure.data_file_reading import rows_of
from soptui.domain.measure.finding import Subject
from soptui.domain.message import Message

_TABLES = (Subject.LINE, Subject.INDICATOR)
_CAUSES = frozenset(
    {
        *("format", "case", "period", "round", "register_version", "register_sha256", "prior"),
        *("reported", "numerator", "denominator", "absent_reason", "event"),
    }
)
"""Keys whose values are not computed from others in the file."""


class Difference(Struct, frozen=True):
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


def first_difference(
    expected: Mapping[str, object], found: Mapping[str, object]
) -> Difference | None:
    """The first row in which a data file differs from the recomputed one; None when they agree.

    Where what was reported differs, that is told, and not the means that follow from it.
    """
    all_of_them = list(differences(expected, found))
    causes = [one for one in all_of_them if not one.key or one.key in _CAUSES]
    return next(iter(causes or all_of_them), None)


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
        yield from _table_differences(subject, rows_of(expected, subject), rows_of(found, subject))


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
