"""The locks of Git: files that a killed program leaves for ever, and that then are removed.

Git takes a lock by creating the file `<name>.lock` beside what it changes, and holds it for
milliseconds; what a killed program had not written by then stays as it was. soptui's own locks are
held by the system, which frees them when a program ends.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

from soptui.domain.message import Message, Refusal
from soptui.domain.text import safe
from soptui.records.git.process import GitDirectory, GitFailed

STALE_SECONDS = 10.0
"""After how long a lock was left by a killed program."""

_HELD = (
    re.compile(r"Unable to create '(?P<path>.+\.lock)': File exists"),
    re.compile(r"could not lock config file (?P<path>.+): File exists"),
)


class LockHeld(Refusal):
    """Another program holds a lock of Git's, or was killed a moment ago; nothing was changed."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            Message(
                "Another program holds the lock {path}. Nothing was changed. Try again; if no "
                "other program is running, delete that file.",
                path=safe(str(path)),
            )
        )


def break_stale_lock(directory: GitDirectory, name: str, *, seconds: float = STALE_SECONDS) -> None:
    """Remove the lock of `name` if it is older than any live program's.

    `name` is a ref, or a file of the Git directory such as `index` or `config`.
    """
    lock = lock_of(directory, name)
    try:
        if time.time() - lock.stat().st_mtime >= seconds:
            lock.unlink()
    except OSError:
        return


def lock_of(directory: GitDirectory, name: str) -> Path:
    """The file that Git makes while it changes the ref or file `name`."""
    return directory.path / f"{name}.lock"


def held_lock(failed: GitFailed) -> LockHeld | None:
    """What to tell of a command that failed because of a lock; None where it did for another."""
    for pattern in _HELD:
        if found := pattern.search(failed.stderr):
            path = found["path"]
            return LockHeld(path if path.endswith(".lock") else f"{path}.lock")
    return None
