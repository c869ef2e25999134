"""The desk of one officer: what waits, what is open, and acting on it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from soptui.desk.files import take_in
from soptui.desk.measuring import step_views
from soptui.desk.new_case import empty_case
from soptui.desk.outcomes import READ_ONLY, NotOpen, not_written, refuse_if_overtaken, too_busy
from soptui.desk.views import CaseView, FileToAttach, Opening
from soptui.domain.case import Case, Closed
from soptui.domain.events import (
    Action,
    Attachment,
    Details,
    Event,
    Letter,
    Receive,
    Register,
    Submit,
    action_of,
)
from soptui.domain.fold import apply
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Office, Officer, Post, Registry
from soptui.domain.rules import authority, choose_role, judge
from soptui.domain.sop import Sop
from soptui.domain.timing import deadline_of
from soptui.records import case_file, layout
from soptui.records.codec import block_id
from soptui.records.refs import RefMoved
from soptui.records.repository import Receipt, Repository, Sign, Unverified

if TYPE_CHECKING:
    from soptui.domain.working_calendar import WorkingCalendar
    from soptui.records.index import Index
    from soptui.records.snapshot import Snapshot

ATTEMPTS = 8
"""How often an addition is tried when other processes keep moving the main line."""

Clock = Callable[[], datetime]
Contents = Mapping[Attachment, bytes]


class Desk:
    """One officer at one clone.

    `clock` returns aware times; `key` names the signing key's file where the usual places and the
    agent are not to be searched. Reading needs no key; at a desk that is `read_only` nothing else
    is done. Threads may share a desk.
    """

    def __init__(
        self,
        repository: Repository,
        officer_id: str,
        *,
        clock: Clock | None = None,
        key: Path | None = None,
    ) -> None:
        self.repository = repository
        self.officer_id = officer_id
        self.key = key
        self.read_only = False
        self._clock = clock or _system_clock
        self._lock = threading.RLock()
        self._calendar: tuple[str, WorkingCalendar] | None = None
        self._previewed_id = ""
        self._index: Index | None = None

    def close(self) -> None:
        """Let go of the index; the repository stays open."""
        with self._lock:
            if self._index is not None:
                self._index.close()
            self._index = None

    # --- who and where -------------------------------------------------------------------------

    @property
    def registry(self) -> Registry:
        """The office and its people, at the verified tip."""
        return self._snapshot().registry

    @property
    def office(self) -> Office:
        """The office."""
        return self.registry.office

    @property
    def officer(self) -> Officer:
        """The officer whose desk this is. Raises `Refusal` when the records do not know them."""
        officer = self.registry.officers.get(self.officer_id)
        if officer is None:
            raise Refusal(
                Message(
                    "The records know no officer {officer}. Nothing was changed. soptui officer "
                    "list shows who is registered.",
                    officer=self.officer_id,
                )
            )
        return officer

    def now(self) -> datetime:
        """The time in the office's zone, to the second."""
        zone = timezone(timedelta(minutes=self.office.utc_offset))
        return self._clock().astimezone(zone).replace(microsecond=0)

    def posts(self) -> tuple[Post, ...]:
        """The posts the officer holds today; none for somebody whom the records do not know."""
        officer = self.registry.officers.get(self.officer_id)
        return officer.posts_on(self.now().date()) if officer else ()

    def roles(self) -> tuple[str, ...]:
        """The roles the officer holds today, each once."""
        return tuple(dict.fromkeys(post.role for post in self.posts()))

    @property
    def calendar(self) -> WorkingCalendar:
        """The office's working calendar."""
        from soptui.domain.working_calendar import WorkingCalendar

        snapshot = self._snapshot()
        folder = snapshot.lookup("calendars")
        if self._calendar is None or self._calendar[0] != folder:
            zone = timezone(timedelta(minutes=self.office.utc_offset))
            self._calendar = (folder, WorkingCalendar(snapshot.calendars(), zone))
        return self._calendar[1]

    @property
    def index(self) -> Index:
        """The index of the verified records, brought up to date."""
        from soptui.records.index import Index

        with self._lock:
            if self._index is None:
                self._index = Index.open(self.repository)
            self._index.update()
            return self._index

    def at(self, repository: Repository) -> Desk:
        """The same officer's desk at a clone opened anew, for another thread."""
        desk = Desk(repository, self.officer_id, clock=self._clock, key=self.key)
        desk.read_only = self.read_only
        return desk

    # --- looking -------------------------------------------------------------------------------

    def case(self, case_id: str) -> Case:
        """A case by its id. Raises `Refusal` when there is none or its file is damaged."""
        file = self._snapshot().case_file(case_id)
        if file is None:
            raise Refusal(
                Message(
                    "The records have no case {case}. soptui list shows all cases.", case=case_id
                )
            )
        return file.case

    def view(self, case_id: str) -> CaseView:
        """A case with its steps, measures and what is open to the officer."""
        case = self.case(case_id)
        calendar, now = self.calendar, self.now()
        row = self.index.row(case_id)
        years = calendar.missing_years(case.visits[0].sent, now) if case.visits else ()
        return CaseView(
            case=case,
            agenda_number=row.agenda if row else None,
            steps=tuple(step_views(case, calendar, now)),
            openings=self.openings(case),
            deadline=deadline_of(calendar, case),
            attachments=tuple(
                (file, entry) for entry in case.entries for file in entry.event.attachments
            ),
            missing_years=tuple(years),
        )

    def openings(self, case: Case) -> tuple[Opening, ...]:
        """For every action, whether it is open to the officer in the case."""
        return tuple(Opening(action, *self._choose_role(case, action)) for action in Action)

    def attachment(self, sha256: str) -> bytes:
        """The bytes of an attached file. Raises `Refusal` when the records lack it."""
        oid = self._snapshot().lookup(layout.attachment_path(sha256))
        if not oid:
            raise Refusal(Message("The records lack this file."))
        return self.repository.reader.read(oid, "blob", self.office.attachment_limit)

    def commits_of(self, case_id: str) -> dict[str, str]:
        """The commit of each event of a case, by event id."""
        return self.repository.history.commits_of_case(case_id, self.repository.trust.tip)

    def sops(self) -> tuple[Sop, ...]:
        """The newest version of every SOP, by id."""
        snapshot = self._snapshot()
        ids = sorted({name for name, _ in snapshot.sops})
        return tuple(sop for name in ids if (sop := snapshot.newest_sop(name)))

    def sop_versions(self, sop_id: str) -> tuple[Sop, ...]:
        """Every version of an SOP, oldest first."""
        sops = self._snapshot().sops
        return tuple(sop for (name, _), sop in sorted(sops.items()) if name == sop_id)

    # --- acting --------------------------------------------------------------------------------

    def act(
        self,
        case_id: str,
        details: Details,
        *,
        files: Sequence[FileToAttach] = (),
        seen: str = "",
        receive_first: bool = False,
        cancelled: threading.Event | None = None,
    ) -> Receipt:
        """Record an action in a case, signed.

        `seen` is the last event the officer was shown: when something that matters happened
        since, the action is refused so that they look again. `receive_first` takes the case in
        hand, as an event of its own, when only that is missing. Raises `NotOpen` when the gate
        refuses and `Refusal` for anything else; nothing was recorded then.
        """
        with self._lock:
            contents = take_in(files, self.office.attachment_limit)
            if receive_first and self._must_receive(case_id, details):
                received = self._record(case_id, Receive(), {}, seen, cancelled)
                seen = received.event
            return self._record(case_id, details, contents, seen, cancelled)

    def register(
        self,
        letter: Letter,
        *,
        sop_id: str = "",
        files: Sequence[FileToAttach] = (),
        cancelled: threading.Event | None = None,
    ) -> Receipt:
        """Register a letter as a new case under the newest version of an SOP."""
        with self._lock:
            contents = take_in(files, self.office.attachment_limit)
            sop = self._sop(sop_id)
            for _ in range(ATTEMPTS):
                parent, snapshot = self.writable()
                case = empty_case(snapshot, sop, self.now().year, self._previewed_id)
                event = self._event(case, Register(letter), tuple(contents))
                try:
                    receipt = self._sign_and_add(parent, case, event, contents, cancelled)
                except RefMoved:
                    continue
                self._previewed_id = ""
                return receipt
            raise too_busy()

    def preview(
        self,
        case_id: str,
        details: Details,
        *,
        files: Sequence[FileToAttach] = (),
        receive_first: bool = False,
    ) -> bytes:
        """The exact lines that `act` would append now. Raises as `act` does."""
        contents = take_in(files, self.office.attachment_limit)
        case, before = self.case(case_id), b""
        if receive_first and self._must_receive(case_id, details):
            event = self._event(case, Receive(), ())
            before = case_file.encode_event(event)
            case = apply(case, block_id(before), event, self._snapshot().sops)
        return before + case_file.encode_event(self._event(case, details, tuple(contents)))

    def preview_registration(
        self, letter: Letter, *, sop_id: str = "", files: Sequence[FileToAttach] = ()
    ) -> bytes:
        """The file of the case that `register` would open now, under the id that it will have."""
        contents = take_in(files, self.office.attachment_limit)
        year = self.now().year
        case = empty_case(self._snapshot(), self._sop(sop_id), year, self._previewed_id)
        self._previewed_id = case.id
        event = self._event(case, Register(letter), tuple(contents))
        return case_file.encode_header(case.header) + case_file.encode_event(event)

    # --- how an action is recorded --------------------------------------------------------------

    def _choose_role(self, case: Case, action: Action) -> tuple[str, Closed | None]:
        if self.read_only:
            return "", READ_ONLY
        return choose_role(case, action, self.officer_id, self.roles())

    def _must_receive(self, case_id: str, details: Details) -> bool:
        case = self.case(case_id)
        action = action_of(details)
        closed = self._choose_role(case, action)[1]
        return closed is not None and closed.code == "not-received"

    def _record(
        self,
        case_id: str,
        details: Details,
        contents: Contents,
        seen: str,
        cancelled: threading.Event | None,
    ) -> Receipt:
        for _ in range(ATTEMPTS):
            parent, snapshot = self.writable()
            file = snapshot.case_file(case_id)
            if file is None:
                raise Refusal(Message("The records have no case {case}.", case=case_id))
            event = self._event(file.case, details, tuple(contents))
            refuse_if_overtaken(file.case, event, seen)
            try:
                return self._sign_and_add(parent, file.case, event, contents, cancelled)
            except RefMoved:
                continue
        raise too_busy()

    def _event(self, case: Case, details: Details, attachments: tuple[Attachment, ...]) -> Event:
        """The event as it would be recorded now, found open by the gate. Raises `NotOpen`."""
        now = self.now()
        action = action_of(details)
        role, closed = self._choose_role(case, action)
        if closed is not None:
            raise NotOpen(closed)
        unit = details.unit if isinstance(details, Submit) else ""
        post = self.officer.post_for(role, now.date(), unit=unit)
        if post is None:
            raise NotOpen(
                Closed("post-not-held", Message("You do not hold that post."), roles=(role,))
            )
        visit = case.visit
        event = Event(
            step=visit.step if visit else 0,
            round=visit.round if visit else 1,
            by=self.officer_id,
            role=role,
            capacity=post.capacity,
            at=now,
            after=case.last_id,
            details=details,
            attachments=attachments,
        )
        closed = judge(case, event) or authority(self.registry, case, event)
        if closed is not None:
            raise NotOpen(closed)
        return event

    def _sign_and_add(
        self,
        parent: str,
        case: Case,
        event: Event,
        contents: Contents,
        cancelled: threading.Event | None,
    ) -> Receipt:
        blobs = {file.sha256: content for file, content in contents.items()}
        try:
            sign = self.signing(cancelled)
            return self.repository.add_event(parent, case.header, event, blobs, self.officer, sign)
        except OSError as error:
            raise not_written(error) from None

    def signing(self, cancelled: threading.Event | None = None) -> Sign:
        """What signs as this officer. Raises `Refusal` when no registered key is at hand."""
        if self.read_only:
            raise NotOpen(READ_ONLY)
        from soptui.records.signing import find_signer
        from soptui.records.sshsig import PublicKey

        keys = [PublicKey.parse(key.public) for key in self.officer.valid_keys()]
        signer = find_signer(keys, self.key)
        return lambda payload: signer.sign(payload, cancelled=cancelled)

    # --- small things -----------------------------------------------------------------------------

    def _snapshot(self) -> Snapshot:
        return self.repository.current()[1]

    def writable(self) -> tuple[str, Snapshot]:
        """The commit on which to build, with its records. Raises `Unverified`."""
        commit, snapshot = self.repository.current()
        if commit != self.repository.head():
            report = self.repository.verify()
            if not report.ok:
                raise Unverified(report)
            commit, snapshot = self.repository.current()
        return commit, snapshot

    def _sop(self, sop_id: str) -> Sop:
        known = {sop.id: sop for sop in self.sops()}
        chosen = sop_id or (next(iter(known)) if len(known) == 1 else "")
        sop = known.get(chosen)
        if sop is None:
            raise Refusal(
                Message(
                    "Name the SOP under which the letter is handled. Nothing was recorded. Known: "
                    "{names}.",
                    names=", ".join(known),
                )
            )
        return sop


def _system_clock() -> datetime:
    return datetime.now(UTC)
