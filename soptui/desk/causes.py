"""What stopped somebody, for whoever must act on it and not only say it."""

from __future__ import annotations

from enum import Enum, auto

from soptui.domain.message import Message, Misread, Refusal
from soptui.domain.system_fault import reason_of


class Cause(Enum):
    """What kind of thing stands in the way."""

    REFUSED = auto()
    """The gate, a rule or the system: the sentence says all."""
    MISREAD = auto()
    """What somebody typed or set is not understood."""
    NO_RECORDS = auto()
    """No records are here, they are not trusted yet, or a newer soptui wrote them."""
    UNVERIFIED = auto()
    """The records fail verification."""
    NO_KEY = auto()
    """No key is at hand, or it cannot sign."""
    DAMAGED = auto()
    """A record, or an object of the repository, cannot be read."""


def cause_of(error: BaseException) -> Cause:
    """What kind of thing a refusal, or a fault that `refusal_of` knows, tells of."""
    from soptui.desk.settings.config_file import SettingsFault
    from soptui.records.clone.refusals import NotRecords, Untrusted, Unverified
    from soptui.records.files.case import CaseFault
    from soptui.records.files.codec import CodecFault
    from soptui.records.files.tables import RecordFault
    from soptui.records.git.objects import ObjectFault
    from soptui.records.git.process import GitFailed
    from soptui.records.platform.openssh import SigningRefusal

    if isinstance(error, RecordFault | CaseFault) and error.code == "newer-format":
        return Cause.NO_RECORDS
    if isinstance(error, GitFailed) and error.tells_of_damage:
        return Cause.DAMAGED
    for kinds, cause in (
        ((Misread, SettingsFault), Cause.MISREAD),
        ((NotRecords, Untrusted), Cause.NO_RECORDS),
        ((Unverified,), Cause.UNVERIFIED),
        ((SigningRefusal,), Cause.NO_KEY),
        ((CaseFault, CodecFault, ObjectFault), Cause.DAMAGED),
    ):
        if isinstance(error, kinds):
            return cause
    return Cause.REFUSED


def refusal_of(error: BaseException) -> Refusal | None:
    """What to say of an error that can happen to anybody; None for a fault of the program."""
    from soptui.records.git.objects import ObjectFault
    from soptui.records.git.process import GitFailed

    if isinstance(error, Refusal):
        return error
    if isinstance(error, ObjectFault):
        return Refusal(
            Message(
                "The object {oid} of the repository is damaged or missing ({code}). Nothing was "
                "changed. soptui sync fetches it anew from the hub, if that has it.",
                oid=error.oid[:12],
                code=error.code,
            )
        )
    if isinstance(error, GitFailed) and error.tells_of_damage:
        return Refusal(
            Message(
                "Objects of the repository are damaged or missing ({reason}). Nothing was changed. "
                "soptui sync fetches them anew from the hub, if that has them; soptui doctor names "
                "them.",
                reason=error.last_words,
            )
        )
    if isinstance(error, GitFailed):
        return Refusal(
            Message(
                "Git could not do its part ({command}: {reason}). Nothing was recorded. soptui "
                "doctor tells what is amiss.",
                command=error.command,
                reason=error.last_words,
            )
        )
    if isinstance(error, OSError):
        return Refusal(
            Message(
                "The system refused: {reason} ({path}). Nothing was recorded. Put that right and "
                "try again.",
                reason=reason_of(error),
                path=str(error.filename or "-"),
            )
        )
    return None
