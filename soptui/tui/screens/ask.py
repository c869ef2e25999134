"""Asks for one line of text."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from soptui.locale import _
from soptui.tui.lines import Span, line
from soptui.tui.screens.dialog import Dialog
from soptui.tui.widgets.painted import LineView


class AskScreen(Dialog[str]):
    """A line to type into; its answer is the line, or None when it was left with Esc."""

    def __init__(self, title: str, value: str = "") -> None:
        """`title` is in the reader's language."""
        super().__init__(title)
        self._value = value

    def inside(self) -> ComposeResult:
        """The line, and which keys end it."""
        field = Input(self._value, select_on_focus=False)
        field.cursor_blink = False
        yield field
        hint = _("Enter goes on, Esc leaves it.")
        yield LineView(lambda width: [line(Span(hint, "dim"))])

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)
