"""Where a table's rows come from: a list at hand, or pages asked for when they are drawn."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from soptui.tui.lines import Line

T = TypeVar("T")

PAGE = 64
"""Rows asked for at once."""

_PAGES_KEPT = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its key, and a line for each column. A heading has one line and no cursor."""

    key: str
    cells: tuple[Line, ...]
    is_heading: bool = False


class Source(Protocol):
    """Rows by position. `row` is called for rows in sight only."""

    def __len__(self) -> int:
        """How many rows there are, headings included."""

    def row(self, index: int) -> Row:
        """The row at a position from 0 on."""

    def find(self, key: str) -> int | None:
        """The position of a row, where that is known without asking for rows."""


class Rows:
    """Rows that are at hand."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._rows = rows
        self._positions = {row.key: position for position, row in enumerate(rows)}

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, index: int) -> Row:
        """The row at a position."""
        return self._rows[index]

    def find(self, key: str) -> int | None:
        """The position of a row."""
        return self._positions.get(key)


class Drawn:
    """Rows that are at hand but drawn only once they come in sight, each by its key."""

    def __init__(self, rows: Sequence[tuple[str, Callable[[], Row]]]) -> None:
        self._rows = rows
        self._drawn: dict[int, Row] = {}
        self._positions = {key: position for position, (key, _) in enumerate(rows)}

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, index: int) -> Row:
        """The row at a position."""
        row = self._drawn.get(index)
        if row is None:
            row = self._drawn[index] = self._rows[index][1]()
        return row

    def find(self, key: str) -> int | None:
        """The position of a row."""
        return self._positions.get(key)


class Pages(Generic[T]):
    """Rows fetched a page at a time and drawn one at a time; few pages are kept.

    `fetch` takes a limit and an offset, and may return fewer than asked when rows went meanwhile.
    """

    def __init__(
        self,
        count: int,
        fetch: Callable[[int, int], Sequence[T]],
        draw: Callable[[T], Row],
    ) -> None:
        self._count = count
        self._fetch = fetch
        self._draw = draw
        self._pages: OrderedDict[int, Sequence[T]] = OrderedDict()

    def __len__(self) -> int:
        return self._count

    def item(self, index: int) -> T | None:
        """What is behind the row at a position; None when it went meanwhile."""
        number, position = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._fetch(PAGE, number * PAGE)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[position] if position < len(page) else None

    def row(self, index: int) -> Row:
        """The row at a position, empty when it went meanwhile."""
        item = self.item(index)
        return Row("", ()) if item is None else self._draw(item)

    def find(self, key: str) -> int | None:
        """The position of a row in the pages that were fetched."""
        for number, page in self._pages.items():
            for position, item in enumerate(page):
                if self._draw(item).key == key:
                    return number * PAGE + position
        return None
