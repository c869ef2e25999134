"""Folders that are worked in for a while: gone at the end, and after a kill at the next time.

Each holds a lock of the system's, which is free once its program has ended, however it did.
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from soptui.records.git.locks import STALE_SECONDS
from soptui.records.git.process import GitDirectory

_LOCK = ".in-use"
_PREFIX = "work-"


@contextmanager
def scratch_folder(clone: GitDirectory) -> Iterator[Path]:
    """A folder of one's own in what soptui keeps in a clone. Raises `OSError`."""
    clone.own_folder.mkdir(exist_ok=True)
    remove_left_behind(clone)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=clone.own_folder))
    with hold(folder):
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def scratch_repository(folder: Path, clone: GitDirectory | None = None) -> GitDirectory:
    """A new bare repository in a scratch folder, which sees the objects of `clone` if one is given.

    Raises `GitFailed`.
    """
    scratch = GitDirectory.at(folder / "scratch.git")
    scratch.path.mkdir()
    scratch.run("init", "--quiet", "--bare", "--template=")
    if clone is not None:
        alternates = scratch.objects / "info" / "alternates"
        alternates.parent.mkdir(exist_ok=True)
        alternates.write_text(f"{clone.objects}\n", encoding="utf-8")
    return scratch


def remove_left_behind(clone: GitDirectory) -> None:
    """Remove the folders that killed programs left in a clone."""
    for left in left_behind(clone.own_folder, _PREFIX):
        shutil.rmtree(left, ignore_errors=True)


def left_behind(parent: Path, prefix: str) -> list[Path]:
    """The folders of this prefix in which no program works any more."""
    return [path for path in sorted(parent.glob(f"{prefix}*")) if _is_left(path)]


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Say that a program works in `folder`, as long as it does."""
    with (folder / _LOCK).open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_left(folder: Path) -> bool:
    if folder.is_symlink() or not folder.is_dir():
        return False
    try:
        with (folder / _LOCK).open("rb") as file:
            return _is_free(file)
    except FileNotFoundError:
        # It was made this moment, or its program was killed before it could say so.
        return time.time() - folder.stat().st_mtime >= STALE_SECONDS
    except OSError:
        return False


def _is_free(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
