"""A small office, its SOP, and a way to tell the life of a case in a few words.

The SOP has the shape of the office's first one (domain.md 6): registration and eight steps. A
`Story` folds real events, each with an id and a claimed time, exactly as a case's file would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256

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
from soptui.domain.fold import Sops, apply, new_case
from soptui.domain.office import (
    ADMINISTRATOR,
    Capacity,
    Instruction,
    Key,
    Office,
    Officer,
    Post,
    Registry,
    Unit,
)
from soptui.domain.sop import (
    Identity,
    ReturnEdge,
    ReturnReason,
    Role,
    Sop,
    Step,
    StepKind,
)

WIB = timezone(timedelta(hours=7))
START = datetime(2026, 1, 5, 8, 0, tzinfo=WIB)
HEAD_ID = sha256(b"the header of the case").hexdigest()

REGISTRAR = "staff-penerima-surat"
STAFF = "staff"
PLANNER = "kasubbag-pk"
SECTION = "kasubbag-seksi-lain"
SECRETARY = "sekretaris"
HEAD = "camat"

IDENTITY = Identity(
    title="Pengukuran Data Kinerja",
    number="1/SOP",
    agency="Kecamatan Ajibarang",
    address="Jalan Raya Ajibarang No 02",
    created=None,
    revised=None,
    effective=None,
    review_due=None,
    endorsed_by=None,
)

ROLES = (
    Role(REGISTRAR, "Staff Penerima Surat", "SPS"),
    Role(STAFF, "Staff", "STF"),
    Role(PLANNER, "Kasubbag Perencanaan dan Keuangan", "KPK"),
    Role(SECTION, "Kasubag dan Seksi Lainnya", "KSL", several=True),
    Role(SECRETARY, "Sekretaris", "SEK"),
    Role(HEAD, "Camat", "CMT"),
)

REASONS = (
    ReturnReason("surat-kurang", "Surat tidak lengkap"),
    ReturnReason("mohon-arahan", "Mohon arahan"),
    ReturnReason("data-kurang", "Data belum lengkap"),
    ReturnReason("koreksi", "Koreksi angka atau redaksi"),
    ReturnReason("aplikasi", "Aplikasi menolak"),
)


def _steps() -> tuple[Step, ...]:
    def edges(reason: str, *targets: int) -> tuple[ReturnEdge, ...]:
        return tuple(ReturnEdge(target, (reason,)) for target in targets)

    return (
        Step(
            1,
            "Mendisposisi ke Sekretaris",
            StepKind.DISPOSE,
            HEAD,
            returns=edges("surat-kurang", 0),
        ),
        Step(
            2,
            "Mendisposisi ke Kasubbag",
            StepKind.DISPOSE,
            SECRETARY,
            returns=edges("mohon-arahan", 1),
        ),
        Step(
            3,
            "Mengumpulkan data",
            StepKind.COLLECT,
            PLANNER,
            involved=(SECTION,),
            requirements=("Disposisi Sekretaris",),
            output="Bahan",
            returns=edges("mohon-arahan", 2),
        ),
        Step(
            4,
            "Menyiapkan data",
            StepKind.WORK,
            STAFF,
            output="Draft",
            returns=edges("data-kurang", 3),
        ),
        Step(
            5,
            "Mengolah data",
            StepKind.WORK,
            PLANNER,
            output="Konsep",
            returns=edges("data-kurang", 4, 3),
        ),
        Step(
            6,
            "Meneruskan konsep",
            StepKind.REVIEW,
            SECRETARY,
            returns=edges("koreksi", 5),
            distinct_from=(5,),
        ),
        Step(
            7,
            "Menyetujui konsep",
            StepKind.APPROVE,
            HEAD,
            returns=edges("koreksi", 6, 5),
            distinct_from=(5,),
        ),
        Step(8, "Mengarsipkan", StepKind.ARCHIVE, STAFF, returns=edges("aplikasi", 7, 5)),
    )


def sop_of(version: int, steps: Sequence[Step]) -> Sop:
    """An SOP version with these steps; everything else is the same in all."""
    return Sop(
        id="pengukuran",
        version=version,
        identity=IDENTITY,
        head=HEAD,
        roles=ROLES,
        registration=Step(0, "Mencatat surat", StepKind.REGISTER, REGISTRAR),
        steps=tuple(steps),
        return_reasons=REASONS,
        digest=sha256(f"version {version}".encode()).hexdigest(),
    )


def _merged_steps() -> tuple[Step, ...]:
    """The second version: the staff's step 4 falls together with 5, and 6 to 8 become 5 to 7."""
    one, two, three, _, five, six, seven, eight = _steps()
    return (
        one,
        two,
        three,
        replace(five, number=4, returns=(ReturnEdge(3, ("data-kurang",)),)),
        replace(six, number=5, returns=(ReturnEdge(4, ("koreksi",)),), distinct_from=(4,)),
        replace(seven, number=6, returns=(ReturnEdge(5, ("koreksi",)),), distinct_from=(4,)),
        replace(
            eight, number=7, returns=(ReturnEdge(6, ("aplikasi",)), ReturnEdge(4, ("aplikasi",)))
        ),
    )


SOP = sop_of(1, _steps())
MERGED = sop_of(2, _merged_steps())
MERGED_MAPPING = ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (6, 5), (7, 6), (8, 7))
SOPS: Sops = {(SOP.id, 1): SOP, (MERGED.id, 2): MERGED}
HEADER = CaseHeader(1, "2026-k7m3qd9x", SOP.id, 1, SOP.digest)


def officer(name: str, *posts: Post) -> Officer:
    """An officer with a key, whose id is also their name."""
    added = datetime(2025, 1, 1, tzinfo=UTC)
    return Officer(
        name, name.title(), f"{name}@ajibarang.test", posts=posts, keys=(Key(name, added),)
    )


def post(
    role: str,
    capacity: Capacity = Capacity.DEFINITIVE,
    *,
    unit: str = "",
    starts: date = date(2025, 1, 1),
    ends: date | None = None,
) -> Post:
    """A post, by default definitive and without end."""
    return Post(role, capacity, role.title(), starts, ends, unit)


OFFICERS = (
    officer("penerima-1", post(REGISTRAR)),
    officer("staff-1", post(STAFF)),
    officer("staff-2", post(STAFF)),
    officer("kasubbag-1", post(PLANNER), post(SECRETARY, Capacity.ACTING)),
    officer("kasubbag-2", post(PLANNER, Capacity.ACTING)),
    officer("kasi-1", post(SECTION, unit="pemerintahan")),
    officer("kasi-2", post(SECTION, unit="kesra")),
    officer("kasi-3", post(SECTION, unit="ketentraman")),
    officer("sekretaris-1", post(SECRETARY), post(HEAD, Capacity.DAILY_ACTING)),
    officer("camat-1", post(HEAD)),
    officer("admin-1", post(ADMINISTRATOR)),
)
UNITS = {"pemerintahan": "kasi-1", "kesra": "kasi-2", "ketentraman": "kasi-3"}
OFFICE = Office(
    format=1,
    id="ajibarang",
    name="Kecamatan Ajibarang",
    regency="Kabupaten Banyumas",
    address="Jalan Raya Ajibarang No 02",
    utc_offset=420,
    attachment_limit=1_000_000,
    units=tuple(Unit(unit, unit.title()) for unit in UNITS),
    instructions=(Instruction(1, "tindak-lanjuti", "Untuk ditindaklanjuti"),),
)
REGISTRY = Registry(OFFICE, {one.id: one for one in OFFICERS})

USUAL = {
    REGISTRAR: "penerima-1",
    STAFF: "staff-1",
    PLANNER: "kasubbag-1",
    SECRETARY: "sekretaris-1",
    HEAD: "camat-1",
}
"""Who holds each role definitively, and so acts when a story names nobody."""

LETTER = Letter(
    number="005/17/2026",
    date=date(2026, 1, 2),
    received=START - timedelta(minutes=10),
    sender="Bupati Banyumas",
    subject="Pengukuran kinerja triwulan IV",
)
ARCHIVE = Archive(
    classification="000.8.6.3",
    file_number="17",
    title="Pengukuran Kinerja TW IV",
    items=("surat", "dokumen"),
    place="Lemari 2",
    active_years=2,
    inactive_years=4,
    fate="permanen",
)


def attachment(name: str, kind: AttachmentKind = AttachmentKind.OUTPUT) -> Attachment:
    """A file whose content is its name."""
    return Attachment(name, kind, len(name), sha256(name.encode()).hexdigest())


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
        self.events: list[tuple[str, Event]] = []
        self.clock = START

    # --- what came of it ---

    @property
    def last_id(self) -> str:
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
            by=by if by is not None else self._expected(role),
            role=role,
            capacity=capacity,
            at=at or self.clock,
            after=after if after is not None else self.last_id,
            details=details,
            attachments=attachments,
        )

    def add(self, event: Event) -> Story:
        """Fold an event."""
        event_id = sha256(f"{len(self.events)} {event!r}".encode()).hexdigest()
        self.events.append((event_id, event))
        self.case = apply(self.case, event_id, event, self.sops)
        return self

    def _expected(self, role: str) -> str:
        visit = self.case.visit
        if visit is not None and role == self.case.step.actor and (visit.owner or visit.assignee):
            return visit.owner or visit.assignee
        return USUAL.get(role, "")

    def _act(self, details: Details, by: str | None, **more: object) -> Story:
        return self.add(self.event(details, by, **more))  # type: ignore[arg-type]

    def register(self, by: str | None = None, *, letter: Letter = LETTER, **more: object) -> Story:
        """The letter is put on the agenda."""
        return self._act(Register(letter), by, **more)

    def receive(self, by: str | None = None, **more: object) -> Story:
        """The case is taken in hand."""
        return self._act(Receive(), by, **more)

    def dispose(self, by: str | None = None, *, to: tuple[str, ...] = (), **more: object) -> Story:
        """The step is disposed to the next one's role, and to others if named."""
        following = self.case.sop.step_after(self.case.step.number)
        addressed = to or ((following.actor,) if following else ())
        return self._act(Dispose(addressed, ("tindak-lanjuti",)), by, **more)

    def request(self, *units: str, by: str | None = None, **more: object) -> Story:
        """Sections are asked for data."""
        return self._act(Request(units), by, **more)

    def submit(self, unit: str, by: str | None = None, **more: object) -> Story:
        """A section answers."""
        data = (Datum("Indeks kepuasan", "nilai", "80", "82"),)
        more.setdefault("role", SECTION)
        return self._act(Submit(unit, data=data), by or UNITS.get(unit, "kasi-1"), **more)

    def complete(
        self, by: str | None = None, *, output: str = "", early: str = "", **more: object
    ) -> Story:
        """The step's work is done; the output's name is made up when none is given."""
        name = output or f"output-{len(self.events)}.pdf"
        more.setdefault("attachments", (attachment(name),))
        details = Complete(self.case.step.requirements, early_reason=early)
        return self._act(details, by, **more)

    def approve(
        self, by: str | None = None, *, documents: tuple[str, ...] | None = None, **more: object
    ) -> Story:
        """The documents are found right; by default the newest ones."""
        return self._act(Approve(self.documents if documents is None else documents), by, **more)

    def send_back(
        self, to_step: int, by: str | None = None, *, reason: str = "", **more: object
    ) -> Story:
        """Work goes back; the reason is the first that the SOP lists."""
        edge = self.case.step.return_to(to_step)
        reason = reason or (edge.reasons[0] if edge else "koreksi")
        return self._act(Return(to_step, reason, "mohon diperbaiki"), by, **more)

    def recall(self, by: str | None = None, **more: object) -> Story:
        """The hand-over is taken back, by its sender unless another is named."""
        sent = self.case.entry(self.case.visits[-1].sent_by)
        if sent is not None:
            more.setdefault("role", sent.event.role)
        return self._act(Recall(), by or self.case.visits[-1].sender, **more)

    def reassign(self, to: str, by: str | None = None, **more: object) -> Story:
        """The step goes to another holder, on the word of the head unless another is named."""
        if by is None:
            more.setdefault("role", HEAD)
        return self._act(Reassign(to, "berhalangan"), by or "camat-1", **more)

    def suspend(self, by: str | None = None, **more: object) -> Story:
        """The clock stops."""
        return self._act(Suspend("menunggu aplikasi"), by, **more)

    def resume(self, by: str | None = None, **more: object) -> Story:
        """The clock runs again."""
        return self._act(Resume(), by, **more)

    def attach(self, name: str, by: str | None = None, **more: object) -> Story:
        """Evidence is added."""
        files = (attachment(name, AttachmentKind.SUPPORT),)
        return self._act(Attach(), by, attachments=files, **more)

    def note(self, text: str, by: str | None = None, **more: object) -> Story:
        """A comment."""
        return self._act(Note(text), by, **more)

    def correct(
        self, event_id: str, by: str | None = None, *, output: str = "", **more: object
    ) -> Story:
        """An earlier event is corrected, in words or with new output."""
        if output:
            more["attachments"] = (attachment(output),)
        return self._act(Correct(event_id, "salah ketik"), by, **more)

    def archive(
        self, by: str | None = None, *, details: Archive = ARCHIVE, **more: object
    ) -> Story:
        """The file is put away."""
        return self._act(details, by, **more)

    def cancel(self, by: str = "camat-1", **more: object) -> Story:
        """The head ends the case."""
        more.setdefault("role", HEAD)
        return self._act(Cancel("salah alamat"), by, **more)

    def reopen(self, to_step: int, by: str = "camat-1", **more: object) -> Story:
        """The head takes a closed case up again."""
        more.setdefault("role", HEAD)
        return self._act(Reopen(to_step, "ada data baru"), by, **more)

    def migrate(
        self,
        sop: Sop = MERGED,
        steps: tuple[tuple[int, int], ...] = MERGED_MAPPING,
        by: str = "admin-1",
        **more: object,
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

    def event_of(self, *place: int) -> str:
        """The id of the event by which a step and round was finished."""
        for entry in reversed(self.case.entries):
            event = entry.event
            moved = isinstance(event.details, Complete | Dispose | Approve | Return)
            if entry.effective and moved and (event.step, event.round) == place:
                return entry.id
        raise LookupError(place)
