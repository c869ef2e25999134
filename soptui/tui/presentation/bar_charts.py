"""Bars drawn in text: how much of a norm was used, and how a time divides."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import groupby

from soptui.tui.text.lines import Line, Span

FULL, PART, NORM, BEYOND = "█", "▒", "│", ">"

MOST = Fraction(4)
"""How many norms a bar shows at most; what is longer ends in a sign."""

LEAST = Fraction(3, 2)
"""How many norms a bar shows at least, so that the norm never stands at its end."""


def scale_of(shares: Iterable[Fraction]) -> Fraction:
    """How many norms the whole width of bars stands for, when these are the longest ones."""
    return min(MOST, max(LEAST, *shares, LEAST))


def norm_bar(median: Fraction, far: Fraction, scale: Fraction, width: int) -> Line:
    """The median in full, up to `far` in part, and where the norm lies; all as shares of it."""
    if width < 3:
        return ()
    norm = min(width - 2, int(width / scale))
    end, last = (_cells(share, scale, width) for share in (median, far))
    drawn = []
    for place in range(width):
        if place == norm:
            drawn.append((NORM, "bold"))
        elif place == width - 1 and far > scale:
            drawn.append((BEYOND, "bad"))
        elif place < last:
            drawn.append((FULL if place < end else PART, "bad" if place > norm else "accent"))
        else:
            drawn.append((" ", "plain"))
    return _spans(drawn)


def divided_bar(first: int, second: int, width: int) -> Line:
    """A whole width divided as the two amounts are: the first in part, the second in full."""
    total = first + second
    if total <= 0 or width < 1:
        return ()
    cells = min(width, max(0, round(width * first / total)))
    if first and second and width > 1:
        cells = min(width - 1, max(1, cells))
    return tuple(
        span
        for span in (Span(PART * cells, "warn"), Span(FULL * (width - cells), "accent"))
        if span.text
    )


def count_bar(count: int, most: int, width: int, tone: str = "accent") -> Line:
    """A bar as long as the count is of the greatest one; any count has a cell."""
    if count <= 0 or most <= 0 or width < 1:
        return ()
    return (Span(FULL * max(1, width * count // most), tone),)


def _cells(share: Fraction, scale: Fraction, width: int) -> int:
    cells = min(width, int(width * share / scale))
    return max(1, cells) if share > 0 else 0


def _spans(drawn: Iterable[tuple[str, str]]) -> Line:
    return tuple(
        Span("".join(sign for sign, _ in group), tone)
        for tone, group in groupby(drawn, key=lambda one: one[1])
    )
