"""Files: taking one out of a case, and putting one that was edited by hand back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from soptui.cli import output
from soptui.cli.base import FILE, Argument, Option, command
from soptui.cli.session import Session
from soptui.desk.words import terms
from soptui.domain.file_name import proper_name
from soptui.domain.message import N_, Message, Misread, Refusal
from soptui.locale import _

if TYPE_CHECKING:
    from soptui.domain.attachment_text import AttachmentText


@command(
    "attachment",
    N_("Write a file of a case to the disk."),
    Argument("case"),
    Argument("name"),
    Option(
        "--output", "-o", "target", type=click.Path(path_type=Path), placeholder=FILE,
        help=N_("Where to write it; - for standard output, else the file's own name here."),
    ),
    Option("--force", is_flag=True, help=N_("Replace a file that is there.")),
    Option("--text", is_flag=True, help=N_("Show the text of the file instead of writing it.")),
)  # fmt: skip
def attachment(
    session: Session,
    case: str,
    name: str,
    target: Path | None,
    force: bool,
    text: bool,
) -> None:
    """Write or show an attached file, named by its name or the beginning of its digest."""
    from soptui.desk.files import AlreadyThere, save_as

    desk = session.reading_desk
    files = [
        file
        for entry in desk.case(session.case_id(case)).entries
        for file in entry.event.attachments
        if file.name == name or (len(name) >= 6 and file.sha256.startswith(name.lower()))
    ]
    if len({file.sha256 for file in files}) > 1:
        raise Refusal(
            Message(
                "Several files are called {name}. Nothing was written. Name one by its digest: "
                "{digests}.",
                name=name,
                digests=", ".join(file.sha256[:12] for file in files),
            )
        )
    if not files:
        raise Refusal(
            Message(
                "The case has no file {name}. Nothing was written. soptui show {case} lists its "
                "files.",
                name=name,
                case=case,
            )
        )
    if text:
        _show(session, files[-1].name, desk.attachment_text(files[-1].sha256))
        return
    content = desk.attachment(files[-1].sha256)
    if target is not None and str(target) == "-":
        if output.is_terminal(sys.stdout):
            raise Refusal(
                Message(
                    "A terminal obeys what a file tells it to do. Nothing was written. Read the "
                    "text with --text, or name a file with -o."
                )
            )
        sys.stdout.buffer.write(content)
        return
    name = files[-1].name
    path = Path(proper_name(name)) if target is None else target
    try:
        output.line(str(save_as(content, path, name, replace=force)))
    except AlreadyThere as there:
        raise Refusal(
            Message(
                "There is already a file {path}; it was left as it is. Name another with -o, or "
                "say --force.",
                path=str(there.path),
            )
        ) from None


def _show(session: Session, name: str, found: AttachmentText) -> None:
    if session.json:
        output.as_json({"name": name, "text": found.text, "whole": found.is_whole})
        return
    output.block(found.text)
    if not found.is_whole:
        output.sentence(_(terms.LEFT_OUT))


@command(
    "restore",
    N_("Put a file that was edited by hand back."),
    Argument("paths", nargs=-1, type=click.Path(path_type=Path)),
    Option("--line-ends", is_flag=True,
           help=N_("Every file that differs by its line ends alone.")),
)  # fmt: skip
def restore(session: Session, paths: tuple[Path, ...], line_ends: bool) -> None:
    """Put files back as the signed records have them."""
    from soptui.desk.edits import restore_file, restore_line_ends

    if not (paths or line_ends):
        raise Misread(Message("Name the files to put back, or say {option}.", option="--line-ends"))
    if line_ends:
        count = len(restore_line_ends(session.reading_desk))
        output.sentence(_("{count} files have the line ends of the records again.", count=count))
    for path in paths:
        restored, was_edited = restore_file(session.reading_desk, path)
        if was_edited:
            output.sentence(_("{path} was put back as it was signed.", path=restored))
        else:
            output.sentence(_("{path} is as it was signed already.", path=restored))


COMMANDS = {"attachment": attachment, "restore": restore}
