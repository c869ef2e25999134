"""How week followed week: what ended late at each step, what came in, and what was finished.

The heat and the trends of the *papan kendali*. Only stays that had a time to be done by count here:
what has no norm can be neither late nor in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain

from msgspec import Struct

from soptui.domain.case import Case, Status
from soptui.domain.ids import CaseId, SopId
from soptui.domain.time.timeliness import EndedStay, Range, share_on_time

WEEKS = 13
"""How many weeks are looked back upon: a quarter of a year."""

_WEEK_DAYS = 7


class StepWeek(Struct, frozen=True):
    """One step in one week: stays that ended, how many of them late, and in which cases."""

    step: int
    ended: int
    late: int
    cases: tuple[CaseId, ...]


class Week(Struct, frozen=True):
    """One week, Monday to Sunday: the steps where something ended, what came, what was finished."""

    days: Range
    steps: tuple[StepWeek, ...]
    arrived: int
    finished: int

    def at(self, step: int) -> StepWeek | None:
        """What ended at a step; None where nothing did."""
        return next((one for one in self.steps if one.step == step), None)

    @property
    def on_time_share(self) -> Fraction | None:
        """The share of what ended, at any step, that ended in time; None where nothing did."""
        ended = sum(one.ended for one in self.steps)
        return share_on_time(ended, sum(one.late for one in self.steps))


def last_weeks(until: date, count: int = WEEKS) -> tuple[Range, ...]:
    """The weeks up to the one in which a day lies, the earliest first."""
    monday = until - timedelta(days=until.weekday())
    mondays = [monday - timedelta(days=_WEEK_DAYS * back) for back in reversed(range(count))]
    return tuple(Range(one, one + timedelta(days=_WEEK_DAYS - 1)) for one in mondays)


def weeks_of(
    sop: SopId, cases: Iterable[Case], stays: Iterable[EndedStay], weeks: Sequence[Range]
) -> tuple[Week, ...]:
    """What happened in each of these weeks; `stays` of the same cases may be of more days."""
    chosen = [case for case in cases if case.sop.id == sop]
    timed = [stay for stay in stays if stay.had_deadline]
    return tuple(_week(days, chosen, timed) for days in weeks)


def weeks_together(parts: Sequence[Sequence[Week]]) -> tuple[Week, ...]:
    """The weeks of several sets of cases, which share none, as those of all of them."""
    return tuple(
        Week(
            same[0].days,
            tuple(_steps_together(chain.from_iterable(one.steps for one in same))),
            sum(one.arrived for one in same),
            sum(one.finished for one in same),
        )
        for same in zip(*parts, strict=True)
    )


def arrived_in(cases: Iterable[Case], days: Range) -> int:
    """How many cases were registered on these days."""
    return sum(case.registered is not None and days.holds(case.registered) for case in cases)


def finished_in(cases: Iterable[Case], days: Range) -> int:
    """How many cases were finished on these days, and not taken up again."""
    return sum(_finished(case, days) for case in cases)


def _finished(case: Case, days: Range) -> bool:
    closed = case.visit.closed if case.visit else None
    return case.status is Status.DONE and closed is not None and days.holds(closed)


def _week(days: Range, cases: Sequence[Case], stays: Sequence[EndedStay]) -> Week:
    here = [stay for stay in stays if days.holds(stay.ended)]
    steps = (StepWeek(stay.step, 1, int(stay.is_late), (stay.case.id,)) for stay in here)
    return Week(
        days, tuple(_steps_together(steps)), arrived_in(cases, days), finished_in(cases, days)
    )


def _steps_together(steps: Iterable[StepWeek]) -> Iterable[StepWeek]:
    found: dict[int, list[StepWeek]] = {}
    for one in steps:
        found.setdefault(one.step, []).append(one)
    for step, same in sorted(found.items()):
        yield StepWeek(
            step,
            sum(one.ended for one in same),
            sum(one.late for one in same),
            tuple(dict.fromkeys(chain.from_iterable(one.cases for one in same))),
        )
