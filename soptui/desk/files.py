"""Reading files of the officer's machine, with every way that can go wrong said plainly."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable
from pathlib import Path

from soptui.desk.views import FileToAttach
from soptui.domain.events import Attachment
from soptui.domain.message import Message, Refusal
from soptui.domain.system_fault import reason_of
from soptui.domain.text import tidy
from soptui.records.platform.plain_file import NotPlain, TooLarge, open_plain, read_plain


def take_in(files: Iterable[FileToAttach], limit: int) -> dict[Attachment, bytes]:
    """The attachments that `files` make, with their bytes; `limit` is in bytes.

    Raises `Refusal` for a file that is missing, unreadable, a folder, or too large.
    """
    return {_attachment(file, content := _read(file.path, limit)): content for file in files}


def _attachment(file: FileToAttach, content: bytes) -> Attachment:
    name = tidy(file.path.name)
    return Attachment(name, file.kind, len(content), hashlib.sha256(content).hexdigest())


def _read(path: Path, limit: int) -> bytes:
    shown = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Refusal(
                Message("{path} is a folder. Nothing was recorded. Name a file.", path=shown)
            )
        if not stat.S_ISREG(status.st_mode):
            raise Refusal(
                Message(
                    "{path} is not an ordinary file. Nothing was recorded. Name another.",
                    path=shown,
                )
            )
        if status.st_size > limit:
            raise Refusal(
                Message(
                    "{path} is too large: {size} bytes of at most {limit}. Nothing was recorded. "
                    "Make it smaller, or attach a part of it.",
                    path=shown,
                    size=status.st_size,
                    limit=limit,
                )
            )
        with open_plain(path) as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise Refusal(
            Message("There is no file {path}. Nothing was recorded. Check the name.", path=shown)
        ) from None
    except OSError as error:
        raise Refusal(
            Message(
                "{path} cannot be read ({reason}). Nothing was recorded. Check its name and "
                "permissions.",
                path=shown,
                reason=reason_of(error),
            )
        ) from None
    if len(content) != status.st_size:
        raise Refusal(
            Message(
                "{path} changed while it was read. Nothing was recorded. Try again.", path=shown
            )
        )
    return content


def read_named(path: Path, limit: int) -> bytes:
    """The bytes of a file that a person named. Raises `Refusal`, which says all there is to say."""
    try:
        return read_plain(path.expanduser(), limit)
    except NotPlain:
        raise Refusal(
            Message(
                "{path} is not an ordinary file. Nothing was changed. Name another.",
                path=str(path),
            )
        ) from None
    except TooLarge:
        raise Refusal(
            Message(
                "{path} is too large: it has more than {limit} bytes. Nothing was changed. Name "
                "another.",
                path=str(path),
                limit=limit,
            )
        ) from None
    except OSError as error:
        raise Refusal(
            Message(
                "{path} cannot be read ({reason}). Nothing was changed. Check its name and "
                "permissions.",
                path=str(path),
                reason=reason_of(error),
            )
        ) from None
