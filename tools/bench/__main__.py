"""Prints the benchmark's table: `python -m tools.bench [--cases 10000]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.bench import imports, records, screen
from tools.bench.builder import LongHistory, build
from tools.bench.table import Row, milliseconds, shown

Measure = Callable[[LongHistory], Iterator[Row]]

MEASURES: dict[str, Measure] = {
    "verifying": records.verifying,
    "indexing": records.indexing,
    "inbox": records.inbox,
    "imports": lambda history: imports.importing(),
    "screen": screen.first_frame,
    "line": screen.line,
    "acting": records.acting,
}
"""By name, in the order in which they run; what changes the records comes last."""


def main() -> None:
    """Build the history, take the measures asked for, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="how many cases to build")
    parser.add_argument("measures", nargs="*", metavar="measure", help=" ".join(MEASURES))
    arguments = parser.parse_args()
    unknown = set(arguments.measures) - MEASURES.keys()
    if unknown:
        parser.error(f"no measure {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="soptui-bench-") as folder:
        built: list[LongHistory] = []
        taken = milliseconds(lambda: built.append(build(Path(folder) / "office", arguments.cases)))
        history = built[0]
        with history.office:
            _tell(
                f"{history.cases} cases, {history.commits} commits, built in {taken / 1000:.0f} s"
            )
            rows: list[Row] = []
            for name in arguments.measures or MEASURES:
                _tell(f"measuring: {name}")
                rows += MEASURES[name](history)
            print(shown(rows))


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
