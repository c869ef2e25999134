"""Why an action was not recorded, in sentences that say what stands and what to do next."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from soptui.domain.case import Case, Closed
from soptui.domain.events import Event
from soptui.domain.gate import commutes
from soptui.domain.ids import CommitId, EventId, OfficerId
from soptui.domain.message import Message, Misread, Refusal
from soptui.domain.office import ADMINISTRATOR
from soptui.domain.system_fault import reason_of

if TYPE_CHECKING:
    from soptui.domain.findings import Report
    from soptui.records.files.codec_grammar import CodecFault

READ_ONLY = Closed(
    "read-only",
    Message(
        "This desk is read-only, so nothing is recorded here. Start soptui without --read-only, or "
        "set screen.read_only to false, to act."
    ),
)
"""Why nothing is open at a desk for looking only."""


NO_SOP = Closed(
    "no-sop",
    Message("The records have no SOP yet, so no letter can be registered."),
    roles=(ADMINISTRATOR,),
)
"""Why no letter can be registered in records without a procedure; who could bring one."""


class NotOpen(Refusal):
    """The gate refused: `closed` says why, and who could."""

    def __init__(self, closed: Closed) -> None:
        super().__init__(closed.reason)
        self.closed = closed


class FieldFault(Misread):
    """A field is not filled in as it must be; `field` names it."""

    def __init__(self, field: str, message: Message) -> None:
        super().__init__(message)
        self.field = field


class Weighty(Refusal):
    """What would follow from a change is more than may be meant; `follows` says it in sentences."""

    def __init__(self, follows: tuple[Message, ...]) -> None:
        super().__init__(
            Message(
                "{follows} Nothing was changed. At a terminal this is asked about; without one, "
                "--sure does it all the same.",
                follows=reduce(_and_then, follows),
            )
        )
        self.follows = follows


def _and_then(one: Message, more: Message) -> Message:
    return Message("{one} {more}", one=one, more=more)


def not_written(error: OSError) -> Refusal:
    """What to say when the disk refused."""
    return Refusal(
        Message(
            "The records could not be written ({reason}). Nothing was recorded. Free some space "
            "or ask the administrator.",
            reason=reason_of(error),
        )
    )


def too_busy() -> Refusal:
    """What to say when other processes kept moving the main line."""
    return Refusal(
        Message("Others keep writing to these records. Nothing was recorded. Try again.")
    )


def does_not_fit(fault: CodecFault) -> Refusal:
    """What to say when an event cannot be written, such as one with more data than fits."""
    return Refusal(
        Message(
            "This cannot be recorded: {reason} Nothing was recorded. Write less, or in several "
            "parts.",
            reason=fault.reason,
        )
    )


def no_case(case_id: str) -> Refusal:
    """What to say of a case that the records do not have."""
    return Refusal(
        Message(
            "The records have no case {case}. Nothing was changed. soptui list shows all cases.",
            case=case_id,
        )
    )


def no_officer(officer_id: OfficerId) -> Refusal:
    """What to say of an officer whom the records do not know."""
    return Refusal(
        Message(
            "The records know no officer {officer}. Nothing was changed. soptui officer list "
            "shows who is registered.",
            officer=officer_id,
        )
    )


def no_sop(sop_id: str) -> Refusal:
    """What to say of an SOP that the records do not have."""
    return Refusal(
        Message(
            "The records have no SOP {sop}. Nothing was changed. soptui sop list shows all SOPs.",
            sop=sop_id,
        )
    )


def shown_before(report: Report) -> Message:
    """What to say when the newest records fail verification, so that older ones are shown."""
    return Message(
        "The newest records fail verification: {finding} What is shown is the last state that is "
        "good. Ask the administrator; soptui verify tells more.",
        finding=report.errors[0].message,
    )


def receipt_stands(reason: Message, commit: CommitId) -> Message:
    """What to say when the receipt was recorded, and what was to follow it was refused."""
    return Message(
        "{reason} Except for your receipt of the case, which was recorded before that and stands "
        "({commit}).",
        reason=reason,
        commit=commit[:12],
    )


def refuse_if_overtaken(case: Case, event: Event, seen: EventId) -> None:
    """Raises `NotOpen` for what was decided on sight of an older state of the case.

    `seen` is the id of the last event that was seen; what commutes with all that came since is
    not refused.
    """
    if not seen or seen == case.last_id:
        return
    for entry in reversed(case.entries):
        if entry.id == seen:
            return
        if entry.effective and not commutes(event, entry.event):
            raise NotOpen(
                Closed(
                    "overtaken",
                    Message(
                        "{officer} acted in this case meanwhile. Nothing was recorded. Look again.",
                        officer=entry.event.by,
                    ),
                    officers=(entry.event.by,),
                )
            )
