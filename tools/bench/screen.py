"""The screen on a terminal of our own: when its first frame stands, and what it cost in bytes."""

from __future__ import annotations

import importlib.util
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fcntl import ioctl
from typing import Self

from tools.bench.builder import LongHistory
from tools.bench.records import ROOT
from tools.bench.table import Row

COLUMNS, LINES = 80, 24
_QUIET_SECONDS = 0.7
_PATIENCE_SECONDS = 60.0
_EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("first-frame")
Empty().run()
"""
_SCREEN = """
import sys
from pathlib import Path
from soptui.desk.desk import Desk
from soptui.records.repository import Repository
from soptui.tui.app import run
with Repository.open(Path(sys.argv[1])) as repository:
    run(Desk(repository, "camat", key=Path(sys.argv[2])))
"""


_DOWN, _PAGE_DOWN, _FILTER = b"\x1b[B", b"\x1b[6~", b"/"
_IDLE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Seconds until the expected text stood on the screen, and bytes until it was quiet."""

    seconds: float
    bytes: int


def first_frame(history: LongHistory) -> Iterator[Row]:
    """The first frame of the inbox against that of an empty Textual application."""
    if importlib.util.find_spec("soptui.tui.app") is None:
        return
    ours, expected = _ours(history)
    frames: dict[str, list[Frame]] = {"empty": [], "ours": []}
    for _ in range(5):
        frames["empty"].append(frame_of((sys.executable, "-c", _EMPTY_APP), "first-frame"))
        frames["ours"].append(frame_of(ours, expected))
    empty, full = (
        statistics.median(frame.seconds for frame in frames[name]) for name in ("empty", "ours")
    )
    yield Row(
        "first frame against an empty Textual app",
        "1.25 x",
        f"{full / empty:.2f} x ({full * 1000:.0f} against {empty * 1000:.0f} ms)",
        full <= 1.25 * empty,
    )
    count = round(statistics.median(frame.bytes for frame in frames["ours"]))
    yield Row("bytes to the first settled screen", "8192 B", f"{count} B", count <= 8192)


def line(history: LongHistory) -> Iterator[Row]:
    """What keys cost on the line, and what it costs to do nothing."""
    command, expected = _ours(history)
    with Sitting(command) as sitting:
        sitting.frame(expected)
        cursor = [sitting.press(_DOWN) for _ in range(5)]
        page = [sitting.press(_PAGE_DOWN) for _ in range(3)]
        idle = sitting.settle(_IDLE_SECONDS)
        sitting.press(_FILTER)
        typed = [sitting.press(letter.encode()) for letter in "peng"]
    for what, counts, budget in (
        ("a cursor key", cursor, 400),
        ("a typed character", typed, 150),
        ("a page", page, 2048),
    ):
        count = round(statistics.median(counts))
        told = f"{count} B ({min(counts)} to {max(counts)})"
        yield Row(f"bytes for {what}", f"{budget} B", told, count <= budget)
    yield Row(f"bytes in {_IDLE_SECONDS:.0f} idle seconds", "0 B", f"{idle} B", idle == 0)


def frame_of(command: Sequence[str], expected: str) -> Frame:
    """What a command shows on a fresh terminal; raises `SystemExit` when it never does."""
    with Sitting(command) as sitting:
        return sitting.frame(expected)


def _ours(history: LongHistory) -> tuple[tuple[str, ...], str]:
    """The command that opens the inbox, and words that then stand on the screen."""
    desk = history.office.desks["camat"]
    letter = desk.index.tray(desk.officer, desk.now().date(), desk.now(), limit=1)
    expected = letter.to_receive[0].subject[:20] if letter.to_receive else "Camat"
    root = str(history.office.repository.root)
    return (sys.executable, "-c", _SCREEN, root, str(desk.key)), expected


class Sitting:
    """A command on a fresh terminal, its keys and what it sends; ended as a context manager."""

    def __init__(self, command: Sequence[str]) -> None:
        import pyte

        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._started = time.perf_counter()
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            environment = {key: text for key, text in os.environ.items() if key not in _HIDDEN}
            environment |= {
                "TERM": "xterm-256color",
                "PYTHONPATH": str(ROOT),
                "SOPTUI_NO_TOUR": "1",
            }
            os.execvpe(command[0], list(command), environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *unused: object) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._terminal)

    def frame(self, expected: str) -> Frame:
        """The first frame with the expected text; raises `SystemExit` when it never comes."""
        count = 0
        while time.perf_counter() - self._started < _PATIENCE_SECONDS:
            received = self._receive(1.0)
            if received is None:
                break
            count += received
            if any(expected in line for line in self._screen.display):
                return Frame(time.perf_counter() - self._started, count + self.settle())
        raise SystemExit(f"never saw {expected!r} on:\n" + "\n".join(self._screen.display))

    def press(self, key: bytes) -> int:
        """Press a key; how many bytes came until it was quiet."""
        os.write(self._terminal, key)
        return self.settle()

    def settle(self, quiet: float = _QUIET_SECONDS) -> int:
        """How many bytes come until there were none for so many seconds."""
        count = 0
        while received := self._receive(quiet):
            count += received
        return count

    def _receive(self, patience: float) -> int | None:
        """How many bytes came; None when the command has ended."""
        ready, _, _ = select.select([self._terminal], [], [], patience)
        data = _read(self._terminal) if ready else b""
        self._stream.feed(data)
        return None if ready and not data else len(data)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


_HIDDEN = {"TMUX", "TMUX_PANE", "COLUMNS", "LINES", "COLORTERM", "NO_COLOR", "CI"}
