"""Whose desk this is."""

from __future__ import annotations

from soptui.cli import output
from soptui.cli.base import Option, command
from soptui.cli.brief_cache import remember_line
from soptui.cli.session import Session
from soptui.domain.message import N_, Message
from soptui.locale import _, translate


@command(
    "whoami",
    N_("Whose desk this is, with posts and key."),
    Option("--remember", is_flag=True, help=N_("Sit at this desk from now on in this clone.")),
)
def whoami(session: Session, remember: bool) -> None:
    """Show the officer, today's posts and the key that signs."""
    from soptui.desk.keys import key_at_hand

    desk = session.desk
    officer = desk.officer
    key, fault = key_at_hand(officer, session.key)
    if session.json:
        output.as_json(
            {
                "officer": officer.id,
                "name": officer.name,
                "mail": officer.mail,
                "nip": officer.nip,
                "records": str(session.clone.root),
                "office": desk.office.name,
                "posts": [
                    {
                        "role": post.role,
                        "capacity": post.capacity,
                        "title": post.title,
                        "unit": post.unit,
                        "ends": post.ends,
                    }
                    for post in desk.posts()
                ],
                "key": key,
            }
        )
    else:
        posts = [
            f"{post.capacity.prefix}{post.title}"
            + (f" ({_('until {day}', day=post.ends)})" if post.ends else "")
            for post in desk.posts()
        ]
        output.fields(
            [
                (_("Officer"), f"{officer.name} ({officer.id})"),
                (_("NIP"), officer.nip),
                (_("Posts"), "\n".join(posts) or _("none today")),
                (_("SSH key"), translate(fault) if fault else key),
                (_("Office"), desk.office.name),
                (_("Records"), str(session.clone.root)),
            ]
        )
    if remember:
        session.clone.keep_seat(officer.id, session.key)
        remember_line(desk, only_again=True)
        session.warn(Message("From now on this clone is the desk of {id}.", id=officer.id))


COMMANDS = {"whoami": whoami}
