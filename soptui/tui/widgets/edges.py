"""The drawn edges of a field that is typed into: `[` and `]`, seen in every theme and without any.

They stand in the field's padding, of which it has one cell at the left and one at the right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from soptui.tui.terminal.themes import cursor_style_of, style_of

LEFT, RIGHT = "[", "]"

if TYPE_CHECKING:
    from textual.widget import Widget

    _Beside = Widget
else:
    # Textual takes a widget's style from the first of its bases that is one.
    _Beside = object


class Edged(_Beside):
    """For a field's bases, before the widget that it is: draws its edges over what that draws.

    Of several lines, the first begins with `[` and the last ends in `]`. The edges of the field in
    hand have the cursor's colours.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, with the edges in them."""
        strips = super().render_lines(crop)
        width, height = self.outer_size
        style = self._edge_style()
        for at, strip in enumerate(strips):
            y = crop.y + at
            if y == 0 and crop.x == 0 and crop.width > 1:
                strips[at] = Strip.join([Strip([Segment(LEFT, style)], 1), strip.crop(1)])
            if y == height - 1 and crop.right == width and crop.width > 1:
                whole = strips[at].crop(0, crop.width - 1)
                strips[at] = Strip.join([whole, Strip([Segment(RIGHT, style)], 1)])
        return strips

    def _edge_style(self) -> Style:
        app = self.app
        if self.has_focus:
            return cursor_style_of("plain", app.current_theme, no_color=app.no_color)
        background = self.background_colors[1]
        return style_of("plain", app.current_theme, background, no_color=app.no_color)
