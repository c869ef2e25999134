"""The bar of keys at the foot of a screen, made by priority and always ending in help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.reactive import reactive
from textual.strip import Strip

from soptui.tui.text.lines import Span
from soptui.tui.widgets.painted import Painted

Hint = tuple[str, str]
"""A key as printed, and what it does, both in the reader's language."""


class KeyBar(Painted, can_focus=False):
    """One line of hints: as many as fit, the most important first, the last one always."""

    DEFAULT_CLASSES: ClassVar[str] = "bar"

    hints: reactive[tuple[Hint, ...]] = reactive(())

    def __init__(self, hints: Callable[[], Sequence[Hint]], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._ask = hints

    def on_mount(self) -> None:
        """Show the first hints."""
        self.renew()

    def renew(self) -> None:
        """Ask for the hints again."""
        self.hints = tuple(self._ask())

    def render_line(self, y: int) -> Strip:
        """The line of hints."""
        if not self.hints:
            return self.paint(())
        *others, last = self.hints
        tail = _spans(last)
        spans: list[Span] = []
        room = self.size.width - _width(last) - 1
        for hint in others:
            room -= _width(hint) + 2
            if room < 0:
                break
            spans += (*_spans(hint), Span("  "))
        return self.paint((*spans, *tail))


def _spans(hint: Hint) -> tuple[Span, Span]:
    return Span(hint[0], "bold"), Span(f" {hint[1]}", "dim")


def _width(hint: Hint) -> int:
    return cell_len(hint[0]) + 1 + cell_len(hint[1])
