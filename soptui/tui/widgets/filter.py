"""The filter: a line at the foot that is typed into, and filters with every letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from soptui.domain.message import N_
from soptui.locale import _
from soptui.tui.widgets.one_line import OneLine


class FilterLine(OneLine):
    """Hidden until asked for; Enter keeps the filter, Esc takes it away.

    Up goes through the filters that were kept before; Down comes back, and then to the list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear_filter", N_("Without filter"), show=False),
        Binding("up", "recall(1)", N_("Filters of before"), show=False),
        Binding("down", "recall(-1)", N_("To the list"), show=False),
    ]

    @dataclass
    class Typed(Message):
        """The filter is another one."""

        text: str

    @dataclass
    class Left(Message):
        """The keys go to the list again."""

    @dataclass
    class Kept(Message):
        """This filter was kept."""

        text: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, select_on_focus=False)
        self._before: tuple[str, ...] = ()
        self._place = 0
        self.cursor_blink = False
        self.display = False

    def begin(self, before: Sequence[str] = ()) -> None:
        """Show the line and type into it; `before` are earlier filters, the newest first."""
        self._before = (self.value, *(one for one in before if one != self.value))
        self._place = 0
        self.placeholder = (
            _("Filter: beginnings of words; Enter keeps, Esc clears, Up: earlier ones")
            if len(self._before) > 1
            else _("Filter: words or their beginnings; Enter keeps, Esc clears")
        )
        self.display = True
        self.focus()

    def put(self, text: str) -> None:
        """Filter by a text without asking for it."""
        self.value = text
        self.cursor_position = len(text)
        self.display = bool(text)

    def clear(self) -> None:
        """Take the filter away."""
        self.value = ""
        self.display = False
        self.post_message(self.Left())

    def action_clear_filter(self) -> None:
        """Take the filter away."""
        self.clear()

    def action_recall(self, steps: int) -> None:
        """To a filter of before, or back from it; beyond what is being typed, to the list."""
        place = self._place + steps
        if place < 0:
            self.action_keep_filter()
        elif place < len(self._before):
            if self._place == 0:
                self._before = (self.value, *self._before[1:])
            self._place = place
            self.value = self._before[place]
            self.cursor_position = len(self.value)

    def action_keep_filter(self) -> None:
        """Back to the list, filtered as it is."""
        self.display = bool(self.value)
        self.post_message(self.Kept(self.value))
        self.post_message(self.Left())

    async def action_submit(self) -> None:
        """Back to the list, filtered as it is."""
        self.action_keep_filter()

    def watch_value(self, before: str, value: str) -> None:
        """Tell what is looked for now."""
        if before != value:
            self.post_message(self.Typed(value))
