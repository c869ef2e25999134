"""The keys of people: registering, revoking, and looking through what a stolen one signed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from soptui.cli import output
from soptui.cli.base import FILE, ID, Argument, Group, Option, command
from soptui.cli.changes import SURE, make_change, record_change, show_change, tell_to_sync
from soptui.cli.lost_keys import LOST_KEY, confirm_lost_key
from soptui.cli.session import Session
from soptui.domain.ids import NO_COMMIT, CommitId, Fingerprint, OfficerId
from soptui.domain.message import N_, Message, Misread
from soptui.locale import _, _n, moment

if TYPE_CHECKING:
    from soptui.desk.history.trail import CommitLine

_LARGEST_KEY = 16 * 1024


def public_line(text: str) -> str:
    """The public key that an argument is, or the file that it names holds. Raises `Refusal`."""
    if text.startswith(("ssh-", "sk-ssh-")):
        return text
    from soptui.desk.files import read_named

    return read_named(Path(text), _LARGEST_KEY).decode("utf-8", "replace")


@command(
    "add",
    N_("Register the first public key of a person, or one in the place of a lost one."),
    Argument("id"),
    Argument("public_key"),
    Option("--lost-key", placeholder=ID, help=LOST_KEY),
)
def key_add(session: Session, id: OfficerId, public_key: str, lost_key: str | None) -> None:  # noqa: A002
    """Register a key, given as the line of its .pub file or as the file."""
    from soptui.desk.office.administration import parsed_key

    public = public_line(public_key)
    lost = confirm_lost_key(session, id, parsed_key(public), lost_key)
    record_change(session, lambda office: office.add_key(id, public, lost=lost))


@command(
    "revoke",
    N_("Revoke a key for good."),
    Argument("id"),
    Argument("fingerprint"),
    Option("--reason", required=True, help=N_("Why, for everybody to read.")),
    Option(
        "--suspect-from", default="", placeholder=N_("COMMIT"),
        help=N_("For a stolen key: what it signed from this commit on is to be reviewed."),
    ),
    SURE,
)  # fmt: skip
def key_revoke(
    session: Session,
    id: OfficerId,  # noqa: A002
    fingerprint: Fingerprint,
    reason: str,
    suspect_from: str,
    sure: bool,
) -> None:
    """Revoke a key, and list what of its work is suspect."""
    commit = _commit_named(session, suspect_from)
    made = make_change(
        session,
        lambda office: office.revoke_key(id, fingerprint, reason, suspect_from=commit),
        sure=sure,
    )
    if not commit:
        show_change(session, made)
        tell_to_sync(session)
        return
    from soptui.desk.history.export import commit_data
    from soptui.desk.history.suspect_keys import to_review

    lines = to_review(session.desk, id, fingerprint)
    show_change(session, made, review=[commit_data(line) for line in lines])
    if not session.json:
        output.line()
        _show_review(lines)
        tell_to_sync(session)


@command(
    "review",
    N_("What a stolen key signed from the commit on which it is suspect."),
    Argument("id"),
    Argument("fingerprint", required=False, default=""),
    Option(
        "--suspect-from", default="", placeholder=N_("COMMIT"),
        help=N_("From this commit on; else from that which the revocation names."),
    ),
    more=N_("Without FINGERPRINT all keys of the person count."),
)  # fmt: skip
def key_review(
    session: Session,
    id: OfficerId,  # noqa: A002
    fingerprint: Fingerprint,
    suspect_from: str,
) -> None:
    """List what is to be reviewed."""
    from soptui.desk.history.export import commit_data
    from soptui.desk.history.suspect_keys import to_review

    commit = _commit_named(session, suspect_from)
    lines = to_review(session.reading_desk, id, fingerprint, suspect_from=commit)
    if session.json:
        output.as_json([commit_data(line) for line in lines])
    else:
        _show_review(lines)


def _commit_named(session: Session, text: str) -> CommitId:
    from soptui.desk.office.first_commit import main_line_commit

    return main_line_commit(session.clone, text)[0] if text else NO_COMMIT


def _show_review(lines: Sequence[CommitLine]) -> None:
    from soptui.desk.history.export import effect_word
    from soptui.desk.words.terms import step_label

    if not lines:
        output.sentence(_("Nothing was signed with it from that commit on."))
        return
    output.sentence(
        _n(
            "{count} commit is to be reviewed. soptui commit shows it in full.",
            "{count} commits are to be reviewed. soptui commit shows each in full.",
            len(lines),
        )
    )
    output.table(
        (_("Commit"), _("Time"), _("Case"), _("Step"), _("What"), _("Effect")),
        (
            (
                line.commit[:10],
                moment(line.at) if line.at else "-",
                line.case or "-",
                step_label(line.step) if line.case else "-",
                line.subject.partition(":")[0] if line.case else line.subject,
                effect_word(line) or "-",
            )
            for line in lines
        ),
    )


@command(
    "request",
    N_("Write a request for one more key of a person, who signs it with that key."),
    Argument("id"),
    Option("--passphrase", as_given=True,
           help=N_("The new key's passphrase; else it is asked for.")),
    Option("--lost", is_flag=True,
           help=N_("The key held before is lost: the request goes without its signature.")),
    Option("--request", type=click.Path(path_type=Path), placeholder=FILE,
           help=N_("Where the request is written.")),
    more=N_("--key names the new key, which is made if there is none. The key held before signs "
            "the request as well. Name and mail are those of the records."),
)  # fmt: skip
def key_request(
    session: Session,
    id: OfficerId,  # noqa: A002
    passphrase: str | None,
    lost: bool,
    request: Path | None,
) -> None:
    """Ask, from one's own clone, for one more key."""
    from soptui.cli.commands.join import asked_passphrase
    from soptui.desk.files import save_as
    from soptui.desk.keys import signer_of
    from soptui.desk.office.joining import own_key, refuse_to_overwrite, request_of
    from soptui.desk.refusals import no_officer

    registry = session.reading_desk.registry
    if id not in registry.officers:
        raise no_officer(id)
    new = session.options.key
    if new is None:
        raise Misread(Message("Name the new key with --key; it is made if there is none."))
    path = request or Path(f"{id}.soptui-request")
    refuse_to_overwrite(path)
    old = None if lost else signer_of(registry.officers[id], session.usual_key)
    signer = own_key(new, lambda: asked_passphrase(passphrase))
    asked = request_of(session.clone.trust_root, registry, id, {}, signer, old=old)
    path = save_as(asked, path, for_others=True)
    if session.json:
        output.as_json({"officer": id, "request": str(path.absolute())})
        return
    output.fields(
        [
            (_("Officer"), id),
            (_("Fingerprint"), signer.public_key.fingerprint),
            (_("Request"), str(path.absolute())),
        ]
    )
    if lost:
        output.sentence(
            _("Give the request to an administrator, who compares the fingerprint with you and "
              "runs: soptui accept FILE --lost-key {id}", id=id)
        )  # fmt: skip
    else:
        output.sentence(_("Give the request to an administrator, who runs: soptui accept FILE"))
    output.sentence(
        _("Once you have synced what they did: soptui whoami --remember --key {key}", key=str(new))
    )


KEY = Group("key", N_("Keys of a person."), (key_add, key_revoke, key_review, key_request))
