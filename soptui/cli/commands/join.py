"""Coming to an office, and letting somebody in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from soptui.cli import output
from soptui.cli.base import FILE, ID, Argument, Option, command
from soptui.cli.lost_keys import LOST_KEY, confirm, confirm_lost_key
from soptui.cli.session import Session, open_from_everywhere
from soptui.domain.ids import OfficerId
from soptui.domain.message import N_
from soptui.locale import _

if TYPE_CHECKING:
    from soptui.desk.clone import Clone
    from soptui.desk.office.joining import Offer

_PATH = click.Path(path_type=Path)
_LARGEST_REQUEST = 32 * 1024


@command(
    "join",
    N_("Clone an office's records, compare them with the paper, and ask to be registered."),
    Argument("source"),
    Argument("folder", type=_PATH),
    Option("--commit", placeholder=N_("COMMIT"),
           help=N_("The first commit on paper; else it is asked for.")),
    Option("--fingerprint", placeholder=N_("FINGERPRINT"),
           help=N_("The fingerprint on paper; else it is asked for.")),
    Option("--id", "officer_id", placeholder=ID, help=N_("The id you ask for, as sekretaris-1.")),
    Option("--name", default="", help=N_("Full name with titles.")),
    Option("--mail", default="", help=N_("Mail address, which commits carry.")),
    Option("--nip", default="", help=N_("Civil servant's number, 18 digits.")),
    Option("--rank", default="", help=N_("Rank and grade.")),
    Option("--passphrase", as_given=True,
           help=N_("The new key's passphrase; else it is asked for.")),
    Option("--request", type=_PATH, placeholder=FILE, help=N_("Where the request is written.")),
    more=N_("ADDRESS-OR-FILE is the hub's address, or a file from soptui disk export."),
)  # fmt: skip
def join(
    session: Session,
    source: str,
    folder: Path,
    commit: str | None,
    fingerprint: str | None,
    officer_id: OfficerId | None,
    name: str,
    mail: str,
    nip: str,
    rank: str,
    passphrase: str | None,
    request: Path | None,
) -> None:
    """Join an office."""
    from soptui.desk.files import save_as
    from soptui.desk.office.joining import (
        join_office,
        look_at_records,
        own_key,
        refuse_to_overwrite,
        refuse_unnamed,
        request_of,
        settle_in,
        signer_at_hand,
    )
    from soptui.desk.office.trust_root import Paper

    request = request or Path(f"{officer_id}.soptui-request")
    person = {"name": name, "mail": mail, "nip": nip, "rank": rank}
    with look_at_records(source, folder, key=session.key) as found:
        if commit is None or fingerprint is None:
            _tell(found)
        commit = commit or str(click.prompt(_("First commit on paper")))
        fingerprint = fingerprint or str(click.prompt(_("Fingerprint on paper")))
        Paper.typed(commit, fingerprint).compare(found.root)
        officer, signer = signer_at_hand(found.registry, session.key)
        asked = b""
        # All is asked before anything is made, so that stopping here leaves nothing behind.
        if signer is None and officer_id:
            refuse_unnamed(found.registry, officer_id, person)
            refuse_to_overwrite(request)
            own = own_key(session.key, lambda: asked_passphrase(passphrase))
            asked = request_of(found.root, found.registry, officer_id, person, own)
        clone = join_office(found)
    with clone:
        written = ""
        if signer is not None:
            settle_in(clone, officer, signer)
        elif asked:
            written = str(save_as(asked, request, for_others=True))
        _tell_joined(session, clone, officer, written)
        open_from_everywhere(session, clone.root)


def asked_passphrase(given: str | None) -> str:
    """The passphrase of a new key: the one given, else the one that is asked for."""
    if given is not None:
        return given
    return str(click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=True))


def _tell(found: Offer) -> None:
    from soptui.cli.words import root_fields
    from soptui.desk.sharing.qr import qr_lines

    output.fields(
        [
            (_("Office"), found.office),
            *root_fields(found.root),
            (_("Signed by"), f"{found.founder.name} <{found.founder.mail}>"),
            (_("Commits"), str(found.commits)),
        ]
    )
    for line in qr_lines(f"{found.root.genesis} {found.root.signer}"):
        output.line(line)


def _tell_joined(session: Session, clone: Clone, officer: OfficerId, request: str) -> None:
    if session.json:
        output.as_json({"records": str(clone.root), "officer": officer, "request": request})
        return
    output.fields(
        [(_("Records"), str(clone.root)), (_("Officer"), officer), (_("Request"), request)]
    )
    if officer:
        output.sentence(_("Next: cd {folder}, then soptui.", folder=str(clone.root)))
    elif request:
        output.sentence(_("Give the request to an administrator, who runs: soptui accept FILE"))
    else:
        output.line(
            _("No key of yours is registered. soptui join with --id writes a request to be.")
        )


@command(
    "accept",
    N_("Register somebody who asks to join, or one more key of theirs."),
    Argument("path", type=_PATH),
    Option("--post", "posts", multiple=True, placeholder=N_("ROLE[:SECTION]"),
           help=N_("A definitive post, from today on; can be given several times.")),
    Option("--lost-key", placeholder=ID, help=LOST_KEY),
)  # fmt: skip
def accept(session: Session, path: Path, posts: tuple[str, ...], lost_key: str | None) -> None:
    """Accept a request."""
    from soptui.cli.changes import record_change, tell_to_sync
    from soptui.desk.files import read_named
    from soptui.desk.keys import fingerprint_of
    from soptui.desk.office.people import lookalikes, posts_of
    from soptui.desk.sharing.sharing import Sharing
    from soptui.desk.words.names import role_titles

    data = read_named(path, _LARGEST_REQUEST)
    desk = session.acting_desk
    sharing = Sharing(desk)
    asking = sharing.request(data)
    key, known = asking.keys[0], asking.id in desk.registry.officers
    fingerprint = fingerprint_of(key.public)
    if not session.json:
        output.fields(
            [
                (_("Officer"), asking.id),
                (_("Name"), asking.name),
                (_("Mail"), asking.mail),
                (_("Fingerprint"), fingerprint),
                (_("Request"), _("one more key of a registered officer") if known
                    else _("a new officer")),
            ]
        )  # fmt: skip
    held = posts_of(posts, role_titles(desk.sops()), desk.now().date())
    lost = confirm_lost_key(session, asking.id, key.public, lost_key)
    same = [] if known else lookalikes(desk.registry, asking)
    if same:
        question = _(
            "{name} ({id}, {mail}) reads like who is registered already: {officers}. Is this "
            "somebody else, whose key has the fingerprint {fingerprint}?",
            name=asking.name, id=asking.id, mail=asking.mail, officers="; ".join(same),
            fingerprint=fingerprint,
        )  # fmt: skip
        confirm(question)
    record_change(session, lambda _office: sharing.accept_request(data, held, lost=lost))
    tell_to_sync(session)


COMMANDS = {"join": join, "accept": accept}
