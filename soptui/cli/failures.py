"""From whatever stops a command to one sentence on standard error and an exit code."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING

import click

from soptui.cli.base import ANY_FILE, option_name
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
from soptui.domain.message import Misread, Refusal
from soptui.locale import _, translate

if TYPE_CHECKING:
    from soptui.cli.session import Session
    from soptui.desk.causes import Cause
    from soptui.desk.refusals import NotOpen


def report_failure(error: BaseException, session: Session) -> int:
    """Say on standard error what stopped the command; its exit code."""
    if isinstance(error, KeyboardInterrupt):
        say("")
        say(_interrupted(session))
        return INTERRUPTED
    from soptui.desk.causes import cause_of, refusal_of

    refusal = refusal_of(error)
    if refusal is None:
        say(_fault(error))
        return FAULT
    say(_option_at_fault(refusal) + translate(refusal.message))
    code = _code_of(cause_of(error))
    if refusal is error:
        _tell_what_stands(refusal, code, session)
    return code


def report_misunderstood(error: click.ClickException) -> int:
    """Say on standard error how a command line is written; the exit code."""
    usage = StringIO()
    error.show(usage)
    block(usage.getvalue(), sys.stderr)
    return error.exit_code


def _code_of(cause: Cause) -> int:
    from soptui.desk.causes import Cause

    return {
        Cause.REFUSED: REFUSED,
        Cause.MISREAD: USAGE,
        Cause.NO_RECORDS: NOT_RECORDS,
        Cause.UNVERIFIED: VERIFICATION_FAILED,
        Cause.NO_KEY: NO_KEY,
        Cause.DAMAGED: DAMAGED,
    }[cause]


def _tell_what_stands(refusal: Refusal, code: int, session: Session) -> None:
    """What the sentence of a refusal leaves to whoever shows it."""
    from soptui.desk.files import DoubtfulFile
    from soptui.desk.refusals import NotOpen

    if isinstance(refusal, NotOpen):
        _tell_who_can(refusal, session)
    if isinstance(refusal, DoubtfulFile):
        say(_("Nothing was recorded. {option} attaches it all the same.", option=ANY_FILE))
    if isinstance(refusal, NotOpen | Misread):
        say(_("Nothing was recorded."))
    if code == DAMAGED:
        say(_("Nothing was changed. soptui verify --full tells more."))


def _option_at_fault(refusal: Refusal) -> str:
    from soptui.desk.refusals import FieldFault

    return f"{option_name(refusal.field)}: " if isinstance(refusal, FieldFault) else ""


def _tell_who_can(refusal: NotOpen, session: Session) -> None:
    from soptui.desk.words.who_can import who_can_sentence

    desk = session.desk
    who = who_can_sentence(refusal.closed, desk.registry, desk.now().date(), desk.sops())
    if who:
        say(who)


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
