"""A Standard Operating Procedure, as PermenPANRB 35/2012 prints it and as soptui runs it.

The printed document has an identity part and a table: one row a step, one column a role, and
for each row the *mutu baku* (requirements, norm time, output). Everything a flowchart draws is
derived from these data. What an office had to infer, because its text does not say it, is kept
as an `Inference` with the reasoning.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from soptui.domain.ids import NO_ROLE, RoleId, SopId
from soptui.domain.message import N_
from soptui.domain.time.normtime import NormTime

REGISTRATION = 0
"""Step number of the registration: a sub-step of row 1 that the printed table does not show."""

FILING = 999
"""Step number of the filing, where the SOP has it apart from its rows; higher than any row's."""

END = 0
"""Where a way leads that ends the SOP."""

_FILING_ACTIVITY = "Memberkaskan"
"""What the filing says of itself in the records' own language, as rows do."""


class StepKind(StrEnum):
    """What finishing a step means."""

    REGISTER = "register"
    DISPOSE = "dispose"
    COLLECT = "collect"
    WORK = "work"
    REVIEW = "review"
    APPROVE = "approve"
    ARCHIVE = "archive"


_DECISIONS = frozenset({StepKind.REVIEW, StepKind.APPROVE})


class Symbol(StrEnum):
    """The five symbols of the branching flowchart (PermenPANRB 35/2012)."""

    CAPSULE = "kapsul"
    BOX = "kotak"
    DIAMOND = "belah_ketupat"
    ARROW = "anak_panah"
    PAGE_CONNECTOR = "segilima"


class PartialDate(Struct, frozen=True, order=True):
    """A date as precise as its source: a day, or only a month."""

    year: int
    month: int
    day: int | None = None

    def __str__(self) -> str:
        month = f"{self.year:04}-{self.month:02}"
        return month if self.day is None else f"{month}-{self.day:02}"


class Inference(Struct, frozen=True):
    """Something read into the SOP: which field, why, and how sure the reader was (0 to 100)."""

    field: str
    reason: str
    confidence: int = 0


FIELD_LABELS = {
    "activity": N_("Activity"),
    "actor": N_("Actor"),
    "distinct_from": N_("Other person than in"),
    "equipment": N_("Equipment"),
    "head": N_("Head of the SOP"),
    "involved": N_("Taking part"),
    "kind": N_("Kind of step"),
    "norm": N_("Norm time"),
    "output": N_("Output"),
    "requirements": N_("Requirements"),
    "return_reasons": N_("Reasons for returns"),
    "returns": N_("Ways back"),
}
"""What people call the fields that are read into an SOP where its text is silent."""


class Role(Struct, frozen=True):
    """A *pelaksana*: a column of the printed table. `several` when sections share the role.

    Who is `outside` the office has neither key nor post; somebody records for them.
    """

    id: RoleId
    title: str
    short: str
    several: bool = False
    outside: bool = False


class ReturnReason(Struct, frozen=True):
    """A reason from the pick-list for sending work back."""

    code: str
    text: str


class ReturnEdge(Struct, frozen=True):
    """An earlier step to which a step may send work back, and the reasons it may give."""

    to: int
    reasons: tuple[str, ...]


class Way(Struct, frozen=True):
    """Where finishing a step leads: to another row, lower or higher, or with `END` to the end.

    Where a step has several, a person chooses one by its label, and signs it.
    """

    to: int
    label: str = ""


class Step(Struct, frozen=True):
    """A step that is walked. Number 0 is the registration, a sub-step of row 1.

    `row` is the printed number, where it is another; steps of one printed row are actors in turn.
    `actor` is the role that acts and signs; where somebody outside the office does the row, they
    are `stands_for`, in whose column it stands, and the actor records for them. `symbol` is drawn
    where it is not the one that follows from the kind.

    `ways` are those that the file names: without one the next row follows (see `Sop.ways_of`).
    `norm_printed` is the column "Waktu" word for word; `norm` what it says, or None where it sets
    no norm or cannot be read.
    """

    number: int
    activity: str
    kind: StepKind
    actor: RoleId
    norm_printed: str = ""
    norm: NormTime | None = None
    involved: tuple[RoleId, ...] = ()
    requirements: tuple[str, ...] = ()
    output: str = ""
    remark: str = ""
    returns: tuple[ReturnEdge, ...] = ()
    ways: tuple[Way, ...] = ()
    distinct_from: tuple[int, ...] = ()
    page_break_after: bool = False
    inferred: tuple[Inference, ...] = ()
    row: str = ""
    stands_for: RoleId = NO_ROLE
    symbol: Symbol | None = None

    @property
    def column(self) -> RoleId:
        """The role in whose column the step is printed."""
        return self.stands_for or self.actor

    @property
    def printed(self) -> str:
        """The number under which the table prints the step."""
        return self.row or str(self.number)

    def return_to(self, number: int) -> ReturnEdge | None:
        """The edge along which this step may send work back to step `number`, if there is one."""
        return next((edge for edge in self.returns if edge.to == number), None)


class Endorsement(Struct, frozen=True):
    """*Disahkan oleh*: who put the SOP in force."""

    position: str
    name: str
    rank: str
    nip: str


class Identity(Struct, frozen=True):
    """The identity part of the printed SOP; `None` or empty where the document is silent."""

    title: str
    number: str
    agency: str
    address: str
    created: PartialDate | None
    revised: PartialDate | None
    effective: PartialDate | None
    review_due: PartialDate | None
    endorsed_by: Endorsement | None
    legal_bases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    records_kept: tuple[str, ...] = ()


class Sop(Struct, frozen=True):
    """One immutable version of an SOP. `digest` is the SHA-256 of its file.

    `steps` are the rows. `filed_by` is who files when the SOP is through, where no row does.
    """

    id: SopId
    version: int
    identity: Identity
    head: RoleId
    roles: tuple[Role, ...]
    registration: Step
    steps: tuple[Step, ...]
    filed_by: RoleId = NO_ROLE
    return_reasons: tuple[ReturnReason, ...] = ()
    inferred: tuple[Inference, ...] = ()
    digest: str = ""

    @property
    def head_title(self) -> str:
        """What the role of the head is called."""
        head = self.role(self.head)
        return head.title if head else self.head

    def step(self, number: int) -> Step | None:
        """The step with this number (0 is the registration), or None."""
        if number == REGISTRATION:
            return self.registration
        if number == FILING:
            return self.filing
        return next((step for step in self.steps if step.number == number), None)

    @property
    def filing(self) -> Step | None:
        """The step behind the last row, in which the case is filed; None where a row does that."""
        if not self.filed_by:
            return None
        return Step(FILING, _FILING_ACTIVITY, StepKind.ARCHIVE, self.filed_by)

    @property
    def all_steps(self) -> tuple[Step, ...]:
        """The registration, the rows and, where the SOP has it, the filing."""
        filing = self.filing
        return (self.registration, *self.steps, *((filing,) if filing else ()))

    def ways_of(self, step: Step) -> tuple[Way, ...]:
        """Every way onward from a step: none where it files the case."""
        if step.kind is StepKind.ARCHIVE:
            return ()
        if step.ways:
            return step.ways
        following = (one.number for one in self.steps if one.number > step.number)
        return (Way(next(following, END)),)

    def target(self, way: Way) -> Step | None:
        """The step to which a way leads: from the end to the filing, or None without one."""
        return self.filing if way.to == END else self.step(way.to)

    def way_chosen(self, step: Step, label: str) -> Way | None:
        """The way of a step that has this label, or its only one for none; else None."""
        ways = self.ways_of(step)
        if len(ways) == 1:
            return None if label else ways[0]
        return next((way for way in ways if label and way.label == label), None)

    def only_way(self, step: Step) -> Way | None:
        """The way onward from a step where nobody has to choose one, or None."""
        ways = self.ways_of(step)
        return ways[0] if len(ways) == 1 else None

    def step_after(self, step: Step) -> Step | None:
        """The step to which the only way onward leads; None at the end, or where one is chosen."""
        way = self.only_way(step)
        return self.target(way) if way else None

    def continues(self, step: Step) -> bool:
        """Whether a step is of the same printed row as the one before: its next actor in turn."""
        before = next((one for one in reversed(self.steps) if one.number < step.number), None)
        return before is not None and (before.printed, before.activity) == (
            step.printed,
            step.activity,
        )

    def role(self, role: RoleId) -> Role | None:
        """The role with this id, or None."""
        return next((candidate for candidate in self.roles if candidate.id == role), None)

    def asked_role(self, step: Step) -> RoleId | None:
        """The role whose sections a collecting step asks for data, or None."""
        return next(
            (role.id for role in self.roles if role.several and role.id in step.involved), None
        )

    def reason(self, code: str) -> ReturnReason | None:
        """The return reason with this code, or None."""
        return next((reason for reason in self.return_reasons if reason.code == code), None)

    def symbol_of(self, step: Step) -> Symbol:
        """The symbol a flowchart draws for a step: capsule at both ends, diamond to decide.

        Whoever reviews or approves decides if there is another way than onward.
        """
        if step.symbol is not None:
            return step.symbol
        if step.number == REGISTRATION or step.kind is StepKind.ARCHIVE:
            return Symbol.CAPSULE
        ways = self.ways_of(step)
        if len(ways) > 1 or (step.kind in _DECISIONS and step.returns):
            return Symbol.DIAMOND
        return Symbol.CAPSULE if ways[0].to == END else Symbol.BOX


Sops = Mapping[tuple[SopId, int], Sop]
"""Every SOP version of the records, by id and version."""
