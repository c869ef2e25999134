"""How wide a table's columns are: they share what there is, and the least important make room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from rich.cells import cell_len

from soptui.tui.text.lines import Line, Span, fit, width_of

GAP = 1
"""Cells between two columns."""


class Column(Struct, frozen=True):
    """A column: the msgid of its label, its least width in cells, and how it yields.

    Columns with the highest `rank` are left out first; those of rank 0 always stay. What is left
    over is shared by `grow`, up to `most` cells (0 for no limit). `shorten` makes a text of so many
    cells out of a longer one; without it the end is cut. A column that is a `substitute` takes the
    place of the one before it where that is left out, and is not there otherwise.

    What a column `draws`, of what its row stands for, is made for the width that it has come to;
    so is its `heading`, which then takes the place of the label.
    """

    label: str
    width: int
    grow: int = 0
    rank: int = 0
    most: int = 0
    right: bool = False
    shorten: Callable[[str, int], str] | None = None
    substitute: bool = False
    draws: Callable[[object, int], Line] | None = None
    heading: Callable[[int], str] | None = None

    def fit(self, cell: Line, width: int) -> Line:
        """A cell made exactly as wide as the column is."""
        room = width - width_of(cell[:-1])
        if self.shorten is not None and cell and cell_len(cell[-1].text) > room:
            cell = (*cell[:-1], Span(self.shorten(cell[-1].text, room), cell[-1].tone))
        return fit(cell, width, right=self.right)


class Placed(Struct, frozen=True):
    """A column that is shown: which one, and how wide."""

    index: int
    width: int


def place(columns: Sequence[Column], width: int) -> tuple[Placed, ...]:
    """The columns that fit into `width` cells, with their widths, which then fill it."""
    shown = _kept(columns, width)
    widths = {index: columns[index].width for index in shown}
    spare = width - _needed(columns, shown)
    if spare > 0:
        _grow(widths, columns, spare)
    else:
        _shrink(widths, -spare)
    return tuple(Placed(index, widths[index]) for index in shown)


def _kept(columns: Sequence[Column], width: int) -> list[int]:
    """The columns that stay, by their places: those of the highest rank go first."""
    kept = [index for index, column in enumerate(columns) if not column.substitute]
    while len(kept) > 1 and _needed(columns, kept) > width:
        worst = max(kept, key=lambda index: (columns[index].rank, index))
        if columns[worst].rank == 0:
            break
        kept.remove(worst)
        if worst + 1 < len(columns) and columns[worst + 1].substitute:
            kept = sorted((*kept, worst + 1))
    return kept


def _grow(widths: dict[int, int], columns: Sequence[Column], spare: int) -> None:
    """Share what is left over among the columns that grow, until each has its most."""
    growing = [index for index in widths if columns[index].grow]
    while spare > 0 and growing:
        total = sum(columns[index].grow for index in growing)
        before = spare
        for index in list(growing):
            column = columns[index]
            share = max(1, before * column.grow // total)
            room = column.most - widths[index] if column.most else share
            given = min(share, room, spare)
            widths[index] += given
            spare -= given
            if column.most and widths[index] >= column.most:
                growing.remove(index)


def _shrink(widths: dict[int, int], lacking: int) -> None:
    """Take what is lacking cell by cell from the widest, down to one cell each."""
    for _cell in range(lacking):
        widest = max(widths, key=lambda index: widths[index])
        if widths[widest] > 1:
            widths[widest] -= 1


def _needed(columns: Sequence[Column], shown: Sequence[int]) -> int:
    return sum(columns[index].width for index in shown) + GAP * (len(shown) - 1)
