"""A terminal of our own: a command on it, its keys, what it sends, and a line that may be slow."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl
from pathlib import Path
from typing import Self

from msgspec import Struct

from tools.bench.records import ROOT

USUAL = (80, 24)
"""Columns and lines of a terminal where nobody says otherwise."""
SLOW_LINE = 14_400
"""Bytes a second of the slow line: a good modem, or a bad link by radio."""

_REPEAT_SECONDS = 0.05
# A cursor blinks twice a second, so a longer silence would never come.
_QUIET_SECONDS = 0.45
_PATIENCE_SECONDS = 60.0
_HIDDEN = {"TMUX", "TMUX_PANE", "COLUMNS", "LINES", "COLORTERM", "NO_COLOR", "CI"}
_PSS = re.compile(rb"^Pss:\s+(\d+) kB", re.MULTILINE)


class Frame(Struct, frozen=True):
    """The first frame: seconds until the expected text stood, and until the last byte had come.

    `bytes` counts all that came until it was quiet.
    """

    seconds: float
    settled: float
    bytes: int


class Answer(Struct, frozen=True):
    """The answer to a key: seconds until its last byte had come, and how many bytes it took."""

    seconds: float
    bytes: int


class Held(Struct, frozen=True):
    """A held key: the bytes between one repeat and the next, and those after it was let go."""

    each: list[int]
    after: int


def own_home(folder: Path) -> dict[str, str]:
    """An environment in which nobody's own settings are read; `folder` takes what is written."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    names = {"CONFIG": "config", "DATA": "data", "STATE": "state", "CACHE": "cache"}
    return {"HOME": str(home)} | {
        f"XDG_{name}_HOME": str(home / below) for name, below in names.items()
    }


class Throttle:
    """How much may pass on a line of `rate` bytes a second: a bucket that fills as time goes by.

    It holds what the line carries in a fiftieth of a second: a late reader loses nothing, and a
    pause saves up nothing to speak of. Times are seconds of any one clock.
    """

    _HOLDS_SECONDS = 0.02
    _SIP_SECONDS = 0.01

    def __init__(self, rate: int, now: float) -> None:
        self.rate = rate
        self._filled = 0.0
        self._looked = now

    def wait(self, now: float) -> float:
        """Seconds until reading is worth while."""
        self._fill(now)
        return max(0.0, self._SIP_SECONDS - self._filled / self.rate)

    def allowance(self, now: float) -> int:
        """How many bytes may pass now."""
        self._fill(now)
        return int(self._filled)

    def spend(self, count: int) -> None:
        """So many bytes have passed."""
        self._filled -= count

    def _fill(self, now: float) -> None:
        more = self._filled + (now - self._looked) * self.rate
        self._filled = min(more, self.rate * self._HOLDS_SECONDS)
        self._looked = now


class Sitting:
    """A command on a fresh terminal, its keys and what it sends; ended as a context manager.

    The terminal answers no questions; `size` is its columns and lines. `environment` is added to
    that of the process; with `rate` at most so many bytes a second are taken from the command,
    which waits meanwhile.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
        rate: int = 0,
        size: tuple[int, int] = USUAL,
    ) -> None:
        import pyte

        columns, lines = size
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._started = self._last = time.perf_counter()
        self._throttle = Throttle(rate, self._started) if rate else None
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            inherited = {key: text for key, text in os.environ.items() if key not in _HIDDEN}
            inherited |= {
                "TERM": "xterm-256color",
                "PYTHONPATH": str(ROOT),
                "SOPTUI_NO_TOUR": "1",
            }
            os.chdir(folder or ".")
            os.execvpe(command[0], list(command), inherited | dict(environment or {}))

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
            if received and any(expected in line for line in self._screen.display):
                seconds = self._last - self._started
                count += self.settle()
                return Frame(seconds, self._last - self._started, count)
        raise SystemExit(f"never saw {expected!r} on:\n" + "\n".join(self._screen.display))

    def press(self, key: bytes) -> Answer:
        """Press a key, and wait until it is quiet."""
        pressed = self._last = time.perf_counter()
        os.write(self._terminal, key)
        count = self.settle()
        return Answer(self._last - pressed, count)

    def hold(self, key: bytes, times: int) -> Held:
        """Hold a key down as a keyboard repeats it, then let go and wait until it is quiet."""
        counts = []
        for _ in range(times):
            os.write(self._terminal, key)
            counts.append(self.watch(_REPEAT_SECONDS))
        return Held(counts, self.settle())

    def settle(self) -> int:
        """How many bytes come until it is quiet; one who never is quiet is cut short."""
        count = 0
        until = time.perf_counter() + _PATIENCE_SECONDS
        while time.perf_counter() < until and (received := self._receive(_QUIET_SECONDS)):
            count += received
        return count

    def watch(self, seconds: float) -> int:
        """How many bytes come in so many seconds."""
        count = 0
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            count += self._receive(left) or 0
        return count

    def memory(self) -> int:
        """Bytes of memory of the command and all that it started, shared pages by their share."""
        return sum(map(_proportional_bytes, _family(self._process)))

    def _receive(self, patience: float) -> int | None:
        """How many bytes came; None when the command has ended."""
        ready, _, _ = select.select([self._terminal], [], [], patience)
        if not ready:
            return 0
        data = _read(self._terminal, self._allowed())
        if not data:
            return None
        if self._throttle:
            self._throttle.spend(len(data))
        self._last = time.perf_counter()
        self._stream.feed(data)
        return len(data)

    def _allowed(self) -> int:
        """How many bytes may be read, after waiting for the slow line."""
        if self._throttle is None:
            return 65_536
        while (seconds := self._throttle.wait(time.perf_counter())) > 0:
            time.sleep(seconds)
        return self._throttle.allowance(time.perf_counter())


def _read(terminal: int, count: int) -> bytes:
    try:
        return os.read(terminal, count)
    except OSError:
        return b""


def _family(process: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_bytes().rpartition(b")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(path.parent.name))
    found = [process]
    for one in found:
        found += children.get(one, [])
    return found


def _proportional_bytes(process: int) -> int:
    try:
        found = _PSS.search(Path(f"/proc/{process}/smaps_rollup").read_bytes())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0
