"""How much a Git may take that reads what others have made: memory, processor time, disk.

A pack of a few kilobytes can unfold to any size. The limits are those that the system keeps for a
process; they are set by a shell that then becomes Git, because Python may set them in a child only
where no threads run.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from soptui.domain.message import Message, Refusal

MOST_MEMORY = 2 * 1024**3
"""Bytes; an office with 100,000 cases takes about half."""

MOST_SECONDS = 3600
"""Seconds of processor time, of all threads together."""

MOST_DISK = 16 * 1024**3
"""Largest file that is written, in bytes; less where the disk has less."""

_LEAST_MEMORY = 512 * 1024**2
_BYTES_A_BYTE = 4
_SCRIPT = (
    "ulimit -S -d $1 2>/dev/null || :; ulimit -S -t $2 2>/dev/null || :;"
    ' ulimit -S -f $3 2>/dev/null || :; shift 3; exec "$@"'
)
_SIGNS = (
    "out of memory",
    "malloc",
    "of signal 24",
    "of signal 25",
    "file too large",
    "unable to mm",
)
_SIGNALS = (-signal.SIGXCPU, -signal.SIGXFSZ, -signal.SIGKILL)


class TooMuch(Refusal):
    """What came would take more to read than any office's records do."""

    def __init__(self) -> None:
        super().__init__(
            Message(
                "What came takes more memory, time or disk to read than records of an office do. "
                "Nothing was changed. Tell the administrator before you try again."
            )
        )


def memory_for(size: int) -> int:
    """The memory in bytes that a file of `size` bytes may take to read."""
    return min(MOST_MEMORY, _LEAST_MEMORY + _BYTES_A_BYTE * size)


def bounded(command: Sequence[str], folder: Path, memory: int) -> tuple[str, ...]:
    """`command`, to be run within the limits; it writes to the disk on which `folder` is."""
    space = os.statvfs(folder)
    disk = min(MOST_DISK, space.f_bavail * space.f_frsize // 10 * 9)
    limits = (memory // 1024, MOST_SECONDS, disk // 512)
    return ("/bin/sh", "-c", _SCRIPT, "sh", *map(str, limits), *command)


def is_exhausted(code: int, talk: str) -> bool:
    """Whether a program that ended with `code` and said `talk` had come to its limits."""
    return code in _SIGNALS or any(sign in talk.lower() for sign in _SIGNS)
