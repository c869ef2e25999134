"""Whose desk this is."""

from __future__ import annotations

from soptui.cli import output
from soptui.cli.base import Option, command
from soptui.cli.brief_cache import remember as remember_line
from soptui.cli.session import Session
from soptui.domain.message import N_, Message
from soptui.locale import _, translate


@command(
    "whoami",
    N_("Whose desk this is, with posts and key."),
    Option("--remember", is_flag=True, told=N_("Sit at this desk from now on in this clone.")),
)
def whoami(session: Session, remember: bool) -> None:
    """Show the officer, today's posts and the key that signs."""
    desk = session.desk
    officer = desk.officer
    key, fault = _signing_key(session)
    if session.json:
        output.as_json(
            {
                "officer": officer.id,
                "name": officer.name,
                "mail": officer.mail,
                "nip": officer.nip,
                "records": str(desk.repository.root),
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
                (_("SSH key"), key or translate(fault)),
                (_("Office"), desk.office.name),
                (_("Records"), str(desk.repository.root)),
            ]
        )
    if remember:
        from soptui.desk.settings.config_file import DeskFile, save_desk_file

        chosen = str(session.key.expanduser().absolute()) if session.key else ""
        save_desk_file(desk.repository.directory.path, DeskFile(officer.id, chosen))
        remember_line(desk, only_again=True)
        session.warn(Message("From now on this clone is the desk of {id}.", id=officer.id))


def _signing_key(session: Session) -> tuple[str, Message]:
    from soptui.desk.keys import signer_of
    from soptui.records.platform.openssh import SigningRefusal

    try:
        signer = signer_of(session.desk.officer, session.key)
        return signer.public_key.fingerprint, Message("none")
    except SigningRefusal as refusal:
        return "", refusal.message


COMMANDS = {"whoami": whoami}
