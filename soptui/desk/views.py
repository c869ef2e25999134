"""What the desk hands to the faces: data ready to be shown, without a trace of how it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.domain.case import Case, Closed, Entry, StepState, Visit
from soptui.domain.events import Action, Attachment, AttachmentKind
from soptui.domain.ids import CaseId, CommitId, Fingerprint, RoleId
from soptui.domain.sop import Step
from soptui.domain.time.timing import Timing

if TYPE_CHECKING:
    from soptui.domain.findings import Report


class FileToAttach(Struct, frozen=True):
    """A file on this machine that goes along with an action.

    `as_is` says that whoever acts knows that it is empty, or not what its name says.
    """

    path: Path
    kind: AttachmentKind = AttachmentKind.SUPPORT
    as_is: bool = False


class Verification(Struct, frozen=True):
    """From which first commit on, by whose key, the records are trusted; how far they are good.

    `tip` is the last good commit and `position` its place on the main line, which ends at `head`.
    `report` is the last one of this session, None where nothing had to be verified.
    """

    genesis: CommitId
    signer: Fingerprint
    tip: CommitId
    position: int
    head: str
    report: Report | None

    @property
    def is_whole(self) -> bool:
        """Whether everything up to the newest commit is verified and good."""
        return self.tip == self.head and (self.report is None or self.report.ok)


SHOWN_FOR = timedelta(minutes=5)
"""How long lines that were shown can be signed with the time that stands in them."""


class Shown(Struct, frozen=True):
    """What would be appended to a case, as an officer was shown it before signing.

    `blocks` are its events, in all of which `at` stands; `header` is that of a new case.
    """

    case: CaseId
    at: datetime
    blocks: tuple[bytes, ...]
    header: bytes = b""

    @property
    def lines(self) -> bytes:
        """The exact lines."""
        return self.header + b"".join(self.blocks)

    def holds(self, now: datetime) -> bool:
        """Whether its time may still be signed: it is neither old nor, by a wrong clock, ahead."""
        return timedelta(0) <= now - self.at <= SHOWN_FOR


class Opening(Struct, frozen=True):
    """Whether an action is open to the officer: in which role, or why not and who could."""

    action: Action
    role: RoleId
    closed: Closed | None

    @property
    def is_open(self) -> bool:
        """Whether the officer may act."""
        return self.closed is None

    @property
    def needs_receipt(self) -> bool:
        """Whether only the receipt is missing, which an act can bring along as its own event."""
        return self.closed is not None and self.closed.code == "not-received"

    def closed_to(self, *, receive_first: bool) -> Closed | None:
        """Why the officer may not act, or None; with `receive_first` a receipt may be missing."""
        return None if receive_first and self.needs_receipt else self.closed


class Stay(Struct, frozen=True):
    """A visit with its measures."""

    visit: Visit
    timing: Timing


class StepView(Struct, frozen=True):
    """A row of the SOP's table, with what this case did there."""

    step: Step
    state: StepState
    stays: tuple[Stay, ...]
    is_current: bool


class CaseView(Struct, frozen=True):
    """A case as one officer sees it now.

    `agenda_is_provisional` says that the number may still change, since the hub does not know of
    the letter yet. `attachments` pairs each file with the entry that brought it; `missing_years`
    are those whose calendar the records lack, so that only weekends were counted. `twins` are the
    cases of its letter, this one too, where that is registered more than once.
    """

    case: Case
    agenda_number: int | None
    steps: tuple[StepView, ...]
    openings: tuple[Opening, ...]
    deadline: datetime | None
    attachments: tuple[tuple[Attachment, Entry], ...]
    missing_years: tuple[int, ...] = ()
    agenda_is_provisional: bool = False
    twins: tuple[CaseId, ...] = ()

    def opening(self, action: Action) -> Opening:
        """The opening of one action."""
        return next(one for one in self.openings if one.action is action)

    @property
    def acts_of_step(self) -> tuple[Action, ...]:
        """What can move the case on, or back, from where it is, whoever may do it."""
        from soptui.domain.actions.guards import STEP_ACTIONS

        case = self.case
        received = case.visit is None or case.visit.received is not None
        return (
            *(() if received else (Action.RECEIVE,)),
            *STEP_ACTIONS[case.step.kind],
            *((Action.RETURN,) if case.step.returns else ()),
            *((Action.SUBMIT,) if case.open_requests else ()),
        )
