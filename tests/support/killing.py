"""`kill -9` for a program and all that it started, on both sides of the line."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


def killed(command: Sequence[str], folder: Path, *, after: float, below: str = "") -> None:
    """Start a program in a folder and kill it after so many seconds, if it has not ended.

    With `below` only what it has started whose command line has that word is killed, and all that
    this has started; the program itself is waited for.
    """
    process = subprocess.Popen(
        command, cwd=folder, start_new_session=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with suppress(subprocess.TimeoutExpired):
        process.wait(after)
    elsewhere = _descendants(process.pid)
    if below:
        named = [one for one in elsewhere if below in _command_line(one)]
        elsewhere = [found for one in named for found in (one, *_descendants(one))]
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    for one in elsewhere:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    process.wait()


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _descendants(pid: int) -> list[int]:
    """All processes below one, those in sessions of their own included."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [one for child in map(int, children) for one in (child, *_descendants(child))]
