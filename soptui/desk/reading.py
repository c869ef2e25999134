"""What an officer sees from their desk: the office, the cases, and what is open to them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Self

from soptui.desk.attachment_texts import AttachmentTexts
from soptui.desk.case_list import CaseList
from soptui.desk.new_case import blank_case
from soptui.desk.refusals import NO_SOP, READ_ONLY, no_case, no_officer, shown_before
from soptui.desk.views import CaseView, Opening, Stay, StepView, Verification
from soptui.domain.actions.register import sop_withdrawn
from soptui.domain.case import Case, Closed, StepState
from soptui.domain.case_filter import ALL_CASES, CaseFilter, CaseOrder
from soptui.domain.events import Action
from soptui.domain.gate import choose_role
from soptui.domain.ids import NO_ROLE, CaseId, CommitId, EventId, OfficerId, RoleId, SopId
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Office, Officer, Post, Registry
from soptui.domain.sop import Sop
from soptui.domain.time.timing import deadline_of, timing_of
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.records.clone.repository import Repository
from soptui.records.files import layout

if TYPE_CHECKING:
    from soptui.domain.attachment_text import AttachmentText, NoText
    from soptui.domain.case_list import AgendaRow, CaseRow, DamagedRow
    from soptui.domain.findings import Report
    from soptui.records.files.snapshot import Snapshot
    from soptui.records.index.index import Index

Clock = Callable[[], datetime]

Progress = Callable[[int, int], None]
"""Called with how many commits are verified, of how many."""


class ReadingDesk:
    """One officer at one clone, looking.

    `clock` returns aware times; `key` names the signing key's file where the usual places and the
    agent are not to be searched. Reading needs no key; at a desk that is `read_only` nothing is
    open. Threads may share a desk.
    """

    def __init__(
        self,
        repository: Repository,
        officer_id: OfficerId,
        *,
        clock: Clock | None = None,
        key: Path | None = None,
    ) -> None:
        self.repository = repository
        self.officer_id = officer_id
        self.key = key
        self.read_only = False
        self._clock = clock or _system_clock
        self._acting = threading.RLock()
        self._opening = threading.Lock()
        self._calendar: tuple[str, WorkingCalendar] | None = None
        self._index: Index | None = None
        self._texts = AttachmentTexts()

    def close(self) -> None:
        """Let go of the index; the repository stays open."""
        with self._opening:
            if self._index is not None:
                self._index.close()
            self._index = None

    # --- who and where -------------------------------------------------------------------------

    @property
    def registry(self) -> Registry:
        """The office and its people, at the verified tip.

        This, and whatever else reads the records, raises `Untrusted` before they are trusted and
        `Unverified` where no state of them is good.
        """
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
            raise no_officer(self.officer_id)
        return officer

    def require_officer(self) -> None:
        """Raises `Refusal` when the records do not know the officer whose desk this is."""
        _ = self.officer

    def require_records(self) -> None:
        """Raises what stands in the way of reading the office and its people."""
        _ = self.registry

    def now(self) -> datetime:
        """The time in the office's zone, to the second."""
        zone = timezone(timedelta(minutes=self.office.utc_offset))
        return self._clock().astimezone(zone).replace(microsecond=0)

    def posts(self) -> tuple[Post, ...]:
        """The posts the officer holds today; none for somebody whom the records do not know."""
        officer = self.registry.officers.get(self.officer_id)
        return officer.posts_on(self.now().date()) if officer else ()

    def roles(self) -> tuple[RoleId, ...]:
        """The roles the officer holds today, each once."""
        return tuple(dict.fromkeys(post.role for post in self.posts()))

    @property
    def calendar(self) -> WorkingCalendar:
        """The office's working calendar."""
        snapshot = self._snapshot()
        folder = snapshot.lookup("calendars")
        if self._calendar is None or self._calendar[0] != folder:
            zone = timezone(timedelta(minutes=self.office.utc_offset))
            self._calendar = (folder, WorkingCalendar(snapshot.calendars(), zone))
        return self._calendar[1]

    @property
    def overdue_before(self) -> datetime:
        """The moment before which what was due is late now, wherever lateness is told."""
        from soptui.domain.time.worktime import overdue_before

        return overdue_before(self.calendar, self.now())

    @property
    def index(self) -> Index:
        """The index of the verified records, brought up to date."""
        from soptui.records.index.index import Index

        # Not under the lock of acts: one of them may wait long for its signature.
        with self._opening:
            if self._index is None:
                self._index = Index.open(self.repository)
            index = self._index
        index.update()
        return index

    def at(self, repository: Repository) -> Self:
        """The same officer's desk at a clone opened anew, for another thread."""
        desk = type(self)(repository, self.officer_id, clock=self._clock, key=self.key)
        desk.read_only = self.read_only
        return desk

    # --- how far the records have come ----------------------------------------------------------

    @property
    def root(self) -> Path:
        """The folder of the records."""
        return self.repository.root

    @property
    def genesis(self) -> CommitId:
        """The first commit, by which these records are told from those of other offices."""
        return self.repository.trust.genesis

    def head(self) -> CommitId:
        """The newest commit of the main line, verified or not."""
        return self.repository.head()

    def tip(self) -> CommitId:
        """The newest commit that is verified and good: what is shown is as it stood there."""
        return self.repository.current()[0]

    def stamp(self) -> object:
        """What differs, compared with `==`, once the main line moved; cheap enough for a timer."""
        return self.repository.stamp()

    def fault(self) -> Message | None:
        """Why the newest records are not shown; None once what is new was found good."""
        self.repository.current()
        report = self.repository.report
        return None if report is None or report.ok else shown_before(report)

    def verification(self) -> Verification:
        """How far the records are verified and good."""
        self.repository.current()
        repository, trust = self.repository, self.repository.trust
        return Verification(
            trust.genesis,
            trust.signer,
            trust.tip,
            trust.position,
            repository.head(),
            repository.report,
        )

    def verify_all(self, progress: Progress | None = None) -> Report:
        """Verify everything anew, from the first commit on."""
        return self.repository.verify(full=True, progress=progress)

    # --- looking -------------------------------------------------------------------------------

    def case(self, case_id: CaseId) -> Case:
        """A case by its id. Raises `Refusal` when there is none or its file is damaged."""
        file = self._snapshot().case_file(case_id)
        if file is None:
            raise no_case(case_id)
        return file.case

    def view(self, case_id: CaseId) -> CaseView:
        """A case with its steps, measures and what is open to the officer. Raises as `case`."""
        case = self.case(case_id)
        calendar, now = self.calendar, self.now()
        row = self.row(case_id)
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
            agenda_is_provisional=case_id in self.provisional(),
            twins=next(iter(self.index.ask(lambda queries: queries.twins((case_id,)))), ()),
        )

    def openings(self, case: Case) -> tuple[Opening, ...]:
        """For every action, whether it is open to the officer in the case."""
        return tuple(self.opening(case, action) for action in Action)

    def opening(self, case: Case, action: Action) -> Opening:
        """Whether an action is open to the officer in the case."""
        if self.read_only:
            return Opening(action, NO_ROLE, READ_ONLY)
        return Opening(action, *choose_role(case, action, self.officer_id, self.roles()))

    def closed_to_register(self) -> Closed | None:
        """Why the officer may register no letter; None when they may, under one SOP at least."""
        sops, office = self.sops(), self.office
        answers = [
            self.opening(blank_case(sop), Action.REGISTER).closed or sop_withdrawn(office, sop)
            for sop in sops
        ]
        return None if None in answers else next(iter(answers), NO_SOP)

    def attachment(self, sha256: str) -> bytes:
        """The bytes of an attached file. Raises `Refusal` when the records lack it."""
        oid = self._snapshot().lookup(layout.attachment_path(sha256))
        if not oid:
            raise Refusal(
                Message(
                    "The records lack this file. Nothing was changed. soptui verify --full tells "
                    "what else is missing."
                )
            )
        return self.repository.reader.read(oid, "blob", self.office.attachment_limit)

    def attachment_text(self, sha256: str) -> AttachmentText:
        """The text of an attached file, for a thread: it may take seconds.

        Raises `NoText` when it has none, and another `Refusal` when the records lack it.
        """
        return self._texts.of(sha256, lambda: self._read_text(sha256))

    def known_text(self, sha256: str) -> AttachmentText | NoText | None:
        """The text of an attached file that was read before, or why it has none; else None."""
        return self._texts.known(sha256)

    def _read_text(self, sha256: str) -> AttachmentText:
        from soptui.records.attachments.text import text_of

        return text_of(self.attachment(sha256))

    def commits_of(self, case_id: CaseId) -> dict[EventId, CommitId]:
        """The commit of each event of a case, by event id."""
        return self.repository.commits_of_case(case_id)

    def sops(self) -> tuple[Sop, ...]:
        """The newest version of every SOP, by id."""
        snapshot = self._snapshot()
        ids = sorted({name for name, _ in snapshot.sops})
        return tuple(sop for name in ids if (sop := snapshot.newest_sop(name)))

    def sops_in_force(self) -> tuple[Sop, ...]:
        """The newest version of every SOP under which cases begin: those not withdrawn."""
        withdrawn = self.office.withdrawn_sops
        return tuple(sop for sop in self.sops() if sop.id not in withdrawn)

    def sop_versions(self, sop_id: SopId) -> tuple[Sop, ...]:
        """Every version of an SOP, oldest first."""
        sops = self._snapshot().sops
        return tuple(sop for (name, _), sop in sorted(sops.items()) if name == sop_id)

    # --- lists ---------------------------------------------------------------------------------

    def cases(self, wanted: CaseFilter = ALL_CASES, order: CaseOrder = CaseOrder.LAST) -> CaseList:
        """The cases that are wanted, as a list to go through."""
        return CaseList(self.index, wanted, order)

    @property
    def keeps_index(self) -> bool:
        """Whether lists are read from a file beside the records; else each start makes it anew."""
        return not self.index.in_memory

    def row(self, case_id: CaseId) -> CaseRow | None:
        """A case as a list shows it; None where the records have none, or its file is damaged."""
        return self.index.ask(lambda queries: queries.row(case_id))

    def damaged_cases(self) -> tuple[DamagedRow, ...]:
        """The cases' files that cannot be read."""
        return self.index.ask(lambda queries: queries.damaged())

    def agenda(self, year: int) -> tuple[AgendaRow, ...]:
        """The mail register (*buku agenda*) of a year."""
        return self.index.ask(lambda queries: queries.agenda(year))

    def agenda_of(self, case_id: CaseId) -> str:
        """A case's number in the mail register with its year; empty where it has none."""
        row = self.row(case_id)
        return f"{row.agenda}/{row.year}" if row and row.agenda else ""

    def provisional(self) -> frozenset[CaseId]:
        """The cases whose agenda number may still change: the hub does not know of them yet."""
        shared = self.repository.trust.shared
        if not shared or shared == self.tip():
            return frozenset()
        return self.index.provisional(shared)

    def find_case(self, text: str) -> CaseId:
        """The case that a whole or shortened id, or an agenda number, means. Raises `Refusal`."""
        wanted = text.strip().lower()
        if layout.is_case_id(wanted):
            return CaseId(wanted)
        plain = wanted.replace("-", "").replace("/", "")
        found: tuple[CaseId, ...] = ()
        if plain.isascii() and plain.isalnum():
            year = self.now().year
            found = self.index.ask(lambda queries: queries.find_id(wanted, year))
        if not found:
            raise no_case(wanted)
        if len(found) > 1:
            raise Refusal(
                Message(
                    "{case} can mean several cases: {found}. Nothing was changed. Write more of "
                    "the id, or the agenda number with its year, such as 12/2026.",
                    case=wanted,
                    found=", ".join(found),
                )
            )
        return found[0]

    # --- small things --------------------------------------------------------------------------

    def _snapshot(self) -> Snapshot:
        return self.repository.current()[1]


def _system_clock() -> datetime:
    return datetime.now(UTC)


def step_views(case: Case, calendar: WorkingCalendar, now: datetime) -> Iterator[StepView]:
    """The rows of the SOP's table, the registration first, with what the case did at each."""
    current = case.visit
    for step in case.sop.all_steps:
        stays = tuple(
            Stay(visit, timing_of(calendar, case.sop, visit, now))
            for visit in case.visits
            if visit.step == step.number
        )
        state = stays[-1].visit.state if stays else StepState.NOT_STARTED
        is_current = current is not None and current.step == step.number
        yield StepView(step, state, stays, is_current and not case.status.is_closed)
