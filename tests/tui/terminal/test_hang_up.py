"""A terminal that goes away is noticed, and takes what is still written to it."""

from __future__ import annotations

import os
import pty
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import pytest

from soptui.tui.terminal.hang_up import HangUpWatch, LastingOutput

_PATIENCE_SECONDS = 60


@dataclass
class Terminal:
    """The two ends of a terminal: that of whoever looks at it, and the program's."""

    far: int
    near: int

    def goes_away(self) -> None:
        os.close(self.far)
        self.far = -1


def held() -> tuple[set[str], int]:
    """The open files and the number of threads of this process."""
    return {file.name for file in Path("/proc/self/fd").iterdir()}, threading.active_count()


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    terminal = Terminal(*pty.openpty())
    yield terminal
    for end in (terminal.far, terminal.near):
        if end >= 0:
            os.close(end)


def test_a_terminal_that_goes_away_is_noticed_once(terminal: Terminal) -> None:
    noticed: SimpleQueue[str] = SimpleQueue()
    watch = HangUpWatch(terminal.near, lambda: noticed.put("gone"))
    terminal.goes_away()
    assert noticed.get(timeout=_PATIENCE_SECONDS) == "gone"
    watch.stop()
    assert noticed.empty()


def test_what_is_typed_is_no_hang_up(terminal: Terminal) -> None:
    noticed: SimpleQueue[str] = SimpleQueue()
    watch = HangUpWatch(terminal.near, lambda: noticed.put("gone"))
    os.write(terminal.far, b"typed\n")
    assert os.read(terminal.near, 100) == b"typed\n"
    watch.stop()
    assert noticed.empty()


def test_a_watch_that_was_stopped_leaves_nothing_behind(terminal: Terminal) -> None:
    before = held()
    HangUpWatch(terminal.near, lambda: None).stop()
    assert held() == before


def test_what_is_written_to_a_terminal_that_is_gone_goes_nowhere(terminal: Terminal) -> None:
    with open(terminal.near, "w", closefd=False) as file:
        output = LastingOutput(file)
        output.write("seen\n")
        output.flush()
        assert os.read(terminal.far, 100) == b"seen\r\n"
        terminal.goes_away()
        for _ in range(3):
            output.write("unseen\n")
            output.flush()
