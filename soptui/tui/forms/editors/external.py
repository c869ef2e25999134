"""Edits long text in the writer's own editor, through a private file that is removed afterwards."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import tempfile
from collections.abc import Mapping
from pathlib import Path

from textual.app import SuspendNotSupported

from soptui.domain.message import Message, Refusal
from soptui.tui.forms.editors.text import LongEditor

_USUAL = ("nano", "vim", "vi")
_LARGEST = 1 << 20


def edit_outside(editor: LongEditor) -> None:
    """Let the writer's own editor have the terminal and the text, and take back what it wrote.

    Raises `Refusal` when there is no editor, it fails, or the terminal cannot be given away; the
    text is as it was then.
    """
    command = editor_of(os.environ)
    try:
        with editor.app.suspend():
            text = edited(editor.text, command)
    except SuspendNotSupported:
        raise Refusal(Message("An editor cannot be opened from this terminal.")) from None
    editor.replace_text(text)


def editor_of(environment: Mapping[str, str]) -> list[str]:
    """The editor's command: $VISUAL, $EDITOR, or one that is usually there. Raises `Refusal`."""
    for named in (environment.get("VISUAL", ""), environment.get("EDITOR", ""), *_USUAL):
        try:
            command = shlex.split(named)
        except ValueError:
            continue
        if command and shutil.which(command[0]):
            return command
    raise Refusal(
        Message("No editor was found. The text is as it was. Name one in the variable EDITOR.")
    )


def edited(text: str, command: list[str]) -> str:
    """The text after the editor has ended; the terminal must be free for it.

    Raises `Refusal` when the editor fails; the text is as it was then.
    """
    with tempfile.TemporaryDirectory(prefix="soptui-") as folder:
        path = Path(folder, "teks.txt")
        path.write_text(f"{text}\n", encoding="utf-8")
        path.chmod(0o600)
        # Ctrl+C in the editor reaches this process too, and must not end it.
        before = signal.signal(signal.SIGINT, lambda number, frame: None)
        try:
            process = os.posix_spawnp(command[0], [*command, str(path)], dict(os.environ))
            status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
            with path.open("rb") as file:
                written = file.read(_LARGEST).decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise _failed(command[0], str(error)) from None
        finally:
            signal.signal(signal.SIGINT, before)
    if status:
        raise _failed(command[0], str(status))
    return written.rstrip("\n")


def _failed(program: str, reason: str) -> Refusal:
    return Refusal(
        Message(
            "The editor {program} failed ({reason}). The text is as it was.",
            program=program,
            reason=reason,
        )
    )
