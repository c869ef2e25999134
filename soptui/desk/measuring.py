"""The steps of a case with their measures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from soptui.desk.views import Stay, StepView
from soptui.domain.case import Case, StepState
from soptui.domain.time.timing import timing_of
from soptui.domain.time.working_calendar import WorkingCalendar


def step_views(case: Case, calendar: WorkingCalendar, now: datetime) -> Iterator[StepView]:
    """The rows of the SOP's table, the registration first, with what the case did at each."""
    current = case.visit
    for step in (case.sop.registration, *case.sop.steps):
        stays = tuple(
            Stay(visit, timing_of(calendar, case.sop, visit, now))
            for visit in case.visits
            if visit.step == step.number
        )
        state = stays[-1].visit.state if stays else StepState.NOT_STARTED
        is_current = current is not None and current.step == step.number
        yield StepView(step, state, stays, is_current and not case.status.is_closed)
