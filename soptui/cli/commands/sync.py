"""Sharing with the hub."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from soptui.cli import output
from soptui.cli.base import Option, command
from soptui.cli.exit_codes import REFUSED, VERIFICATION_FAILED
from soptui.cli.session import Session
from soptui.domain.message import N_
from soptui.locale import _, moment, translate

if TYPE_CHECKING:
    from soptui.desk.sharing.sharing import Result, Sharing


@command(
    "sync",
    N_("Share with the hub: take what is new, send what is yours."),
    Option("--status", is_flag=True, help=N_("Only tell how these records stand to the hub.")),
    Option("--hub", placeholder=N_("ADDRESS"), help=N_("Name the hub first: ssh://user@host/path.")),
    Option("--redo-administration", is_flag=True,
           help=N_("Sign own administrative changes again on top of what came.")),
    Option("--set-aside", is_flag=True,
           help=N_("Set own work aside that can no longer be accepted, and go on.")),
    Option("--give-back", is_flag=True, help=N_("Give a hub back what it has lost.")),
)  # fmt: skip
def sync(
    session: Session,
    status: bool,
    hub: str | None,
    redo_administration: bool,
    set_aside: bool,
    give_back: bool,
) -> int:
    """Bring these records and the hub to one history."""
    from soptui.desk.sharing.sharing import Choices, Sharing

    sharing = Sharing(session.sharing_desk)
    if status:
        _tell_state(session, sharing)
        return 0
    sharing.settle_in()
    if hub:
        sharing.set_hub(hub)
    progress = output.progress if output.is_terminal(sys.stderr) else None
    result = sharing.sync(
        choices=Choices(redo_administration, set_aside, give_back), progress=progress
    )
    if progress is not None:
        progress()
    return tell_result(session, result)


def tell_result(session: Session, result: Result) -> int:
    """Write what a sync or an import came to; the exit code that goes with it."""
    if session.json:
        output.as_json(_data(result))
    else:
        from soptui.desk.sharing.registrations import sentences_of
        from soptui.desk.sharing.sentences import sentences
        from soptui.desk.sharing.without_effect import by_case, sentences_for

        events = by_case(result.without_effect)
        told = sentences_for(session.reading_desk, events) if events else ()
        for sentence in sentences(result, told):
            output.sentence(translate(sentence))
        if result.twins or result.renumbered:
            desk = session.reading_desk
            for sentence in sentences_of(desk, result.twins, result.renumbered):
                output.sentence(translate(sentence))
    if result.findings:
        return VERIFICATION_FAILED
    return 0 if result.ok else REFUSED


def _data(result: Result) -> dict[str, object]:
    from soptui.desk.history.export import finding_data

    return {
        "ok": result.ok,
        "ahead": result.ahead,
        "behind": result.behind,
        "merged": result.merged,
        "pushed": result.pushed,
        "attempts": result.attempts,
        "offline": result.offline,
        "own_refused": result.own_refused,
        "hub_went_back": result.hub_went_back,
        "cannot_give_back": result.cannot_give_back,
        "refusal": list(result.refusal),
        "administration": list(result.administration),
        "redone": result.redone,
        "set_aside": result.set_aside,
        "edited": list(result.edited),
        "without_effect": [
            {
                "case": one.case,
                "event": one.event,
                "action": one.action,
                "code": one.closed.code,
                "reason": one.closed.reason,
            }
            for one in result.without_effect
        ],
        "twins": [list(cases) for cases in result.twins],
        "renumbered": [
            {"case": one.case, "before": one.before, "now": one.now, "officer": one.by}
            for one in result.renumbered
        ],
        "findings": [finding_data(one) for one in result.findings],
    }


def _tell_state(session: Session, sharing: Sharing) -> None:
    from soptui.desk.sharing.sentences import warnings

    state, now = sharing.state(), datetime.now(UTC)
    if session.json:
        output.as_json(
            {
                "hub": state.hub,
                "ahead": state.ahead if state.hub else None,
                "behind": state.behind,
                "verified": state.verified,
                "answered": state.answered,
                "offline_since": state.offline_since,
                "offline": state.offline,
                "hub_went_back": state.went_back,
                "checkpoint": state.checkpoint,
                "checkpoint_old": state.has_old_checkpoint(now),
            }
        )
        return
    output.fields(
        [
            (_("Hub"), state.hub or _("none")),
            (_("Not sent yet"), str(state.ahead) if state.hub else ""),
            (_("Not taken in yet"), "" if state.behind is None else str(state.behind)),
            (_("Verified up to"), str(state.verified)),
            (_("Last answer"), moment(state.answered) if state.answered else ""),
            (_("Offline since"), moment(state.offline_since) if state.offline_since else ""),
            (_("Because"), state.offline),
            (_("Last checkpoint"), moment(state.checkpoint) if state.checkpoint else _("none")),
        ]
    )
    for warning in warnings(state, now):
        output.sentence(translate(warning))


COMMANDS = {"sync": sync}
