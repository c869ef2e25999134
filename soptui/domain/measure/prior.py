"""What the approved data files of earlier quarters say, on which a later quarter builds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from soptui.domain.measure.aggregation import takes_last
from soptui.domain.measure.period import Period
from soptui.domain.measure.register import Indicator, TargetBasis
from soptui.domain.measure.value import EMPTY, Entry, NoValue, Result, Why


class PriorFigure(Struct, frozen=True):
    """What was reported for an indicator in an earlier quarter, and how it was measured then.

    `actual` and `achievement` are where it stood at the end of that quarter.
    """

    entry: Entry
    measure: str
    target_basis: TargetBasis
    actual: Result
    achievement: Result


class Prior(Struct, frozen=True):
    """The approved data file of an earlier quarter; `digest` is its SHA-256 in hex."""

    period: Period
    digest: str
    figures: Mapping[str, PriorFigure]
    spent: Mapping[str, Entry]

    def spent_on(self, line: str) -> Entry:
        """What was reported as spent on a line by the end of that quarter."""
        return self.spent.get(line, EMPTY)


def by_quarter(priors: Iterable[Prior], period: Period) -> dict[int, Prior]:
    """The priors of the quarters before `period` in its year, by quarter."""
    return {
        prior.period.quarter: prior
        for prior in sorted(priors, key=lambda prior: prior.period)
        if prior.period.year == period.year and prior.period.quarter < period.quarter
    }


def entries_until(
    indicator: Indicator, period: Period, priors: Mapping[int, Prior], entry: Entry
) -> tuple[Entry, ...] | NoValue:
    """What was reported from TW I to the quarter of `period`, whose own entry is `entry`.

    What was measured in another unit, or on another basis, under an earlier agreement is not taken
    for a value: where the year adds up its quarters, there is none.
    """
    entries: list[Entry] = []
    otherwise: list[int] = []
    for quarter in period.earlier_quarters:
        figure = priors[quarter].figures.get(indicator.code) if quarter in priors else None
        if figure is None:
            entries.append(EMPTY)
        elif _is_same_method(indicator, figure):
            entries.append(figure.entry)
        else:
            entries.append(EMPTY)
            otherwise.append(quarter)
    if otherwise and not takes_last(indicator):
        return NoValue(Why.METHOD_CHANGED, tuple(otherwise))
    return (*entries, entry)


def _is_same_method(indicator: Indicator, figure: PriorFigure) -> bool:
    return (figure.measure, figure.target_basis) == (indicator.measure, indicator.target_basis)
