"""What officers do to a case: one event, one block of the case's file, one signed commit.

Every event has the same envelope; what an action carries beyond it is a dataclass of its own, so
that an event with the wrong contents cannot be built.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, get_args

from msgspec import Struct

from soptui.domain.ids import EventId, OfficerId, RoleId, UnitId
from soptui.domain.office import Capacity


class Action(StrEnum):
    """The verbs of a case; the order is that of a case's life."""

    REGISTER = "register"
    RECEIVE = "receive"
    DISPOSE = "dispose"
    REQUEST = "request"
    SUBMIT = "submit"
    COMPLETE = "complete"
    APPROVE = "approve"
    RETURN = "return"
    RECALL = "recall"
    REASSIGN = "reassign"
    SUSPEND = "suspend"
    RESUME = "resume"
    ATTACH = "attach"
    NOTE = "note"
    CORRECT = "correct"
    ARCHIVE = "archive"
    CANCEL = "cancel"
    REOPEN = "reopen"
    MIGRATE = "migrate"


class Urgency(StrEnum):
    """*Derajat kecepatan* of a letter."""

    ORDINARY = "biasa"
    URGENT = "segera"
    MOST_URGENT = "sangat-segera"


class Security(StrEnum):
    """*Klasifikasi keamanan* of a letter: B, T, R, SR."""

    OPEN = "biasa"
    LIMITED = "terbatas"
    SECRET = "rahasia"
    TOP_SECRET = "sangat-rahasia"


class AttachmentKind(StrEnum):
    """What a file is to the case: the letter, a step's output document, or supporting evidence."""

    LETTER = "letter"
    OUTPUT = "output"
    SUPPORT = "support"


class Attachment(Struct, frozen=True):
    """A file kept by its content: `sha256` in hex names it, `size` is in bytes."""

    name: str
    kind: AttachmentKind
    size: int
    sha256: str


class Datum(Struct, frozen=True):
    """One line of a section's data: an indicator with its figures, as the section wrote them."""

    indicator: str
    unit: str = ""
    target: str = ""
    actual: str = ""
    note: str = ""


class Letter(Struct, frozen=True):
    """The incoming letter as the agenda records it."""

    number: str
    date: date
    received: datetime
    sender: str
    subject: str
    summary: str = ""
    urgency: Urgency = Urgency.ORDINARY
    security: Security = Security.OPEN


class Register(Struct, frozen=True):
    """The letter comes in; also its correction when the registration was returned."""

    action: ClassVar[Action] = Action.REGISTER
    letter: Letter


class Receive(Struct, frozen=True):
    """The case is taken in hand (*tanda terima*)."""

    action: ClassVar[Action] = Action.RECEIVE


class Dispose(Struct, frozen=True):
    """A disposition: the roles addressed, instruction codes, words, and a due date if given.

    `way` here and below is the label of the way that is chosen where a step has several.
    """

    action: ClassVar[Action] = Action.DISPOSE
    to: tuple[RoleId, ...]
    instructions: tuple[str, ...] = ()
    note: str = ""
    due: date | None = None
    way: str = ""


class Request(Struct, frozen=True):
    """Sections are asked for data."""

    action: ClassVar[Action] = Action.REQUEST
    units: tuple[UnitId, ...]
    note: str = ""
    due: date | None = None


class Submit(Struct, frozen=True):
    """A section answers the request made of it."""

    action: ClassVar[Action] = Action.SUBMIT
    unit: UnitId
    note: str = ""
    data: tuple[Datum, ...] = ()


class Complete(Struct, frozen=True):
    """A step's work is done: requirements found at hand, output attached.

    `early_reason` says why a collecting step closes before every section has answered.
    """

    action: ClassVar[Action] = Action.COMPLETE
    requirements: tuple[str, ...] = ()
    note: str = ""
    application: str = ""
    reference: str = ""
    early_reason: str = ""
    way: str = ""


class Approve(Struct, frozen=True):
    """The documents, named by digest, are found right."""

    action: ClassVar[Action] = Action.APPROVE
    documents: tuple[str, ...]
    note: str = ""
    way: str = ""


class Return(Struct, frozen=True):
    """Work goes back to an earlier step, with a reason from the list and in words."""

    action: ClassVar[Action] = Action.RETURN
    to_step: int
    reason: str
    note: str


class Recall(Struct, frozen=True):
    """The last sender takes the hand-over back while nobody has received it."""

    action: ClassVar[Action] = Action.RECALL
    note: str = ""


class Reassign(Struct, frozen=True):
    """The step goes to another holder of its role."""

    action: ClassVar[Action] = Action.REASSIGN
    officer: OfficerId
    note: str


class Suspend(Struct, frozen=True):
    """The clock stops."""

    action: ClassVar[Action] = Action.SUSPEND
    note: str


class Resume(Struct, frozen=True):
    """The clock runs again."""

    action: ClassVar[Action] = Action.RESUME
    note: str = ""


class Attach(Struct, frozen=True):
    """Files are added as supporting evidence."""

    action: ClassVar[Action] = Action.ATTACH
    note: str = ""


class Note(Struct, frozen=True):
    """A comment."""

    action: ClassVar[Action] = Action.NOTE
    note: str


class Correct(Struct, frozen=True):
    """An earlier event is corrected and left standing; output attached here replaces its output."""

    action: ClassVar[Action] = Action.CORRECT
    event: EventId
    note: str


class Archive(Struct, frozen=True):
    """The file is put away (*pemberkasan*): its contents in `items`, its retention in years."""

    action: ClassVar[Action] = Action.ARCHIVE
    classification: str
    file_number: str
    title: str
    items: tuple[str, ...]
    place: str
    active_years: int
    inactive_years: int
    fate: str
    note: str = ""
    application: str = ""
    reference: str = ""


class Cancel(Struct, frozen=True):
    """The case ends without result."""

    action: ClassVar[Action] = Action.CANCEL
    note: str


class Reopen(Struct, frozen=True):
    """A closed case is taken up again at a step."""

    action: ClassVar[Action] = Action.REOPEN
    to_step: int
    note: str


class Migrate(Struct, frozen=True):
    """The case moves to another version of its SOP; `steps` pairs old and new numbers."""

    action: ClassVar[Action] = Action.MIGRATE
    sop_version: int
    sop_sha256: str
    steps: tuple[tuple[int, int], ...]
    note: str


Details = (
    Register | Receive | Dispose | Request | Submit | Complete | Approve | Return | Recall
    | Reassign | Suspend | Resume | Attach | Note | Correct | Archive | Cancel | Reopen | Migrate
)  # fmt: skip

DETAILS: Mapping[Action, type[Details]] = {kind.action: kind for kind in get_args(Details)}
"""What each action carries."""


class Event(Struct, frozen=True):
    """One act of one officer upon one case.

    `by` is the officer's id; `role` and `capacity` the post in which they act; `at` what their
    clock said; `after` the id of the last event of the case they had seen (for the first event,
    the digest of the case's header).
    """

    step: int
    round: int
    by: OfficerId
    role: RoleId
    capacity: Capacity
    at: datetime
    after: EventId
    details: Details
    attachments: tuple[Attachment, ...] = ()

    @property
    def action(self) -> Action:
        """The verb, which the type of the details says."""
        return self.details.action

    def attached(self, kind: AttachmentKind) -> tuple[Attachment, ...]:
        """The attachments of one kind, in order."""
        return tuple(file for file in self.attachments if file.kind is kind)
