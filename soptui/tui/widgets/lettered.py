"""A text that stands beside something else: scrolled from there, its lines copied by a letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from string import ascii_lowercase

from textual import events
from textual.message import Message
from textual.strip import Strip

from soptui.tui.text.lines import Line, Span, fit, text_of
from soptui.tui.widgets.painted import LineView, Picture

_LETTER = 3
"""Cells of a letter at the end of a line."""


class LetteredText(LineView, can_focus=True):
    """Lines; while one is being picked, each in sight that says something has a letter.

    It takes the focus for that one key alone.
    """

    @dataclass
    class Picked(Message):
        """A line was picked by its letter; None where no letter followed."""

        line: str | None

    def __init__(self, picture: Picture | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(picture, id=id)
        self.can_focus = False
        self.text_at: Callable[[int], str] = self._shown_at
        """What the line at a place stands for; empty where it cannot be picked."""
        self._is_picking = False

    def scroll_pages(self, halves: int) -> None:
        """Scroll by so many half pages."""
        step = max(1, self.size.height // 2)
        self.scroll_to(y=self.scroll_offset.y + halves * step, animate=False)

    def begin_picking(self) -> bool:
        """Show the letters and wait for one; False where no line can be picked."""
        if not self._letters():
            return False
        self._is_picking = True
        self.can_focus = True
        self.focus(scroll_visible=False)
        self.refresh()
        return True

    def on_key(self, event: events.Key) -> None:
        """The letter of a line; any other key picks none."""
        if self._is_picking:
            event.stop()
            event.prevent_default()
            self._end(self._letters().get(event.character or ""))

    def on_blur(self, event: events.Blur) -> None:
        """Somebody went elsewhere: nothing is picked."""
        if self._is_picking:
            self._end(None)

    def _end(self, line: str | None) -> None:
        self._is_picking = False
        self.can_focus = False
        self.refresh()
        self.post_message(self.Picked(line))

    def _letters(self) -> dict[str, str]:
        """The lines in sight that say something, by their letters."""
        return {
            letter: text for letter, (_y, text) in zip(ascii_lowercase, self._said(), strict=False)
        }

    def _said(self) -> list[tuple[int, str]]:
        top = self.scroll_offset.y
        rows = range(min(self.size.height, len(self.lines) - top))
        return [(y, text) for y in rows if (text := self.text_at(top + y).strip())]

    def _shown_at(self, index: int) -> str:
        return text_of([self.lines[index]])

    def render_line(self, y: int) -> Strip:
        """The line, with its letter while one is being picked."""
        if not self._is_picking:
            return super().render_line(y)
        index = y + self.scroll_offset.y
        parts: Line = self.lines[index] if index < len(self.lines) else ()
        letters = {
            row: letter for letter, (row, _text) in zip(ascii_lowercase, self._said(), strict=False)
        }
        if y in letters:
            room = max(0, self.size.width - _LETTER)
            parts = (*fit(parts, room), Span(f"  {letters[y]}", "accent"))
        return self.paint(parts)
