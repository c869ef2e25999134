"""Keys typed ahead: each finishes its work before the next is handed on.

Textual hands every key at once to the widget that has the focus. On a slow line, where several
arrive together, the letters after a `/` or after the key of a form would so be taken as commands of
the list below, and a letter that was meant to be typed could sign something.

Why no clock is needed to know that a key is through: every widget handles its messages in order. A
`Handled` that is posted behind the key follows it through the same queues, up to the app; when it
arrives there, all that the key posted on its way is ahead of it. What a binding then told the
widgets is caught by the second round, and a screen that it brought is waited for by its own first
refresh. The clocks below only keep a widget that is gone from holding all other keys for ever.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from textual import events
from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from soptui.domain.message import N_
from soptui.tui.terminal.keyboard import LeftOut

_LOST_AFTER_SECONDS = 1.0
"""When a key's end is not told, its widget is gone; the next key then waits no longer."""
_LONGEST_HOLD_SECONDS = 10.0
"""A key that nothing answers for so long is not worth that all others wait."""


_MOST_KEYS = 10_000
"""So many keys may wait: more than the longest text of a record has characters."""


_TOO_MUCH = N_("More came at once than can be typed; the rest was left out.")


class Handled(Message):
    """Follows a key through the same widgets, and comes to the app when all have seen it.

    It goes twice: first after the key, then after what the key's binding has told the widgets.
    """

    def __init__(self, number: int, target: Widget, *, again: bool) -> None:
        super().__init__()
        self.number = number
        self.target = target
        self.again = again


class TypedAheadApp(App[None]):
    """An app whose keys wait for one another, and for what a key has asked for."""

    def __init__(self, *, driver_class: type | None = None) -> None:
        super().__init__(driver_class=driver_class)
        self._typed: deque[events.Key | events.Paste] = deque()
        self._number = 0
        self._in_hand = 0
        """The number of the key that is being handled; 0 for none."""
        self._given_up: asyncio.TimerHandle | None = None
        self._screen_before: Screen[object] | None = None
        self._hold: Timer | None = None
        self._then: Callable[[], None] | None = None

    def hold_keys(self) -> None:
        """Keep what is typed from now on: a key has asked a thread, and a form may come of it."""
        if self._hold is None:
            self._hold = self.set_timer(_LONGEST_HOLD_SECONDS, self._release)

    def release_keys(self) -> None:
        """Hand on what was kept, once what has come is there to be typed into."""
        if self._hold is not None and not self.screen.call_after_refresh(self._release):
            self._release()

    def _release(self) -> None:
        if self._hold is not None:
            self._hold.stop()
            self._hold = None
        self.call_later(self.hand_on_keys)

    async def on_event(self, event: events.Event) -> None:
        """Queue what is typed, but for the keys that always work."""
        if (
            isinstance(event, events.Key | events.Paste)
            and not event.is_forwarded
            and not self._is_urgent(event)
        ):
            if len(self._typed) < _MOST_KEYS:
                self._typed.append(event)
            else:
                self.post_message(LeftOut(_TOO_MUCH))
            await self.hand_on_keys()
        else:
            await super().on_event(event)

    def once_typed(self, then: Callable[[], None]) -> None:
        """Call `then` when all that was typed is where it belongs, or nothing goes on any more."""
        if self._typed or self._in_hand:
            self._then = then
            self._give_up_later()
        else:
            then()

    def _give_up_later(self) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(_LOST_AFTER_SECONDS, self._give_up_unless_beyond, self._number)

    def _give_up_unless_beyond(self, number: int) -> None:
        """Wait on while keys are handed on, however busy the machine is."""
        if self._then is not None and self._number > number:
            self._give_up_later()
        else:
            self._go_on()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def _is_urgent(self, event: events.Key | events.Paste) -> bool:
        if isinstance(event, events.Paste):
            return False
        bound = self._bindings.key_to_bindings.get(event.key, ())
        return any(binding.priority for binding in bound)

    async def hand_on_keys(self) -> None:
        """Hand the next key to who has the focus, if the one before is done."""
        if self._in_hand or self._hold is not None or not self._typed:
            return
        self._number += 1
        number = self._in_hand = self._number
        loop = asyncio.get_running_loop()
        self._given_up = loop.call_later(_LOST_AFTER_SECONDS, self._finish, number)
        self._screen_before = self.screen
        target = self.focused or self.screen
        await super().on_event(self._typed.popleft())
        if not target.post_message(Handled(number, target, again=True)):
            self._finish(number)

    def on_handled(self, event: Handled) -> None:
        """The key is through; what it changes about the focus is in the queue before us."""
        event.stop()
        follows = Handled(event.number, event.target, again=False)
        if not event.again or not event.target.post_message(follows):
            self.call_later(self._settle, event.number)

    def _settle(self, number: int) -> None:
        """A screen that the key has brought must be there to be typed into."""
        is_new = self.screen is not self._screen_before
        if not is_new or not self.screen.call_after_refresh(self._finish, number):
            self._finish(number)

    def _finish(self, number: int) -> None:
        if number == self._in_hand:
            self._in_hand = 0
            if self._given_up is not None:
                self._given_up.cancel()
            self.call_later(self.hand_on_keys if self._typed else self._go_on)
