"""A line to type into, in a dialog."""

from __future__ import annotations

from soptui.tui.widgets.one_line import OneLine


class LineInput(OneLine):
    """With drawn edges, and a cursor that stands still."""

    def __init__(self, value: str = "", *, placeholder: str = "", selects: bool = True) -> None:
        """Typing takes the place of the `value` that it begins with, if it `selects` that."""
        super().__init__(value, placeholder=placeholder, select_on_focus=selects)
        self.cursor_blink = False
