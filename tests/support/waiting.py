"""How tests wait: for a condition, never for a time to pass, and never without an end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
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


async def until_at_rest(pilot: Pilot[Any]) -> None:
    """Wait until nothing is being signed, fetched or read, and all is drawn."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        await pilot.pause()
        while running := [one for one in pilot.app.workers if not one.is_finished]:
            await asyncio.gather(*(one.wait() for one in running), return_exceptions=True)
            await pilot.pause()
        await pilot.pause()


async def until_so(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Wait until something holds, while the screen may still be at work."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while not holds():
            await pilot.pause(_BETWEEN_LOOKS)
