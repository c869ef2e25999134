"""Where a form ends: names the key that signs. Enter does not, for it can stand in pasted text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message

from soptui.locale import _
from soptui.tui.keys.keymap import printed_key
from soptui.tui.text.lines import Line, Span, line, width_of
from soptui.tui.widgets.painted import LineView


class SignMark(LineView, can_focus=True):
    """The last place of a form, behind its fields."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "ask", show=False),
        Binding("up", "screen.go(-1)", show=False),
        Binding("down", "screen.go(1)", show=False),
    ]

    class Asked(Message):
        """Enter was pressed here."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(self._label, id=id)

    def action_ask(self) -> None:
        """Let the form say which key signs."""
        self.post_message(self.Asked())

    def on_focus(self) -> None:
        """Light it."""
        self.show(self._label)

    def on_blur(self) -> None:
        """Put it out."""
        self.show(self._label)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """No wider than it is written."""
        return width_of(self._text)

    @property
    def _text(self) -> Line:
        key = printed_key(self, "form-sign")
        text = f"[ {key} {_('Sign')} ]"
        return line(Span(text, "cursor" if self.has_focus else "bold"))

    def _label(self, width: int) -> Sequence[Line]:
        return (self._text,)
