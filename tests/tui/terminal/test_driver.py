"""What the light driver sends makes the same screen as what the stock driver would have sent."""

from __future__ import annotations

import os

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")

import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyte.screens import Char
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from soptui.tui.terminal.canvas import Canvas
from soptui.tui.terminal.driver import EndingDriver, LightDriver, driver_class
from soptui.tui.terminal.frame import Kind, kind_of, read_frame
from tests.support.programs import ROOT
from tests.tui.terminal.resting import seen

CONSOLE = Console(force_terminal=True, color_system="256", legacy_windows=False)


class Terminal(pyte.Screen):
    """pyte, made to treat wide characters as xterm, tmux and the Linux console do.

    The other half of one that is half overwritten becomes blank; a mark joins its first half.
    What is erased has the ground of what is written, or none.
    """

    keeps_ground = True

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        self._erasing(lambda: super(Terminal, self).erase_in_line(how, private))

    def erase_characters(self, count: int | None = None) -> None:
        self._erasing(lambda: super(Terminal, self).erase_characters(count))

    def _erasing(self, erase: Callable[[], None]) -> None:
        worn = self.cursor.attrs
        ground = worn.bg if self.keeps_ground else "default"
        self.cursor.attrs = self.default_char._replace(bg=ground)
        erase()
        self.cursor.attrs = worn

    def draw(self, data: str) -> None:
        for character in data:
            row, before = self.buffer[self.cursor.y], self.cursor.x - 1
            if not unicodedata.combining(character):
                self._blank_halves(cell_len(character))
                super().draw(character)
            elif before >= 0:
                base = before - (row[before].data == "")
                row[base] = row[base]._replace(data=row[base].data + character)

    def _blank_halves(self, width: int) -> None:
        row = self.buffer[self.cursor.y]
        start = self.cursor.x
        if start < self.columns and row[start].data == "" and start:
            row[start - 1] = row[start - 1]._replace(data=" ")
        end = start + width
        if end < self.columns and row[end].data == "":
            row[end] = row[end]._replace(data=" ")


@dataclass
class Line:
    """A terminal at the end of a line, counting the bytes that came over it."""

    columns: int
    lines: int
    sent: int = 0
    keeps_ground: bool = True

    def __post_init__(self) -> None:
        self.screen = Terminal(self.columns, self.lines)
        self.screen.keeps_ground = self.keeps_ground
        self.stream = pyte.Stream(self.screen)
        self.feed("\x1b[?7l")

    def feed(self, data: str) -> None:
        self.sent += len(data.encode())
        self.stream.feed(data.replace("\r\n", "\n").replace("\n", "\r\n"))

    def picture(self) -> list[list[Char]]:
        """What is seen: of a blank its ground, and the lines drawn there."""
        return [
            [seen(self.screen.buffer[y][x]) for x in range(self.screen.columns)]
            for y in range(self.screen.lines)
        ]

    def scribble(self) -> None:
        """What another program, or a resize, may leave behind."""
        for y in range(self.screen.lines):
            self.stream.feed(f"\x1b[{y + 1};1H\x1b[41m" + "#" * self.screen.columns + "\x1b[m")

    def clear(self) -> None:
        self.stream.feed("\x1b[m\x1b[2J")


# --- frames as Textual renders them ---------------------------------------------------------------

STYLES = st.sampled_from(
    [
        None,
        Style(),
        Style(bold=True),
        Style(color="red"),
        Style(color="color(200)", bgcolor="color(17)"),
        Style(bgcolor="blue"),
        Style(bgcolor="blue", underline=True),
        Style(reverse=True, italic=True),
    ]
)
TEXTS = st.text(
    st.one_of(
        st.sampled_from("abc xyz  \N{BOX DRAWINGS LIGHT HORIZONTAL}é"),
        st.sampled_from("漢字かな한글Ｆ"),
        st.sampled_from("e\N{COMBINING ACUTE ACCENT}o\N{COMBINING DIAERESIS}"),
    ),
    max_size=14,
).map(lambda text: text.lstrip("\N{COMBINING ACUTE ACCENT}\N{COMBINING DIAERESIS}"))


@st.composite
def strips(draw: st.DrawFn, width: int) -> Strip:
    segments = [
        Segment(draw(TEXTS | st.just(" " * 12)), draw(STYLES))
        for _ in range(draw(st.integers(min_value=0, max_value=4)))
    ]
    return Strip(segments).adjust_cell_length(width)


@st.composite
def whole_frames(draw: st.DrawFn, width: int, height: int) -> str:
    """A frame that paints the whole screen."""
    rows: list[Iterable[Strip]] = [[draw(strips(width))] for _ in range(height)]
    update = LayoutUpdate(rows, Region(0, 0, width, height))
    return update.render_segments(CONSOLE) + "\x1b[1;1H"


@st.composite
def partial_frames(draw: st.DrawFn, width: int, height: int) -> str:
    """A frame that paints spans of some lines, over lines cut in two."""
    cut = draw(st.integers(min_value=1, max_value=width - 1))
    chops = [{0: draw(strips(cut)), cut: draw(strips(width - cut))} for _ in range(height)]
    lines = draw(st.lists(st.integers(0, height - 1), min_size=1, max_size=3, unique=True))
    spans = []
    for y in sorted(lines):
        first = draw(st.integers(0, width - 1))
        spans.append((y, first, draw(st.integers(first + 1, width))))
    update = ChopsUpdate(chops, spans, [[cut, width]] * height)
    row, column = draw(st.integers(1, height)), draw(st.integers(1, width))
    return update.render_segments(CONSOLE) + f"\x1b[{row};{column}H"


@st.composite
def sessions(draw: st.DrawFn) -> tuple[int, int, list[tuple[str, object]]]:
    """A screen's size, and what happens on it: frames, resizes, scribbles, and sending."""
    size = draw(st.tuples(st.integers(2, 24), st.integers(1, 6)))
    width, height = size
    events: list[tuple[str, object]] = [("frame", draw(whole_frames(width, height)))]
    for _ in range(draw(st.integers(0, 6))):
        match draw(st.sampled_from(["partial", "partial", "whole", "send", "resize", "scribble"])):
            case "partial":
                events.append(("frame", draw(partial_frames(width, height))))
            case "whole":
                events.append(("frame", draw(whole_frames(width, height))))
            case "resize":
                width, height = draw(st.tuples(st.integers(2, 24), st.integers(1, 6)))
                events.append(("resize", (width, height)))
                events.append(("frame", draw(whole_frames(width, height))))
            case other:
                events.append((other, None))
    return *size, events


@settings(deadline=None, max_examples=150)
@given(sessions(), st.booleans())
def test_the_screen_is_the_one_the_stock_driver_makes(
    session: tuple[int, int, list[tuple[str, object]]],
    erases_in_colour: bool,
) -> None:
    width, height, events = session
    stock, light = Line(width, height), Line(width, height, keeps_ground=erases_in_colour)
    canvas = Canvas(erases_in_colour=erases_in_colour)
    for event, what in events:
        if event == "frame":
            frame = read_frame(str(what))
            assert frame is not None
            canvas.paint(frame)
            stock.feed(str(what))
        elif event == "resize" and isinstance(what, tuple):
            width, height = what
            for line in (stock, light):
                line.screen.resize(lines=height, columns=width)
                line.clear()
            light.scribble()
            canvas.forget()
        elif event == "scribble":
            light.scribble()
            canvas.forget()
        else:
            light.feed(canvas.difference(width, height))
            assert light.picture() == stock.picture()
    light.feed(canvas.difference(width, height))
    assert light.picture() == stock.picture()
    assert (light.screen.cursor.x, light.screen.cursor.y) == (
        stock.screen.cursor.x,
        stock.screen.cursor.y,
    )


@settings(deadline=None, max_examples=40)
@given(whole_frames(24, 5))
def test_a_frame_that_changes_nothing_sends_nothing(data: str) -> None:
    canvas = Canvas()
    frame = read_frame(data)
    assert frame is not None
    canvas.paint(frame)
    canvas.difference(24, 5)
    canvas.paint(frame)
    assert canvas.difference(24, 5) == ""


@settings(deadline=None, max_examples=40)
@given(st.lists(whole_frames(24, 5), min_size=2, max_size=4))
def test_a_difference_is_never_much_longer_than_the_frame(frames: list[str]) -> None:
    canvas = Canvas()
    for data in frames:
        frame = read_frame(data)
        assert frame is not None
        canvas.paint(frame)
        # After a sequence with a mark the next place is said in full.
        marks = sum(map(bool, map(unicodedata.combining, data)))
        assert len(canvas.difference(24, 5)) <= len(data) + 16 + marks * len("\x1b[24;24H")


def test_a_changed_letter_costs_few_bytes() -> None:
    canvas = Canvas()
    for text in ("Surat Bupati Banyumas", "Surat Bupatj Banyumas"):
        frame = read_frame(f"\x1b[3;1H\x1b[1;38;5;255;48;5;17m{text}\x1b[0m\x1b[3;12H")
        assert frame is not None
        canvas.paint(frame)
        out = canvas.difference(80, 24)
    assert len(out) < 45
    assert "j" in out


@pytest.mark.parametrize("erases_in_colour", [True, False])
def test_blanks_on_a_ground_are_erased_where_the_terminal_keeps_it(erases_in_colour: bool) -> None:
    canvas, light = Canvas(erases_in_colour=erases_in_colour), Line(80, 1)
    for data in (
        "\x1b[1;1H\x1b[31;44m" + "surat " * 13 + "\x1b[0m\x1b[1;1H",
        "\x1b[1;1H\x1b[32;44msurat"
        + " " * 60
        + "\x1b[1;32;44mmasuk"
        + " " * 10
        + "\x1b[0m\x1b[1;1H",
    ):
        frame = read_frame(data)
        assert frame is not None
        canvas.paint(frame)
        out = canvas.difference(80, 1)
        light.feed(out)
    assert light.screen.display[0] == "surat" + " " * 60 + "masuk" + " " * 10
    assert {cell.bg for cell in light.picture()[0]} == {"blue"}
    assert (len(out) < 60) is erases_in_colour


def test_a_terminal_is_known_by_what_terminfo_says_of_it() -> None:
    ask = "from soptui.tui.terminal.erasing import erases_in_colour as e; print(e())"
    told = {
        name: subprocess.run(
            [sys.executable, "-c", ask],
            env={**os.environ, "TERM": name, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for name in ("xterm-256color", "linux", "vt100", "nobody-knows-it", "")
    }
    assert told == {
        "xterm-256color": "True", "linux": "True", "vt100": "False", "nobody-knows-it": "False",
        "": "False",
    }  # fmt: skip


def test_a_wide_character_that_loses_half_its_place_leaves_a_blank() -> None:
    stock, light, canvas = Line(10, 1), Line(10, 1), Canvas()
    for data in ("\x1b[1;1H漢字漢字\x1b[1;1H", "\x1b[1;2Hx\x1b[1;1H"):
        frame = read_frame(data)
        assert frame is not None
        canvas.paint(frame)
        stock.feed(data)
        light.feed(canvas.difference(10, 1))
    assert light.screen.display == stock.screen.display == [" x字漢字  "]


def test_a_wide_character_cut_by_the_edge_is_blank() -> None:
    canvas, light = Canvas(), Line(3, 1)
    frame = read_frame("\x1b[1;1H漢字\x1b[1;1H")
    assert frame is not None
    canvas.paint(frame)
    light.feed(canvas.difference(3, 1))
    assert light.screen.display == ["漢 "]


def test_after_a_sequence_whose_width_terminals_dispute_places_are_absolute() -> None:
    canvas = Canvas()
    frame = read_frame("\x1b[1;1H👩\u200d🚀 awal\x1b[1;1H")
    assert frame is not None
    canvas.paint(frame)
    assert "👩\u200d🚀\x1b[1;" in canvas.difference(20, 1)


# --- which output is what -------------------------------------------------------------------------


def test_output_beside_the_screen_is_not_a_frame() -> None:
    for data in (
        "\x1b[?25l", "\x1b[?1004h", "\x1b[>25u", "\x1b[<u", "\x1b[?2026$p", "\x1b[?2048$p",
        "\x1b[?2004l", "\x1b[?7l", "\x07", "\x1b]52;c;YQ==\x07", "\x1b]22;text\x1b\\",
        "\x1b]0;soptui\x07",
    ):  # fmt: skip
        assert kind_of(data) is Kind.BESIDE, data


def test_what_is_not_understood_is_never_taken_for_a_frame() -> None:
    for data in (
        "\x1b[2J", "\x1b[?47h", "\x1b[?3h", "\x1b[5;9r", "plain text", "\x1b[3A", "\x1bc",
        "\x1b]8;;https://example.org\x1b\\",
    ):  # fmt: skip
        assert kind_of(data) is Kind.UNKNOWN, data
    for data in (
        "\x1b[1;1Hone\x1b[2Ktwo",
        "\x1b[1;1H\x1b]8;id=1;x:y\x1b\\link\x1b]8;;\x1b\\",
        "\x1b[1;1Ha\tb",
        "\x1b[1;1Ha\x1b[",
    ):
        assert read_frame(data) is None, data


def test_the_light_driver_is_the_default_and_can_be_turned_off() -> None:
    assert driver_class({}) is LightDriver
    assert driver_class({}, configured=True) is LightDriver
    assert driver_class({}, configured=False) is EndingDriver
    assert driver_class({"SOPTUI_LIGHT": "0"}, configured=True) is EndingDriver
    assert driver_class({"SOPTUI_LIGHT": "1"}, configured=False) is LightDriver
    assert driver_class({"TEXTUAL_DRIVER": "some.module:Driver"}) is None


def test_who_is_woken_without_having_slept_does_not_start_the_screen_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[str] = []
    monkeypatch.setattr(LightDriver, "__init__", lambda driver: None)
    monkeypatch.setattr(LightDriver, "resume_application_mode", lambda _: started.append("screen"))
    driver = LightDriver()  # type: ignore[call-arg]
    driver._auto_restart = True
    driver._must_signal_resume = False
    driver._sigcont_application()
    assert started == []
    driver._must_signal_resume = True
    driver._sigcont_application()
    assert started == ["screen"]
