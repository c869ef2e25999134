"""The names of a screen's pages on one line, the one in sight in brackets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.reactive import reactive
from textual.strip import Strip

from soptui.locale import _
from soptui.tui.text.lines import Span
from soptui.tui.widgets.painted import Painted


class Section(NamedTuple):
    """A page: its name, and the msgid of its label."""

    name: str
    label: str


class SectionBar(Painted, can_focus=False):
    """Which pages there are and which one is in sight; the screen turns them."""

    current: reactive[str] = reactive("")

    def __init__(self, sections: Sequence[Section], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._sections = sections
        self.counts: dict[str, int] = {}
        self.set_reactive(SectionBar.current, sections[0].name)

    def turn(self, steps: int) -> None:
        """Turn to the page so many further, round and round."""
        names = [section.name for section in self._sections]
        self.current = names[(names.index(self.current) + steps) % len(names)]

    def count(self, **counts: int) -> None:
        """How much each page holds, shown behind its name."""
        self.counts = counts
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        spans: list[Span] = []
        for section in self._sections:
            text = _(section.label)
            if self.counts.get(section.name):
                text += f" {self.counts[section.name]}"
            if section.name == self.current:
                spans.append(Span(f"[{text}]", "head"))
            else:
                spans.append(Span(f" {text} ", "dim"))
        return self.paint(spans)
