"""What a list says of each case, and what an officer's tray, the agenda and a step hold."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from soptui.domain.ids import CaseId, EventId, OfficerId, RoleId, SopId, UnitId
from soptui.domain.message import Message


class CaseRow(Struct, frozen=True):
    """One case in a list. Times are aware, in the office's zone; None where there is none.

    `agenda` is the number in the office's mail register of `year`, 0 while unknown. `role` is the
    role that the case waits for or is in work with, empty for a closed one. `corrected` says that
    a correction of the letter is to be read beside it, `migrated` that the case was moved to
    another version of its SOP. A stay is due soon from `soon` on, and late after `deadline`.
    `content_id` names the content of the case's file.
    """

    id: CaseId
    year: int
    agenda: int
    sop: SopId
    version: int
    status: str
    step: int
    round: int
    state: str
    role: RoleId
    assignee: OfficerId
    owner: OfficerId
    sender: OfficerId
    letter_number: str
    letter_date: date | None
    letter_received: datetime | None
    letter_sender: str
    subject: str
    urgency: str
    security: str
    sent: datetime | None
    received: datetime | None
    deadline: datetime | None
    soon: datetime | None
    registered: datetime | None
    closed: datetime | None
    returns: int
    events: int
    last_at: datetime | None
    last_by: OfficerId
    last_id: EventId
    separated: tuple[str, ...]
    informed: tuple[RoleId, ...]
    corrected: bool
    migrated: bool
    content_id: str

    @property
    def suspended(self) -> bool:
        """Whether the case's clock stands still."""
        return self.status == "suspended"

    def is_late(self, overdue_before: datetime) -> bool:
        """Whether the current stay was due before that moment; see `worktime.overdue_before`."""
        return self.deadline is not None and self.deadline < overdue_before

    def is_due_soon(self, overdue_before: datetime) -> bool:
        """Whether the current stay has used three quarters of its norm and is not late yet."""
        if self.soon is None or self.soon > overdue_before:
            return False
        return not self.is_late(overdue_before)


class RequestRow(Struct, frozen=True):
    """An open request for a section's data, with its case."""

    unit: UnitId
    due: date | None
    asked: datetime
    asked_by: OfficerId
    case: CaseRow


class TrayCounts(Struct, frozen=True):
    """How much lies on an officer's desk; `due_soon` and `late` are of what waits or is in work.

    `receive_in_time` and `work_in_time` leave these out of what is to be received and in work, so
    that with them each case is counted once. `left_behind` are cases with others that the officer,
    as head, would have to reassign.
    """

    to_receive: int
    in_work: int
    requests: int
    informed: int
    due_soon: int
    late: int
    receive_in_time: int
    work_in_time: int
    left_behind: int = 0

    @property
    def all(self) -> int:
        """How many cases and requests there are."""
        return self.to_receive + self.in_work + self.requests + self.informed + self.left_behind


class Tray(Struct, frozen=True):
    """An officer's desk: what to receive, what is in work, data asked for, and what to know of.

    `left_behind` is with officers who no longer hold the post for it, so that nobody can go on.
    """

    to_receive: tuple[CaseRow, ...]
    in_work: tuple[CaseRow, ...]
    requests: tuple[RequestRow, ...]
    informed: tuple[CaseRow, ...]
    counts: TrayCounts
    left_behind: tuple[CaseRow, ...] = ()


class StepCounts(Struct, frozen=True):
    """The open cases at one step: waiting for receipt, in work; of these, held, due soon, late."""

    step: int
    waiting: int
    in_work: int
    suspended: int
    due_soon: int
    late: int


class AgendaRow(Struct, frozen=True):
    """A line of the mail register (*buku agenda*); `case` is None when its file is damaged."""

    number: int
    case_id: CaseId
    case: CaseRow | None


class DamagedRow(Struct, frozen=True):
    """A case's file that cannot be read, and why."""

    path: str
    reason: Message
