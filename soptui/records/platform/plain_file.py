"""Reading a file that somebody named, or that lies where anybody could put something else.

A pipe or a device would keep a program waiting, or give it bytes without end: only an ordinary
file is read, and of that no more than a limit.
"""

from __future__ import annotations

import codecs
import errno
import os
import stat
from pathlib import Path
from typing import IO

_MARKED = (
    # The mark of UTF-16 begins that of UTF-32.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC


class NotPlain(OSError):
    """It is a pipe, a device, a socket or another thing that is no file with an end."""


class TooLarge(OSError):
    """It has more bytes than are read."""


def open_plain(
    path: str | Path, *, folder: int | None = None, follow_links: bool = True
) -> IO[bytes]:
    """The ordinary file at `path`, below the open `folder` if one is given, to be read.

    Raises `OSError`: `NotPlain` or `IsADirectoryError` when it is no ordinary file.
    """
    flags = _FLAGS if follow_links else _FLAGS | os.O_NOFOLLOW
    descriptor = os.open(path, flags, dir_fd=folder)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise NotPlain(errno.EINVAL, "not an ordinary file", str(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_plain(
    path: str | Path, limit: int, *, folder: int | None = None, follow_links: bool = True
) -> bytes:
    """The bytes of an ordinary file of at most `limit`. Raises as `open_plain`, and `TooLarge`."""
    with open_plain(path, folder=folder, follow_links=follow_links) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise TooLarge(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return content


def as_text(data: bytes) -> bytes:
    """The bytes of a text that somebody may have saved with any editor, in UTF-8 with line feeds.

    The byte-order mark and the line ends that Windows writes go. What is no text is left as it is.
    """
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            try:
                data = data.decode(encoding).encode()
            except UnicodeError:
                return data
    return data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
