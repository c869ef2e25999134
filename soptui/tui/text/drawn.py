"""Pictures with places on them that a cursor can go to: drawn apart, then put together.

Plain data, so that what a screen draws can be tested without one.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from soptui.domain.replace import replace
from soptui.tui.text.lines import BLANK, Line, Span, fit


class Spot(Struct, frozen=True):
    """A place in a picture: where it lies, in cells, to which group it belongs, what it stands for.

    The cell before it is left blank, for the sign of the cursor.
    """

    key: str
    group: str
    y: int
    x: int
    width: int
    value: object

    def gap_to(self, other: Spot) -> int:
        """Cells between the two from left to right; 0 where one lies above the other."""
        after, before = other.x - (self.x + self.width), self.x - (other.x + other.width)
        return max(0, after, before)


class Drawn(Struct, frozen=True):
    """Lines, and the spots on them."""

    lines: tuple[Line, ...] = ()
    spots: tuple[Spot, ...] = ()

    @property
    def height(self) -> int:
        """How many lines there are."""
        return len(self.lines)


def stacked(parts: Sequence[Drawn], *, apart: int = 1) -> Drawn:
    """The parts one below the other, with blank lines between; one without a line is left out."""
    lines: list[Line] = []
    spots: list[Spot] = []
    for part in parts:
        if not part.lines:
            continue
        if lines:
            lines += [BLANK] * apart
        spots += (replace(spot, y=spot.y + len(lines)) for spot in part.spots)
        lines += part.lines
    return Drawn(tuple(lines), tuple(spots))


def beside(left: Drawn, right: Drawn, left_width: int) -> Drawn:
    """One part to the right of the other, from `left_width` cells on."""
    height = max(left.height, right.height)
    padded = [[*one.lines, *[BLANK] * (height - one.height)] for one in (left, right)]
    lines = tuple(
        (*fit(first, left_width), *second) if second else first
        for first, second in zip(*padded, strict=True)
    )
    moved = (replace(spot, x=spot.x + left_width) for spot in right.spots)
    return Drawn(lines, (*left.spots, *moved))


class Pen:
    """Writes a line cell by cell, and notes the spots on it."""

    def __init__(self, y: int) -> None:
        self._y = y
        self._spans: list[Span] = []
        self._width = 0
        self.spots: list[Spot] = []

    def write(self, cell: Line, width: int, *, right: bool = False) -> None:
        """A cell of so many cells' width."""
        self._spans += fit(cell, width, right=right)
        self._width += width

    def spot(
        self,
        cell: Line,
        width: int,
        *,
        key: str,
        group: str,
        value: object,
        right: bool = False,
    ) -> None:
        """The same, as a spot: its first cell stays blank for the cursor's sign."""
        self.spots.append(Spot(key, group, self._y, self._width + 1, width - 1, value))
        self.write((Span(" "),), 1)
        self.write(cell, width - 1, right=right)

    @property
    def line(self) -> Line:
        """What was written."""
        return tuple(self._spans)
