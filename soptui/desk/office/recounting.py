"""What a changed calendar does to steps that are closed: they are measured by it too."""

from __future__ import annotations

from msgspec import Struct

from soptui.desk.counting import touched_cases
from soptui.desk.desk import Desk
from soptui.domain.message import Message
from soptui.domain.time.timeliness import year
from soptui.domain.time.timing import timing_of
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import TimeState


class Recount(Struct, frozen=True):
    """How many closed stays are late by the new calendar alone, and how many by the old one."""

    became_late: int
    became_on_time: int

    @property
    def is_any(self) -> bool:
        """Whether there is one."""
        return self.became_late > 0 or self.became_on_time > 0

    @property
    def sentence(self) -> Message:
        """What to say of it."""
        if not self.is_any:
            return Message(
                "Steps already closed are measured by the new calendar too; none became late or in "
                "time by it."
            )
        return Message(
            "Steps already closed are measured by the new calendar too: {late} became late by it, "
            "{on_time} became in time.",
            late=self.became_late,
            on_time=self.became_on_time,
        )


def recount(
    desk: Desk, before: WorkingCalendar, after: WorkingCalendar, changed_year: int
) -> Recount:
    """The closed stays that the calendar `after` judges otherwise than the calendar `before`.

    `changed_year` is the year in which the two differ. Damaged cases are left out.
    """
    late = on_time = 0
    now = desk.now()
    for found in touched_cases(desk, year(changed_year)):
        for _, case in found:
            for visit in case.visits if case else ():
                if case is None or visit.closed is None:
                    continue
                was, is_now = (
                    timing_of(calendar, case.sop, visit, now).state is TimeState.LATE
                    for calendar in (before, after)
                )
                late += is_now and not was
                on_time += was and not is_now
    return Recount(late, on_time)
