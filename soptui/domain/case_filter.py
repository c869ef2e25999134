"""Which cases a list is of, and in which order."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from soptui.domain.ids import ANY_SOP, NO_ROLE, NOBODY, CaseId, OfficerId, RoleId, SopId


class CaseOrder(StrEnum):
    """In which order cases are listed."""

    DEADLINE = "deadline"
    URGENCY = "urgency"
    SENT = "sent"
    LAST = "last"
    REGISTERED = "registered"
    AGENDA = "agenda"
    SUBJECT = "subject"


class CaseFilter(Struct, frozen=True):
    """Which cases are wanted: those that meet every condition that is given; without any, all.

    `text` are words or their beginnings, or an agenda number. `participant` is an officer who
    acted, `late_at` a time at which the case is open and late. `is_open` leaves out what is done or
    cancelled. `among` are ids of cases. `touched` are two times between which something was done,
    `closed` two between which the case was finished or cancelled, the second no longer included.
    `kept_by` are pairs of a role and an officer who has the case in hand or was handed it.
    `versions` are SOPs with a version each.
    """

    text: str = ""
    status: str = ""
    step: int | None = None
    role: RoleId = NO_ROLE
    year: int | None = None
    sop: SopId = ANY_SOP
    participant: OfficerId = NOBODY
    late_at: datetime | None = None
    is_open: bool = False
    among: tuple[CaseId, ...] | None = None
    touched: tuple[datetime, datetime] | None = None
    closed: tuple[datetime, datetime] | None = None
    kept_by: tuple[tuple[RoleId, OfficerId], ...] | None = None
    versions: tuple[tuple[SopId, int], ...] | None = None


ALL_CASES = CaseFilter()
"""Every case of the office."""
