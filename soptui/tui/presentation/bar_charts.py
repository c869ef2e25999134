"""Bars and trends drawn in text: how much of a norm was used, and how week followed week.

All begin at zero, share one scale in a table, and never stand without their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from soptui.locale import _
from soptui.tui.text.lines import Line, Span, width_of

FULL, PART, NORM, BEYOND, NONE = "█", "▒", "│", ">", "·"
LEVELS = "▁▂▃▄▅▆▇"

TWICE = Fraction(2)
"""How many norms a bar shows: the norm stands at its half, and what is longer ends in a sign."""


def norm_bar(median: Fraction, far: Fraction, scale: Fraction, width: int) -> Line:
    """The median in full, up to `far` in part, and where the norm lies; all as shares of it."""
    if width < 3:
        return ()
    norm = min(width - 2, int(width / scale))
    end, last = (_cells(share, scale, width) for share in (median, far))
    drawn = []
    for place in range(width):
        if place == norm:
            drawn.append((NORM, "plain"))
        elif place == width - 1 and far > scale:
            drawn.append((BEYOND, "bad"))
        elif place < last:
            drawn.append((FULL if place < end else PART, "bad" if place > norm else "accent"))
        else:
            drawn.append((" ", "plain"))
    return _spans(drawn)


def norm_scale(width: int) -> Line:
    """The scale over bars that show twice the norm: `0 ─── norm ─── 2x`."""
    if width < 3:
        return ()
    norm = _("norm")
    before = max(1, int(width / TWICE) - len(norm) // 2 - 3)
    first = f"0 {'─' * (before - 1)} {norm} "
    rest = max(0, width - width_of((Span(first),)) - 3)
    return (Span(f"{first}{'─' * rest} 2x", "dim"),)


def amount_scale(most: str, width: int) -> Line:
    """The scale over bars that begin at zero: `0 ────── 3 hari`."""
    rest = width - width_of((Span(most),)) - 3
    return (Span(f"0 {'─' * rest} {most}", "dim"),) if rest > 0 else (Span(most, "dim"),)


def amount_bar(first: int, second: int, most: int, width: int) -> Line:
    """Two amounts one after the other, in part and in full, on a scale from 0 to `most`."""
    if most <= 0 or width < 1:
        return ()
    end = _cells(Fraction(first), Fraction(most), width)
    whole = _cells(Fraction(first + second), Fraction(most), width)
    last = min(width, max(end + bool(second), whole))
    spans = (Span(PART * end, "warn"), Span(FULL * (last - end), "accent"))
    return tuple(span for span in spans if span.text)


def count_bar(count: int, most: int, width: int, tone: str = "accent") -> Line:
    """A bar as long as the count is of `most`; any count has a cell."""
    if count <= 0 or most <= 0 or width < 1:
        return ()
    return (Span(FULL * max(1, min(width, width * count // most)), tone),)


def trend(values: Sequence[Fraction | int | None], most: int = 1) -> str:
    """A sign for each value, on a scale from 0 to `most`; none, or no case, is a dot.

    The scale begins at zero: the lowest sign stands for up to a seventh of `most`, and for a share
    of nothing at all.
    """
    return "".join(_level(value, most) for value in values)


def _level(value: Fraction | int | None, most: int) -> str:
    if value is None or (value == 0 and isinstance(value, int)):
        return NONE
    level = -(-Fraction(value) * len(LEVELS) // most)
    return LEVELS[max(1, min(len(LEVELS), int(level))) - 1]


def _cells(share: Fraction, scale: Fraction, width: int) -> int:
    cells = min(width, int(width * share / scale))
    return max(1, cells) if share > 0 else 0


def _spans(drawn: Iterable[tuple[str, str]]) -> Line:
    return tuple(
        Span("".join(sign for sign, _ in group), tone)
        for tone, group in groupby(drawn, key=lambda one: one[1])
    )
