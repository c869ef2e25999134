"""The bar of keys at the foot of a screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.reactive import reactive
from textual.strip import Strip

from soptui.tui.design.foot import Foot
from soptui.tui.widgets.painted import Painted


class KeyBar(Painted, can_focus=False):
    """One line of keys, drawn by the grammar of all feet."""

    DEFAULT_CLASSES: ClassVar[str] = "bar"

    foot: reactive[Foot] = reactive(Foot())

    def __init__(self, foot: Callable[[], Foot], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._ask = foot

    def on_mount(self) -> None:
        """Show the first keys."""
        self.renew()

    def renew(self) -> None:
        """Ask for the keys again."""
        self.foot = self._ask()

    def render_line(self, y: int) -> Strip:
        """The line of keys."""
        return self.paint(self.foot.line(self.size.width))
