"""The screen: when its first frame stands, and what it and each key cost in bytes."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from soptui.desk.tray import tray_of as desk_tray
from tools.bench.builder import LongHistory
from tools.bench.table import Row
from tools.bench.terminal import Frame, Sitting, own_home

EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("first-frame")
Empty().run()
"""
_SCREEN = "from soptui.cli import main; main()"

DOWN, PAGE_DOWN, FILTER, ESCAPE = b"\x1b[B", b"\x1b[6~", b"/", b"\x1b"
TYPED = (b"p", b"e", b"n", b"g")
IDLE_SECONDS = 5.0
_STARTS = 5
START_RATIO = 1.25
START_BYTES = 8192
"""The budgets of the design at the start: against an empty Textual application, and in bytes."""
_HELD_TIMES, _SETTLED_TIMES = 10, 5
_BOARD, _TRAY = b"6", b"1"
_OPENED = {"help": b"?", "what can be found": b":", "a form": b"c", "a case": b"\r"}
"""What is opened over the tray, and the key that opens it."""


class LineBudgets(Struct, frozen=True):
    """The budgets of the design for a line, in bytes, at one size of the terminal.

    `settled` is the preview that follows a cursor key; the foot may change with it.
    """

    size: tuple[int, int]
    place: int
    held: int
    settled: int
    page: int
    typed: int = 150


FOOT = 150
"""Bytes for a foot that offers something else: it follows the cursor at every size."""

LINE = (
    LineBudgets((80, 24), 6144, 400, FOOT, 2048),
    LineBudgets((120, 40), 8192, 450, 1536, 3072),
    LineBudgets((200, 50), 12_288, 500, 2560, 4096),
)


def first_frame(history: LongHistory) -> Iterator[Row]:
    """The first frame of the tray against that of an empty Textual application."""
    ours, expected = tray_of(history)
    home = own_home(history.office.folder)
    commands = {
        "empty": ((sys.executable, "-c", EMPTY_APP), "first-frame"),
        "ours": (ours, expected),
    }
    frames: dict[str, list[Frame]] = {name: [] for name in commands}
    for number in range(_STARTS + 1):
        for name, (command, words) in commands.items():
            frame = frame_of(command, words, home)
            # The first start, which brings the program's files into memory, does not count.
            if number:
                frames[name].append(frame)
    empty, full = (
        statistics.median(frame.seconds for frame in frames[name]) for name in ("empty", "ours")
    )
    yield Row(
        "first frame against an empty Textual app",
        f"{START_RATIO:.2f} x",
        f"{full / empty:.2f} x ({full * 1000:.0f} against {empty * 1000:.0f} ms)",
        full <= START_RATIO * empty,
    )
    count = round(statistics.median(frame.bytes for frame in frames["ours"]))
    yield Row(
        "bytes to the first settled screen", f"{START_BYTES} B", f"{count} B", count <= START_BYTES
    )


def line(history: LongHistory) -> Iterator[Row]:
    """What keys cost on the line at three sizes, and what it costs to do nothing."""
    for budgets in LINE:
        yield from _line_at(history, budgets)


def _line_at(history: LongHistory, budgets: LineBudgets) -> Iterator[Row]:
    command, expected = tray_of(history)
    environment = own_home(history.office.folder)
    with Sitting(command, environment=environment, size=budgets.size) as sitting:
        sitting.frame(expected)
        held = sitting.hold(DOWN, _HELD_TIMES)
        settled = [sitting.press(DOWN).bytes for _ in range(_SETTLED_TIMES)]
        page = [sitting.press(PAGE_DOWN).bytes for _ in range(3)]
        idle = sitting.watch(IDLE_SECONDS)
        sitting.press(FILTER)
        typed = [sitting.press(letter).bytes for letter in TYPED]
        sitting.press(ESCAPE)
        places = [sitting.press(str(number).encode()).bytes for number in (2, 3, 4, 5, 7, 8)]
        board = [sitting.press(_BOARD).bytes]
        sitting.press(_TRAY)
        opened = {}
        for what, key in _OPENED.items():
            opened[what] = [sitting.press(key).bytes]
            sitting.press(ESCAPE)
    row = round(statistics.median(held.each))
    previews = [max(0, count - row) for count in settled]
    columns, lines = budgets.size
    for what, counts, budget in (
        ("a place", places, budgets.place),
        ("the board", board, budgets.place),
        *((what, counts, budgets.place) for what, counts in opened.items()),
        ("a held cursor key", held.each, budgets.held),
        ("what follows once it rests", previews, budgets.settled),
        ("a typed character", typed, budgets.typed),
        ("a page", page, budgets.page),
    ):
        count = max(counts) if counts is places else round(statistics.median(counts))
        told = f"{count} B ({min(counts)} to {max(counts)})" if len(counts) > 1 else f"{count} B"
        yield Row(f"{columns}x{lines}: bytes for {what}", f"{budget} B", told, count <= budget)
    yield Row(
        f"{columns}x{lines}: bytes in {IDLE_SECONDS:.0f} idle seconds",
        "0 B", f"{idle} B", idle == 0,
    )  # fmt: skip


def frame_of(
    command: Sequence[str], expected: str, environment: Mapping[str, str] | None = None
) -> Frame:
    """What a command shows on a fresh terminal; raises `SystemExit` when it never does."""
    with Sitting(command, environment=environment) as sitting:
        return sitting.frame(expected)


def tray_of(history: LongHistory) -> tuple[tuple[str, ...], str]:
    """The command that opens the camat's tray, and words that then stand on the screen."""
    desk = history.office.desks["camat"]
    letters = desk_tray(desk, limit=1).to_receive
    expected = letters[0].subject[:20] if letters else "Camat"
    root = str(history.office.repository.root)
    seat = ("--records", root, "--officer", "camat", "--key", str(desk.key))
    return (sys.executable, "-c", _SCREEN, *seat), expected
