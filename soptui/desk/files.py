"""Files of the officer's machine: taken into a case, read for a command, written from a case."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from soptui.desk.views import FileToAttach
from soptui.domain.actions.contents import MOST_TOGETHER
from soptui.domain.events import Attachment
from soptui.domain.file_name import distinct_names, proper_name
from soptui.domain.message import Message, Refusal
from soptui.domain.size import Size
from soptui.domain.system_fault import reason_of
from soptui.domain.text import tidy
from soptui.records.platform.plain_file import NotPlain, TooLarge, as_text, open_plain, read_plain

if TYPE_CHECKING:
    from soptui.domain.attachment_text import AttachmentText

Contents = dict[Attachment, bytes]
"""Attachments with their bytes."""


class DoubtfulFile(Refusal):
    """A file is empty or not what its name says, and nobody said that it goes along as it is.

    Whoever shows the sentence says how to attach it all the same.
    """

    def __init__(self, file: FileToAttach, message: Message) -> None:
        super().__init__(message)
        self.file = file


class AlreadyThere(Refusal):
    """A file is to be written where there is one."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Message(
                "There is a file {path} already. Nothing was written. Give another name.",
                path=str(path),
            )
        )
        self.path = path


# --- into a case ----------------------------------------------------------------------------------


def take_in(files: Iterable[FileToAttach], limit: int) -> Contents:
    """The attachments that `files` make, with their bytes; `limit` is in bytes.

    Each goes by its own name, or the nearest that a file may have; two of one name are numbered.
    Raises `Refusal` for a file that is missing, unreadable, a folder, or too large, and for files
    that are too large together.
    """
    files = tuple(files)
    sizes = [_size_of(file.path) for file in files]
    if sum(sizes) > MOST_TOGETHER and max(sizes) <= limit:
        raise Refusal(
            Message(
                "The files are too large together: {size} of at most {limit} in one act. Nothing "
                "was recorded. Attach some of them in an act of their own.",
                size=Size(sum(sizes)),
                limit=Size(MOST_TOGETHER),
            )
        )
    taken = [(file, _read(file.path, limit)) for file in files]
    names = distinct_names(tidy(file.path.name) for file, _content in taken)
    return {
        _attachment(file, name, content): content
        for (file, content), name in zip(taken, names, strict=True)
    }


def take_in_sure(files: Sequence[FileToAttach], limit: int) -> Contents:
    """As `take_in`, but raises `DoubtfulFile` for what nobody may have meant to attach."""
    contents = take_in(files, limit)
    for file, content in zip(files, contents.values(), strict=True):
        doubt = None if file.as_is else _doubt_about(file.path.name, content)
        if doubt is not None:
            raise DoubtfulFile(file, doubt)
    return contents


def _doubt_about(name: str, content: bytes) -> Message | None:
    """Why this may not be the file that was meant, or None."""
    from soptui.records.attachments.kinds import Kind, fits_name, kind_of

    kind = kind_of(content)
    if kind is Kind.EMPTY:
        return Message("{name} is empty: there is nothing in it.", name=name)
    if fits_name(kind, name):
        return None
    return Message(
        "{name} is not what its name says: it seems to be {kind}.",
        name=name,
        kind=Message(kind.value),
    )


def _size_of(path: Path) -> int:
    """In bytes; 0 where the file cannot be looked at."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _attachment(file: FileToAttach, name: str, content: bytes) -> Attachment:
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
                    "{path} is too large: {size} of at most {limit}. Nothing was recorded. Make it "
                    "smaller, or attach a part of it.",
                    path=shown,
                    size=Size(status.st_size),
                    limit=Size(limit),
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


def reached_by_readers() -> frozenset[str] | None:
    """What reads a stranger's file on this system could reach: "files", "network", "processes".

    Nothing where all is as it should be; None where no file can be read apart at all.
    """
    from soptui.records.attachments.worker import WorkerFailed, reached

    try:
        return reached()
    except (WorkerFailed, OSError):
        return None


def text_of_file(path: Path, limit: int) -> AttachmentText:
    """The text of a file on this machine, as it would be read once it is attached; for a thread.

    `limit` is in bytes. Raises `NoText` when it has none, and another `Refusal` when it cannot be
    read at all.
    """
    from soptui.records.attachments.text import text_of

    return text_of(_read(path, limit))


# --- for a command --------------------------------------------------------------------------------


def read_named(path: Path, limit: int) -> bytes:
    """The text in a file that a person named, in UTF-8 with line feeds, whatever wrote it.

    `limit` is in bytes. Raises `Refusal`, which says all there is to say.
    """
    try:
        return as_text(read_plain(path.expanduser(), limit))
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
                "{path} is too large: it has more than {limit}. Nothing was changed. Name another.",
                path=str(path),
                limit=Size(limit),
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


# --- out of a case --------------------------------------------------------------------------------


def save_as(
    content: bytes,
    path: Path,
    proposed: str = "",
    *,
    replace: bool = False,
    for_others: bool = False,
) -> Path:
    """Write `content` to a file at `path` (`~` is the home folder); where it now is.

    Into a folder it goes under the `proposed` name, or the nearest proper one. What is there
    already stays, unless it is to be replaced: then the new file takes its place whole, and where
    that was a link, what the link leads to stays as it is. Only its owner may read the file, since
    a stranger's opens in programs of one's own, unless it is meant `for_others`.
    Raises `AlreadyThere` and, when it cannot be written, another `Refusal`.
    """
    mode = 0o666 if for_others else 0o600
    place = path.expanduser().absolute()
    if proposed and place.is_dir():
        place /= proper_name(proposed)
    written = place.with_name(f".soptui-{os.urandom(8).hex()}") if replace else place
    try:
        if replace:
            _refuse_what_is_no_file(place)
        number = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise AlreadyThere(place) from None
    except OSError as error:
        raise _not_written(place, error) from None
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        if replace:
            written.replace(place)
    except OSError as error:
        with suppress(OSError):
            written.unlink(missing_ok=True)
        raise _not_written(place, error) from None
    return place


def _refuse_what_is_no_file(place: Path) -> None:
    """Raises `Refusal` for a device, a pipe or a folder, which nothing takes the place of."""
    try:
        mode = place.lstat().st_mode
    except FileNotFoundError:
        return
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise Refusal(
            Message(
                "{path} is not an ordinary file. Nothing was written. Give another name.",
                path=str(place),
            )
        )


def _not_written(place: Path, error: OSError) -> Refusal:
    return Refusal(
        Message(
            "{path} cannot be written ({reason}). Nothing was saved. Give another name.",
            path=str(place),
            reason=reason_of(error),
        )
    )
