"""When the steps to come would be due, if each began when the one before it was due: a forecast.

It binds nobody and is stored nowhere: a case goes on when somebody signs, not when a plan says so.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from soptui.domain.case import Case, Status
from soptui.domain.time.timing import deadline_of
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import due


class Planned(Struct, frozen=True):
    """A stay that is to come, or what is left of the present one: from `start` to `due`."""

    step: int
    start: datetime
    due: datetime


def planned(calendar: WorkingCalendar, case: Case, now: datetime) -> tuple[Planned, ...]:
    """The present stay to its deadline and the steps after it to theirs, in the SOP's order.

    It ends where somebody has yet to choose a way. A step without a norm takes no time here and has
    no part. Nothing for a case whose clock stands still or that is over; what is late goes on now.
    """
    visit = case.visit
    if case.status is not Status.RUNNING or visit is None:
        return ()
    found: list[Planned] = []
    at = now
    deadline = deadline_of(calendar, case)
    if deadline is not None and deadline > now:
        found.append(Planned(visit.step, now, deadline))
        at = deadline
    step = case.sop.step_after(case.step)
    met = set()
    while step is not None and step.number not in met:
        met.add(step.number)
        ends = due(calendar, step.norm, at) if step.norm is not None else None
        if ends is not None:
            found.append(Planned(step.number, at, ends))
            at = ends
        step = case.sop.step_after(step)
    return tuple(found)
