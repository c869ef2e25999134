"""From whatever stops a command to one sentence on standard error and an exit code."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING

import click

from soptui.cli.base import option_name
from soptui.cli.exit_codes import (
    DAMAGED,
    FAULT,
    INTERRUPTED,
    NO_KEY,
    NOT_RECORDS,
    REFUSED,
    USAGE,
    VERIFICATION_FAILED,
)
from soptui.cli.output import block, say
from soptui.domain.message import Message, Misread, Refusal
from soptui.domain.system_fault import reason_of
from soptui.locale import _, translate

if TYPE_CHECKING:
    from soptui.cli.session import Session
    from soptui.desk.refusals import NotOpen


def tell(error: BaseException, session: Session) -> int:
    """Say on standard error what stopped the command; its exit code."""
    if isinstance(error, KeyboardInterrupt):
        say("")
        say(_interrupted(session))
        return INTERRUPTED
    if isinstance(error, Refusal):
        say(_option_at_fault(error) + translate(error.message))
        code = _code_of(error)
        _tell_what_stands(error, code, session)
        return code
    known = _known(error)
    if known is not None:
        message, code = known
        say(translate(message))
        return code
    say(_fault(error))
    return FAULT


def tell_misunderstood(error: click.ClickException) -> int:
    """Say on standard error how a command line is written; the exit code."""
    told = StringIO()
    error.show(told)
    block(told.getvalue(), sys.stderr)
    return error.exit_code


def _code_of(refusal: Refusal) -> int:
    from soptui.desk.settings.config_file import SettingsFault
    from soptui.records.clone.repository import NotRecords, Untrusted, Unverified
    from soptui.records.files.case import CaseFault
    from soptui.records.files.codec import CodecFault
    from soptui.records.files.tables import RecordFault
    from soptui.records.platform.openssh import SigningRefusal

    if isinstance(refusal, RecordFault | CaseFault) and refusal.code == "newer-format":
        return NOT_RECORDS
    for kind, code in (
        ((Misread, SettingsFault), USAGE),
        ((NotRecords, Untrusted), NOT_RECORDS),
        ((Unverified,), VERIFICATION_FAILED),
        ((SigningRefusal,), NO_KEY),
        ((CaseFault, CodecFault), DAMAGED),
    ):
        if isinstance(refusal, kind):
            return code
    return REFUSED


def _tell_what_stands(refusal: Refusal, code: int, session: Session) -> None:
    """What the sentence of a refusal leaves to whoever shows it."""
    from soptui.desk.refusals import NotOpen

    if isinstance(refusal, NotOpen):
        _tell_who_can(refusal, session)
    if isinstance(refusal, NotOpen | Misread):
        say(_("Nothing was recorded."))
    if code == DAMAGED:
        say(_("Nothing was changed. soptui verify --full tells more."))


def _option_at_fault(refusal: Refusal) -> str:
    field = getattr(refusal, "field", "")
    return f"{option_name(field)}: " if field else ""


def _tell_who_can(refusal: NotOpen, session: Session) -> None:
    from soptui.desk.words.who_can import told_who_can

    desk = session.desk
    who = told_who_can(refusal.closed, desk.registry, desk.now().date(), desk.sops())
    if who:
        say(who)


def _known(error: BaseException) -> tuple[Message, int] | None:
    """What is to be said of errors that are not refusals, but can happen to anybody."""
    from soptui.records.git.objects import ObjectFault
    from soptui.records.git.process import GitFailed

    if isinstance(error, ObjectFault):
        return (
            Message(
                "The object {oid} of the repository is damaged or missing ({code}). Nothing was "
                "changed. Run git fsck, or clone the records again.",
                oid=error.oid[:12],
                code=error.code,
            ),
            DAMAGED,
        )
    if isinstance(error, GitFailed):
        lines = error.stderr.strip().splitlines() or ["?"]
        return (
            Message(
                "Git could not do its part ({command}: {reason}). Nothing was recorded. soptui "
                "doctor tells what is amiss.",
                command=error.command,
                reason=lines[-1],
            ),
            REFUSED,
        )
    if isinstance(error, OSError):
        return (
            Message(
                "The system refused: {reason} ({path}). Nothing was recorded. Put that right and "
                "try again.",
                reason=reason_of(error),
                path=str(error.filename or "-"),
            ),
            REFUSED,
        )
    return None


def _interrupted(session: Session) -> str:
    if session.has_recorded:
        return _("Interrupted. What was recorded before stands; soptui log shows it.")
    return _("Interrupted. Nothing was recorded.")


def _fault(error: BaseException) -> str:
    """Keep the traceback in a file and say where."""
    from soptui.desk.settings.crash_files import keep_fault

    path = keep_fault(error)
    if path is None:
        return _("A fault in soptui stopped this command ({kind}).", kind=type(error).__name__)
    return _(
        "A fault in soptui stopped this command ({kind}). Recorded events are safe. Please send "
        "{path} to whoever maintains it.",
        kind=type(error).__name__,
        path=str(path),
    )
