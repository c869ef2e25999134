"""The hub's keeper: make it, open it to the officers' keys, check it."""

from __future__ import annotations

from pathlib import Path

import click

from soptui.cli import output
from soptui.cli.base import FILE, ID, Argument, Group, Option, command
from soptui.cli.exit_codes import REFUSED
from soptui.cli.session import Session
from soptui.domain.ids import OfficerId
from soptui.domain.message import N_
from soptui.domain.size import Size
from soptui.locale import LANGUAGES, _, translate

_PATH = click.Path(path_type=Path)


@command(
    "init",
    N_("Make the office's shared repository on its server."),
    Argument("path", placeholder=N_("FOLDER"), type=_PATH),
    Option("--commit", placeholder=N_("COMMIT"), help=N_("The first commit on paper, whole.")),
    Option("--fingerprint", placeholder=N_("FINGERPRINT"),
           help=N_("The fingerprint on paper, whole.")),
    Option("--group", default="", help=N_("The Unix group whose accounts push by themselves.")),
    Option("--first-key", default="", placeholder=FILE,
           help=N_("The .pub file of who pushes the records for the first time.")),
    Option("--language", type=click.Choice(LANGUAGES), default=None,
           help=N_("The language of refusals; else both.")),
    more=N_("Run it within the records, or give what soptui trust show prints."),
)  # fmt: skip
def init(
    session: Session,
    path: Path,
    commit: str | None,
    fingerprint: str | None,
    group: str,
    first_key: str,
    language: str | None,
) -> None:
    """Make a hub."""
    from soptui.cli.commands.key import public_line
    from soptui.cli.words import root_fields
    from soptui.desk.office.administration import parsed_key
    from soptui.desk.office.trust_root import whole_root
    from soptui.desk.sharing.hub import make_hub

    if commit is None and fingerprint is None:
        root = session.clone.trust_root
    else:
        root = whole_root(commit or "", fingerprint or "")
    key = parsed_key(public_line(first_key)) if first_key else ""
    make_hub(path, root, group=group, first_key=key, language=language or "")
    if session.json:
        output.as_json(
            {"hub": str(path.resolve()), "commit": root.genesis, "fingerprint": root.signer}
        )
        return
    output.fields([(_("Hub"), str(path.resolve())), *root_fields(root)])
    output.sentence(_("Next: soptui sync --hub ADDRESS in the records, then soptui hub keys here."))


@command(
    "keys",
    N_("The lines of authorized_keys, from the officers' keys."),
    Argument("path", placeholder=N_("FOLDER"), type=_PATH),
)
def keys(session: Session, path: Path) -> None:
    """Print one line for each valid key."""
    from soptui.desk.sharing.hub import key_lines

    lines = key_lines(path)
    if session.json:
        output.as_json(lines)
        return
    for line in lines:
        output.line(line)


@command(
    "check",
    N_("What is unsafe about a hub's settings, programs and permissions."),
    Argument("path", placeholder=N_("FOLDER"), type=_PATH),
)
def check(session: Session, path: Path) -> int:
    """List every defect; the exit code is 1 when there is one."""
    from soptui.desk.sharing.hub import hub_defects

    defects = hub_defects(path)
    if session.json:
        output.as_json([{"code": one.code, "message": one.message} for one in defects])
    else:
        for one in defects:
            output.sentence(f"{one.code}: {translate(one.message)}")
        if not defects:
            output.sentence(_("Nothing unsafe was found."))
    return REFUSED if defects else 0


@command(
    "renew",
    N_("Write a hub's settings and programs anew, as after an upgrade."),
    Argument("path", placeholder=N_("FOLDER"), type=_PATH),
)
def renew(session: Session, path: Path) -> None:
    """Renew a hub."""
    from soptui.desk.sharing.hub import renew_hub

    renew_hub(path)
    if session.json:
        output.as_json({"hub": str(path.resolve())})
    else:
        output.fields([(_("Hub"), str(path.resolve()))])


@command(
    "limit",
    N_("How much one push may bring to a hub; with a number of MB, set it."),
    Argument("path", placeholder=N_("FOLDER"), type=_PATH),
    Argument("megabytes", placeholder=N_("MB"), type=click.IntRange(min=1), required=False),
)
def limit(session: Session, path: Path, megabytes: int | None) -> None:
    """Tell or set a hub's limit."""
    from soptui.desk.sharing.hub import limit_hub, limit_of_hub

    if megabytes is not None:
        limit_hub(path, Size(megabytes * 1024 * 1024))
    found = limit_of_hub(path)
    if session.json:
        output.as_json({"hub": str(path.resolve()), "limit": found.bytes})
        return
    output.fields(
        [(_("Hub"), str(path.resolve())), (_("One push"), _("at most {size}", size=found))]
    )


@command(
    "serve",
    N_("For sshd: Git's services for this hub, and nothing else."),
    Argument("path", placeholder=N_("FOLDER"), type=_PATH),
    Option("--officer", "officer_id", required=True, placeholder=ID, help=N_("Whose key it is.")),
)
def serve(session: Session, path: Path, officer_id: OfficerId) -> None:
    """Become the Git service that sshd was asked for."""
    from soptui.desk.sharing.hub import serve_hub

    serve_hub(path, officer_id)


COMMANDS = {
    "hub": Group(
        "hub", N_("The office's shared repository."), (init, keys, check, renew, limit, serve)
    )
}
