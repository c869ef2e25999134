"""What the desk asks about reported spending: V11, V12, V14."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from soptui.domain.measure.finding import Finding, Subject, error, warning
from soptui.domain.measure.money import absorption
from soptui.domain.measure.number import exact, show_in_full, show_money, show_percent
from soptui.domain.measure.period import quarter_name
from soptui.domain.measure.register import Line
from soptui.domain.measure.row import LineRow, has_reason
from soptui.domain.measure.row_check.figure_faults import faults_of_amount
from soptui.domain.measure.row_check.surroundings import Surroundings
from soptui.domain.measure.value import Figure, Given
from soptui.domain.message import Message

PACE_OF_QUARTER = Fraction(25)
"""Points of absorption that are due by the end of each quarter."""
AHEAD_OF_PACE = Fraction(25)


def questions_about_amount(
    row: LineRow, line: Line, text: str, surroundings: Surroundings
) -> Iterator[Finding]:
    """All that the desk asks about a line's row; nothing while the amount has a fault."""
    if any(faults_of_amount(row.code, text)):
        return
    spent = exact(text)
    yield from _below_last_quarter(row, spent, surroundings)
    pagu = exact(line.pagu) if line.pagu else Fraction(0)
    if spent > pagu:
        grade = warning if surroundings.is_amending else error
        yield grade(
            "V14",
            Subject.LINE,
            Message(
                "{code}: {spent} spent is more than the budget of {pagu}.",
                code=row.code,
                spent=show_money(spent),
                pagu=show_money(pagu),
            ),
            of=row.code,
            field="spent",
        )
    absorbed = absorption(Given(pagu), Given(spent))
    expected = PACE_OF_QUARTER * surroundings.period.quarter
    if isinstance(absorbed, Given) and absorbed.exact > expected + AHEAD_OF_PACE:
        yield warning(
            "V12",
            Subject.LINE,
            Message(
                "{code}: {percent} % is absorbed, where {expected} % is due by {quarter}.",
                code=row.code,
                percent=show_percent(absorbed.exact),
                expected=show_in_full(expected),
                quarter=quarter_name(surroundings.period.quarter),
            ),
            of=row.code,
            field="spent",
        )


def _below_last_quarter(
    row: LineRow, spent: Fraction, surroundings: Surroundings
) -> Iterator[Finding]:
    for quarter in reversed(surroundings.period.earlier_quarters):
        prior = surroundings.priors.get(quarter)
        before = prior.spent_on(row.code) if prior else None
        if not isinstance(before, Figure):
            continue
        if spent < exact(before.text):
            # A contra post lowers what was booked; it needs words, and is no mistake.
            grade = warning if has_reason(row) else error
            yield grade(
                "V11",
                Subject.LINE,
                Message(
                    "{code}: {spent} spent to date is less than the {before} of {quarter}; for a"
                    " contra post give the reason.",
                    code=row.code,
                    spent=show_money(spent),
                    before=show_money(exact(before.text)),
                    quarter=quarter_name(quarter),
                ),
                of=row.code,
                field="spent",
            )
        return
