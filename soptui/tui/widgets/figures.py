"""A table of several kinds of rows: each brings its own columns, and may end in a bar."""

from __future__ import annotations

from collections.abc import Callable

from textual.strip import Strip

from soptui.tui.design.columns import GAP, GUTTER, Column, place
from soptui.tui.text.lines import Line, Span
from soptui.tui.widgets.sources import Row, T_co
from soptui.tui.widgets.table import Table


class Figure(Row[T_co], frozen=True):
    """A row with columns of its own; `bar` draws the last of them for a width in cells."""

    columns: tuple[Column, ...] = ()
    bar: Callable[[int], Line] | None = None


class FigureTable(Table):
    """Groups of figures, each under a heading that names its columns."""

    def render_line(self, y: int) -> Strip:
        """The row that lies there, a heading laid out like the rows below it."""
        index = y - 1 + self.scroll_offset.y
        if y > 0 and index < len(self.source):
            row = self.source.row(index)
            if row.is_heading:
                return self.paint((Span(" " * GUTTER), *self._laid_out(row)[0]))
        return super().render_line(y)

    def next_group(self, steps: int) -> None:
        """Put the cursor on the first row of the group so many groups further, round and round."""
        starts = [
            place + 1
            for place in range(len(self.source) - 1)
            if self.source.row(place).is_heading and not self.source.row(place + 1).is_heading
        ]
        if not starts:
            return
        here = sum(start <= self.cursor for start in starts) - 1
        target = starts[(here + steps) % len(starts)]
        self.cursor = target
        # The whole group comes into sight, as far as there is room.
        self.scroll_to(y=target - 1, animate=False)

    def _laid_out(self, row: Row[object]) -> tuple[Line, Line]:
        if not isinstance(row, Figure):
            return super()._laid_out(row)
        spans: list[Span] = []
        for placed in place(row.columns, self.size.width - GUTTER):
            is_last = placed.index == len(row.columns) - 1
            cell: Line = row.cells[placed.index] if placed.index < len(row.cells) else ()
            if is_last and row.bar is not None:
                cell = row.bar(placed.width)
            spans += row.columns[placed.index].fit(cell, placed.width)
            spans.append(Span(" " * GAP))
        return tuple(spans[:-1]), ()
