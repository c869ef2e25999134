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


@dataclass(frozen=True, slots=True)
class Frame:
    """Seconds until the expected text stood on the screen, and bytes until it was quiet."""

    seconds: float
    bytes: int


def first_frame(history: LongHistory) -> Iterator[Row]:
    """The first frame of the inbox against that of an empty Textual application."""
    if importlib.util.find_spec("soptui.tui.app") is None:
        return
    desk = history.office.desks["camat"]
    letter = desk.index.tray(desk.officer, desk.now().date(), desk.now(), limit=1)
    expected = letter.to_receive[0].subject[:20] if letter.to_receive else "Camat"
    ours = (_SCREEN, str(history.office.repository.root), str(desk.key))
    frames: dict[str, list[Frame]] = {"empty": [], "ours": []}
    for _ in range(5):
        frames["empty"].append(frame_of((sys.executable, "-c", _EMPTY_APP), "first-frame"))
        frames["ours"].append(frame_of((sys.executable, "-c", *ours), expected))
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


def frame_of(command: Sequence[str], expected: str) -> Frame:
    """What a command shows on a fresh terminal; raises `SystemExit` when it never does."""
    import pyte

    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    started = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        environment = {key: text for key, text in os.environ.items() if key not in _HIDDEN}
        environment |= {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
        os.execvpe(command[0], list(command), environment)
    try:
        seen: float | None = None
        count = 0
        while time.perf_counter() - started < _PATIENCE_SECONDS:
            ready, _, _ = select.select([terminal], [], [], _QUIET_SECONDS if seen else 1.0)
            if not ready and seen:
                return Frame(seen, count)
            data = _read(terminal) if ready else b""
            if ready and not data:
                break
            count += len(data)
            stream.feed(data)
            if seen is None and any(expected in line for line in screen.display):
                seen = time.perf_counter() - started
        raise SystemExit(f"never saw {expected!r} on:\n" + "\n".join(screen.display))
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


_HIDDEN = {"TMUX", "TMUX_PANE", "COLUMNS", "LINES", "COLORTERM", "NO_COLOR", "CI"}
