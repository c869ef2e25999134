"""Asks for one line of text."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from soptui.locale import _
from soptui.tui.screens.dialog import Dialog
from soptui.tui.widgets.bars import Hint


class AskScreen(Dialog[str]):
    """A line to type into; its answer is the line, or None when it was left with Esc."""

    def __init__(self, title: str, value: str = "") -> None:
        """`title` is in the reader's language."""
        super().__init__(title)
        self._value = value

    def inside(self) -> ComposeResult:
        """The line."""
        field = Input(self._value, select_on_focus=False)
        field.cursor_blink = False
        yield field

    def hints(self) -> Sequence[Hint]:
        """Which keys end it."""
        return self.hint("open", _("Go on")), self.hint("back")

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)
