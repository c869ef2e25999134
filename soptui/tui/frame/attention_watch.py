"""Keeps what the person should know wherever they are: what is unsent, and of their key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

    from soptui.desk import Desk
    from soptui.desk.sharing.attention import Attention, KeyState
    from soptui.tui.frame.threads import Threads

_KEY_AFTER_SECONDS = 1.0
"""How long after the start the key is looked at, by programs: the first screen comes before."""


class AttentionWatch:
    """What is to be known at the desk of one app; told again after each look, act and sync."""

    def __init__(
        self, app: App[None], threads: Threads, desk: Callable[[], Desk], show: Callable[[], None]
    ) -> None:
        """`show` draws the headers anew; it is called only where something is another."""
        self._app = app
        self._threads = threads
        self._desk = desk
        self._show = show
        self._key: KeyState | None = None
        self.known: Attention | None = None
        """None before the first look."""

    def start(self) -> None:
        """Look at the key soon; the rest comes with the first look of a screen."""
        self._app.set_timer(_KEY_AFTER_SECONDS, self.look_at_key)

    def look(self) -> None:
        """Look in a thread, and show what is another."""
        self._threads.run("attention", self._look, self._take)

    def look_at_key(self) -> None:
        """Also ask whether the key can sign now: at the start, and after it could not."""
        self._threads.run("attention-key", self._look_at_key, self._take)

    def forget(self) -> None:
        """Somebody else sits here now, with a key of their own."""
        self._key = self.known = None
        self.look_at_key()

    def _look(self) -> tuple[Desk, Attention]:
        from soptui.desk.sharing.attention import KeyState, attention_of

        desk = self._desk()
        return desk, attention_of(desk, self._key or KeyState.READY)

    def _look_at_key(self) -> tuple[Desk, Attention]:
        from soptui.desk.sharing.attention import attention_of, key_state_of

        desk = self._desk()
        self._key = key_state_of(desk)
        return desk, attention_of(desk, self._key)

    def _take(self, found: tuple[Desk, Attention]) -> None:
        desk, attention = found
        if desk is self._desk() and attention != self.known:
            self.known = attention
            self._show()
