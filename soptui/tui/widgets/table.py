"""A table that asks for rows only when it draws them: a hundred thousand are as quick as ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from soptui.locale import _
from soptui.tui.design.columns import GAP, GUTTER, MARGIN, Column, Contents, Placed, place
from soptui.tui.keys.commands import bindings_for
from soptui.tui.text.lines import Line, Span, text_of, width_of, wrap
from soptui.tui.widgets.painted import Painted
from soptui.tui.widgets.sources import Row, Rows, Source


class Table(Painted, can_focus=True):
    """Rows with a cursor, marks, and columns that adapt to the width.

    Its first line holds the columns' labels, and an empty one only its sentence. The cursor is a
    `>` and a mark an `*`, so that both are seen without colours. Columns are as wide as what was
    in sight of them so far, so that they do not jump while one goes through the rows.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("list", widget=True)

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor is at another row, the rows are others, or others of them are in sight."""

        table: Table

        @property
        def control(self) -> Table:
            """The table."""
            return self.table

    class Marked(Message):
        """Other rows are marked than before."""

    @dataclass
    class Chosen(Message):
        """A row was opened; `value` is what it stands for."""

        value: object

    def __init__(
        self,
        columns: Sequence[Column] = (),
        *,
        empty: str = "",
        markable: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """`empty` is the msgid of what an empty table says."""
        super().__init__(id=id)
        self.columns = columns
        self.source: Source[object] = Rows()
        self.marks: dict[str, object] = {}
        """What is marked: what each row stands for, by its key."""
        self._empty = empty
        self._markable = markable
        self._seen = _Seen()
        self._measured: object = None
        self._placed: tuple[tuple[object, ...], tuple[Placed, ...]] | None = None

    def show(
        self,
        source: Source[object],
        columns: Sequence[Column] | None = None,
        *,
        empty: str | None = None,
    ) -> None:
        """Show other rows; the cursor stays on its row or, if that went, at its place."""
        key = self.key
        self.source = source
        self.columns = self.columns if columns is None else columns
        self._empty = self._empty if empty is None else empty
        found_marks = ((key, source.find(key)) for key in self.marks)
        self.marks = {key: source.row(at).value for key, at in found_marks if at is not None}
        self._seen = _Seen()
        self._measured = None
        self.virtual_size = self._whole_size()
        found = source.find(key) if key else None
        target = self.cursor if found is None else found
        self.set_reactive(Table.cursor, self._settled(target, 1))
        self._scroll_into_sight()
        self.refresh()
        self.post_message(self.Moved(self))

    @property
    def key(self) -> str:
        """The key of the row under the cursor, or an empty string."""
        row = self._row
        return row.key if row is not None else ""

    @property
    def value(self) -> object:
        """What the row under the cursor stands for; None where there is none."""
        row = self._row
        return row.value if row is not None else None

    @property
    def _row(self) -> Row[object] | None:
        if not 0 <= self.cursor < len(self.source):
            return None
        row = self.source.row(self.cursor)
        return None if row.is_heading else row

    def go_to(self, key: str) -> bool:
        """Put the cursor on a row; whether it is there."""
        found = self.source.find(key)
        if found is None:
            return False
        self.cursor = found
        return True

    def neighbour(self, steps: int) -> Row[object] | None:
        """The row so many steps from the cursor, headings not counted; None where there is none."""
        index = self.cursor
        for _step in range(abs(steps)):
            index = self._settled(index + (1 if steps > 0 else -1), 1 if steps > 0 else -1)
        row = self.source.row(index) if 0 <= index < len(self.source) else None
        return None if row is None or row.is_heading or index == self.cursor else row

    @property
    def cursor_cell(self) -> Offset:
        """The `>` of the row under the cursor; of an empty table, what it says."""
        return Offset(0, self.cursor + 1 - self.scroll_offset.y if len(self.source) else 0)

    # --- drawing ---------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, of columns as wide as what is in sight wants them."""
        before = self._seen.contents
        self._measure()
        if before is not None and before != self._seen.contents:
            # What lies beside these lines was drawn for narrower columns.
            self.call_next(self.refresh)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """The line of labels, or the row that lies there now."""
        if not len(self.source):
            said = self._empty_lines()
            return self.paint(said[y] if y < len(said) else ())
        if y == 0:
            return self.paint(self._labels())
        index = y - 1 + self.scroll_offset.y
        if index >= len(self.source):
            return self.paint(())
        row = self.source.row(index)
        if row.is_heading:
            return self.paint((Span(" " * MARGIN), *row.cells[0]))
        under_cursor = index == self.cursor
        mark = (Span("*", "accent"),) if row.key in self.marks else row.mark or (Span(" "),)
        gutter = (Span(">" if under_cursor else " ", "accent"), *mark, Span(" "))
        spans, pictured = self._laid_out(row)
        lit = under_cursor and self._lit
        return self.paint((*gutter, *spans, *pictured), under_cursor=lit, unlit=len(pictured))

    def _measure(self) -> None:
        """See how wide the contents in sight are."""
        if not self.columns:
            return
        top, height = self.scroll_offset.y, max(1, self.size.height)
        last = min(len(self.source), top + height)
        state = (top, last)
        if self._measured == state:
            return
        self._measured = state
        for index in range(top, last):
            row = self.source.row(index)
            if row.is_heading:
                continue
            if len(row.cells) < min(2, len(self.columns)):
                # Its text is on the way.
                self._measured = None
            else:
                missing = len(self.columns) - len(row.cells)
                self._seen.take((*row.cells, *((),) * missing))
        self._seen.is_all = top == 0 and last == len(self.source)

    def _empty_lines(self) -> Sequence[Line]:
        room = self.size.width - 2 * MARGIN
        if not self._empty or len(self.source) or room < 1:
            return ()
        return [(Span(" " * MARGIN), *one) for one in wrap(_(self._empty), room, "dim")]

    def _whole_size(self) -> Size:
        rows = len(self.source) or len(self._empty_lines())
        return Size(self.size.width, rows + 1)

    @property
    def _lit(self) -> bool:
        return self.has_focus or self.screen.focused is None

    def _laid_out(self, row: Row[object]) -> tuple[Line, Line]:
        """The cells of a row, and the picture at its end if it has one."""
        spans: list[Span] = []
        pictured: list[Span] = []
        for placed in self._places():
            column = self.columns[placed.index]
            cell = row.cells[placed.index] if placed.index < len(row.cells) else ()
            if column.draws is not None and row.value is not None:
                pictured += column.fit(column.draws(row.value, placed.width), placed.width)
                continue
            if column.heading is not None and not row.key:
                cell = (Span(column.heading(placed.width), "dim"),)
            spans += column.fit(cell, placed.width)
            spans.append(Span(" " * GAP))
        return tuple(spans if pictured else spans[:-1]), tuple(pictured)

    def _places(self) -> tuple[Placed, ...]:
        """Which columns are shown, and how wide."""
        labels = tuple(width_of(one) for one in self._label_cells())
        contents = self._seen.wanted(labels) if self.columns else None
        state = (self.columns, self.size.width, contents)
        if self._placed is None or self._placed[0] != state:
            room = self.size.width - GUTTER
            self._placed = (state, place(self.columns, room, contents))
        return self._placed[1]

    def _label_cells(self) -> tuple[Line, ...]:
        return tuple(
            (Span(_(column.label) if column.label else "", "dim"),) for column in self.columns
        )

    def _labels(self) -> Line:
        return (Span(" " * GUTTER), *self._laid_out(Row("", self._label_cells()))[0])

    @property
    def place_in_all(self) -> tuple[int, int] | None:
        """Which of the rows is under the cursor, from 1 on, and how many there are, headings too.

        None where all are in sight.
        """
        if len(self.source) < self.size.height or not self.key:
            return None
        return self.cursor + 1, len(self.source)

    # --- moving ----------------------------------------------------------------------------------

    def action_move(self, steps: int) -> None:
        """Move the cursor by rows."""
        self.cursor = self._settled(self.cursor + steps, 1 if steps > 0 else -1)

    def action_page(self, pages: int) -> None:
        """Move the cursor by pages."""
        self.action_move(pages * max(1, self.size.height - 2))

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self.cursor = self._settled(0, 1)

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self.cursor = self._settled(len(self.source) - 1, -1)

    def action_mark(self) -> None:
        """Mark the row under the cursor or unmark it, and go on to the next."""
        row = self._row
        if not self._markable or row is None or not row.key:
            return
        if self.marks.pop(row.key, self) is self:
            self.marks[row.key] = row.value
        self._refresh_row(self.cursor)
        self.post_message(self.Marked())
        self.action_move(1)

    def clear_marks(self) -> bool:
        """Unmark all rows; whether any was marked."""
        had_marks = bool(self.marks)
        self.marks.clear()
        if had_marks:
            self.refresh()
            self.post_message(self.Marked())
        return had_marks

    def choose(self) -> None:
        """Open the row under the cursor."""
        row = self._row
        if row is not None and row.key:
            self.post_message(self.Chosen(row.value))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw both rows anew, and keep the cursor in sight."""
        self._refresh_row(old)
        self._refresh_row(new)
        self._scroll_into_sight()
        self.post_message(self.Moved(self))

    def on_resize(self) -> None:
        """Keep the cursor in sight, and tell: only now is it known whether all rows are."""
        self.virtual_size = self._whole_size()
        self._scroll_into_sight()
        self.post_message(self.Moved(self))

    def on_focus(self) -> None:
        """Light the cursor."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """Dim the cursor."""
        self._refresh_row(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Move to the row that was clicked; open it at the second click."""
        index = event.y - 1 + self.scroll_offset.y
        if event.y > 0 and index < len(self.source) and not self.source.row(index).is_heading:
            self.cursor = index
            if event.chain > 1:
                self.choose()

    def _settled(self, index: int, direction: int) -> int:
        """The nearest row at or beyond `index` that is no heading, else before it."""
        last = len(self.source) - 1
        if last < 0:
            return 0
        index = max(0, min(last, index))
        for step in (direction, -direction):
            position = index
            while 0 <= position <= last:
                if not self.source.row(position).is_heading:
                    return position
                position += step
        return index

    def _refresh_row(self, index: int) -> None:
        y = index + 1 - self.scroll_offset.y
        if 0 < y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _scroll_into_sight(self) -> None:
        top, height = self.scroll_offset.y, self.size.height - 1
        if height < 1:
            return
        if self.cursor < top:
            # A heading right above the first row of a group comes into sight with it.
            above = self.cursor - 1
            with_heading = above >= 0 and self.source.row(above).is_heading
            self.scroll_to(y=above if with_heading else self.cursor, animate=False)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)


class _Seen:
    """What was in sight of a table's contents since its rows were shown."""

    def __init__(self) -> None:
        self._widest: list[int] = []
        self._texts: list[str] = []
        self._differ: set[int] = set()
        self._rows = 0
        self.is_all = False
        """Whether all rows are in sight at once."""

    def take(self, cells: Sequence[Line]) -> None:
        """See a row."""
        widths = [width_of(cell) for cell in cells]
        texts = [text_of((cell,)) for cell in cells]
        if not self._rows:
            self._widest, self._texts = widths, texts
        self._rows += 1
        self._widest = list(map(max, self._widest, widths))
        self._differ.update(
            at for at, pair in enumerate(zip(self._texts, texts, strict=True)) if pair[0] != pair[1]
        )

    @property
    def contents(self) -> tuple[int, ...] | None:
        """How wide each column's contents are; None before the first row."""
        return tuple(self._widest) if self._rows else None

    def wanted(self, labels: Sequence[int]) -> Contents | None:
        """What the columns want, labels included; None where nothing was seen yet."""
        if not self._rows:
            return None
        widest = tuple(map(max, self._widest, labels))
        alike = self._rows > 1 and self.is_all
        same = set(range(len(widest))) - self._differ if alike else set[int]()
        empty = {at for at, wide in enumerate(self._widest) if not wide} if self.is_all else set()
        return Contents(widest, frozenset(same | empty))
