"""Setting up an office's records from the starter set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from soptui.cli import output
from soptui.cli.base import FILE, ID, Argument, Option, command
from soptui.cli.commands.officer import person_options
from soptui.cli.session import Session
from soptui.domain.message import N_
from soptui.locale import _

if TYPE_CHECKING:
    from soptui.desk.founding import Founding


@command(
    "init",
    N_("Set up an office's records."),
    Argument("path", placeholder=N_("FOLDER"), type=click.Path(path_type=Path)),
    Option("--id", "officer_id", required=True, placeholder=ID,
           told=N_("Id of the first administrator, such as sekretaris-1.")),
    *person_options(),
    Option("--make-key", type=click.Path(path_type=Path), placeholder=FILE,
           told=N_("Make a new SSH key here and sign with it.")),
    Option("--passphrase", told=N_("The new key's passphrase; - asks for it.")),
    Option("--office-id", placeholder=ID, told=N_("Short id of the office.")),
    Option("--office-name", told=N_("Name of the office, such as Kecamatan Ajibarang.")),
    Option("--regency", told=N_("Regency or city.")),
    Option("--address", told=N_("Address of the office.")),
    Option("--utc-offset", type=int, placeholder=N_("MINUTES"),
           told=N_("The office's time zone: 420 for WIB, 480 for WITA, 540 for WIT.")),
    more=N_("The post of administrator is added by itself; give the other posts with --post."),
)  # fmt: skip
def init(
    session: Session,
    path: Path,
    officer_id: str,
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
    from soptui.desk.founding import found

    if passphrase == "-":
        passphrase = click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=True)
    founding = found(
        path,
        officer_id=officer_id,
        person={"name": name, "mail": mail, "nip": nip, "rank": rank},
        posts=posts,
        office={
            "id": office_id,
            "name": office_name,
            "regency": regency,
            "address": address,
            "utc_offset": utc_offset,
        },
        key=session.key,
        new_key=make_key,
        passphrase=passphrase or "",
    )
    _show(session, founding)


def _show(session: Session, founding: Founding) -> None:
    if session.json:
        output.as_json(
            {
                "records": str(founding.root),
                "commit": founding.commit,
                "fingerprint": founding.fingerprint,
                "key": str(founding.key),
            }
        )
        return
    output.fields(
        [
            (_("Records"), str(founding.root)),
            (_("First commit"), founding.commit),
            (_("Fingerprint"), founding.fingerprint),
            (_("SSH key"), str(founding.key)),
        ]
    )
    output.line()
    output.sentence(_("Put the fingerprint on paper: every new clone is compared with it."))
    output.sentence(_("Next: soptui officer add, then soptui register."))


COMMANDS = {"init": init}
