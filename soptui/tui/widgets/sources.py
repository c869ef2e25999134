"""Where a table's rows come from: a list at hand, pages asked for when they are drawn, or pages
that come from a thread.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from soptui.tui.text.lines import Line, Span

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

PAGE = 64
"""Rows asked for at once."""

_PAGES_KEPT = 16
_WAITING: Line = (Span("…", "dim"),)


class Row(Struct, Generic[T_co], frozen=True):
    """One row: its key, a line for each column, and what it stands for.

    The key is for the cursor and the marks, which find the row again by it; what is done to a row
    is done to its `value`. A heading has one line, no cursor and no value. `mark` is a letter that
    stands before the row's text, as `T` for late.
    """

    key: str
    cells: tuple[Line, ...]
    value: T_co | None = None
    is_heading: bool = False
    mark: Line = ()


class Source(Protocol[T_co]):
    """Rows by position. `row` is called for rows in sight only."""

    def __len__(self) -> int:
        """How many rows there are, headings included."""

    def row(self, index: int) -> Row[T_co]:
        """The row at a position from 0 on."""

    def find(self, key: str) -> int | None:
        """The position of a row, where that is known without asking for rows."""


class Rows(Generic[T_co]):
    """Rows that are at hand."""

    def __init__(self, rows: Sequence[Row[T_co]] = ()) -> None:
        self._rows = rows
        self._positions = {row.key: position for position, row in enumerate(rows)}

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, index: int) -> Row[T_co]:
        """The row at a position."""
        return self._rows[index]

    def find(self, key: str) -> int | None:
        """The position of a row."""
        return self._positions.get(key)


class LazyRows(Generic[T_co]):
    """Rows that are at hand but drawn only once they come in sight, each by its key."""

    def __init__(self, rows: Sequence[tuple[str, Callable[[], Row[T_co]]]]) -> None:
        self._rows = rows
        self._drawn: dict[int, Row[T_co]] = {}
        self._positions = {key: position for position, (key, _) in enumerate(rows)}

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, index: int) -> Row[T_co]:
        """The row at a position."""
        row = self._drawn.get(index)
        if row is None:
            row = self._drawn[index] = self._rows[index][1]()
        return row

    def find(self, key: str) -> int | None:
        """The position of a row."""
        return self._positions.get(key)


class PagedRows(Generic[T]):
    """Rows fetched a page at a time and drawn one at a time; few pages are kept.

    `fetch` takes a limit and an offset, and may return fewer than asked when rows went meanwhile.
    """

    def __init__(
        self,
        count: int,
        fetch: Callable[[int, int], Sequence[T]],
        draw: Callable[[T], Row[T]],
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

    def row(self, index: int) -> Row[T]:
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


class BackgroundRows(Generic[T]):
    """Rows whose pages come from a thread: until then, a row shows no more than that it waits.

    A row stands for its key: `key_of` and `place_of` know those of all without waiting. `want` is
    called with the number of a page that is drawn and not there, once until `take` brings it.
    """

    def __init__(
        self,
        count: int,
        key_of: Callable[[int], str],
        place_of: Callable[[str], int | None],
        draw: Callable[[T], Row[str]],
        want: Callable[[int], None],
    ) -> None:
        self._count = count
        self._key_of = key_of
        self._place_of = place_of
        self._draw = draw
        self._want = want
        self._wanted: set[int] = set()
        self._pages: OrderedDict[int, Sequence[T]] = OrderedDict()

    def __len__(self) -> int:
        return self._count

    def row(self, index: int) -> Row[str]:
        """The row at a position; without its text while that is on its way."""
        number, position = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None or position >= len(page):
            self._ask(number)
            key = self._key_of(index)
            return Row(key, (_WAITING,), key)
        self._pages.move_to_end(number)
        # What will be turned to next is there before it is.
        self._ask(number + 1 if position > PAGE // 2 else number - 1)
        return self._draw(page[position])

    def _ask(self, number: int) -> None:
        is_one = 0 <= number * PAGE < self._count
        if is_one and number not in self._pages and number not in self._wanted:
            self._wanted.add(number)
            self._want(number)

    def take(self, number: int, page: Sequence[T]) -> None:
        """The page has come."""
        self._wanted.discard(number)
        self._pages[number] = page
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)

    def give_up(self, number: int) -> None:
        """The page is not on its way any longer; drawn again, it is asked for again."""
        self._wanted.discard(number)

    def find(self, key: str) -> int | None:
        """The position of a row."""
        return self._place_of(key)
