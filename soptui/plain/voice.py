"""What is said and what is asked: lines out, lines in.

Everything said passes the one gate for text from outside. On a terminal a long line is broken
between words, for not every reader of screens does so; elsewhere each fact is one line, and answers
are repeated, so that what was written is the whole conversation.
"""

from __future__ import annotations

import shutil
import textwrap
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO, TypeVar

from soptui.domain.text import safe

Found = TypeVar("Found")

_USUAL_SIZE = (80, 24)
_NARROWEST = 20


class Cut(Exception):
    """The input ended: somebody said so, or the line is gone."""


class Voice:
    """Says sentences and asks questions."""

    def __init__(self, heard: TextIO, said: TextIO) -> None:
        self._heard = heard
        self._said = said
        self._is_terminal = heard.isatty() and said.isatty()
        if self._is_terminal:
            _let_lines_be_edited()

    def say(self, text: str) -> None:
        """Say a text; each of its lines is a line."""
        for line in safe(text).split("\n"):
            for part in self._broken(line):
                self._said.write(f"{part}\n")
        self._said.flush()

    def ask(self, question: str) -> str:
        """What is answered, without the blanks at its ends. Raises `Cut` at the end of the input.

        What was typed before a question may answer it.
        """
        *before, last = self._broken(safe(question).replace("\n", " "))
        for line in before:
            self._said.write(f"{line}\n")
        return self._asked_on_terminal(last) if self._is_terminal else self._asked(last)

    def ask_now(self, question: str) -> str:
        """As `ask`, but what was typed before the question was heard is no answer to it."""
        if self._is_terminal:
            import termios

            with suppress(OSError, termios.error):
                termios.tcflush(self._heard.fileno(), termios.TCIFLUSH)
        return self.ask(question)

    def wait(self, work: Callable[[threading.Event], Found]) -> Found:
        """What a piece of work gives, which Ctrl+C asks to stop through the event. Raises as it."""
        cancelled = threading.Event()
        found: list[Found] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                found.append(work(cancelled))
            except BaseException as error:  # noqa: BLE001 (raised again where it is waited for)
                failed.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        while thread.is_alive():
            try:
                thread.join()
            except KeyboardInterrupt:
                cancelled.set()
        if failed:
            raise failed[0]
        return found[0]

    def _asked_on_terminal(self, question: str) -> str:
        self._said.flush()
        try:
            return input(f"{question} ").strip()
        except (EOFError, OSError):
            with suppress(OSError):
                self._said.write("\n")
            raise Cut from None

    def _asked(self, question: str) -> str:
        self._said.write(f"{question} ")
        self._said.flush()
        line = self._heard.readline()
        # A line that does not end is a line that was cut: nobody has answered so.
        if not line.endswith("\n"):
            self._said.write("\n")
            raise Cut
        answer = line.strip()
        self._said.write(f"{safe(answer)}\n")
        return answer

    def _broken(self, line: str) -> list[str]:
        if not self._is_terminal:
            return [line]
        width = max(_NARROWEST, shutil.get_terminal_size(_USUAL_SIZE).columns - 1)
        broken = textwrap.wrap(
            line, width, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
        )
        return broken or [""]


def _let_lines_be_edited() -> None:
    """Let a line that is being typed be edited with the usual keys; keep none of them.

    What is pasted stays one answer, whatever line ends are in it: it cannot answer the next
    question as well.
    """
    try:
        import readline
    except ImportError:
        return
    readline.set_auto_history(False)
    readline.parse_and_bind("set enable-bracketed-paste on")
    readline.parse_and_bind("set enable-active-region off")  # no colours for what is pasted
    readline.parse_and_bind("tab: self-insert")
