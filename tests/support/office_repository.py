"""A whole office in a real repository: officers with keys of their own, and cases that they act on.

    office = OfficeFixture.make(tmp_path)
    case_id = office.register()
    office.act("camat-1", case_id, Receive())
    office.act("camat-1", case_id, Dispose(("sekretaris",)))

The SOP, calendars and office file are the starter's. Every act is one signed commit; keys are
made once a test session, and the real ssh-keygen signs with them. What the clone trusts is kept
in the user's state folder, of which each test has one of its own (see tests/conftest.py).
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from soptui.domain.case import Case, CaseHeader
from soptui.domain.events import (
    Approve,
    Attachment,
    Complete,
    Details,
    Dispose,
    Event,
    Letter,
    Receive,
    Register,
    Request,
    Submit,
)
from soptui.domain.fold import effect_fault, fold, new_case
from soptui.domain.ids import CaseId, CommitId, EventId, OfficerId, RoleId, SopId, UnitId
from soptui.domain.office import ADMINISTRATOR, Capacity, Office, Officer
from soptui.domain.receipt import Receipt
from soptui.domain.replace import replace
from soptui.domain.seen import seen_by_author
from soptui.domain.sop import Sop, StepKind
from soptui.records.clone.genesis import initialise, starter_files
from soptui.records.clone.repository import Repository
from soptui.records.clone.trust import save_trust
from soptui.records.files import codec, layout
from soptui.records.files.case import encode_header, header_id
from soptui.records.files.office import allowed_signers, office_from_document, officer_to_document
from soptui.records.keys.signing import Signer
from soptui.records.keys.sshsig import PublicKey
from tests.support.office_parts import ARCHIVE, START, attachment, officer_with, post

SEKSI_PEMERINTAHAN = UnitId("seksi-pemerintahan")

SECTIONS = {
    "kasi-1": "seksi-pemerintahan",
    "kasi-2": "seksi-kesejahteraan-rakyat",
}
POSTS = {
    "admin-1": ADMINISTRATOR,
    "penerima-1": "staff-penerima-surat",
    "staff-1": "staff",
    "staff-2": "staff",
    "kasubbag-1": "kasubbag-pk",
    "kasubbag-2": "kasubbag-pk",
    "kasi-1": "kasubbag-seksi-lain",
    "kasi-2": "kasubbag-seksi-lain",
    "sekretaris-1": "sekretaris",
    "camat-1": "camat",
}
"""The officers and the role that each holds."""

LETTER = Letter(
    "005/17/2026", START.date(), START, "Bupati Banyumas", "Pengukuran kinerja triwulan IV"
)


@functools.lru_cache
def signer_of(officer_id: str) -> Signer:
    """The officer's signer; its key file lives as long as the test session."""
    path = Path(_folder().name) / officer_id
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", officer_id, "-f", str(path)]
    subprocess.run(command, check=True)
    return Signer(PublicKey.parse(path.with_suffix(".pub").read_text()), path)


@functools.lru_cache
def _template() -> OfficeFixture:
    office = OfficeFixture.found(Path(_folder().name))
    office.close()
    return office


@functools.lru_cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="soptui-tests-")


def officer_of(officer_id: str, role: str) -> Officer:
    """An officer with one definitive post and a registered key."""
    held = post(role, unit=SECTIONS.get(officer_id, ""))
    return officer_with(signer_of(officer_id).public_key.text, officer_id, held)


@dataclass
class OfficeFixture:
    """One clone of the office's records, and the clock by which its officers claim times."""

    repository: Repository
    officers: dict[str, Officer]
    clock: datetime = START
    registered: int = 0
    receipts: list[Receipt] = field(default_factory=list)

    @classmethod
    def make(cls, folder: Path) -> OfficeFixture:
        """A new office in `folder`/records with all its officers; nobody has acted yet."""
        return _template().copy(folder / "records")

    @classmethod
    def found(cls, folder: Path) -> OfficeFixture:
        """As `make`, by one signed commit after the other."""
        officers = [officer_of(name, role) for name, role in POSTS.items()]
        files = starter_files()
        office = office_from_document(codec.parse_document(files[layout.OFFICE]))
        repository = cls._genesis(folder / "records", office, officers[0], files)
        fixture = cls(repository, {officers[0].id: officers[0]})
        for officer in officers[1:]:
            fixture.hire(officer)
        return fixture

    @staticmethod
    def _genesis(root: Path, office: Office, admin: Officer, files: dict[str, bytes]) -> Repository:
        signer = signer_of(admin.id)
        fingerprint = signer.public_key.fingerprint
        return initialise(
            root,
            office=office,
            officer=admin,
            files=files,
            at=START,
            sign=signer.sign,
            fingerprint=fingerprint,
        )

    def copy(self, folder: Path) -> OfficeFixture:
        """The same office with the same past in another clone at `folder`, to go on separately."""
        shutil.copytree(self.repository.root, folder)
        save_trust(folder, self.repository.trust)
        repository = Repository.open(folder)
        return OfficeFixture(repository, dict(self.officers), self.clock, self.registered)

    # --- what stands in the records --------------------------------------------------------------

    @property
    def tip(self) -> CommitId:
        """The newest verified commit."""
        return self.repository.current()[0]

    @property
    def sop(self) -> Sop:
        """The starter's SOP."""
        sop = self.repository.current()[1].newest_sop(SopId("pengukuran-data-kinerja"))
        assert sop is not None
        return sop

    def case(self, case_id: CaseId) -> Case:
        """A case as it stands."""
        file = self.repository.current()[1].case_file(case_id)
        assert file is not None
        return file.case

    # --- what officers do ------------------------------------------------------------------------

    def hire(self, officer: Officer) -> None:
        """Enter an officer in the registry, signed by the administrator."""
        self.officers[officer.id] = officer
        self.repository.add_change(
            self.tip,
            layout.officer_path(officer.id),
            codec.emit_document(officer_to_document(officer)),
            self.officers["admin-1"],
            self.tick(),
            signer_of("admin-1").sign,
            signers=allowed_signers(tuple(self.officers.values())),
        )

    def tick(self, hours: float = 1) -> datetime:
        """The clock, moved on."""
        self.clock += timedelta(hours=hours)
        return self.clock

    def register(self, subject: str = "", by: str = "penerima-1", *, year: int = 2026) -> CaseId:
        """The id of a case newly registered; ids follow each other."""
        self.registered += 1
        case_id = CaseId(f"{year}-{self.registered:08}")
        letter = replace(
            LETTER,
            number=f"005/{self.registered}/{year}",
            received=self.clock,
            subject=subject or LETTER.subject,
        )
        self.act(by, case_id, Register(letter))
        return case_id

    def act(
        self,
        officer_id: str,
        case_id: CaseId,
        details: Details,
        files: Sequence[Attachment] = (),
        *,
        after: str = "",
        role: str = "",
    ) -> Receipt:
        """One act: an event signed and committed. `files` hold their own names as content.

        With `after`, the officer has seen the case only up to that event. The gate is not asked.
        """
        header, event = self.event(officer_id, case_id, details, files, after=after, role=role)
        return self._add(header, event)

    def rebase(self, case_id: CaseId, side: OfficeFixture) -> list[str]:
        """Put a case's events of another clone behind those of this one; the ids of those moved."""
        theirs, mine = side.case(case_id), self.case(case_id)
        moved = [entry for entry in theirs.entries if mine.entry(entry.id) is None]
        return [self._add(theirs.header, entry.event).event for entry in moved]

    def _add(self, header: CaseHeader, event: Event) -> Receipt:
        receipt = self.repository.add_event(
            self.tip,
            header,
            event,
            {one.sha256: one.name.encode() for one in event.attachments},
            self.officers[event.by],
            signer_of(event.by).sign,
        )
        self.receipts.append(receipt)
        return receipt

    def event(
        self,
        officer_id: str,
        case_id: CaseId,
        details: Details,
        files: Sequence[Attachment] = (),
        *,
        after: str = "",
        role: str = "",
    ) -> tuple[CaseHeader, Event]:
        """What `act` would sign."""
        snapshot = self.repository.current()[1]
        file = snapshot.case_file(case_id)
        sop = self.sop
        header = CaseHeader(1, case_id, sop.id, sop.version, sop.digest)
        case = (
            file.case if file else new_case(header, header_id(encode_header(header)), snapshot.sops)
        )
        assert case is not None
        seen = case
        if after:
            places = [entry.id for entry in case.entries]
            entries = case.entries[: places.index(EventId(after)) + 1]
            start = new_case(header, case.head_id, snapshot.sops)
            assert start is not None
            seen = fold(start, ((entry.id, entry.event) for entry in entries), snapshot.sops)
        visit = seen.visit
        event = Event(
            visit.step if visit else 0,
            visit.round if visit else 1,
            OfficerId(officer_id),
            RoleId(role or POSTS[officer_id]),
            Capacity.DEFINITIVE,
            self.tick(),
            seen.last_id,
            details,
            tuple(files),
        )
        return header, event

    def may(
        self,
        officer_id: str,
        case_id: CaseId,
        details: Details,
        files: Sequence[Attachment] = (),
        *,
        after: str = "",
        role: str = "",
    ) -> bool:
        """Whether the gate allows an act in the case as the officer has seen it."""
        _, event = self.event(officer_id, case_id, details, files, after=after, role=role)
        sops = self.repository.current()[1].sops
        seen = seen_by_author(self.case(case_id), event, sops)
        return seen is not None and effect_fault(seen, event, sops) is None

    def forward(self, case_id: CaseId) -> Receipt:
        """The one usual act that comes next in a case."""
        case = self.case(case_id)
        step, visit = case.step, case.visit
        assert visit is not None
        if visit.received is None:
            return self.act(self.doer(case), case_id, Receive())
        by = visit.owner
        following = case.sop.step_after(step)
        match step.kind:
            case StepKind.REGISTER:
                return self.act(by, case_id, Register(LETTER))
            case StepKind.DISPOSE:
                to = (following.actor,) if following else ()
                return self.act(by, case_id, Dispose(to, ("tindak-lanjuti",), "mohon dibantu"))
            case StepKind.COLLECT if not case.requests:
                return self.act(by, case_id, Request((SEKSI_PEMERINTAHAN,)))
            case StepKind.COLLECT if case.open_requests:
                return self.act("kasi-1", case_id, Submit(SEKSI_PEMERINTAHAN, "terlampir"))
            case StepKind.COLLECT | StepKind.WORK:
                output = attachment(f"{case_id}-{len(case.entries)}.pdf")
                return self.act(by, case_id, Complete(step.requirements), (output,))
            case StepKind.ARCHIVE:
                return self.act(by, case_id, ARCHIVE)
        documents = tuple(one.file.sha256 for one in case.current_documents)
        return self.act(by, case_id, Approve(documents))

    def forward_to(self, case_id: CaseId, step: int) -> None:
        """The usual acts until the case waits at a step."""
        while self.case(case_id).step.number < step:
            self.forward(case_id)

    def doer(self, case: Case) -> str:
        """Who usually receives a case where it waits."""
        if case.visit is not None and case.visit.assignee:
            return case.visit.assignee
        return next(name for name, role in POSTS.items() if role == case.step.actor)

    def close(self) -> None:
        """End the processes of the repository."""
        self.repository.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeFixture]:
    """An office with its officers."""
    made = OfficeFixture.make(tmp_path)
    yield made
    made.close()
