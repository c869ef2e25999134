"""What is wrong with signed rows by themselves and by the register that their case pins.

These bind: the verifier and the hub refuse an event for them. All else is asked at the desk
(`soptui.domain.measure.row_check.questions`).

| code | what is refused |
| --- | --- |
| V01 | not a number as records write it |
| V02 | more decimals than the indicator has; an amount with more than two |
| V03 | a negative number where the indicator has none |
| V09 | a part larger than its whole |
| V10 | a denominator of 0 |
| V18 | a value that is not on the indicator's scale |
| V22 | a section reports what it does not own |
| V25 | the register is not the one that the case pins |
| `unknown-indicator`, `unknown-line`, `unknown-warning`, `unknown-evidence` | codes of nothing |
| `wrong-kind` | one figure where two parts are asked, or the reverse; money of a sum of lines |
| `row-twice` | two rows for one thing |
| `no-reason` | a warning that was passed, or is plain from the row, has no reason |
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from soptui.domain.measure.aggregation import own_value
from soptui.domain.measure.finding import Finding, Subject, error
from soptui.domain.measure.number import exact
from soptui.domain.measure.register import NO_TARGET, Indicator, Pin, Register
from soptui.domain.measure.row import MINIMUM_REASON, IndicatorRow, LineRow, Row, has_reason
from soptui.domain.measure.row_check.figure_faults import faults_of_amount, faults_of_reported
from soptui.domain.measure.value import Entry, Figure, Given
from soptui.domain.message import Message

WARNINGS = frozenset(
    {"V04", "V05", "V06", "V08", "V11", "V12", "V13", "V14", "V16", "V17", "V21", "V23"}
)
"""The warnings that a row can say it passes."""

OUTSIDE_PLAUSIBLE = "V04"
NO_FOLLOW_UP = "V17"


def faults_of_rows(
    rows: Sequence[Row],
    register: Register,
    pin: Pin,
    *,
    unit: str | None,
    attached: Collection[str],
) -> tuple[Finding, ...]:
    """Everything that keeps rows from being signed, and an event with them from being accepted.

    `unit` is the section that reports, None for a correction by the owner of the step. `attached`
    are the SHA-256 of the files in the same event.
    """
    faults = [*_pin_faults(register, pin), *_repeated(rows)]
    for row in rows:
        faults += faults_of_row(row, register, unit=unit, attached=attached)
    return tuple(faults)


def faults_of_row(
    row: Row, register: Register, *, unit: str | None, attached: Collection[str]
) -> Iterator[Finding]:
    """Everything that is wrong with one row by itself and by the register."""
    subject = subject_of(row)
    owned = (
        register.indicator(row.code) if subject is Subject.INDICATOR else register.line(row.code)
    )
    if owned is None:
        yield _unknown(row)
        return
    if unit is not None and owned.owner != unit:
        yield error(
            "V22",
            subject,
            Message(
                "{code} belongs to {owner}, and {unit} cannot report it.",
                code=row.code,
                owner=owned.owner or "–",
                unit=unit,
            ),
            of=row.code,
        )
    indicator = owned if isinstance(owned, Indicator) else None
    if isinstance(row, IndicatorRow) and indicator is not None:
        yield from faults_of_reported(row.reported, indicator, register.scores_for(indicator))
    if isinstance(row, LineRow):
        yield from _line_faults(row, register)
    yield from _evidence_faults(row, attached)
    yield from _passed_faults(row, indicator)


def _unknown(row: Row) -> Finding:
    if isinstance(row, IndicatorRow):
        return error(
            "unknown-indicator",
            Subject.INDICATOR,
            Message("The register has no indicator {code}.", code=row.code),
            of=row.code,
        )
    return error(
        "unknown-line",
        Subject.LINE,
        Message("The register has no line {code}.", code=row.code),
        of=row.code,
    )


def _line_faults(row: LineRow, register: Register) -> Iterator[Finding]:
    if register.children_of(row.code):
        yield error(
            "wrong-kind",
            Subject.LINE,
            Message("{code} is the sum of the lines below it, and is not reported.", code=row.code),
            of=row.code,
            field="spent",
        )
    if isinstance(row.reported, Figure):
        yield from faults_of_amount(row.code, row.reported.text)


def plain_warnings(row: Row, indicator: Indicator | None) -> tuple[str, ...]:
    """The codes of the warnings that follow from a row, and its indicator if it has one, alone."""
    codes: list[str] = []
    if indicator is not None and is_implausible(indicator, row.reported):
        codes.append(OUTSIDE_PLAUSIBLE)
    if lacks_follow_up(row):
        codes.append(NO_FOLLOW_UP)
    return tuple(codes)


def is_implausible(indicator: Indicator, reported: Entry) -> bool:
    """Whether a value lies outside what the register calls plausible."""
    value = own_value(indicator, reported)
    if not indicator.plausible or not isinstance(value, Given):
        return False
    low, high = indicator.plausible
    return (low != NO_TARGET and value.exact < exact(low)) or (
        high != NO_TARGET and value.exact > exact(high)
    )


def lacks_follow_up(row: Row) -> bool:
    """Whether an obstacle is named, and nothing that is done about it."""
    return bool(row.texts.obstacle) and not row.texts.follow_up


def _pin_faults(register: Register, pin: Pin) -> Iterator[Finding]:
    if register.pin != pin:
        yield error(
            "V25",
            Subject.REGISTER,
            Message(
                "The register is not the one that the request named: version {pinned} was asked"
                " for, and it has changed since. Ask for the data again.",
                pinned=pin.version,
            ),
        )


def _repeated(rows: Sequence[Row]) -> Iterator[Finding]:
    seen: set[tuple[Subject, str]] = set()
    for row in rows:
        place = (subject_of(row), row.code)
        if place in seen:
            yield error(
                "row-twice",
                place[0],
                Message("{code} is reported twice.", code=row.code),
                of=row.code,
            )
        seen.add(place)


def subject_of(row: Row) -> Subject:
    """Whether a row is about an indicator or about a line."""
    return Subject.INDICATOR if isinstance(row, IndicatorRow) else Subject.LINE


def _evidence_faults(row: Row, attached: Collection[str]) -> Iterator[Finding]:
    for digest in row.evidence:
        if digest not in attached:
            yield error(
                "unknown-evidence",
                subject_of(row),
                Message(
                    "{code} names evidence that is not attached: {digest}.",
                    code=row.code,
                    digest=digest,
                ),
                of=row.code,
                field="evidence",
            )


def _passed_faults(row: Row, indicator: Indicator | None) -> Iterator[Finding]:
    for code in row.passed:
        if code not in WARNINGS:
            yield error(
                "unknown-warning",
                subject_of(row),
                Message("{code}: there is no warning {warning}.", code=row.code, warning=code),
                of=row.code,
                field="passed",
            )
    unpassed = [code for code in plain_warnings(row, indicator) if code not in row.passed]
    if unpassed or (row.passed and not has_reason(row)):
        codes = dict.fromkeys((*row.passed, *unpassed))
        yield error(
            "no-reason",
            subject_of(row),
            Message(
                "{code}: warning {warnings} needs a reason of at least {least} characters.",
                code=row.code,
                warnings=", ".join(codes),
                least=MINIMUM_REASON,
            ),
            of=row.code,
            field="reason",
        )
