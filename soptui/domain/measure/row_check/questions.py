"""What the desk asks about rows before they are signed, beyond the faults that bind.

| code | grade | what |
| --- | --- | --- |
| V04 | warning | outside what the register calls plausible |
| V05 | warning | stands out from the last four to eight values |
| V06 | warning | a value to date fell |
| V11 | error, or a warning with a reason (*contra post*) | less spent than a quarter before |
| V12 | warning | absorption runs more than 25 points ahead of the quarter |
| V13 | warning | achievement of 150 and more, or of 0 |
| V14 | error, or a warning while the agreement is being changed | more spent than the budget |
| V15 | error | evidence is missing |
| V16 | warning | the number of last quarter, to the last digit |
| V17 | warning | no obstacle though achievement is below 75; an obstacle without a follow-up |
| V23 | warning | two indicators share one file as evidence |
| V24 | information | the value is exactly the target |

What concerns several rows or the whole case is in `soptui.domain.measure.row_check.case_questions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from soptui.domain.measure.finding import Finding, Severity, Subject, warning
from soptui.domain.measure.row import Figures, IndicatorRow, LineRow, Row, has_reason
from soptui.domain.measure.row_check.faults import lacks_follow_up, subject_of
from soptui.domain.measure.row_check.figure_questions import questions_about_figure
from soptui.domain.measure.row_check.money_questions import questions_about_amount
from soptui.domain.measure.row_check.surroundings import Surroundings
from soptui.domain.measure.value import Figure
from soptui.domain.message import Message


def questions_about_rows(rows: Iterable[Row], surroundings: Surroundings) -> tuple[Finding, ...]:
    """All that the desk asks about the rows of one submission or correction.

    A row that has a fault of its own is asked about only after that is mended.
    """
    rows = tuple(rows)
    found: list[Finding] = []
    for row in rows:
        found += questions_about_row(row, surroundings)
    return (*found, *_shared_evidence(rows, surroundings.figures))


def questions_about_row(row: Row, surroundings: Surroundings) -> Iterator[Finding]:
    """All that the desk asks about one row by itself."""
    register = surroundings.register
    if isinstance(row, LineRow):
        line = register.line(row.code)
        if line is not None and isinstance(row.reported, Figure):
            yield from questions_about_amount(row, line, row.reported.text, surroundings)
    else:
        indicator = register.indicator(row.code)
        if indicator is not None:
            yield from questions_about_figure(row, indicator, surroundings)
    if lacks_follow_up(row):
        yield warning(
            "V17",
            subject_of(row),
            Message("{code}: an obstacle is named, and no follow-up.", code=row.code),
            of=row.code,
            field="follow_up",
        )


def is_settled(finding: Finding, row: Row) -> bool:
    """Whether a finding does not keep the row from being signed: told, or passed with a reason."""
    if finding.severity is Severity.WARNING:
        return finding.code in row.passed and has_reason(row)
    return finding.severity is Severity.INFO


def _shared_evidence(rows: Sequence[Row], figures: Figures) -> Iterator[Finding]:
    """V23: one file for two indicators; what a row replaces does not count."""
    replaced = {row.code for row in rows if isinstance(row, IndicatorRow)}
    used: dict[str, list[str]] = {}
    for code, standing in figures.indicators.items():
        if code not in replaced:
            for digest in standing.row.evidence:
                used.setdefault(digest, []).append(code)
    for row in rows:
        if isinstance(row, LineRow):
            continue
        for digest in row.evidence:
            others = [code for code in used.get(digest, ()) if code != row.code]
            if others:
                yield warning(
                    "V23",
                    Subject.INDICATOR,
                    Message(
                        "{code}: the same file is evidence of {others}.",
                        code=row.code,
                        others=", ".join(others),
                    ),
                    of=row.code,
                    field="evidence",
                )
            used.setdefault(digest, []).append(row.code)
