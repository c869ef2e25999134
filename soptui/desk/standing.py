"""Where the cases of an SOP lie now, step by step: what the index knows without opening a case."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from msgspec import Struct

from soptui.desk.desk import Desk
from soptui.domain.case_filter import CaseFilter, CaseOrder
from soptui.domain.case_list import CaseRow, StepCounts
from soptui.domain.sop import Sop, Step
from soptui.domain.time.timeliness import Range

MOST_IN_LANE = 12
"""How many cases of one step are named at most; the others are counted."""
MOST_LATE = 6
"""How many of the cases that are late longest are named."""


class Lane(Struct, frozen=True):
    """A step with the open cases that lie there now: how many, and the most pressing of them."""

    step: Step
    counts: StepCounts
    cases: tuple[CaseRow, ...]

    @property
    def open(self) -> int:
        """How many cases lie there."""
        return self.counts.waiting + self.counts.in_work


class Standing(Struct, frozen=True):
    """Where the cases of an SOP lie now: a lane for each step, the registration first.

    `closed` are cases that were finished or cancelled in the range of days, the last first;
    `closed_count` is how many there are, and `closed_filter` finds all of them. `late` are those
    that are late longest.
    """

    sop: Sop
    lanes: tuple[Lane, ...]
    closed: tuple[CaseRow, ...]
    closed_count: int
    closed_filter: CaseFilter
    late: tuple[CaseRow, ...]

    def counts(self, step: int) -> StepCounts:
        """The open cases at a step."""
        return next(one.counts for one in self.lanes if one.step.number == step)

    @property
    def all(self) -> StepCounts:
        """The open cases at all steps together."""
        lanes = [one.counts for one in self.lanes]
        return StepCounts(
            0,
            sum(one.waiting for one in lanes),
            sum(one.in_work for one in lanes),
            sum(one.suspended for one in lanes),
            sum(one.due_soon for one in lanes),
            sum(one.late for one in lanes),
        )


def standing_of(desk: Desk, sop: Sop, days: Range) -> Standing:
    """Where the cases of an SOP lie now; asks the index alone."""
    overdue_before, now = desk.overdue_before, desk.now()
    found = desk.index.ask(lambda queries: queries.standing(sop.id, overdue_before))
    counts = {one.step: one for one in found}
    in_days = CaseFilter(sop=sop.id, closed=days_as_times(days, now))
    closed = desk.cases(in_days, CaseOrder.LAST)
    late = desk.cases(CaseFilter(sop=sop.id, late_at=overdue_before), CaseOrder.DEADLINE)
    return Standing(
        sop,
        tuple(_lane(desk, sop, step, counts.get(step.number)) for step in sop.all_steps),
        closed.page(MOST_IN_LANE),
        closed.count,
        in_days,
        late.page(MOST_LATE),
    )


def _lane(desk: Desk, sop: Sop, step: Step, counts: StepCounts | None) -> Lane:
    if counts is None:
        return Lane(step, StepCounts(step.number, 0, 0, 0, 0, 0), ())
    there = CaseFilter(sop=sop.id, step=step.number, is_open=True)
    return Lane(step, counts, desk.cases(there, CaseOrder.DEADLINE).page(MOST_IN_LANE))


def days_as_times(days: Range, now: datetime) -> tuple[datetime, datetime]:
    """The first moment of a range of days and the first after it, in the offset of `now`."""
    return _midnight(days.first, now), _midnight(days.last, now) + timedelta(days=1)


def _midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)
