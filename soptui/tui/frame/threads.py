"""Work that is given to a thread: one way to begin it, and one way to say how it failed."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import Any, TypeVar

from msgspec import Struct
from textual.app import App
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from soptui.domain.message import Refusal

T = TypeVar("T")


class _Follows(Struct, frozen=True):
    """What is called when a thread is back: in any case, then with its result."""

    when_back: Callable[[], object]
    then: Callable[[Any], object]


class Threads:
    """The threads of a screen, or of the app, which hands on to `ended` what Textual tells it."""

    def __init__(
        self,
        node: Screen[Any] | App[Any],
        *,
        refused: Callable[[Refusal], object],
        failed: Callable[[str], object],
    ) -> None:
        """`refused` says a refusal, `failed` a fault of the program, in the reader's language."""
        self._node = node
        self._refused = refused
        self._failed = failed
        self._follows: dict[Worker[Any], _Follows] = {}

    def run(
        self,
        group: str,
        work: Callable[[], T],
        then: Callable[[T], object] = lambda result: None,
        *,
        when_back: Callable[[], object] = lambda: None,
        exclusive: bool = True,
    ) -> None:
        """Do the work in a thread, then call `then` with its result where messages are handled.

        `when_back` is called before that, and also where the thread fails or nobody waits for it
        any more. Of an exclusive group, only what was begun last is waited for. `then` may be a
        coroutine.
        """
        worker = self._node.run_worker(
            work, group=group, thread=True, exclusive=exclusive, exit_on_error=False
        )
        self._follows[worker] = _Follows(when_back, then)

    async def ended(self, event: Worker.StateChanged) -> None:
        """Go on with the result of a thread that is back, or say why there is none."""
        # By the event: when it is handled, the thread itself may be further on.
        if event.state in (WorkerState.PENDING, WorkerState.RUNNING):
            return
        follows = self._follows.pop(event.worker, None)
        if follows is None:
            return
        follows.when_back()
        if event.state is WorkerState.SUCCESS:
            gone_on = follows.then(event.worker.result)
            if isawaitable(gone_on):
                await gone_on
        elif event.state is WorkerState.ERROR:
            self._say(event.worker.error)

    def _say(self, error: BaseException | None) -> None:
        if isinstance(error, Refusal):
            self._refused(error)
        elif error is not None:
            from soptui.tui.frame.crash import thread_notice

            self._failed(thread_notice(error))
