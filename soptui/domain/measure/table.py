"""Table C (*pengukuran kinerja triwulan*), computed from the register and what sections reported.

A pure function of the pinned register, the rows that count in the case and the approved data files
of earlier quarters: whoever has these gets the same table, whatever the order in which sections
answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from soptui.domain.measure.achievement import achievement
from soptui.domain.measure.aggregation import Position, position
from soptui.domain.measure.mean import Mean, weighted_mean
from soptui.domain.measure.money import (
    Comparison,
    Spending,
    compare_with_achievement,
    spending_by_line,
)
from soptui.domain.measure.period import Period
from soptui.domain.measure.prior import Prior, by_quarter, entries_until
from soptui.domain.measure.register import Indicator, Line, Register
from soptui.domain.measure.row import Figures, Standing
from soptui.domain.measure.scale import class_of
from soptui.domain.measure.value import Entry, Given, NoValue, Result, Why


class IndicatorResult(Struct, frozen=True):
    """A row of the table: what was reported, where it stands, and what comes of it.

    `label` is the class, empty without an achievement. `spending` is the money of its line.
    """

    indicator: Indicator
    entry: Entry
    position: Position
    achievement: Result
    label: str
    spending: Spending
    comparison: Comparison | None
    standing: Standing | None


class LineResult(Struct, frozen=True):
    """A line of the tree with its money and the mean of its indicators."""

    line: Line
    spending: Spending
    mean: Mean
    label: str
    comparison: Comparison | None
    standing: Standing | None


class TableC(Struct, frozen=True):
    """The figures of one case at the end of a quarter, in the order of the register."""

    case: str
    period: Period
    round: int
    register: Register
    priors: tuple[Prior, ...]
    lines: tuple[LineResult, ...]
    indicators: tuple[IndicatorResult, ...]
    mean: Mean
    label: str


class Measured(Struct, frozen=True):
    """Which measurement a table is of: the case, its period, and the collecting round at hand."""

    case: str
    period: Period
    round: int


def compute_table(
    measured: Measured, register: Register, figures: Figures, priors: Iterable[Prior] = ()
) -> TableC:
    """The table. `register` is without errors, and `priors` are of earlier quarters of its year."""
    earlier = by_quarter(priors, measured.period)
    money = spending_by_line(register, figures.spending())
    indicators = tuple(
        _indicator_result(one, measured.period, register, figures, earlier, money)
        for one in register.indicators
    )
    of_line = _indicators_by_line(register.lines, indicators)
    mean = _mean(indicators)
    return TableC(
        case=measured.case,
        period=measured.period,
        round=measured.round,
        register=register,
        priors=tuple(earlier.values()),
        lines=tuple(
            _line_result(line, register, money[line.code], of_line[line.code], figures)
            for line in register.lines
        ),
        indicators=indicators,
        mean=mean,
        label=_label(register, mean.result),
    )


def stand_of(
    indicator: Indicator,
    period: Period,
    register: Register,
    priors: Mapping[int, Prior],
    entry: Entry,
) -> Position:
    """Where an indicator stands at the end of `period`, in which `entry` was reported."""
    entries = entries_until(indicator, period, priors, entry)
    scores = register.scores_for(indicator)
    if isinstance(entries, NoValue):
        planned = position(indicator, (entry,) * period.quarter, scores)
        return Position(planned.target, entries)
    return position(indicator, entries, scores)


def _indicator_result(
    indicator: Indicator,
    period: Period,
    register: Register,
    figures: Figures,
    priors: Mapping[int, Prior],
    money: Mapping[str, Spending],
) -> IndicatorResult:
    entry = figures.entry_of(indicator.code)
    stand = stand_of(indicator, period, register, priors, entry)
    achieved = achievement(indicator, stand.target, stand.actual)
    spending = money.get(indicator.line, _NO_MONEY)
    return IndicatorResult(
        indicator=indicator,
        entry=entry,
        position=stand,
        achievement=achieved,
        label=_label(register, achieved),
        spending=spending,
        comparison=compare_with_achievement(register.efficiency, achieved, spending.absorption),
        standing=figures.indicators.get(indicator.code),
    )


_NO_MONEY = Spending(NoValue(Why.NO_PAGU), NoValue(Why.EMPTY), NoValue(Why.NO_PAGU))


def _line_result(
    line: Line,
    register: Register,
    spending: Spending,
    indicators: Sequence[IndicatorResult],
    figures: Figures,
) -> LineResult:
    mean = _mean(indicators)
    return LineResult(
        line=line,
        spending=spending,
        mean=mean,
        label=_label(register, mean.result),
        comparison=compare_with_achievement(register.efficiency, mean.result, spending.absorption),
        standing=figures.lines.get(line.code),
    )


def _mean(indicators: Iterable[IndicatorResult]) -> Mean:
    return weighted_mean((one.achievement, one.indicator.weight) for one in indicators)


def _label(register: Register, achieved: Result) -> str:
    return class_of(register.scale, achieved.exact) if isinstance(achieved, Given) else ""


def _indicators_by_line(
    lines: Sequence[Line], indicators: Sequence[IndicatorResult]
) -> dict[str, list[IndicatorResult]]:
    """Whose achievements make a line's: its own indicators; without any, those of the lines below.

    Outputs of activities are so kept out of the mean of a programme that has outcomes of its own.
    """
    own: dict[str, list[IndicatorResult]] = {line.code: [] for line in lines}
    for one in indicators:
        own.setdefault(one.indicator.line, []).append(one)
    children: dict[str, list[str]] = {}
    for line in lines:
        children.setdefault(line.parent, []).append(line.code)

    def of(code: str) -> list[IndicatorResult]:
        if own[code]:
            return own[code]
        return [one for child in children.get(code, ()) for one in of(child)]

    return {line.code: of(line.code) for line in lines}
