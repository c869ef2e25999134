"""What every screen needs to know of the office, fetched in a thread each time it looks."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.clock import clock_fault
from soptui.domain.case import Closed
from soptui.domain.ids import ANY_SOP, SopId
from soptui.domain.message import Message
from soptui.domain.office import Officer, Post, Registry
from soptui.domain.sop import Sop
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import closing_of

if TYPE_CHECKING:
    from soptui.desk import Desk


class Facts(Struct, frozen=True):
    """The office as it stood at one look, and whose desk looked. `sops` are the newest versions.

    `officer` is None where the records do not know who looks. What was due before `overdue_before`
    is late. `clock_fault` says what is wrong with this computer's clock.
    """

    registry: Registry
    calendar: WorkingCalendar
    officer: Officer | None
    posts: tuple[Post, ...]
    sops: tuple[Sop, ...]
    closed_to_register: Closed | None
    now: datetime
    overdue_before: datetime
    clock_fault: Message | None = None

    def sop(self, sop_id: SopId = ANY_SOP) -> Sop | None:
        """An SOP by its id, or the first; None where there is none such."""
        return next((one for one in self.sops if not sop_id or one.id == sop_id), None)

    def calendar_close(self, day: date) -> datetime | None:
        """When a due date that names a day is over; None before the first calendar."""
        return closing_of(self.calendar, day)


def facts_of(desk: Desk) -> Facts:
    """What the desk knows now. Reads records: for a thread. Raises `Refusal`."""
    registry, now, calendar = desk.registry, desk.now(), desk.calendar
    return Facts(
        registry=registry,
        calendar=calendar,
        officer=registry.officers.get(desk.officer_id),
        posts=desk.posts(),
        sops=desk.sops(),
        closed_to_register=desk.closed_to_register(),
        now=now,
        overdue_before=desk.overdue_before,
        clock_fault=clock_fault(desk),
    )
