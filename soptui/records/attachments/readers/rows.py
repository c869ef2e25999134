"""The rows of a table as lines of text, however large the table says it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

_BETWEEN_CELLS = " | "
_MOST_EMPTY = 8
_LEFT_OUT = "..."


def lines_of_rows(rows: Iterable[tuple[int, Mapping[int, str]]]) -> Iterator[str]:
    """A line for each row that holds something; an empty one for any number of empty rows.

    Rows come with their number, cells with that of their column. A long way without a cell is cut.
    """
    before = 0
    for number, cells in rows:
        line = _line_of(cells)
        if not line:
            continue
        if before and number > before + 1:
            yield ""
        before = number
        yield line


def _line_of(cells: Mapping[int, str]) -> str:
    parts: list[str] = []
    before = -1
    for column in sorted(column for column, text in cells.items() if text.strip()):
        empty = column - before - 1
        parts += [""] * empty if empty <= _MOST_EMPTY else ["", _LEFT_OUT]
        parts.append(" ".join(cells[column].split()))
        before = column
    return _BETWEEN_CELLS.join(parts).lstrip() if parts else ""
