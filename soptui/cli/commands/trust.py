"""Trusting a clone: its first commit and the key that signed it, compared with what is on paper."""

from __future__ import annotations

import sys

from soptui.cli import output
from soptui.cli.base import Argument, Group, command
from soptui.cli.commands.verify import tell_report
from soptui.cli.session import Session
from soptui.domain.message import N_
from soptui.locale import _, moment


@command("show", N_("The first commit, its signer and the key's fingerprint: what goes on paper."))
def show(session: Session) -> None:
    """Show what there is to trust."""
    from soptui.cli.words import root_fields
    from soptui.desk.office.first_commit import beginning_of

    session.warn_of_standing()
    beginning = beginning_of(session.clone)
    root = beginning.root
    if session.json:
        output.as_json(
            {
                "commit": root.genesis,
                "fingerprint": root.signer,
                "name": beginning.name,
                "mail": beginning.mail,
                "at": beginning.at,
                "trusted": beginning.trusted,
            }
        )
        return
    output.fields(
        [
            *root_fields(root),
            (_("Signed by"), f"{beginning.name} <{beginning.mail}>"),
            (_("On"), moment(beginning.at) if beginning.at else ""),
            (_("Trusted"), _("yes") if beginning.trusted else _("no")),
        ]
    )
    if sys.stdout.isatty():
        from soptui.desk.sharing.qr import qr_lines

        for line in qr_lines(f"{root.genesis} {root.signer}"):
            output.line(line)


@command(
    "accept",
    N_("Trust these records, if first commit and fingerprint are the ones on paper."),
    Argument("commit"),
    Argument("fingerprint"),
    more=N_("The first 20 characters of each are enough."),
)
def accept(session: Session, commit: str, fingerprint: str) -> int:
    """Trust the records and verify them."""
    from soptui.desk.office.first_commit import trust_records
    from soptui.desk.office.trust_root import Paper

    session.warn_of_standing()
    return tell_report(session, trust_records(session.clone, Paper.typed(commit, fingerprint)))


COMMANDS = {
    "trust": Group("trust", N_("See or accept the beginning of these records."), (show, accept))
}
