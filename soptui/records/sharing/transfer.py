"""One run of Git that moves records: listened to, given up when asked, ended when nothing moves.

A line may be as slow as it is, so no run has a limit in time. But one that hangs brings nothing any
more and never says so. What counts is what Git itself reads and writes: its talk comes seldom, and
ssh and the server go on greeting each other while nothing is left behind them that would answer.
"""

from __future__ import annotations

import os
import selectors
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from msgspec import Struct

from soptui.domain.text import safe

LONGEST_STILL = 600.0
"""Seconds without a byte. What ssh has taken from Git and not sent yet is 2 MB at most, which goes
over a line of 28 kbit/s in that time; a hub that works at what it got says so every few seconds."""

_LOOK_SECONDS = 5.0
_POLL_SECONDS = 0.1
_MOST_TALK = 64 * 1024
_PROC = Path("/proc")

Progress = Callable[[str], None]
"""Called with a line of Git's talk, safe to show."""


class Cancelled(Exception):
    """The caller gave up waiting; nothing of the clone was changed."""


class StoodStill(Exception):
    """Nothing moved for so long that nothing will; `talk` is what was said by then."""

    def __init__(self, talk: Sequence[str]) -> None:
        super().__init__()
        self.talk = talk


class Finished(Struct, frozen=True):
    """How a run ended: its exit code, its output, and its talk, line by line, safe to show."""

    code: int
    output: bytes
    talk: tuple[str, ...]


def run_transfer(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    progress: Progress | None,
    cancelled: threading.Event,
) -> Finished:
    """Run Git to its end. Raises `Cancelled` and `StoodStill`; all that it started has ended then.

    `progress` is told the last line of each part of its talk.
    """
    import subprocess

    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )
    with process:
        if process.stdout is None or process.stderr is None:
            raise ValueError("the process has no pipes")
        session = _Session(process.pid)
        try:
            output, talk = _listen(process.stdout, process.stderr, session, progress, cancelled)
        except BaseException:
            # The whole group: ssh and the programs that Git started go with it. Before it is waited
            # for, because on a line that hangs it does not end by itself.
            _end(process.pid)
            raise
    return Finished(process.returncode, output, tuple(talk))


def _listen(
    output: IO[bytes],
    talk: IO[bytes],
    session: _Session,
    progress: Progress | None,
    cancelled: threading.Event,
) -> tuple[bytes, list[str]]:
    collected = {output: b"", talk: b""}
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        selector.register(talk, selectors.EVENT_READ)
        while selector.get_map():
            if cancelled.is_set():
                raise Cancelled
            if session.is_still():
                raise StoodStill(_lines(collected[talk]))
            for key, _ in selector.select(_POLL_SECONDS):
                part = os.read(key.fd, 65536)
                stream = output if key.fileobj is output else talk
                if not part:
                    selector.unregister(stream)
                collected[stream] = (collected[stream] + part)[-_MOST_TALK:]
                if stream is talk and part and progress is not None:
                    progress(_lines(part)[-1] if _lines(part) else "")
    return collected[output], _lines(collected[talk])


class _Session:
    """What the Git of one session of processes has read and written, looked at now and then."""

    def __init__(self, leader: int) -> None:
        self._leader = leader
        self._moved: frozenset[tuple[str, bytes]] = frozenset()
        self._looked_at = self._moved_at = time.monotonic()

    def is_still(self) -> bool:
        """Whether it has been still for longer than it may."""
        now = time.monotonic()
        if now - self._looked_at >= min(_LOOK_SECONDS, LONGEST_STILL):
            self._looked_at = now
            moved = frozenset(self._counts())
            if moved != self._moved:
                self._moved, self._moved_at = moved, now
        return now - self._moved_at > LONGEST_STILL

    def _counts(self) -> Sequence[tuple[str, bytes]]:
        """Of each Git the bytes read and written, by the id of its process.

        Not how often it tried: its clock wakes it while it waits.
        """
        found = []
        for folder in _PROC.glob("[0-9]*"):
            try:
                name, _, rest = (folder / "stat").read_bytes().rpartition(b")")
                if b"(git" in name and int(rest.split()[3]) == self._leader:
                    counted = (folder / "io").read_bytes().partition(b"syscr")[0]
                    found.append((folder.name, counted))
            except OSError:
                # It has ended meanwhile.
                continue
        return found


def _lines(talk: bytes) -> list[str]:
    text = talk.decode("utf-8", "replace").replace("\r", "\n")
    return [safe(line.rstrip()) for line in text.split("\n") if line.strip()]


def _end(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
