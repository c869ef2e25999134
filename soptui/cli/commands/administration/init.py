"""Setting up an office's records from the starter set."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from soptui.cli import output
from soptui.cli.base import FILE, ID, Argument, Option, command
from soptui.cli.commands.administration.officer import person_options
from soptui.cli.session import Session, open_from_everywhere
from soptui.domain.ids import OfficerId
from soptui.domain.message import N_
from soptui.locale import _

if TYPE_CHECKING:
    from soptui.desk.office.founding import Founding

_QUESTIONS = {
    "id": N_("Short id of the office"),
    "regency": N_("Regency or city (may stay empty)"),
    "address": N_("Address of the office (may stay empty)"),
}
"""What is asked of an office beside its name."""


@command(
    "init",
    N_("Set up an office's records."),
    Argument("path", placeholder=N_("FOLDER"), type=click.Path(path_type=Path)),
    Option("--id", "officer_id", required=True, placeholder=ID,
           help=N_("Id of the first administrator, such as sekretaris-1.")),
    *person_options(),
    Option("--make-key", type=click.Path(path_type=Path), placeholder=FILE,
           help=N_("Make a new SSH key here and sign with it.")),
    Option("--passphrase", as_given=True, help=N_("The new key's passphrase; - asks for it.")),
    Option("--office-name", help=N_("Name of the office; on a terminal it is asked for.")),
    Option("--office-id", placeholder=ID, help=N_("Short id of the office; else from its name.")),
    Option("--regency", help=N_("Regency or city.")),
    Option("--address", help=N_("Address of the office.")),
    Option("--utc-offset", type=int, placeholder=N_("MINUTES"),
           help=N_("The office's time zone: 420 for WIB, 480 for WITA, 540 for WIT.")),
    more=N_("The post of administrator is added by itself; give the other posts with --post."),
)  # fmt: skip
def init(
    session: Session,
    path: Path,
    officer_id: OfficerId,
    name: str,
    mail: str,
    nip: str,
    rank: str,
    posts: tuple[str, ...],
    make_key: Path | None,
    passphrase: str | None,
    office_id: str | None,
    office_name: str | None,
    regency: str | None,
    address: str | None,
    utc_offset: int | None,
) -> None:
    """Make a repository with its signed first commit, and sit down at its desk."""
    from soptui.desk.office.founding import found_office

    office = {
        "name": office_name,
        "id": office_id,
        "regency": regency,
        "address": address,
        "utc_offset": utc_offset,
    }
    if not office_name and output.is_terminal(sys.stdin):
        office |= _asked(session, office)
    if passphrase == "-":
        passphrase = click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=True)
    founding = found_office(
        path,
        officer_id=officer_id,
        person={"name": name, "mail": mail, "nip": nip, "rank": rank},
        posts=posts,
        office=office,
        key=session.key,
        new_key=make_key,
        passphrase=passphrase or "",
    )
    _show(session, founding)
    open_from_everywhere(session, founding.root)


def _asked(session: Session, given: Mapping[str, Any]) -> dict[str, str]:
    """The office's name and what goes with it, asked of whoever sits at the terminal."""
    from soptui.desk.office.founding import id_from

    question = _("Name of the office")
    name = session.seen(str(click.prompt(question)), question)
    asked = {"name": name}
    for field, usual in (("id", id_from(name) or None), ("regency", ""), ("address", "")):
        if not given[field]:
            question = _(_QUESTIONS[field])
            answer = click.prompt(question, default=usual, show_default=bool(usual))
            asked[field] = session.seen(str(answer), question)
    return asked


def _show(session: Session, founding: Founding) -> None:
    from soptui.cli.words import root_fields

    if session.json:
        output.as_json(
            {
                "office": founding.office.id,
                "records": str(founding.root),
                "commit": founding.trust.genesis,
                "fingerprint": founding.trust.signer,
                "key": str(founding.key),
            }
        )
        return
    output.fields(
        [
            (_("Office"), f"{founding.office.name} ({founding.office.id})"),
            (_("Regency"), founding.office.regency),
            (_("Address"), founding.office.address),
            (_("Records"), str(founding.root)),
            *root_fields(founding.trust),
            (_("SSH key"), str(founding.key)),
        ]
    )
    output.line()
    output.sentence(
        _("Put first commit and fingerprint on paper: every new clone is compared with both.")
    )
    output.sentence(_("Next: soptui officer add, then soptui register."))


COMMANDS = {"init": init}
