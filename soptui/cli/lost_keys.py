"""A key in the place of a lost one: named by hand, its fingerprint compared, at a terminal."""

from __future__ import annotations

import sys

import click

from soptui.cli.session import Session
from soptui.domain.ids import OfficerId
from soptui.domain.message import N_, Message, Misread, Refusal
from soptui.locale import _

LOST_KEY = N_("This officer has lost their key: register the new one without its signature.")


def confirm_lost_key(
    session: Session, officer_id: OfficerId, public: str, named: str | None
) -> bool:
    """Whether a key is to take the place of a lost one, once its fingerprint was compared.

    `named` is the officer whom the administrator named. Raises `Refusal` when it is another, when
    there is no terminal to ask at, or when the fingerprint is not confirmed.
    """
    from soptui.desk.keys import fingerprint_of
    from soptui.desk.refusals import no_officer

    if named is None:
        return False
    officer = session.acting_desk.registry.officers.get(officer_id)
    if officer is None:
        raise no_officer(officer_id)
    if named != officer_id:
        raise Misread(
            Message(
                "The key is for {officer}, and --lost-key names {named}. Nothing was changed. See "
                "who asks.",
                officer=officer_id,
                named=named,
            )
        )
    question = _(
        "Does {name} ({id}) say that their key is lost, and read this fingerprint to you: "
        "{fingerprint}?",
        name=officer.name, id=officer.id, fingerprint=fingerprint_of(public),
    )  # fmt: skip
    confirm(question)
    return True


def confirm(question: str) -> None:
    """Ask the administrator. Raises `Refusal` without a terminal, and when the answer is no."""
    if not sys.stdin.isatty():
        raise Refusal(
            Message(
                "This is only done at a terminal, where the fingerprint is asked about. Nothing "
                "was changed. Type the command at a terminal."
            )
        )
    if not click.confirm(question, default=False, err=True):
        raise Refusal(
            Message(
                "The fingerprint was not confirmed. Nothing was changed. Compare it with what the "
                "person reads out, and try again."
            )
        )
