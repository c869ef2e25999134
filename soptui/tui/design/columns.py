"""How wide a table's columns are: fixed by kind, and free room to those that have something longer.

A row begins with the cursor's `>` and a mark, and its text stands from the third cell on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from rich.cells import cell_len

from soptui.tui.text.lines import Line, Span, fit, width_of

GAP = 1
"""Cells between two columns."""

GUTTER = 3
"""Cells before the text of a row: for `>`, for a mark, and a blank."""

MARGIN = 1
"""Cells before the text of bars, headings and sentences."""


class Column(Struct, frozen=True):
    """A column: the msgid of its label, its width in cells, and how it yields.

    Free room goes to the columns that `grow`, 1 first, until each shows all it has or is `most`
    cells wide (0 for no limit); the others have their `width`, which a longer content widens.
    Columns with the highest `rank` are left out first, and where all rows say the same; those of
    rank 0 always stay. `shorten` makes a text of so many cells out of a longer one; without it the
    end is cut. A column that is a `substitute` takes the place of the one before it where that is
    left out for want of room, and is not there otherwise.

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


def number(label: str, *, rank: int = 0) -> Column:
    """A number of the mail register, or a count."""
    return Column(label, 4, right=True, rank=rank)


def day(label: str, *, rank: int = 0) -> Column:
    """A day, without its year where that is this one: `30 Nov`."""
    return Column(label, 6, rank=rank)


def moment(label: str, *, rank: int = 0) -> Column:
    """A day and its time: `30 Nov 10.55`."""
    return Column(label, 12, rank=rank)


def step(label: str, *, rank: int = 0, substitute: bool = False) -> Column:
    """The number of a step."""
    return Column(label, 2, rank=rank, most=7, substitute=substitute)


def state(label: str, *, rank: int = 0) -> Column:
    """A state in one or two words."""
    return Column(label, 12, rank=rank)


def duration(label: str, *, rank: int = 0) -> Column:
    """A time that something took or takes."""
    return Column(label, 8, right=True, rank=rank)


def size(label: str, *, rank: int = 0) -> Column:
    """The size of a file."""
    return Column(label, 7, right=True, rank=rank)


class Contents(Struct, frozen=True):
    """What is known of the contents: the widest of each column, and which say the same in all."""

    widest: tuple[int, ...]
    same: frozenset[int] = frozenset()


class Placed(Struct, frozen=True):
    """A column that is shown: which one, and how wide."""

    index: int
    width: int


def place(
    columns: Sequence[Column], width: int, contents: Contents | None = None
) -> tuple[Placed, ...]:
    """The columns that fit into `width` cells, with their widths, which then fill it.

    Without `contents`, columns that grow share what is free as if they had enough to show.
    """
    least = _least(columns, contents)
    shown = _kept(columns, least, width, contents.same if contents else frozenset())
    widths = {index: least[index] for index in shown}
    spare = width - _needed(least, shown)
    if spare > 0:
        left = _grow(widths, columns, spare, contents)
        if contents is not None:
            _leave_empty(widths, columns, left)
    else:
        _shrink(widths, -spare)
    return tuple(Placed(index, widths[index]) for index in shown)


def _least(columns: Sequence[Column], contents: Contents | None) -> list[int]:
    """What each column needs at the least: none that grows asks for more than it has to show."""
    if contents is None:
        return [column.width for column in columns]
    return [
        min(column.width, max(1, wide))
        if column.grow and not column.draws
        else _fixed(column, wide)
        for column, wide in zip(columns, contents.widest, strict=True)
    ]


def _fixed(column: Column, wide: int) -> int:
    """The width of its kind, or more where a number or a word would be cut."""
    return max(column.width, min(wide, column.most or column.width * 2))


def _kept(
    columns: Sequence[Column], least: Sequence[int], width: int, same: frozenset[int]
) -> list[int]:
    """The columns that stay, by their places: those of the highest rank go first."""
    kept = [
        index
        for index, column in enumerate(columns)
        if not column.substitute and not (column.rank and index in same and not column.draws)
    ]
    while len(kept) > 1 and _needed(least, kept) > width:
        worst = max(kept, key=lambda index: (columns[index].rank, index))
        if columns[worst].rank == 0:
            break
        kept.remove(worst)
        if worst + 1 < len(columns) and columns[worst + 1].substitute:
            kept = sorted((*kept, worst + 1))
    return kept


def _grow(
    widths: dict[int, int], columns: Sequence[Column], spare: int, contents: Contents | None
) -> int:
    """Give what is free to the columns that grow, in their order; what is left then."""
    for order in sorted({columns[index].grow for index in widths if columns[index].grow}):
        growing = [index for index in widths if columns[index].grow == order]
        while spare > 0 and growing:
            share = max(1, spare // len(growing))
            for index in list(growing):
                column = columns[index]
                wanted = spare + widths[index]
                if contents is not None and column.draws is None:
                    wanted = contents.widest[index]
                room = max(0, min(wanted, column.most or wanted) - widths[index])
                given = min(share, room, spare)
                widths[index] += given
                spare -= given
                if given == room:
                    growing.remove(index)
    return spare


def _leave_empty(widths: dict[int, int], columns: Sequence[Column], spare: int) -> None:
    """What nobody has anything for stays empty behind the last column that grows."""
    growing = [index for index in widths if columns[index].grow]
    if growing and spare > 0:
        widths[growing[-1]] += spare


def _shrink(widths: dict[int, int], lacking: int) -> None:
    """Take what is lacking cell by cell from the widest, down to one cell each."""
    for _cell in range(lacking):
        widest = max(widths, key=lambda index: widths[index])
        if widths[widest] > 1:
            widths[widest] -= 1


def _needed(least: Sequence[int], shown: Sequence[int]) -> int:
    return sum(least[index] for index in shown) + GAP * (len(shown) - 1)
