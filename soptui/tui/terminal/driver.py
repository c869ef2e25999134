"""Textual drivers that end with their terminal, and one of them light on the line as well.

Stock Textual sends 30 KB for a screen of 80x24 and 1.4 KB for a typed character; over SSH that is
felt. The light driver sends of each frame the cells that changed. `SOPTUI_LIGHT=0`, or
`line = "whole"` in the configuration, goes back to what stock Textual sends.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
from collections.abc import Mapping
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, cast

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from soptui.desk.settings.crash_files import keep_fault
from soptui.domain.message import N_
from soptui.tui.terminal.canvas import Canvas
from soptui.tui.terminal.erasing import erases_in_colour
from soptui.tui.terminal.frame import SYNC_END, SYNC_START, Kind, kind_of, read_frame
from soptui.tui.terminal.hang_up import HangUpWatch, LastingOutput
from soptui.tui.terminal.keyboard import Keyboard, LeftOut

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver

_MERGE = 0.012
_MERGE_ON_A_SLOW_LINE = 0.05
_WORTH_SYNCING = 128
_FAULT = N_("A key met a fault in soptui, which is kept in a file; the key was left out.")
_MOMENT = 0.1
"""Seconds after which a beginning of which nothing more came is what it is: Esc, and no arrow."""
_CHUNK = 4096
"""Bytes read at a time: all that the kernel keeps for a terminal."""
_SHOW_CURSOR = "\x1b[?25h"


class EndingDriver(LinuxDriver):
    """The stock driver, and SIGHUP for its program when the terminal goes away.

    The stock driver would read from nowhere, as fast as it can, for ever.
    """

    shows_cursor = False
    """Whether the terminal's own cursor is to be seen."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._file = cast(TextIOWrapper, LastingOutput(self._file)) if self._file else None
        self._watch: HangUpWatch | None = None

    def start_application_mode(self) -> None:
        """Take the terminal, and watch whether it is there."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self.shows_cursor:
            self.write(_SHOW_CURSOR)
        if self._watch is None:
            self._watch = HangUpWatch(self.fileno, self._hung_up)

    def close(self) -> None:
        """Let go of the terminal."""
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        super().close()

    def run_input_thread(self) -> None:
        """Pass on what is typed, whatever it is, until there is no terminal to read from."""
        keyboard = Keyboard(mouse=self._mouse)
        with suppress(OSError, ValueError, EOFError):  # There is no terminal any more.
            while not self.exit_event.is_set():
                data = self._read()
                try:
                    for message in keyboard.events(data) if data else keyboard.tick():
                        self._pass_on(message)
                except Exception as fault:  # noqa: BLE001 (the thread must read on)
                    keyboard = Keyboard(mouse=self._mouse)
                    self._tell(fault)
            return
        self._hung_up()

    def _read(self) -> bytes:
        """What came, or nothing where nothing did for a moment; a long text waits for its turn."""
        if not select.select([self.fileno], [], [], _MOMENT)[0]:
            return b""
        data = os.read(self.fileno, _CHUNK)
        if not data:
            raise EOFError
        if len(data) == _CHUNK:
            self._wait_for_app()
        return data

    def _pass_on(self, message: Message) -> None:
        """Hand it on; a fault is told, and takes no other key along."""
        try:
            self.process_message(message)
        except Exception as fault:  # noqa: BLE001 (the thread must read on)
            self._tell(fault)

    def _tell(self, fault: Exception) -> None:
        if not self._loop.is_closed():  # Else the program ends already.
            keep_fault(fault)
            self.send_message(LeftOut(_FAULT))

    def _wait_for_app(self) -> None:
        """Until the app has taken what was passed on; the kernel keeps the rest of it back."""
        with suppress(RuntimeError):
            taken = asyncio.run_coroutine_threadsafe(asyncio.sleep(0), self._loop)
            while not self.exit_event.is_set():
                with suppress(TimeoutError):
                    taken.result(_MOMENT)
                    return

    def _hung_up(self) -> None:
        self.exit_event.set()
        with suppress(RuntimeError):  # The loop is closed: the program ends already.
            self._loop.call_soon_threadsafe(signal.raise_signal, signal.SIGHUP)


class LightDriver(EndingDriver):
    """Keeps what the terminal shows; merges frames, compares, and sends the difference.

    Output that it does not understand ends the comparison for good: from there on all goes out
    as the stock driver sends it, which is right and only longer.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._canvas = Canvas(erases_in_colour=erases_in_colour())
        self._timer: asyncio.TimerHandle | None = None
        self._sync = False
        self.is_light = True
        """Whether differences are sent; False after output that was not understood."""

    def write(self, data: str) -> None:
        """Send `data`, or remember what it paints and send the difference a moment later."""
        if not self.is_light:
            super().write(data)
            return
        match kind_of(data):
            case Kind.SYNC:
                self._sync = True
            case Kind.BESIDE:
                super().write(data)
            case Kind.ENTER:
                super().write(data)
                self._canvas.forget()
                self._arm(_MERGE)
            case Kind.LEAVE:
                self._disarm()
                super().write(data)
            case Kind.PAINT if (frame := read_frame(data)) is not None:
                self._canvas.paint(frame)
                self._arm(_MERGE)
            case _:
                self._send_difference()
                self.is_light = False
                super().write(data)

    def redraw(self) -> None:
        """Clear the terminal and send everything that should be on it."""
        self._canvas.forget()
        self._arm(_MERGE)

    def close(self) -> None:
        """Stop writing; what was not sent is not wanted any more."""
        self._disarm()
        super().close()

    def _sigcont_application(self, *arguments: Any) -> None:
        # A terminal that goes away wakes even those who did not sleep; starting the screen a second
        # time would leave threads behind that read from nowhere for ever.
        if self._must_signal_resume:
            super()._sigcont_application(*arguments)

    def _get_terminal_size(self) -> tuple[int, int]:
        # The stock driver asks at the start and whenever the terminal signals a change of size.
        self._canvas.forget()
        return super()._get_terminal_size()

    def _arm(self, delay: float) -> None:
        if self._timer is None:
            self._timer = self._loop.call_later(delay, self._send)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _send(self) -> None:
        self._timer = None
        if self._writer_thread is not None and self._writer_thread._queue.qsize():
            # The line is behind: let later frames replace this one instead of queueing up.
            self._arm(_MERGE_ON_A_SLOW_LINE)
        else:
            self._send_difference()

    def _send_difference(self) -> None:
        self._disarm()
        out = self._canvas.difference(*super()._get_terminal_size())
        if self._sync and len(out) >= _WORTH_SYNCING:
            out = f"{SYNC_START}{out}{SYNC_END}"
        if out:
            super().write(out)


def driver_class(
    environment: Mapping[str, str], configured: bool | None = None, *, shows_cursor: bool = False
) -> type[Driver] | None:
    """The driver for `App(driver_class=...)`: None where `TEXTUAL_DRIVER` names another.

    With `shows_cursor` the terminal's cursor is seen where it stands, on what is selected.
    It is light unless `SOPTUI_LIGHT`, or else the configuration's `line`, says no.
    """
    if environment.get("TEXTUAL_DRIVER"):
        return None
    asked = environment.get("SOPTUI_LIGHT", "").strip().lower()
    light = asked not in ("0", "no", "off", "false") if asked else configured is not False
    driver = LightDriver if light else EndingDriver
    return type(driver.__name__, (driver,), {"shows_cursor": True}) if shows_cursor else driver


def redraw(app: App[Any]) -> None:
    """Send the whole screen again, for a terminal that was scribbled on (ctrl+l)."""
    driver = app._driver
    if isinstance(driver, LightDriver) and driver.is_light:
        driver.redraw()
    else:
        app.refresh(layout=True)
