"""Whether the terminal is still there: a lost line, a closed window, a hub that went down."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_GONE = select.POLLHUP | select.POLLERR


class HangUpWatch:
    """Calls `gone`, once and in a thread of its own, when the terminal behind `fileno` goes away.

    The kernel sends SIGHUP to the leader of the session alone. Where that is a shell or a wrapper
    which ignores it (`su`, `nohup`), a program below it hears of nothing. The thread costs nothing
    while it waits: it sleeps in `poll`, which tells of a hang-up without being asked.
    """

    def __init__(self, fileno: int, gone: Callable[[], None]) -> None:
        self._fileno = fileno
        self._gone = gone
        self._waker, self._wake = os.pipe()
        self._thread = threading.Thread(target=self._wait, name="soptui-hang-up", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        os.write(self._wake, b"x")
        self._thread.join()
        os.close(self._waker)
        os.close(self._wake)

    def _wait(self) -> None:
        poll = select.poll()
        poll.register(self._fileno, 0)
        poll.register(self._waker, select.POLLIN)
        found = dict(poll.poll())
        if self._waker not in found and found.get(self._fileno, 0) & _GONE:
            self._gone()


class LastingOutput:
    """Writes to a terminal as long as it is there, and then to nowhere.

    A writer that meets a fault ends, and whoever hands it more to write would wait for ever.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write a text."""
        with self._whether_there():
            self._file.write(text)

    def flush(self) -> None:
        """Send what was written."""
        with self._whether_there():
            self._file.flush()

    def fileno(self) -> int:
        """The descriptor of the terminal's file."""
        return self._file.fileno()

    @contextmanager
    def _whether_there(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            # What the file still holds is written when the program ends, and must not fail then.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._file.fileno())
            os.close(nowhere)
