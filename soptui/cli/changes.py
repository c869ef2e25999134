"""Recording what an administrator changes about the office, and telling what is unusual since."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from soptui.cli import output
from soptui.cli.session import Session
from soptui.domain.message import Message
from soptui.locale import _

if TYPE_CHECKING:
    from soptui.desk.office.administration import Administration
    from soptui.domain.receipt import Receipt


class Change(NamedTuple):
    """What was recorded, and what is unusual since."""

    receipt: Receipt
    warnings: list[Message]


def make_change(session: Session, change: Callable[[Administration], Receipt]) -> Change:
    """Make an administrator's change."""
    from soptui.desk.office.administration import Administration
    from soptui.desk.office.people import doubts

    desk = session.acting_desk
    known = doubts(desk)
    session.about_to_record()
    receipt = change(Administration(desk))
    return Change(receipt, [doubt for doubt in doubts(desk) if doubt not in known])


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


def record_change(session: Session, change: Callable[[Administration], Receipt]) -> None:
    """Make an administrator's change and show it."""
    show_change(session, make_change(session, change))


def tell_to_sync(session: Session) -> None:
    """Say, where there is a hub, that others know of a change only once it is shared."""
    if not session.json and session.clone.hub:
        output.sentence(
            _("Next: soptui sync. It counts for others only then; renew authorized_keys of the hub "
              "as well.")
        )  # fmt: skip
