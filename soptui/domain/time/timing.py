"""How long a case stays where it is, against the norm: waiting apart from work.

From hand-over to receipt the case waits; from receipt to the end of the stay it is in work, and
that is what the norm time of the SOP measures. Holds stop both clocks.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from msgspec import Struct

from soptui.domain.case import Case, Visit
from soptui.domain.sop import Sop
from soptui.domain.time.normtime import NormTime, NormUnit
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import (
    TimeState,
    closing_of,
    due,
    elapsed,
    overdue_before,
    time_state,
)


class Timing(Struct, frozen=True):
    """One stay at a step, measured.

    `waited` is working seconds from hand-over to receipt; `worked` is in the unit of the norm
    (seconds for a norm in minutes, working days for one in days) and counts, where the step was
    given to another, from its first receipt. `norm_due` follows from the
    norm, `named_due` from a disposition that named a day; `deadline` is the earlier. Before
    receipt they are what they would be if the case were received at once. None where there is no
    norm, or while the case is suspended.
    """

    waited: int
    worked: int | Fraction
    norm: NormTime | None
    norm_due: datetime | None
    named_due: datetime | None
    state: TimeState

    @property
    def deadline(self) -> datetime | None:
        """The earlier of the two due times."""
        moments = [moment for moment in (self.norm_due, self.named_due) if moment is not None]
        return min(moments, default=None)


def timing_of(calendar: WorkingCalendar, sop: Sop, visit: Visit, now: datetime) -> Timing:
    """The measures of a stay, as of `now` or, for one that is over, of its end.

    One that is over was late if it ended after it was due; one that goes on is late once a whole
    working minute has passed since, so that nothing falls late while nobody works.
    """
    step = sop.step(visit.step)
    norm = step.norm if step else None
    end = visit.closed or now
    received = visit.received or end
    unit = norm.unit if norm else NormUnit.WORKING_DAYS
    norm_due, named_due = _due_times(calendar, norm, visit)
    deadline = min((one for one in (norm_due, named_due) if one is not None), default=None)
    state = TimeState.ON_TIME
    overdue = end if visit.closed is not None else overdue_before(calendar, now)
    if deadline is not None and overdue > deadline:
        state = TimeState.LATE
    elif norm is not None and visit.closed is None and deadline is not None:
        until = min(end, deadline)
        state = time_state(calendar, norm, visit.clock_start, until, visit.holds)
    return Timing(
        waited=int(elapsed(calendar, NormUnit.MINUTES, visit.sent, received, visit.holds)),
        worked=elapsed(calendar, unit, visit.work_began or end, end, visit.holds),
        norm=norm,
        norm_due=norm_due,
        named_due=named_due,
        state=state,
    )


def deadline_of(calendar: WorkingCalendar, case: Case) -> datetime | None:
    """When the case's current stay is due; None for a closed or suspended case, or no norm."""
    return visit_deadline(calendar, case.step.norm, case.visit) if case.visit else None


def visit_deadline(
    calendar: WorkingCalendar, norm: NormTime | None, visit: Visit
) -> datetime | None:
    """When a stay with this norm is due; None once it is over, while held, or without norm."""
    if visit.closed is not None:
        return None
    moments = _due_times(calendar, norm, visit)
    return min((moment for moment in moments if moment is not None), default=None)


def _due_times(
    calendar: WorkingCalendar, norm: NormTime | None, visit: Visit
) -> tuple[datetime | None, datetime | None]:
    norm_due = due(calendar, norm, visit.clock_start, visit.holds) if norm else None
    if visit.holds and visit.holds[-1].ends is None:
        return norm_due, None
    return norm_due, closing_of(calendar, visit.due) if visit.due else None
