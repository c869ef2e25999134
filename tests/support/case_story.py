"""A way to tell the life of a case in a few words.

A `Story` folds real events, each with an id and a claimed time, exactly as a case's file would.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypedDict, Unpack

from soptui.domain.case import Case, CaseHeader, Closed
from soptui.domain.events import (
    Approve,
    Archive,
    Attach,
    Attachment,
    AttachmentKind,
    Cancel,
    Complete,
    Correct,
    Datum,
    Details,
    Dispose,
    Event,
    Letter,
    Migrate,
    Note,
    Reassign,
    Recall,
    Receive,
    Register,
    Reopen,
    Request,
    Resume,
    Return,
    Submit,
    Suspend,
)
from soptui.domain.fold import apply, new_case
from soptui.domain.ids import EventId, OfficerId, RoleId, UnitId
from soptui.domain.office import ADMINISTRATOR, Capacity
from soptui.domain.sop import Sop, Sops, StepKind
from tests.support.office_parts import ARCHIVE, LETTER, START, attachment
from tests.support.small_office import (
    HEAD,
    HEAD_ID,
    HEADER,
    MERGED,
    MERGED_MAPPING,
    SECTION,
    SOPS,
    UNITS,
    USUAL,
)


class Otherwise(TypedDict, total=False):
    """What an act may have otherwise than usual; see `Story.event`."""

    role: str
    capacity: Capacity
    after: str
    at: datetime
    place: tuple[int, int]
    attachments: tuple[Attachment, ...]


class Story:
    """The life of one case, told act by act; every act folds one event and returns the story.

    Who is not named is the one from whom the act is expected: the owner or assignee of the stay,
    or the usual holder of the step's role. `after` defaults to the last event of the case.
    """

    def __init__(self, *, sops: Sops = SOPS, header: CaseHeader = HEADER) -> None:
        case = new_case(header, HEAD_ID, sops)
        if case is None:
            raise LookupError(header.sop)
        self.sops = sops
        self.case: Case = case
        self.events: list[tuple[EventId, Event]] = []
        self.clock = START

    # --- what came of it ---

    @property
    def last_id(self) -> EventId:
        """The id of the last event."""
        return self.case.last_id

    @property
    def closed(self) -> Closed | None:
        """Why the last act had no effect, or None."""
        return self.case.entries[-1].closed

    @property
    def code(self) -> str:
        """The code of the rule that closed the last act, or an empty string."""
        return self.closed.code if self.closed else ""

    @property
    def place(self) -> tuple[int, int]:
        """Step and round where the case is."""
        visit = self.case.visits[-1]
        return visit.step, visit.round

    @property
    def documents(self) -> tuple[str, ...]:
        """The digests of the newest output."""
        return tuple(document.file.sha256 for document in self.case.current_documents)

    # --- telling ---

    def event(
        self,
        details: Details,
        by: str | None = None,
        role: str | None = None,
        *,
        capacity: Capacity = Capacity.DEFINITIVE,
        after: str | None = None,
        at: datetime | None = None,
        place: tuple[int, int] | None = None,
        attachments: tuple[Attachment, ...] = (),
    ) -> Event:
        """The event that an officer would sign now, not yet folded."""
        self.clock += timedelta(hours=1)
        role = role if role is not None else self.case.step.actor
        step, rounds = place or (self.place if self.case.visits else (0, 1))
        return Event(
            step=step,
            round=rounds,
            by=OfficerId(by if by is not None else self._expected(role)),
            role=RoleId(role),
            capacity=capacity,
            at=at or self.clock,
            after=self.last_id if after is None else EventId(after),
            details=details,
            attachments=attachments,
        )

    def add(self, event: Event) -> Story:
        """Fold an event."""
        event_id = EventId(sha256(f"{len(self.events)} {event!r}".encode()).hexdigest())
        self.events.append((event_id, event))
        self.case = apply(self.case, event_id, event, self.sops)
        return self

    def _expected(self, role: str) -> str:
        visit = self.case.visit
        if visit is not None and role == self.case.step.actor and (visit.owner or visit.assignee):
            return visit.owner or visit.assignee
        return USUAL.get(RoleId(role), "")

    def _act(self, details: Details, by: str | None, **more: Unpack[Otherwise]) -> Story:
        return self.add(self.event(details, by, **more))

    def register(
        self, by: str | None = None, *, letter: Letter = LETTER, **more: Unpack[Otherwise]
    ) -> Story:
        """The letter is put on the agenda."""
        return self._act(Register(letter), by, **more)

    def receive(self, by: str | None = None, **more: Unpack[Otherwise]) -> Story:
        """The case is taken in hand."""
        return self._act(Receive(), by, **more)

    def dispose(
        self,
        by: str | None = None,
        *,
        to: tuple[str, ...] = (),
        way: str = "",
        **more: Unpack[Otherwise],
    ) -> Story:
        """The step is disposed to the next one's role, and to others if named."""
        following = self.case.sop.step_after(self.case.step)
        addressed = tuple(map(RoleId, to)) or ((following.actor,) if following else ())
        return self._act(Dispose(addressed, ("tindak-lanjuti",), way=way), by, **more)

    def request(self, *units: str, by: str | None = None, **more: Unpack[Otherwise]) -> Story:
        """Sections are asked for data."""
        return self._act(Request(tuple(map(UnitId, units))), by, **more)

    def submit(self, unit: str, by: str | None = None, **more: Unpack[Otherwise]) -> Story:
        """A section answers."""
        data = (Datum("Indeks kepuasan", "nilai", "80", "82"),)
        more.setdefault("role", SECTION)
        return self._act(Submit(UnitId(unit), data=data), by or UNITS.get(unit, "kasi-1"), **more)

    def complete(
        self,
        by: str | None = None,
        *,
        output: str = "",
        early: str = "",
        way: str = "",
        **more: Unpack[Otherwise],
    ) -> Story:
        """The step's work is done; the output's name is made up when none is given."""
        name = output or f"output-{len(self.events)}.pdf"
        more.setdefault("attachments", (attachment(name),))
        details = Complete(self.case.step.requirements, early_reason=early, way=way)
        return self._act(details, by, **more)

    def approve(
        self,
        by: str | None = None,
        *,
        documents: tuple[str, ...] | None = None,
        way: str = "",
        **more: Unpack[Otherwise],
    ) -> Story:
        """The documents are found right; by default the newest ones."""
        details = Approve(self.documents if documents is None else documents, way=way)
        return self._act(details, by, **more)

    def send_back(
        self, to_step: int, by: str | None = None, *, reason: str = "", **more: Unpack[Otherwise]
    ) -> Story:
        """Work goes back; the reason is the first that the SOP lists."""
        edge = self.case.step.return_to(to_step)
        reason = reason or (edge.reasons[0] if edge else "koreksi")
        return self._act(Return(to_step, reason, "mohon diperbaiki"), by, **more)

    def recall(self, by: str | None = None, **more: Unpack[Otherwise]) -> Story:
        """The hand-over is taken back, by its sender unless another is named."""
        sent = self.case.entry(self.case.visits[-1].sent_by)
        if sent is not None:
            more.setdefault("role", sent.event.role)
        return self._act(Recall(), by or self.case.visits[-1].sender, **more)

    def reassign(self, to: str, by: str | None = None, **more: Unpack[Otherwise]) -> Story:
        """The step goes to another holder, on the word of the head unless another is named."""
        if by is None:
            more.setdefault("role", HEAD)
        return self._act(Reassign(OfficerId(to), "berhalangan"), by or "camat-1", **more)

    def suspend(self, by: str | None = None, **more: Unpack[Otherwise]) -> Story:
        """The clock stops."""
        return self._act(Suspend("menunggu aplikasi"), by, **more)

    def resume(self, by: str | None = None, **more: Unpack[Otherwise]) -> Story:
        """The clock runs again."""
        return self._act(Resume(), by, **more)

    def attach(self, name: str, by: str | None = None, **more: Unpack[Otherwise]) -> Story:
        """Evidence is added."""
        more["attachments"] = (attachment(name, AttachmentKind.SUPPORT),)
        return self._act(Attach(), by, **more)

    def note(self, text: str, by: str | None = None, **more: Unpack[Otherwise]) -> Story:
        """A comment."""
        return self._act(Note(text), by, **more)

    def correct(
        self,
        event_id: EventId,
        by: str | None = None,
        *,
        output: str = "",
        **more: Unpack[Otherwise],
    ) -> Story:
        """An earlier event is corrected, in words or with new output."""
        if output:
            more["attachments"] = (attachment(output),)
        return self._act(Correct(event_id, "salah ketik"), by, **more)

    def archive(
        self, by: str | None = None, *, details: Archive = ARCHIVE, **more: Unpack[Otherwise]
    ) -> Story:
        """The file is put away."""
        return self._act(details, by, **more)

    def cancel(self, by: str = "camat-1", **more: Unpack[Otherwise]) -> Story:
        """The head ends the case."""
        more.setdefault("role", HEAD)
        return self._act(Cancel("salah alamat"), by, **more)

    def reopen(self, to_step: int, by: str = "camat-1", **more: Unpack[Otherwise]) -> Story:
        """The head takes a closed case up again."""
        more.setdefault("role", HEAD)
        return self._act(Reopen(to_step, "ada data baru"), by, **more)

    def migrate(
        self,
        sop: Sop = MERGED,
        steps: tuple[tuple[int, int], ...] = MERGED_MAPPING,
        by: str = "admin-1",
        **more: Unpack[Otherwise],
    ) -> Story:
        """The case goes on under another version."""
        more.setdefault("role", ADMINISTRATOR)
        return self._act(Migrate(sop.version, sop.digest, steps, "versi baru"), by, **more)

    # --- whole stretches ---

    def waiting_at(self, step: int) -> Story:
        """The usual course until `step` waits to be received."""
        while not self.case.visits or self.place[0] < step:
            self.forward()
        return self

    def in_work_at(self, step: int) -> Story:
        """The usual course until `step` has been received."""
        return self.waiting_at(step).receive()

    def forward(self) -> Story:
        """The usual acts by which the current step is received and finished."""
        if not self.case.visits:
            return self.register()
        if self.case.visits[-1].received is None:
            self.receive()
        match self.case.step.kind:
            case StepKind.REGISTER:
                return self.register()
            case StepKind.DISPOSE:
                return self.dispose()
            case StepKind.COLLECT:
                return self.request("kesra").submit("kesra").complete()
            case StepKind.WORK:
                return self.complete()
            case StepKind.ARCHIVE:
                return self.archive()
        return self.approve()

    def event_of(self, *place: int) -> EventId:
        """The id of the event by which a step and round was finished."""
        for entry in reversed(self.case.entries):
            event = entry.event
            moved = isinstance(event.details, Complete | Dispose | Approve | Return)
            if entry.effective and moved and (event.step, event.round) == place:
                return entry.id
        raise LookupError(place)
