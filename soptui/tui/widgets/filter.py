"""The filter: a line at the foot that is typed into, and filters with every letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from soptui.domain.message import N_
from soptui.locale import _


class FilterLine(Input):
    """Hidden until asked for; Enter keeps the filter, Esc takes it away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear_filter", N_("Without filter"), show=False),
        Binding("down", "keep_filter", N_("To the list"), show=False),
    ]

    @dataclass
    class Typed(Message):
        """The filter is another one."""

        text: str

    @dataclass
    class Left(Message):
        """The keys go to the list again."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, select_on_focus=False)
        self.cursor_blink = False
        self.display = False

    def begin(self) -> None:
        """Show the line and type into it."""
        self.placeholder = _("Filter: words or their beginnings; Enter keeps, Esc clears")
        self.display = True
        self.focus()

    def clear(self) -> None:
        """Take the filter away."""
        self.value = ""
        self.display = False
        self.post_message(self.Left())

    def action_clear_filter(self) -> None:
        """Take the filter away."""
        self.clear()

    def action_keep_filter(self) -> None:
        """Back to the list, filtered as it is."""
        self.display = bool(self.value)
        self.post_message(self.Left())

    async def action_submit(self) -> None:
        """Back to the list, filtered as it is."""
        self.action_keep_filter()

    def watch_value(self, before: str, value: str) -> None:
        """Tell what is looked for now."""
        if before != value:
            self.post_message(self.Typed(value))
