"""Recording what an administrator changes about the office, and telling what is unusual since."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import click

from soptui.cli import output
from soptui.cli.base import Option
from soptui.cli.session import Session
from soptui.domain.message import N_, Message, Refusal
from soptui.locale import _, translate

if TYPE_CHECKING:
    from soptui.desk.office.administration import Administration
    from soptui.desk.refusals import Weighty
    from soptui.domain.receipt import Receipt


class Change(NamedTuple):
    """What was recorded, and what is unusual since."""

    receipt: Receipt
    warnings: list[Message]


SURE = Option(
    "--sure", is_flag=True,
    help=N_("Do it without a question, whatever follows for who can act."),
)  # fmt: skip
"""What an officer gives who knows what follows, where there is no terminal to ask at."""


def make_change(
    session: Session, change: Callable[[Administration], Receipt], *, sure: bool = False
) -> Change:
    """Make an administrator's change; what is easily a slip is asked about before it is signed."""
    from soptui.desk.office.administration import Administration
    from soptui.desk.office.people import doubts
    from soptui.desk.refusals import Weighty

    desk = session.acting_desk
    known = doubts(desk)
    session.about_to_record()
    try:
        receipt = change(Administration(desk, sure=sure))
    except Weighty as weighty:
        _ask(weighty)
        receipt = change(Administration(desk, sure=True))
    return Change(receipt, [doubt for doubt in doubts(desk) if doubt not in known])


def _ask(weighty: Weighty) -> None:
    """Say what follows and ask. Raises `Refusal` where the answer is no, or nobody can be asked."""
    if not sys.stdin.isatty():
        raise weighty
    for one in weighty.follows:
        output.say(translate(one))
    if not click.confirm(_("Sign it all the same?"), default=False, err=True):
        raise Refusal(Message("It was not signed. Nothing was changed. Correct the command first."))


def show_change(session: Session, made: Change, **more: object) -> None:
    """Show the commit of a change, with `more` as JSON, and warn of what is unusual about it."""
    receipt = made.receipt
    if session.json:
        output.as_json(
            {
                "commit": receipt.commit,
                "path": receipt.path,
                "edited": list(receipt.edited),
                "warnings": made.warnings,
                **more,
            }
        )
    else:
        output.fields([(_("Recorded in"), receipt.path), (_("Commit"), receipt.commit[:12])])
    for warning in made.warnings:
        session.warn(warning)
    session.warn_of_edits(receipt.edited)


def record_change(
    session: Session, change: Callable[[Administration], Receipt], *, sure: bool = False
) -> None:
    """Make an administrator's change and show it."""
    show_change(session, make_change(session, change, sure=sure))


def tell_to_sync(session: Session) -> None:
    """Say, where there is a hub, that others know of a change only once it is shared."""
    if not session.json and session.clone.hub:
        output.sentence(
            _("Next: soptui sync. It counts for others only then; renew authorized_keys of the hub "
              "as well.")
        )  # fmt: skip
