"""What a register says in the office's own tables: A, the agreement, and B, the plan by quarter.

Table A (*Perjanjian Kinerja*) has the objectives with their indicators and targets of the year, and
below them the programmes with their budgets. Table B (*Rencana Aksi*) has every line of the tree
with its budget and section, and its indicators with a target for each quarter.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from soptui.domain.measure.aggregation import number_of, target_of_quarter
from soptui.domain.measure.money import spending_by_line
from soptui.domain.measure.period import QUARTERS
from soptui.domain.measure.register import Indicator, Level, Line, Register
from soptui.domain.measure.shown import show_target
from soptui.domain.measure.value import Given, NoValue, Result, Why


class PlannedIndicator(Struct, frozen=True):
    """An indicator with its targets as they are shown: of the year, and of each quarter."""

    indicator: Indicator
    year: str
    quarters: tuple[str, ...]


class PlannedLine(Struct, frozen=True):
    """A line with its budget, the sum of its leaves', and its own indicators."""

    line: Line
    pagu: Result
    indicators: tuple[PlannedIndicator, ...]


class TableA(Struct, frozen=True):
    """The agreement: objectives with indicators, programmes with money, and the sum of these."""

    objectives: tuple[PlannedLine, ...]
    programmes: tuple[PlannedLine, ...]
    total: Result


def table_a(register: Register) -> TableA:
    """Table A of a register that is without errors."""
    lines = _planned_lines(register)
    programmes = tuple(one for one in lines if one.line.level is Level.PROGRAMME)
    amounts = [one.pagu.exact for one in programmes if isinstance(one.pagu, Given)]
    return TableA(
        objectives=tuple(one for one in lines if one.line.level is Level.OBJECTIVE),
        programmes=programmes,
        total=Given(sum(amounts, Fraction(0))) if amounts else NoValue(Why.NO_PAGU),
    )


def table_b(register: Register) -> tuple[PlannedLine, ...]:
    """Table B of a register that is without errors, in its order."""
    return _planned_lines(register)


def planned_indicator(register: Register, indicator: Indicator) -> PlannedIndicator:
    """An indicator's targets as tables show them."""
    scores = register.scores_for(indicator)
    year: Result = NoValue(Why.NO_TARGET)
    if indicator.target_year:
        year = number_of(indicator, indicator.target_year, scores)
    return PlannedIndicator(
        indicator=indicator,
        year=show_target(indicator, scores, year),
        quarters=tuple(
            show_target(indicator, scores, target_of_quarter(indicator, quarter, scores))
            for quarter in QUARTERS
        ),
    )


def _planned_lines(register: Register) -> tuple[PlannedLine, ...]:
    money = spending_by_line(register, {})
    return tuple(
        PlannedLine(
            line=line,
            pagu=money[line.code].pagu,
            indicators=tuple(
                planned_indicator(register, one)
                for one in register.indicators
                if one.line == line.code
            ),
        )
        for line in register.lines
    )
