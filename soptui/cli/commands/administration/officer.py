"""People, their posts and their keys: the administrator's commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from soptui.cli import output
from soptui.cli.base import DATE, FILE, ID, Argument, Group, Option, command
from soptui.cli.changes import SURE, record_change
from soptui.cli.commands.key import KEY, public_line
from soptui.cli.json_data import officer_data
from soptui.cli.session import Session
from soptui.domain.ids import OfficerId, RoleId, UnitId
from soptui.domain.message import N_
from soptui.domain.replace import replace
from soptui.locale import _, moment, short_day

if TYPE_CHECKING:
    from soptui.domain.office import Officer, Post

_CAPACITIES = click.Choice(["definitif", "plt", "plh", "pj"])


def person_options() -> tuple[Option, ...]:
    """What is asked of a person who is registered."""
    return (
        Option("--name", required=True, help=N_("Full name with titles.")),
        Option("--mail", required=True, help=N_("Mail address, which commits carry.")),
        Option("--nip", default="", help=N_("Civil servant's number, 18 digits.")),
        Option("--rank", default="", help=N_("Rank and grade.")),
        Option(
            "--post", "posts", multiple=True, placeholder=N_("ROLE[:SECTION]"),
            help=N_("A definitive post, from today on; can be given several times."),
        ),
    )  # fmt: skip


@command(
    "add",
    N_("Register a person."),
    Argument("id"),
    *person_options(),
    Option(
        "--public-key", "keys", multiple=True, placeholder=FILE,
        help=N_("The .pub file of a key of theirs, or its line."),
    ),
)  # fmt: skip
def add(
    session: Session,
    id: OfficerId,  # noqa: A002 (the argument's name in the usage line)
    name: str,
    mail: str,
    nip: str,
    rank: str,
    posts: tuple[str, ...],
    keys: tuple[str, ...],
) -> None:
    """Register a person with posts and keys."""
    from soptui.desk.office.administration import parsed_key
    from soptui.desk.office.people import person_as_typed, posts_of
    from soptui.desk.words.names import role_titles
    from soptui.domain.office import Key

    desk = session.acting_desk
    now = desk.now()
    officer = replace(
        person_as_typed(id, name, mail, nip, rank),
        posts=posts_of(posts, role_titles(desk.sops()), now.date()),
        keys=tuple(Key(parsed_key(public_line(key)), now) for key in keys),
    )
    record_change(session, lambda office: office.add_officer(officer))


@command(
    "post",
    N_("Appoint a person to a post, definitive or as Plt, Plh or Pj."),
    Argument("id"),
    Argument("role"),
    Option("--capacity", type=_CAPACITIES, default="definitif", help=N_("How the post is held.")),
    Option("--title", help=N_("What the post is called; else as the SOP calls the role.")),
    Option("--section", "unit", default="", placeholder=ID, help=N_("The section, if it has one.")),
    Option("--from", "starts", default="hari ini", placeholder=DATE, help=N_("First day.")),
    Option("--until", "ends", placeholder=DATE, help=N_("Last day.")),
    Option("--basis", default="", help=N_("Number and date of the decision.")),
)
def post(
    session: Session,
    id: OfficerId,  # noqa: A002
    role: RoleId,
    capacity: str,
    title: str | None,
    unit: UnitId,
    starts: str,
    ends: str | None,
    basis: str,
) -> None:
    """Appoint a person to a post."""
    from soptui.desk.forms.dates import parse_date
    from soptui.desk.office.people import title_of
    from soptui.desk.words.names import role_titles
    from soptui.domain.office import Capacity, Post

    desk = session.acting_desk
    printed = title_of(role, role_titles(desk.sops()))
    today, calendar = desk.now().date(), desk.calendar
    appointed = Post(
        role,
        Capacity(capacity),
        title or printed,
        parse_date(starts, today, calendar),
        parse_date(ends, today, calendar) if ends else None,
        unit,
        basis,
    )
    record_change(session, lambda office: office.add_post(id, appointed))


@command(
    "end-post",
    N_("Let a post end with a day."),
    Argument("id"),
    Argument("role"),
    Option("--until", default="hari ini", placeholder=DATE, help=N_("Last day.")),
    Option("--section", "unit", default="", placeholder=ID, help=N_("The section, if it has one.")),
    Option("--from", "starts", placeholder=DATE,
           help=N_("First day of the post that is meant, if there are several.")),
    SURE,
    more=N_("An end that is set can be brought forward. A post still to begin is withdrawn."),
)  # fmt: skip
def end_post(
    session: Session,
    id: OfficerId,  # noqa: A002
    role: RoleId,
    until: str,
    unit: UnitId,
    starts: str | None,
    sure: bool,
) -> None:
    """End a post; where that leaves a post without anybody, what follows is asked about."""
    from soptui.desk.forms.dates import parse_date

    desk = session.acting_desk
    today, calendar = desk.now().date(), desk.calendar
    last = parse_date(until, today, calendar)
    first = parse_date(starts, today, calendar) if starts else None
    record_change(
        session,
        lambda office: office.end_post(id, role, last, unit=unit, starts=first),
        sure=sure,
    )


@command("list", N_("Everybody, with today's posts."))
def list_officers(session: Session) -> None:
    """Show everybody, and warn of what is unusual about who holds which post."""
    from soptui.desk.office.people import doubts

    desk = session.reading_desk
    officers = [officer for _id, officer in sorted(desk.registry.officers.items())]
    if session.json:
        output.as_json([officer_data(officer) for officer in officers])
        return
    today = desk.now().date()
    output.table(
        (_("ID"), _("Name"), _("Posts today"), _("SSH keys")),
        (
            (
                officer.id,
                officer.name,
                # Whom somebody stands in for comes first, where a narrow column does not cut it.
                ", ".join(
                    f"{post.capacity.prefix}{post.title}"
                    for post in reversed(officer.posts_on(today))
                ),
                str(len(officer.valid_keys())),
            )
            for officer in officers
        ),
    )
    for doubt in doubts(desk):
        session.warn(doubt)


@command("show", N_("A person with all posts and keys."), Argument("id"))
def show(session: Session, id: OfficerId) -> None:  # noqa: A002
    """Show a person."""
    from soptui.desk.refusals import no_officer

    desk = session.reading_desk
    officer = desk.registry.officers.get(id)
    if officer is None:
        raise no_officer(id)
    if session.json:
        output.as_json(officer_data(officer))
        return
    output.fields(
        [
            ("ID", officer.id),
            (_("Name"), officer.name),
            (_("Mail"), officer.mail),
            (_("NIP"), officer.nip),
            (_("Rank"), officer.rank),
            (_("Posts"), "\n".join(_post_line(post) for post in officer.posts)),
            (_("SSH keys"), "\n".join(_key_lines(officer))),
        ]
    )


def _post_line(post: Post) -> str:
    ends = short_day(post.ends) if post.ends else ""
    period = _("{first} to {last}", first=short_day(post.starts), last=ends or "…")
    if post.is_withdrawn:
        period = _("withdrawn before {first}", first=short_day(post.starts))
    details = ", ".join(filter(None, (post.unit, period, post.basis)))
    return f"{post.capacity.prefix}{post.title} [{post.role}] ({details})"


def _key_lines(officer: Officer) -> list[str]:
    from soptui.desk.keys import fingerprint_of

    lines = []
    for key in officer.keys:
        state = _("since {day}", day=moment(key.added))
        if key.revoked is not None:
            state = _("REVOKED {day}: {reason}", day=moment(key.revoked), reason=key.reason)
            if key.suspect_from:
                suspect = _("suspect from commit {commit} on", commit=key.suspect_from[:12])
                state = f"{state}; {suspect}"
        lines.append(f"{fingerprint_of(key.public)} ({state})")
    return lines


COMMANDS = {
    "officer": Group(
        "officer",
        N_("People, their posts and their keys."),
        (add, post, end_post, KEY, list_officers, show),
    )
}
