"""Sharing on a flash disk."""

from __future__ import annotations

from pathlib import Path

import click

from soptui.cli import output
from soptui.cli.base import Argument, Group, Option, command
from soptui.cli.commands.sync import tell_result
from soptui.cli.session import Session
from soptui.domain.message import N_
from soptui.locale import _

_PATH = click.Path(path_type=Path)


@command(
    "export",
    N_("Write the records to one file."),
    Argument("path", type=_PATH),
    Option("--since", default="", placeholder=N_("COMMIT"),
           help=N_("Only what came after this commit, which the reader has.")),
)  # fmt: skip
def export(session: Session, path: Path, since: str) -> None:
    """Write the records, all of them or what is new."""
    from soptui.desk.office.first_commit import main_line_commit
    from soptui.desk.sharing.sharing import Sharing

    known = main_line_commit(session.clone, since)[0] if since else ""
    written = Sharing(session.reading_desk).export(path, since=known)
    if session.json:
        output.as_json(
            {
                "path": str(written.path),
                "size": written.size,
                "commit": written.tip,
                "commits": written.commits,
            }
        )
        return
    output.fields(
        [
            (_("Written"), str(written.path)),
            (_("Bytes"), str(written.size)),
            (_("Commit"), written.tip[:12]),
            (_("Number of commits"), str(written.commits)),
        ]
    )


@command(
    "import",
    N_("Join what one file, or several, hold to the records."),
    Argument("paths", type=_PATH, nargs=-1, required=True),
    Option("--redo-administration", is_flag=True,
           help=N_("Sign own administrative changes again on top of what came.")),
)  # fmt: skip
def import_files(session: Session, paths: tuple[Path, ...], redo_administration: bool) -> int:
    """Take in the work of one or several people; the first that is refused ends it."""
    from soptui.desk.sharing.sharing import Choices, Sharing

    sharing = Sharing(session.desk)
    choices = Choices(redo_administration=redo_administration)
    for path in paths:
        code = tell_result(session, sharing.take_in(path, choices=choices))
        if code:
            return code
    return 0


COMMANDS = {
    "disk": Group("disk", N_("Share on a flash disk, as one file."), (export, import_files))
}
