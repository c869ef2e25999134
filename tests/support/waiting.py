"""How tests wait: for a condition, never for a time to pass, and never without an end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from textual.pilot import Pilot

Found = TypeVar("Found")

_DEADLINE_LOOKS = 1500
_BETWEEN_LOOKS = 0.03
_PATIENCE_SECONDS = 120


def until(condition: Callable[[], Found | None], failure: Callable[[], str]) -> Found:
    """What `condition` gives once it is neither None nor False; fails in the words of `failure`."""
    pause = threading.Event()
    for _ in range(_DEADLINE_LOOKS):
        found = condition()
        if found is not None and found is not False:
            return found
        pause.wait(_BETWEEN_LOOKS)
    raise AssertionError(failure())


async def until_idle(*_within: float) -> None:
    """Until nothing in the event loop can go on by itself: all wait for a key, a thread, a clock.

    Stands in for Textual's own, which sleeps and guesses by processor time: slow on an idle
    machine, and wrong on a busy one. What is to be drawn is drawn at once, and not a sixtieth of
    a second later.
    """
    await asyncio.sleep(0)
    while True:
        while _can_go_on():
            await asyncio.sleep(0)
        _draw()
        if not _can_go_on():
            return


def _can_go_on() -> bool:
    """Whether something else in the event loop can run now: asyncio keeps it in `_ready`."""
    return bool(asyncio.get_running_loop()._ready)  # type: ignore[attr-defined]


def _draw() -> None:
    from textual._context import active_app
    from textual.app import ScreenStackError

    with suppress(ScreenStackError):  # The app is about to end.
        active_app.get().screen._on_timer_update()


async def until_at_rest(pilot: Pilot[Any]) -> None:
    """Wait until nothing is being signed, fetched or read, and all is drawn."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            await pilot.pause()
            running = [one for one in pilot.app.workers if not one.is_finished]
            await asyncio.gather(*(one.wait() for one in running), return_exceptions=True)
            if not running and not _can_go_on():
                return


async def resize(pilot: Pilot[Any], width: int, height: int) -> None:
    """Give the terminal another size, and wait until the screen has it."""
    await pilot.resize_terminal(width, height)
    await until_so(pilot, lambda: pilot.app.screen.outer_size == (width, height))
    await until_at_rest(pilot)


async def until_so(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Wait until something holds, while the screen may still be at work."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while not holds():
            await pilot.pause(_BETWEEN_LOOKS)
