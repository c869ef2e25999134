"""A case: one run of an SOP for one letter, as its events have made it.

Everything here is derived by `soptui.domain.fold`; nothing of it is stored.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from soptui.domain.events import Action, Archive, Attachment, Correct, Event, Letter
from soptui.domain.ids import (
    NO_EVENT,
    NO_ROLE,
    NOBODY,
    CaseId,
    EventId,
    OfficerId,
    RoleId,
    SopId,
    UnitId,
)
from soptui.domain.message import Message
from soptui.domain.sop import Sop, Step, StepKind


class Status(StrEnum):
    """Where a case stands as a whole (*Draf, Berjalan, Ditunda, Selesai, Dibatalkan*)."""

    NEW = "new"
    RUNNING = "running"
    SUSPENDED = "suspended"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def is_closed(self) -> bool:
        """Whether only the head can take the case up again."""
        return self in (Status.DONE, Status.CANCELLED)


class StepState(StrEnum):
    """Where a step of a case stands."""

    NOT_STARTED = "not-started"
    TO_RECEIVE = "to-receive"
    IN_WORK = "in-work"
    RETURNED = "returned"
    DONE = "done"


class CaseHeader(Struct, frozen=True):
    """The head of a case's file: which case, under which version of which SOP."""

    format: int
    case: CaseId
    sop: SopId
    sop_version: int
    sop_sha256: str


class Closed(Struct, frozen=True):
    """Why an action is not open, and who could act: roles, officers or sections by id.

    `code` is stable and names the rule. `officers` can act only while they hold the role `post`,
    if one is named. Where `head` is named, the case is in their hands: no other holder of the
    roles can act before who holds the role `head` has reassigned it. `field` is what of the event's
    contents does not fit, if that is the reason.
    """

    code: str
    reason: Message
    roles: tuple[RoleId, ...] = ()
    officers: tuple[OfficerId, ...] = ()
    units: tuple[UnitId, ...] = ()
    post: RoleId = NO_ROLE
    head: RoleId = NO_ROLE
    field: str = ""


class Hold(Struct, frozen=True):
    """A time during which a clock stood still; `ends` is None while it still does."""

    starts: datetime
    ends: datetime | None
    reason: str


class Visit(Struct, frozen=True):
    """One stay of a case at a step: handed over, received, finished.

    Between `sent` and `received` the case waits; between `received` and `closed` it is in work.
    `sent_by` is the event of the hand-over, `outcome` the action that ended the stay, and `due`
    the day that a disposition named, if it did. `begun` is when somebody first received the step
    in this round, where it was then given to another: the norm is of the step and not of a person.
    `apart` are steps of the present version of the SOP that an earlier version kept from whoever
    finished this stay.
    """

    step: int
    round: int
    sent: datetime
    sender: OfficerId
    sent_by: EventId
    assignee: OfficerId = NOBODY
    received: datetime | None = None
    owner: OfficerId = NOBODY
    closed: datetime | None = None
    outcome: Action | None = None
    holds: tuple[Hold, ...] = ()
    due: date | None = None
    begun: datetime | None = None
    apart: tuple[int, ...] = ()

    @property
    def work_began(self) -> datetime | None:
        """When the step was first received in this round; None while nobody has."""
        return self.begun or self.received

    @property
    def clock_start(self) -> datetime:
        """From when on the norm counts; before the receipt, as if it were received when sent."""
        return self.work_began or self.sent

    @property
    def state(self) -> StepState:
        """Where this stay stands."""
        if self.closed is not None:
            return StepState.RETURNED if self.outcome is Action.RETURN else StepState.DONE
        return StepState.TO_RECEIVE if self.received is None else StepState.IN_WORK


class SectionRequest(Struct, frozen=True):
    """Data asked of one section within a collecting step; open while it has no answer.

    `withdrawn` when the step closed without the answer.
    """

    unit: UnitId
    step: int
    round: int
    asked: datetime
    asked_by: OfficerId
    event: EventId
    note: str = ""
    due: date | None = None
    answered: datetime | None = None
    answered_by: OfficerId = NOBODY
    answer: EventId = NO_EVENT
    withdrawn: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the section still owes an answer."""
        return self.answered is None and not self.withdrawn


class Document(Struct, frozen=True):
    """An output document, the step and round that made it, and the event that attached it."""

    file: Attachment
    step: int
    round: int
    event: EventId


class Approval(Struct, frozen=True):
    """Documents frozen by digest; `voided_by` is the event that undid it, or empty."""

    event: EventId
    step: int
    by: OfficerId
    at: datetime
    documents: tuple[str, ...]
    voided_by: EventId = NO_EVENT


class Entry(Struct, frozen=True):
    """An event in the case's history. `closed` says why it had no effect, or is None.

    `is_review` tells an approval that only reviews (see `Case.is_review`) from one that approves.
    """

    id: EventId
    event: Event
    closed: Closed | None = None
    is_review: bool = False

    @property
    def effective(self) -> bool:
        """Whether the event took effect."""
        return self.closed is None


class Case(Struct, frozen=True):
    """A case folded from its events; `head_id` is the digest a first event must name."""

    header: CaseHeader
    head_id: EventId
    sop: Sop
    status: Status = Status.NEW
    letter: Letter | None = None
    registered: datetime | None = None
    visits: tuple[Visit, ...] = ()
    requests: tuple[SectionRequest, ...] = ()
    documents: tuple[Document, ...] = ()
    approvals: tuple[Approval, ...] = ()
    informed: tuple[RoleId, ...] = ()
    archive: Archive | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def id(self) -> CaseId:
        """The case's id, such as "2026-k7m3qd9x"."""
        return self.header.case

    @property
    def year(self) -> int:
        """The year in the case's id."""
        return int(self.header.case[:4])

    @property
    def last_id(self) -> EventId:
        """What the next event must name as `after`."""
        return self.entries[-1].id if self.entries else self.head_id

    @property
    def visit(self) -> Visit | None:
        """The stay that is going on or, for a closed case, the last one."""
        return self.visits[-1] if self.visits else None

    @property
    def step(self) -> Step:
        """The step where the case is, or was last; the registration for a new case."""
        current = self.sop.step(self.visits[-1].step) if self.visits else None
        return current or self.sop.registration

    def is_review(self, event: Event) -> bool:
        """Whether the event approves at a step that only reviews: a *paraf* and no approval."""
        if event.action is not Action.APPROVE:
            return False
        step = self.sop.step(event.step)
        return step is not None and step.kind is StepKind.REVIEW

    @property
    def open_requests(self) -> tuple[SectionRequest, ...]:
        """The requests that sections still owe an answer."""
        return tuple(request for request in self.requests if request.is_open)

    @property
    def approval(self) -> Approval | None:
        """The approval in force at the SOP's approving step, or None."""
        return next((one for one in reversed(self.approvals) if not one.voided_by), None)

    @property
    def current_documents(self) -> tuple[Document, ...]:
        """The newest output: what the last completion attached, or what has replaced it since.

        A correction of an older step's output replaces that output and nothing newer.
        """
        if not self.documents:
            return ()
        *_, newest = dict.fromkeys((document.step, document.round) for document in self.documents)
        there = [one for one in self.documents if (one.step, one.round) == newest]
        return tuple(document for document in there if document.event == there[-1].event)

    @property
    def letter_corrections(self) -> tuple[Entry, ...]:
        """What corrects the registration in force: the letter stands as it was written down."""
        effective = [entry for entry in self.entries if entry.effective]
        registered = [entry.id for entry in effective if entry.event.action is Action.REGISTER]
        return tuple(
            entry
            for entry in effective
            if isinstance(entry.event.details, Correct)
            and entry.event.details.event in registered[-1:]
        )

    @property
    def migrations(self) -> tuple[Entry, ...]:
        """The migrations in effect, each to another version of the SOP."""
        return tuple(
            entry for entry in self.entries
            if entry.effective and entry.event.action is Action.MIGRATE
        )  # fmt: skip

    def round_of(self, step: int) -> int:
        """How many times the step was opened so far; a return opens its next round."""
        return max((visit.round for visit in self.visits if visit.step == step), default=0)

    def last_owner(self, step: int) -> OfficerId:
        """Who worked at the step last, or nobody."""
        return next(
            (visit.owner for visit in reversed(self.visits) if visit.step == step and visit.owner),
            NOBODY,
        )

    def entry(self, event_id: EventId) -> Entry | None:
        """The entry with this id, or None."""
        return next((entry for entry in reversed(self.entries) if entry.id == event_id), None)
