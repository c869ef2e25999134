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
from soptui.locale import _, translate

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
    Option("--section", "sections", multiple=True,
           help=N_("A section, by its title or as ID=TITLE; can be given several times.")),
    Option("--starter", "starters", multiple=True, placeholder=ID,
           help=N_("Begin with this SOP that comes along; else with none. Several times for "
                   "several.")),
    more=N_("The post of administrator is added by itself; the other posts are those of the SOPs. "
            "What comes next is told at the end, and later by soptui doctor."),
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
    sections: tuple[str, ...],
    starters: tuple[str, ...],
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
        sections = sections or _asked_sections(session)
    if passphrase == "-":
        passphrase = click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=True)
    founding = found_office(
        path,
        officer_id=officer_id,
        person={"name": name, "mail": mail, "nip": nip, "rank": rank},
        posts=posts,
        office=office,
        sections=sections,
        starters=starters,
        key=session.key,
        new_key=make_key,
        passphrase=passphrase or "",
    )
    _show(session, founding)
    open_from_everywhere(session, founding.root)
    if not session.json:
        _show_next(founding)


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


def _show_next(founding: Founding) -> None:
    """What the office lacks before its first case, in the order of doing."""
    from soptui.desk.clone import Clone
    from soptui.desk.office.first_steps import next_steps
    from soptui.domain.ids import NOBODY

    clone = Clone.open(founding.root)
    try:
        steps = next_steps(clone.desk(NOBODY))
    finally:
        clone.close()
    output.line()
    if not steps:
        output.sentence(_("Next: soptui register."))
        return
    output.sentence(_("What comes next, in this order (soptui doctor tells what is left):"))
    for number, step in enumerate(steps, start=1):
        output.sentence(translate(step), head=f"{number}. ")


def _asked_sections(session: Session) -> tuple[str, ...]:
    """The sections, one after the other, until nothing is typed."""
    sections: list[str] = []
    while True:
        question = _("Section {number} (empty: no more)", number=len(sections) + 1)
        text = session.seen(str(click.prompt(question, default="", show_default=False)), question)
        if not text.strip():
            return tuple(sections)
        sections.append(text)


COMMANDS = {"init": init}
