"""Progress of a thread, reported to its screen now and then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

_TIMES_IN_ALL = 50


@dataclass
class Progressed(Message):
    """So much is `done`, of so much; `sentence` is the msgid that says of what."""

    sentence: str
    done: int
    total: int

    def can_replace(self, message: Message) -> bool:
        """The newest says all."""
        return isinstance(message, Progressed)


class Progress:
    """What the thread that makes it calls with how much is done; tells the screen some fifty times.

    Nothing is told once nobody waits for the thread any more.
    """

    def __init__(self, screen: Screen[Any], sentence: str) -> None:
        """`sentence` is a msgid with `{done}` and `{total}`."""
        self._screen = screen
        self._sentence = sentence
        self._shown = 0
        self._worker = get_current_worker()

    def __call__(self, done: int, total: int) -> None:
        """So much is done now, of so much."""
        if self._worker.is_cancelled or done - self._shown < max(1, total // _TIMES_IN_ALL):
            return
        self._shown = done
        self._screen.post_message(Progressed(self._sentence, done, total))
