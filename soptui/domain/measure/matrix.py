"""The completeness matrix: for each indicator and section, what was asked and what has come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from soptui.domain.measure.finding import Finding, Severity, Subject
from soptui.domain.measure.register import Indicator, Register
from soptui.domain.measure.row import Figures
from soptui.domain.measure.value import Absent


class Cell(StrEnum):
    """Where one indicator of one section stands; the value is its sign."""

    NOT_ASKED = "·"
    ASKED = "○"
    IN_PART = "◐"
    ANSWERED = "●"
    ABSENT = "–"
    IN_QUESTION = "?"
    CARRIED = "↻"


class Mark(StrEnum):
    """What is found in a cell's row beside that; the value is its sign."""

    NONE = ""
    WARNING = "~"
    ERROR = "!"


class Asked(Struct, frozen=True):
    """What was asked of a section; `in_question` are answers that it was asked to clarify."""

    unit: str
    indicators: frozenset[str]
    in_question: frozenset[str] = frozenset()


class MatrixRow(Struct, frozen=True):
    """An indicator, its cell for each section in the matrix's order, and its gravest finding."""

    indicator: Indicator
    cells: tuple[Cell, ...]
    mark: Mark


class Total(Struct, frozen=True):
    """How much of what a section was asked has come, whatever it says."""

    unit: str
    given: int
    asked: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing is owed."""
        return self.given == self.asked


class Matrix(Struct, frozen=True):
    """Rows in the order of the register, and totals in the order of the columns."""

    units: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[Total, ...]

    @property
    def given(self) -> int:
        """How much has come."""
        return sum(total.given for total in self.totals)

    @property
    def asked(self) -> int:
        """How much was asked."""
        return sum(total.asked for total in self.totals)


def completeness(
    register: Register, asked: Iterable[Asked], figures: Figures, findings: Collection[Finding] = ()
) -> Matrix:
    """The matrix; a section appears once, in the order in which it was asked first.

    An answer is in part while it has less evidence than the register asks for.
    """
    by_unit: dict[str, Asked] = {}
    for one in asked:
        before = by_unit.get(one.unit, Asked(one.unit, frozenset()))
        by_unit[one.unit] = Asked(
            one.unit,
            before.indicators | one.indicators,
            before.in_question | one.in_question,
        )
    marks = _marks(findings)
    return Matrix(
        units=tuple(by_unit),
        rows=tuple(
            MatrixRow(
                indicator=indicator,
                cells=tuple(_cell(indicator, one, figures) for one in by_unit.values()),
                mark=marks.get(indicator.code, Mark.NONE),
            )
            for indicator in register.indicators
        ),
        totals=tuple(_total(one, register, figures) for one in by_unit.values()),
    )


_OWED = frozenset({Cell.ASKED, Cell.IN_QUESTION, Cell.CARRIED})


def _total(asked: Asked, register: Register, figures: Figures) -> Total:
    cells = [
        _cell(indicator, asked, figures)
        for indicator in register.indicators
        if indicator.code in asked.indicators
    ]
    return Total(asked.unit, sum(cell not in _OWED for cell in cells), len(cells))


def _cell(indicator: Indicator, asked: Asked, figures: Figures) -> Cell:
    if indicator.code not in asked.indicators:
        return Cell.NOT_ASKED
    if indicator.code in asked.in_question:
        return Cell.IN_QUESTION
    standing = figures.indicators.get(indicator.code)
    if standing is None:
        return Cell.ASKED
    if standing.carried_from:
        return Cell.CARRIED
    if isinstance(standing.row.reported, Absent):
        return Cell.ABSENT
    if len(standing.row.evidence) < len(indicator.evidence):
        return Cell.IN_PART
    return Cell.ANSWERED


def _marks(findings: Collection[Finding]) -> Mapping[str, Mark]:
    marks: dict[str, Mark] = {}
    for severity, mark in ((Severity.WARNING, Mark.WARNING), (Severity.ERROR, Mark.ERROR)):
        for finding in findings:
            if finding.subject is Subject.INDICATOR and finding.severity is severity:
                marks[finding.id] = mark
    return marks
