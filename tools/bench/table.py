"""The rows of the benchmark, and how they are shown."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

Line = tuple[str, ...]


class Row(Struct, frozen=True):
    """One measure against its budget; `met` is None for what is told for comparison only."""

    what: str
    budget: str
    measured: str
    met: bool | None = None


HEAD: Line = ("what", "budget", "measured", "met")
_WORDS = {True: "yes", False: "NO", None: ""}


def cells(rows: Iterable[Row]) -> list[Line]:
    """The rows as lines of cells below `HEAD`."""
    return [(row.what, row.budget, row.measured, _WORDS[row.met]) for row in rows]


def plain(head: Line, lines: Sequence[Line]) -> str:
    """A table for the terminal, its columns aligned."""
    widths = [max(len(line[column]) for line in (head, *lines)) for column in range(len(head))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (head, rule, *lines)
    )


def markdown(head: Line, lines: Sequence[Line]) -> str:
    """The same table for a page."""
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |"
        for line in (head, ("---",) * len(head), *lines)
    )


def milliseconds(act: Callable[[], object]) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def median_of(acts: dict[str, Callable[[], object]], times: int) -> dict[str, float]:
    """The median milliseconds of each call; they take turns, so that all meet the same weather."""
    measured: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(times):
        for name, act in acts.items():
            measured[name].append(milliseconds(act))
    return {name: statistics.median(values) for name, values in measured.items()}
