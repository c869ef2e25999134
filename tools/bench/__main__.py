"""Measures soptui against its budgets and beside other programs, and prints the tables.

All of it takes about ten minutes on a quiet machine with two cores, most of that for the history
with 100,000 cases (`--large 0` leaves that out).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from tools.bench import hub, imports, peers, records, screen
from tools.bench.builder import LongHistory, build
from tools.bench.page import Outcome, load, page, this_machine
from tools.bench.table import HEAD, Row, cells, milliseconds, plain

Measure = Callable[[LongHistory], Iterator[Row]]

SECTIONS: Mapping[str, Mapping[str, Measure]] = {
    "The records": {
        "verifying": records.verifying,
        "indexing": records.indexing,
        "inbox": records.inbox,
        "imports": lambda history: imports.importing(),
    },
    "The screen": {
        "screen": screen.first_frame,
        "line": screen.line,
    },
    "Acting and sharing": {
        "acting": records.acting,
        "hook": hub.hook,
        "sync": hub.sync,
    },
}
"""By heading and name, in the order in which they run; what changes the records comes last."""

PEERS = "peers"
"""The comparison of screens, which has offices of its own."""

NAMES = (*(name for measures in SECTIONS.values() for name in measures), PEERS)


def main() -> None:
    """Build the histories, take the measures asked for, print the tables and write the page."""
    arguments = _arguments()
    before = load()
    asked = set(arguments.measures or NAMES)
    built: list[str] = []
    sections: dict[str, list[Row]] = {}
    costs: list[peers.Cost] = []
    missing: list[str] = []
    with tempfile.TemporaryDirectory(prefix="soptui-bench-") as name:
        folder = Path(name)
        if asked - {PEERS}:
            with ExitStack() as offices:
                history = _built(folder / "office", arguments.cases, offices, built)
                for heading, measures in SECTIONS.items():
                    sections[heading] = list(_taken(measures, asked, history))
        if PEERS in asked:
            with ExitStack() as offices:
                histories = [
                    _built(folder / f"office-{cases}", cases, offices, built)
                    for cases in (arguments.small, arguments.large)
                    if cases
                ]
                _tell(f"measuring: {PEERS}")
                found, missing = peers.programs(folder, histories, arguments.posting)
                costs = list(peers.costs(found))
            sections.setdefault("The screen", []).extend(peers.judged(costs))
    print(plain(HEAD, cells(row for rows in sections.values() for row in rows)))
    if costs:
        print("\n" + plain(peers.HEAD, [cost.line() for cost in costs]))
    for line in missing:
        _tell(line)
    if arguments.write:
        outcome = Outcome(
            this_machine(),
            datetime.now(UTC).date(),
            (before, load()),
            built,
            sections,
            costs,
            missing,
        )
        arguments.write.write_text(page(outcome), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="cases for the budgets")
    parser.add_argument("--small", type=int, default=10, help="cases for the screens: few")
    parser.add_argument("--large", type=int, default=100_000, help="and many; 0 leaves that out")
    parser.add_argument(
        "--posting",
        default=os.environ.get("SOPTUI_BENCH_POSTING", "posting"),
        help="the program posting, also by SOPTUI_BENCH_POSTING; else that on PATH",
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page to this file")
    parser.add_argument("measures", nargs="*", metavar="measure", help=" ".join(NAMES))
    arguments = parser.parse_args()
    unknown = set(arguments.measures) - set(NAMES)
    if unknown:
        parser.error(f"no measure {', '.join(sorted(unknown))}")
    return arguments


def _built(folder: Path, cases: int, offices: ExitStack, told: list[str]) -> LongHistory:
    """A history, open as long as `offices` is; how long it took is told."""
    histories: list[LongHistory] = []
    taken = milliseconds(lambda: histories.append(build(folder, cases)))
    history = histories[0]
    offices.enter_context(history.office)
    told.append(
        f"{history.cases:,} cases, {history.commits:,} commits: built in {taken / 1000:.0f} s."
    )
    _tell(told[-1])
    return history


def _taken(measures: Mapping[str, Measure], asked: set[str], history: LongHistory) -> Iterator[Row]:
    for name, measure in measures.items():
        if name in asked:
            _tell(f"measuring: {name}")
            yield from measure(history)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
