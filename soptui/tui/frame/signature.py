"""Waits for a signature that a thread makes: says so, reminds of the key, and can be stopped."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from soptui.locale import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

_KEY_IS_ASKED_AFTER = 1.5
"""Seconds after which a signature that is not there yet is said to wait for its key's owner."""


class _Screen(Protocol):
    """What is asked of a screen on which something is signed."""

    def say(self, text: str, tone: str = "plain") -> None: ...

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer: ...


class Signature:
    """The signature that a screen waits for, one at a time. The thread itself is the screen's."""

    def __init__(self, screen: _Screen) -> None:
        self._screen = screen
        self._cancelled: threading.Event | None = None
        self._reminder: Timer | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether a signature is being made."""
        return self._cancelled is not None

    def begin(self) -> threading.Event:
        """Say that it is being made; what the thread must look at, set once it is to stop."""
        self._screen.say(_("Signing ... Esc stops it."), "dim")
        self._reminder = self._screen.set_timer(_KEY_IS_ASKED_AFTER, self._remind)
        self._cancelled = threading.Event()
        return self._cancelled

    def stop(self) -> None:
        """Ask the thread to stop, if there is one; what it ends in is still to be told."""
        if self._cancelled is not None:
            self._cancelled.set()

    def end(self) -> None:
        """The thread is back."""
        self._cancelled = None
        if self._reminder is not None:
            self._reminder.stop()
            self._reminder = None

    def _remind(self) -> None:
        self._screen.say(
            _(
                "Waiting for your key: touch it, or answer the question of its agent. Esc stops; "
                "nothing is recorded before."
            ),
            "warn",
        )
