"""Signed checkpoints: made, held against the records, and looked at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from soptui.cli import output
from soptui.cli.base import FILE, Argument, Group, Option, command
from soptui.cli.exit_codes import VERIFICATION_FAILED
from soptui.cli.session import Session
from soptui.domain.message import N_
from soptui.locale import _, moment, translate

if TYPE_CHECKING:
    from soptui.domain.checkpoint import Checkpoint

_PATH = click.Path(path_type=Path)


@command(
    "sign",
    N_("Sign how far the records have come, to be printed or kept elsewhere."),
    Option("--to", "path", type=_PATH, placeholder=FILE, help=N_("Write it to this file too.")),
    Option("--qr/--no-qr", default=None, help=N_("With the QR code; else on a terminal alone.")),
)
def sign(session: Session, path: Path | None, qr: bool | None) -> None:
    """Sign a checkpoint of the verified tip."""
    from soptui.desk.files import save_as
    from soptui.desk.sharing.qr import qr_lines
    from soptui.desk.sharing.sharing import Sharing, compact_checkpoint

    made, data = Sharing(session.desk).checkpoint()
    if path is not None:
        save_as(data, path, replace=True, for_others=True)
    if session.json:
        output.as_json(_data(made) | {"text": data.decode("ascii")})
        return
    for line in data.decode("ascii").splitlines():
        output.line(line)
    if output.is_terminal(sys.stdout) if qr is None else qr:
        for line in qr_lines(compact_checkpoint(data), border=1):
            output.line(line)


@command(
    "check",
    N_("Hold a checkpoint against these records."),
    Argument("path", type=_PATH),
)
def check(session: Session, path: Path) -> int:
    """Whether these records continue what was stated."""
    from soptui.desk.sharing.sentences import STANDINGS
    from soptui.desk.sharing.sharing import Sharing
    from soptui.domain.checkpoint import Standing

    found, standing = Sharing(session.reading_desk).examine_file(path)
    good = standing is Standing.CONFIRMED
    if session.json:
        output.as_json(_data(found) | {"standing": standing})
        return 0 if good else VERIFICATION_FAILED
    _tell(found)
    output.sentence(translate(STANDINGS[standing]))
    return 0 if good else VERIFICATION_FAILED


@command("show", N_("The highest checkpoint that was made or seen here."))
def show(session: Session) -> None:
    """Show the last checkpoint."""
    from soptui.desk.sharing.sharing import last_checkpoint

    found = last_checkpoint(session.clone)
    if session.json:
        output.as_json(_data(found) if found else None)
    elif found is None:
        output.sentence(_("No checkpoint was made or seen here yet."))
    else:
        _tell(found)


def _tell(found: Checkpoint) -> None:
    output.fields(
        [
            (_("Position"), str(found.position)),
            (_("Commit"), found.commit),
            (_("Cases"), str(found.cases)),
            (_("On"), moment(found.at)),
            (_("Officer"), found.officer),
        ]
    )


def _data(found: Checkpoint) -> dict[str, object]:
    return {
        "records": found.genesis,
        "position": found.position,
        "commit": found.commit,
        "cases": found.cases,
        "at": found.at,
        "officer": found.officer,
    }


COMMANDS = {
    "checkpoint": Group(
        "checkpoint", N_("Signed statements of how far the records had come."), (sign, check, show)
    )
}
