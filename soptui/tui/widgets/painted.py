"""The base of all our widgets: they paint lines of toned text, row by row, when asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from soptui.tui.keys.commands import bindings_for
from soptui.tui.terminal.themes import cursor_style_of, style_of
from soptui.tui.text.lines import ELLIPSIS, TONES, Line, Span, fit


class Painted(ScrollView):
    """A widget on the line API that draws tones in the colours of the theme."""

    _styles: dict[str, Style] | None = None
    _cursor_styles: dict[str, Style]

    def style_of(self, tone: str, *, under_cursor: bool = False) -> Style:
        """What a tone looks like here; the tone `cursor` is plain text under the cursor."""
        if self._styles is None:
            app = self.app
            theme, no_color = app.current_theme, app.no_color
            background = self.background_colors[1]
            self._styles = {
                one: style_of(one, theme, background, no_color=no_color) for one in TONES
            }
            self._cursor_styles = {
                one: cursor_style_of(one, theme, no_color=no_color) for one in TONES
            }
            self._styles["cursor"] = self._cursor_styles["plain"]
        return self._cursor_styles[tone] if under_cursor else self._styles[tone]

    def notify_style_update(self) -> None:
        """The style sheet or the theme changed."""
        self._styles = None
        super().notify_style_update()

    @property
    def cursor_cell(self) -> Offset:
        """Where in it the terminal's cursor belongs while it has the focus: what is selected.

        Braille lines, magnifiers and readers of screens follow that cursor, shown or not.
        """
        return Offset(0, 0)

    @property
    def allow_vertical_scroll(self) -> bool:
        """Keys scroll whatever is longer than its place, though no bar is ever shown."""
        return True

    def paint(
        self, parts: Sequence[Span], *, under_cursor: bool = False, unlit: int | None = None
    ) -> Strip:
        """The line over the whole width; under the cursor, on the cursor's ground.

        With `unlit`, so many of the parts at the end keep their own ground, as does what is empty
        behind them: a picture looks the same everywhere, and what is not lit is not sent.
        """
        width = self.size.width
        segments: list[Segment] = []
        style = self.style_of("plain", under_cursor=under_cursor)
        for place, span in enumerate(fit(parts, width)):
            if under_cursor and unlit is not None and place >= len(parts) - unlit:
                under_cursor = False
                style = self.style_of("plain")
            # Blanks look the same in every tone, and a change of style costs bytes on the line.
            if not span.text.isspace():
                style = self.style_of(span.tone, under_cursor=under_cursor)
            elif style.underline:
                style = self.style_of("plain", under_cursor=under_cursor)
            segments.append(Segment(span.text, style))
        return Strip(Segment.simplify(segments), width)


Picture = Callable[[int], Sequence[Line]]
"""Draws something as lines for a width in cells."""


class LineView(Painted, can_focus=False):
    """Shows the lines that its picture draws, afresh for each width; scrolls where it can.

    Where no key scrolls it, the last line in sight says that more follow.
    """

    def __init__(self, picture: Picture | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._picture: Picture = picture or (lambda width: ())
        self._fixed = 0
        self._lines: Sequence[Line] = ()
        self._drawn_for = -1

    def show(self, picture: Picture, *, fixed: int = 0) -> None:
        """Show another picture, from its first line on; so many `fixed` ones never scroll away."""
        self._picture = picture
        self._fixed = fixed
        self._drawn_for = -1
        self.scroll_to(y=0, animate=False)
        self._draw(self.size.width)
        self.refresh(layout=self.styles.height is not None and self.styles.height.is_auto)

    def renew(self) -> None:
        """Draw the picture anew; what was scrolled away stays so."""
        self._drawn_for = -1
        self._draw(self.size.width)
        self.refresh()

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown, whether in sight or not."""
        return self._lines

    def _draw(self, width: int) -> None:
        if width > 0 and width != self._drawn_for:
            self._drawn_for = width
            self._lines = self._picture(width)
            self.virtual_size = Size(width, len(self._lines))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the picture has."""
        self._draw(width)
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """One line, drawn now."""
        self._draw(self.size.width)
        index = y if y < self._fixed else y + self.scroll_offset.y
        parts = self._lines[index] if index < len(self._lines) else ()
        if y == self.size.height - 1 and index < len(self._lines) - 1 and not self.can_focus:
            parts = (*fit(parts, max(0, self.size.width - 2)), Span(f" {ELLIPSIS}", "dim"))
        return self.paint(parts)


class Pager(LineView, can_focus=True):
    """A line view that is read with the keys of a pager."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("list", widget=True)

    def action_move(self, steps: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.scroll_offset.y + steps, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages that overlap by a line."""
        self.action_move(pages * max(1, self.size.height - self._fixed - 1))

    def action_first(self) -> None:
        """Scroll to the first line."""
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        """Scroll to the last line."""
        self.scroll_to(y=len(self._lines), animate=False)

    def action_mark(self) -> None:
        """Page on: what the space bar does in every pager."""
        self.action_page(1)
