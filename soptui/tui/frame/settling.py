"""Waits until a person rests: what follows the cursor is drawn once, and not for each key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

AFTER_SECONDS = 0.15
"""How long no key must be pressed: longer than a held key repeats, too short to be waited for."""


class Settling:
    """Calls back once nothing moved for a moment; each move begins the moment anew."""

    def __init__(self, screen: Screen[Any], then: Callable[[], object]) -> None:
        self._screen = screen
        self._then = then
        self._timer: Timer | None = None

    def begin(self) -> None:
        """Something moved."""
        self._stop()
        self._timer = self._screen.set_timer(AFTER_SECONDS, self._settle)

    def hurry(self) -> None:
        """Wait no longer, if something moved: what would follow is asked for now."""
        if self._timer is not None:
            self._stop()
            self._then()

    def _settle(self) -> None:
        self._timer = None
        if self._screen.is_current:
            self._then()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
