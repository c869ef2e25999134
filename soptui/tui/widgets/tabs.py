"""The names of a screen's tabs on one line, the one in sight in brackets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.reactive import reactive
from textual.strip import Strip

from soptui.locale import _
from soptui.tui.text.lines import Span
from soptui.tui.widgets.painted import Painted


class Tab(NamedTuple):
    """A tab: its name, and the msgid of its label."""

    name: str
    label: str


class TabBar(Painted, can_focus=False):
    """Which tabs there are and which one is in sight; the screen turns them."""

    current: reactive[str] = reactive("")

    def __init__(self, tabs: Sequence[Tab], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tabs = {tab.name: tab for tab in tabs}
        self.counts: dict[str, int] = {}
        self.set_reactive(TabBar.current, tabs[0].name)

    @property
    def label(self) -> str:
        """The label of the tab in sight, in the reader's language."""
        return _(self._tabs[self.current].label)

    def turn(self, steps: int) -> None:
        """Turn to the tab so many further, round and round."""
        names = list(self._tabs)
        self.current = names[(names.index(self.current) + steps) % len(names)]

    def count(self, **counts: int) -> None:
        """How much each tab holds, shown behind its name."""
        self.counts = counts
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        spans: list[Span] = [Span(" ")]
        for tab in self._tabs.values():
            text = _(tab.label)
            if self.counts.get(tab.name):
                text += f" {self.counts[tab.name]}"
            if tab.name == self.current:
                spans.append(Span(f"[{text}]", "head"))
            else:
                spans.append(Span(f" {text} ", "dim"))
        return self.paint(spans)
