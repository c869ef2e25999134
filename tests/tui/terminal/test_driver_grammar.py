"""Pins what Textual sends to a driver: an upgrade that changes it fails here, not at a desk."""

from __future__ import annotations

import os

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")

from typing import Any

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import DataTable, Footer, Header, Input, Label, OptionList, TextArea

from soptui.tui.terminal.frame import Kind, kind_of, read_frame
from tests.tui.terminal.resting import RestingDriver


class Recorder(Driver):
    """Keeps what the application writes; there is no terminal."""

    written: list[str]

    def write(self, data: str) -> None:
        self.written.append(data)

    def start_application_mode(self) -> None:
        self.written = []
        size = Size(80, 24)
        self.send_message(events.Resize(size, size))

    def disable_input(self) -> None:
        pass

    def stop_application_mode(self) -> None:
        pass


class Dialog(ModalScreen[None]):
    def compose(self) -> ComposeResult:
        yield Label("Yakin? 漢字 e\N{COMBINING ACUTE ACCENT}")


class Busy(App[None]):
    """Widgets of every sort, and everything that an application can say beside the screen."""

    def compose(self) -> ComposeResult:
        yield Header()
        yield Input("surat", id="first")
        yield TextArea("catatan\nbaris kedua")
        yield OptionList("satu", "dua", "tiga")
        yield DataTable[Any]()
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("a", "b")
        table.add_rows([(str(number), "漢字") for number in range(50)])


async def use_everything(pilot: Pilot[object]) -> None:
    await pilot.press("a", "tab", "b", "enter", "tab", "down", "tab", "pagedown", "end", "ctrl+p")
    await pilot.press("x", "escape")
    await pilot.app.push_screen(Dialog())
    await pilot.pause()
    pilot.app.refresh(layout=True)
    pilot.app.copy_to_clipboard("salin")
    pilot.app.bell()
    await pilot.pause()
    pilot.app.exit()


async def frames_of_a_session() -> list[str]:
    app = Busy(driver_class=Recorder)
    await app.run_async(auto_pilot=use_everything, size=(80, 24))
    assert isinstance(app._driver, Recorder)
    return app._driver.written


async def test_all_that_textual_paints_is_of_the_grammar() -> None:
    written = await frames_of_a_session()
    kinds = {kind_of(data) for data in written}
    assert kinds <= {Kind.PAINT, Kind.BESIDE, Kind.SYNC}, written
    frames = [data for data in written if kind_of(data) is Kind.PAINT]
    assert len(frames) > 10
    assert [data for data in frames if read_frame(data) is None] == []


class Wire:
    """Stands where the stock driver's writer thread stands."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.behind = 0
        self._queue = self

    def write(self, data: str) -> None:
        self.written.append(data)

    def qsize(self) -> int:
        return self.behind

    def stop(self) -> None:
        self.written.append("<stopped>")


@pytest.fixture
def stock_writes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the stock driver itself writes when it starts and stops."""
    written: list[str] = []
    monkeypatch.setattr(LinuxDriver, "write", lambda self, data: written.append(data))
    return written


async def test_all_that_the_stock_driver_says_itself_is_known(stock_writes: list[str]) -> None:
    app: App[None] = App()
    driver = LinuxDriver(app)
    driver.input_tty = True
    for say in (
        driver._enable_mouse_support, driver._enable_mouse_pixels, driver._enable_bracketed_paste,
        driver._disable_bracketed_paste, driver._query_in_band_window_resize,
        driver._enable_in_band_window_resize, driver._enable_line_wrap, driver._disable_line_wrap,
        driver._disable_mouse_support, driver._request_terminal_sync_mode_support,
    ):  # fmt: skip
        say()
    assert len(stock_writes) > 12
    assert {kind_of(data) for data in stock_writes} == {Kind.BESIDE}


async def on_a_wire(monkeypatch: pytest.MonkeyPatch) -> tuple[RestingDriver, Wire]:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "5")
    driver, wire = RestingDriver(App()), Wire()
    monkeypatch.setattr(driver, "_writer_thread", wire)
    return driver, wire


async def test_frames_that_follow_each_other_go_out_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    driver, wire = await on_a_wire(monkeypatch)
    driver.write("\x1b[1;1Hsatu\x1b[1;1H")
    driver.write("\x1b[1;1Hdua \x1b[1;1H")
    await driver.rest()
    assert len(wire.written) == 1
    assert "dua" in wire.written[0]
    assert "satu" not in wire.written[0]


async def test_on_a_line_that_is_behind_later_frames_replace_earlier_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    driver, wire = await on_a_wire(monkeypatch)
    wire.behind = 1
    driver.write("\x1b[1;1Hsatu\x1b[1;1H")
    driver._send()
    assert wire.written == []
    driver.write("\x1b[1;1Hdua \x1b[1;1H")
    wire.behind = 0
    await driver.rest()
    assert [("dua" in data, "satu" in data) for data in wire.written] == [(True, False)]


async def test_nothing_is_sent_while_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    driver, wire = await on_a_wire(monkeypatch)
    for _ in range(3):
        driver.write("\x1b[?2026h")
        driver.write("\x1b[1;1Hsatu\x1b[1;1H")
        driver.write("\x1b[?2026l")
        await driver.rest()
    assert len(wire.written) == 1


async def test_output_that_is_not_understood_goes_out_as_it_came(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    driver, wire = await on_a_wire(monkeypatch)
    driver.write("\x1b[1;1Hsatu\x1b[1;1H")
    driver.write("\x1b[2;1Hdua\x1b[2K\x1b[1;1H")
    driver.write("\x1b[3;1Htiga\x1b[1;1H")
    assert not driver.is_light
    assert "satu" in wire.written[0]
    assert wire.written[1:] == ["\x1b[2;1Hdua\x1b[2K\x1b[1;1H", "\x1b[3;1Htiga\x1b[1;1H"]


async def test_after_an_editor_had_the_terminal_all_is_painted_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    driver, wire = await on_a_wire(monkeypatch)
    driver.write("\x1b[?1049h")
    driver.write("\x1b[1;1Hsatu\x1b[1;1H")
    await driver.rest()
    driver.write("\x1b[1;1Hdua \x1b[1;1H")
    driver.write("\x1b[?1049l")
    wire.written.clear()
    driver.write("\x1b[?1049h")
    driver.write("\x1b[2;1Htiga\x1b[1;1H")
    await driver.rest()
    assert wire.written[0] == "\x1b[?1049h"
    assert "dua" in wire.written[1]
    assert "tiga" in wire.written[1]


async def test_a_resized_terminal_is_cleared_and_painted_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    driver, wire = await on_a_wire(monkeypatch)
    driver.write("\x1b[1;1Hsatu\x1b[1;1H")
    await driver.rest()
    monkeypatch.setenv("COLUMNS", "30")
    driver.write("\x1b[2;1Hdua\x1b[1;1H")
    await driver.rest()
    assert "\x1b[2J" in wire.written[1]
    assert "satu" in wire.written[1]


async def test_redraw_repairs_a_screen_that_was_scribbled_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    driver, wire = await on_a_wire(monkeypatch)
    driver.write("\x1b[1;1Hsatu\x1b[1;1H")
    await driver.rest()
    driver.redraw()
    await driver.rest()
    assert "\x1b[2J" in wire.written[1]
    assert "satu" in wire.written[1]
