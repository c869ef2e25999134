"""Asks for one line of text."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from soptui.locale import _
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.text.lines import wrap
from soptui.tui.widgets.bars import Hint
from soptui.tui.widgets.painted import LineView


class AskScreen(Dialog[str]):
    """A line to type into; its answer is the line, or None when it was left with Esc.

    Typing takes the place of what is proposed; an arrow keeps it to be changed.
    """

    def __init__(self, title: str, value: str = "", *, refused: str = "") -> None:
        """`title` is in the reader's language, and so is why the last answer was `refused`."""
        super().__init__(title)
        self._value = value
        self._refused = refused

    def inside(self) -> ComposeResult:
        """Why it is asked again, and the line."""
        if self._refused:
            yield LineView(lambda width: wrap(self._refused, width, "bad"))
        field = Input(self._value)
        field.cursor_blink = False
        yield field

    def hints(self) -> Sequence[Hint]:
        """Which keys end it."""
        return self.hint("open", _("Go on")), self.hint("back")

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)
