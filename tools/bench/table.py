"""The rows of the benchmark, and how they are shown."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measure against its budget; `met` is None for what is told for comparison only."""

    what: str
    budget: str
    measured: str
    met: bool | None = None


def shown(rows: Iterable[Row]) -> str:
    """The rows as a table of plain lines."""
    head = ("what", "budget", "measured", "met")
    cells = [head, *((row.what, row.budget, row.measured, _WORDS[row.met]) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


_WORDS = {True: "yes", False: "NO", None: ""}


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
