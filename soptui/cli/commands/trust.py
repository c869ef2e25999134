"""Trusting a clone: its first commit and the key that signed it, compared with what is on paper."""

from __future__ import annotations

import sys

from soptui.cli import output
from soptui.cli.base import Argument, Group, command
from soptui.cli.commands.verify import tell_report
from soptui.cli.session import Session
from soptui.domain.ids import Fingerprint
from soptui.domain.message import N_
from soptui.locale import _, moment


@command("show", N_("The first commit, its signer and the key's fingerprint."))
def show(session: Session) -> None:
    """Show what there is to trust."""
    from soptui.desk.office.first_commit import beginning_of

    beginning = beginning_of(session.clone)
    if session.json:
        output.as_json(
            {
                "commit": beginning.commit,
                "fingerprint": beginning.fingerprint,
                "name": beginning.name,
                "mail": beginning.mail,
                "at": beginning.at,
                "trusted": beginning.trusted,
            }
        )
        return
    output.fields(
        [
            (_("First commit"), beginning.commit),
            (_("Fingerprint"), beginning.fingerprint),
            (_("Signed by"), f"{beginning.name} <{beginning.mail}>"),
            (_("On"), moment(beginning.at) if beginning.at else ""),
            (_("Trusted"), _("yes") if beginning.trusted else _("no")),
        ]
    )
    if sys.stdout.isatty():
        from soptui.desk.sharing.qr import qr_lines

        for line in qr_lines(f"{beginning.commit} {beginning.fingerprint}"):
            output.line(line)


@command(
    "accept",
    N_("Trust these records, if the fingerprint is the one on paper."),
    Argument("fingerprint"),
)
def accept(session: Session, fingerprint: Fingerprint) -> int:
    """Trust the records and verify them."""
    from soptui.desk.office.first_commit import trust_records

    return tell_report(session, trust_records(session.clone, fingerprint))


COMMANDS = {
    "trust": Group("trust", N_("See or accept the beginning of these records."), (show, accept))
}
