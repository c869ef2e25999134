"""The cells of a screen: painted by frames, compared with what the terminal shows."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import split_graphemes

from soptui.tui.terminal.frame import Frame, Run
from soptui.tui.terminal.style import change, is_erasable, seen_on_blank

Cell = tuple[str, str]
"""What a reader sees as one character, and what is seen of its style.

The second half of a wide one is empty.
"""

BLANK: Cell = (" ", "")

_WORTH_ERASING = 5
_WORTH_BLANKING = 9
"""So many blanks are longer than to say how many (ECH), and to go on behind them."""
_WORTH_REPEATING = 4


class Canvas:
    """Two pictures of one screen, the wanted and the shown, and the shortest way between them."""

    def __init__(self, *, erases_in_colour: bool = False) -> None:
        """`erases_in_colour`: what the terminal erases has the ground of what is written."""
        self._erases_in_colour = erases_in_colour
        self._wanted: list[list[Cell]] = []
        self._shown: list[list[Cell]] = []
        self._is_stale = True
        self._touched: set[int] = set()
        self._cursor = (0, 0)
        self._shown_cursor: tuple[int, int] | None = None

    def paint(self, frame: Frame) -> None:
        """Take a frame into the wanted picture."""
        for run in frame.runs:
            self._put(run)
        self._cursor = frame.cursor

    def forget(self) -> None:
        """Trust nothing that the terminal shows: the next difference clears and repaints it.

        Any thread and any signal handler may call this.
        """
        self._is_stale = True

    def difference(self, width: int, height: int) -> str:
        """What makes a terminal of this size show the wanted picture; empty when it does already.

        After this the terminal is taken to show it.
        """
        pen = _Pen()
        if self._is_stale or self._size() != (width, height):
            self._is_stale = False
            self._shown_cursor = None
            pen.clear()
            self._shown = [[BLANK] * width for _ in range(height)]
            self._crop(width, height)
            self._touched = set(range(len(self._wanted)))
        for row in sorted(self._touched):
            if row < height:
                wanted = _fitted(self._wanted[row], width)
                self._draw_row(pen, row, wanted, self._shown[row])
                self._shown[row] = wanted
        self._touched.clear()
        if pen.is_dry and self._cursor == self._shown_cursor:
            return ""
        self._shown_cursor = self._cursor
        return pen.finish(self._cursor)

    def _put(self, run: Run) -> None:
        while len(self._wanted) <= run.row:
            self._wanted.append([])
        cells = self._wanted[run.row]
        if len(cells) < run.column:
            cells.extend([BLANK] * (run.column - len(cells)))
        new = list(_cells_of(run, cells))
        end = run.column + len(new)
        # As terminals do: what remains of a half overwritten wide character is a blank.
        if run.column < len(cells) and cells[run.column][0] == "":
            cells[run.column - 1] = (" ", seen_on_blank(cells[run.column - 1][1]))
        if end < len(cells) and cells[end][0] == "":
            cells[end] = (" ", seen_on_blank(cells[end][1]))
        cells[run.column : end] = new
        self._touched.add(run.row)

    def _draw_row(self, pen: _Pen, row: int, wanted: list[Cell], shown: list[Cell]) -> None:
        rest = self._end_of_ink(wanted)
        column = after = 0
        while column < len(wanted):
            if column >= rest and len(wanted) - column >= _WORTH_ERASING:
                if wanted[column:] != shown[column:]:
                    pen.erase_rest(row, column, wanted[column][1])
                return
            width = _width_at(wanted, column)
            if wanted[column : column + width] != shown[column : column + width]:
                blanks = self._blanks_at(wanted, shown, column)
                if blanks >= _WORTH_BLANKING:
                    pen.blank(row, column, wanted[column][1], blanks)
                    column = after = column + blanks
                    continue
                between = wanted[after:column]
                if pen.can_repeat(row, column, between):
                    for place, cell in enumerate(between, after):
                        pen.write(row, place, cell, 1)
                pen.write(row, column, wanted[column], width)
                after = column + width
            column += width

    def _blanks_at(self, wanted: list[Cell], shown: list[Cell], column: int) -> int:
        """How many equal blanks begin there that erasing makes, up to the last that is missing."""
        cell = wanted[column]
        if not (self._erases_in_colour and cell[0] == " " and is_erasable(cell[1])):
            return 0
        end = column
        while end < len(wanted) and wanted[end] == cell:
            end += 1
        while wanted[end - 1] == shown[end - 1]:
            end -= 1
        return end - column

    def _end_of_ink(self, cells: list[Cell]) -> int:
        """Where the equal blanks to the right begin that erasing makes."""
        last = cells[-1]
        if last != BLANK and not (
            self._erases_in_colour and last[0] == " " and is_erasable(last[1])
        ):
            return len(cells)
        end = len(cells)
        while end and cells[end - 1] == last:
            end -= 1
        return end

    def _size(self) -> tuple[int, int]:
        return (len(self._shown[0]) if self._shown else 0), len(self._shown)

    def _crop(self, width: int, height: int) -> None:
        del self._wanted[height:]
        for row, cells in enumerate(self._wanted):
            self._wanted[row] = _fitted(cells, width)


class _Pen:
    """Writes cells, with as few words as may be between them."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._style = ""
        self._at: tuple[int, int] | None = None

    def clear(self) -> None:
        self._out.append("\x1b[m\x1b[2J")

    def move(self, row: int, column: int) -> None:
        if self._at == (row, column):
            return
        if self._at is not None and self._at[0] == row and column > self._at[1]:
            self._out.append(f"\x1b[{column - self._at[1]}C")
        elif self._at is not None and (self._at[0] + 1, 0) == (row, column):
            self._out.append("\r\n")
        else:
            self._out.append(f"\x1b[{row + 1};{column + 1}H")
        self._at = (row, column)

    def write(self, row: int, column: int, cell: Cell, width: int) -> None:
        self.move(row, column)
        if not self._wears(cell):
            self._wear(cell[1])
        self._out.append(cell[0])
        # Terminals disagree about the width of sequences: after one, only say absolute places.
        self._at = (row, column + width) if len(cell[0]) == 1 else None

    def erase_rest(self, row: int, column: int, style: str) -> None:
        self.move(row, column)
        self._wear_on_blank(style)
        self._out.append("\x1b[K")

    def blank(self, row: int, column: int, style: str, count: int) -> None:
        """Erase so many cells (ECH), and stay before them."""
        self.move(row, column)
        self._wear_on_blank(style)
        self._out.append(f"\x1b[{count}X")

    def can_repeat(self, row: int, column: int, cells: list[Cell]) -> bool:
        """Whether repeating these cells from where the pen is gets it cheaply to `column`."""
        return (
            self._at == (row, column - len(cells))
            and 0 < len(cells) < _WORTH_REPEATING
            and all(len(cell[0]) == 1 and self._wears(cell) for cell in cells)
        )

    @property
    def is_dry(self) -> bool:
        return not self._out

    def finish(self, cursor: tuple[int, int]) -> str:
        self._wear("")
        self._at = None
        self.move(*cursor)
        return "".join(self._out)

    def _wears(self, cell: Cell) -> bool:
        """Whether the cell looks as wanted in the style that is worn."""
        text, style = cell
        return style == self._style or (text == " " and style == seen_on_blank(self._style))

    def _wear_on_blank(self, style: str) -> None:
        if style != seen_on_blank(self._style):
            self._wear(style)

    def _wear(self, style: str) -> None:
        if style != self._style:
            self._out.append(f"\x1b[{change(self._style, style)}m")
            self._style = style


def _width_at(cells: list[Cell], column: int) -> int:
    end = column + 1
    while end < len(cells) and cells[end][0] == "":
        end += 1
    return end - column


def _fitted(cells: list[Cell], width: int) -> list[Cell]:
    """These cells cut or filled to a width; a wide character that is cut becomes blank."""
    fitted = cells[:width] + [BLANK] * (width - len(cells))
    column = width
    if len(cells) > width and cells[width][0] == "":
        while column and fitted[column - 1][0] == "":
            column -= 1
        fitted[max(column - 1, 0) :] = [BLANK] * (width - max(column - 1, 0))
    return fitted


def _cells_of(run: Run, before: list[Cell]) -> Iterator[Cell]:
    """The cells of a run. A mark without a base joins the character to its left in `before`."""
    on_blank = seen_on_blank(run.style)
    if run.text.isascii():
        for character in run.text:
            yield character, on_blank if character == " " else run.style
        return
    at_start = True
    for start, end, width in split_graphemes(run.text)[0]:
        if width:
            text = run.text[start:end]
            yield text, on_blank if text == " " else run.style
            yield from [("", run.style)] * (width - 1)
            at_start = False
        elif at_start:
            _join(before, run.column - 1, run.text[start:end])


def _join(cells: list[Cell], column: int, mark: str) -> None:
    while column > 0 and cells[column][0] == "":
        column -= 1
    if column >= 0:
        text, style = cells[column]
        cells[column] = (text + mark, style)
