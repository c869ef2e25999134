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

from soptui.domain.ids import RoleId, SopId
from soptui.domain.message import N_
from soptui.domain.time.normtime import NormTime

REGISTRATION = 0
"""Step number of the registration: a sub-step of row 1 that the printed table does not show."""


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
    """A *pelaksana*: a column of the printed table. `several` when sections share the role."""

    id: RoleId
    title: str
    short: str
    several: bool = False


class ReturnReason(Struct, frozen=True):
    """A reason from the pick-list for sending work back."""

    code: str
    text: str


class ReturnEdge(Struct, frozen=True):
    """An earlier step to which a step may send work back, and the reasons it may give."""

    to: int
    reasons: tuple[str, ...]


class Step(Struct, frozen=True):
    """A row of the table. Number 0 is the registration, a sub-step of row 1.

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
    distinct_from: tuple[int, ...] = ()
    page_break_after: bool = False
    inferred: tuple[Inference, ...] = ()

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
    """One immutable version of an SOP. `digest` is the SHA-256 of its file."""

    id: SopId
    version: int
    identity: Identity
    head: RoleId
    roles: tuple[Role, ...]
    registration: Step
    steps: tuple[Step, ...]
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
        return next((step for step in self.steps if step.number == number), None)

    def step_after(self, number: int) -> Step | None:
        """The step to which finishing step `number` hands the case, or None after the last."""
        return next((step for step in self.steps if step.number > number), None)

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
        """The symbol a flowchart draws for a step: capsule at both ends, diamond to decide."""
        if step.number == REGISTRATION or step.kind is StepKind.ARCHIVE:
            return Symbol.CAPSULE
        return Symbol.DIAMOND if step.kind in _DECISIONS else Symbol.BOX


Sops = Mapping[tuple[SopId, int], Sop]
"""Every SOP version of the records, by id and version."""
