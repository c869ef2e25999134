"""In a real terminal the light driver leaves the same picture as the stock driver, colours too."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyte
import pytest
from pyte.screens import Char

from tests.support.needs import program
from tests.support.programs import ROOT
from tests.support.waiting import until
from tests.tui.terminal.resting import seen

APP = """
import os, subprocess, sys
os.environ["TEXTUAL_ANIMATIONS"] = "none"
from textual import events
from textual.app import App
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import DataTable, Footer, Input, Label, TextArea
from soptui.tui.terminal.driver import LightDriver, driver_class, redraw
from tests.tui.terminal.resting import RestingDriver

class Busy(App):
    CSS = "TextArea { height: 5; } DataTable { height: 1fr; }"
    BINDINGS = [
        Binding("f5", "outside", "Editor"), Binding("f6", "mark", "Mark"),
        Binding("f9", "redraw", "Redraw"), Binding("f8", "scribble", "Scribble"),
    ]

    def compose(self):
        yield Label("Kasus 漢字 e\\N{COMBINING ACUTE ACCENT} ✓ naïve")
        first = Input("surat")
        first.cursor_blink = False
        yield first
        area = TextArea("catatan 한글\\nbaris kedua")
        area.cursor_blink = False
        yield area
        yield DataTable()
        yield Footer()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("nomor", "perihal")
        table.add_rows([(str(n), "漢字 " * (n % 4)) for n in range(60)])

    keys = 0

    async def on_event(self, event):
        # A key that no widget takes comes back here, and is counted already.
        is_key = isinstance(event, events.Key) and not event.is_forwarded
        await super().on_event(event)
        if self._exit:
            return
        if is_key or isinstance(event, (events.Resize, events.Ready)):
            self.keys += is_key
            self.run_worker(self.name_what_is_shown)

    async def name_what_is_shown(self):
        # As the terminal's title: so many keys, at that size, are drawn and sent.
        shown = f"{self.keys} {self.size.width}x{self.size.height}"
        await Pilot(self).pause()
        if isinstance(self._driver, RestingDriver):
            await self._driver.rest()
        self._driver.write(f"\\x1b]2;{shown}\\x07")

    def action_outside(self):
        with self.suspend():
            subprocess.run(["sh", "-c", "clear; echo di luar; seq 1 60"])

    def action_scribble(self):
        sys.__stderr__.write("\\x1b[3;1H#####\\x1b[10;5H#####")
        sys.__stderr__.flush()

    def action_redraw(self):
        redraw(self)

    def action_mark(self):
        self.query_one(Label).update("selesai " + self.query_one(Input).value)

chosen = driver_class(os.environ)
Busy(driver_class=RestingDriver if chosen is LightDriver else chosen).run(mouse=False)
"""


pytestmark = pytest.mark.slow


@dataclass
class Terminal:
    """A window of a tmux server of its own."""

    socket: Path
    name: str
    pressed: int = 0
    columns: int = 80
    lines: int = 24

    def tmux(self, *arguments: str) -> str:
        command = ["tmux", "-S", str(self.socket), "-f", os.devnull, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def press(self, *keys: str) -> None:
        for key in keys:
            self.send(key)
            self.pressed += 1
            self.is_drawn()

    def send(self, key: str) -> None:
        self.tmux("send-keys", "-t", self.name, key)

    def resize(self, columns: int, lines: int) -> None:
        self.tmux("resize-window", "-t", self.name, "-x", str(columns), "-y", str(lines))
        self.columns, self.lines = columns, lines
        self.is_drawn()

    def picture(self) -> list[Char]:
        """What is seen of each cell, row by row: of a blank its ground, and the lines there.

        Of blanks at the end of a line tmux tells no ground.
        """
        captured = self.tmux("capture-pane", "-t", self.name, "-e", "-p")
        screen = pyte.Screen(self.columns, self.lines)
        pyte.Stream(screen).feed(captured.removesuffix("\n").replace("\n", "\r\n"))
        cells = []
        for row, text in enumerate(screen.display):
            ink = len(text.rstrip())
            cells += [seen(screen.buffer[row][column]) for column in range(ink)]
            cells += [screen.default_char] * (self.columns - ink)
        return cells

    def text(self) -> str:
        return self.tmux("capture-pane", "-t", self.name, "-p")

    def wait_for(self, holds: Callable[[str], bool]) -> None:
        until(lambda: holds(self.text()), self.text)

    def is_drawn(self) -> list[Char]:
        """The picture once the program says that it shows all that was pressed, at this size."""
        shown = f"{self.pressed} {self.columns}x{self.lines}"
        until(lambda: self.told("#{pane_title}") == shown, self.text)
        return self.picture()

    def told(self, what: str) -> str:
        """What tmux knows of the window."""
        return self.tmux("display-message", "-p", "-t", self.name, what).strip()


@pytest.fixture
def terminals(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    program("tmux")
    socket = tmp_path / "tmux"
    app = tmp_path / "busy.py"
    app.write_text(APP, encoding="utf-8")

    def start(light: str, name: str = "tmux-256color") -> Terminal:
        terminal = Terminal(socket, f"light{light}")
        environment = (
            f"SOPTUI_LIGHT={light}", f"PYTHONPATH={ROOT}", "LANG=C.UTF-8", f"TERM={name}",
            "COLORTERM=",
        )  # fmt: skip
        terminal.tmux(
            "new-session", "-d", "-s", terminal.name, "-x", "80", "-y", "24",
            # Readline, which pytest loads, leaves a size that would never change.
            "env", "-u", "COLUMNS", "-u", "LINES", *environment,
            "sh", "-c", f"'{sys.executable}' '{app}'; echo the shell again; exec cat",
        )  # fmt: skip
        terminal.is_drawn()
        return terminal

    yield start
    subprocess.run(["tmux", "-S", socket, "kill-server"], capture_output=True, check=False)


# As xterm, of which terminfo says that what it erases keeps the ground; so does tmux.
@pytest.mark.parametrize("name", ["tmux-256color", "xterm-256color"])
def test_the_pictures_are_the_same_whatever_happens(
    terminals: Callable[..., Terminal], name: str
) -> None:
    stock, light = terminals("0", name), terminals("1", name)

    def same_after(act: Callable[[Terminal], None]) -> None:
        for terminal in (stock, light):
            act(terminal)
        # What a command palette finds comes when it comes, in one terminal before the other.
        until(
            lambda: stock.is_drawn() == light.is_drawn(),
            lambda: f"{stock.text()}\n{light.text()}",
        )

    same_after(lambda one: None)
    same_after(lambda one: one.press("a", "漢", "b"))
    same_after(lambda one: one.press("Tab", "한", "Enter", "x"))
    same_after(lambda one: one.press("Tab", "Down", "Down", "NPage"))
    same_after(lambda one: one.resize(60, 20))
    same_after(lambda one: one.resize(100, 30))
    same_after(lambda one: one.press("C-p"))
    same_after(lambda one: one.press("Escape"))
    same_after(lambda one: one.press("F5"))
    same_after(lambda one: one.press("F6"))
    assert "selesai a漢b" in light.text()


def test_redraw_repairs_what_another_program_wrote(terminals: Callable[..., Terminal]) -> None:
    light = terminals("1")
    before = light.is_drawn()
    light.press("F8")
    light.wait_for(lambda text: "#####" in text)
    light.press("F9")
    light.wait_for(lambda text: "#####" not in text)
    assert light.is_drawn() == before


def test_the_terminal_is_left_as_it_was_found(terminals: Callable[..., Terminal]) -> None:
    light = terminals("1")
    light.send("C-q")
    light.wait_for(lambda text: "the shell again" in text)
    assert light.told("#{alternate_on} #{cursor_flag} #{wrap_flag}") == "0 1 1"
