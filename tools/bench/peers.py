"""Full-screen programs side by side: what each costs to open, to use, to leave alone.

soptui stands beside an empty Textual application, which is the least that its toolkit costs; tig,
which shows the same records and is written in C; and posting, a grown application of the toolkit.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from tools.bench.builder import LongHistory, git
from tools.bench.screen import (
    DOWN,
    EMPTY_APP,
    FILTER,
    IDLE_SECONDS,
    LINE,
    PAGE_DOWN,
    START_BYTES,
    START_RATIO,
    TYPED,
    tray_of,
)
from tools.bench.table import Line, Row
from tools.bench.terminal import SLOW_LINE, Answer, Frame, Sitting, own_home

HEAD: Line = (
    "program",
    "first frame",
    "bytes at start",
    "cursor key",
    "page",
    "typed character",
    f"{IDLE_SECONDS:.0f} s idle",
    "memory",
    "slow line: first frame",
    "settled",
    "page",
)
EMPTY = "empty Textual app"
OURS = "soptui, "
_ROUNDS = 3
_REQUESTS = 60
_TO_ADDRESS = b"\x0c"


class Peer(Struct, frozen=True):
    """A program, words that stand on its first frame, and how to get to where one can type.

    `to_field` is None where there is nothing to move in and nowhere to type.
    """

    name: str
    command: tuple[str, ...]
    expected: str
    to_field: bytes | None = None
    folder: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    def sit(self, rate: int = 0) -> Sitting:
        """The program on a fresh terminal, at a line of `rate` bytes a second if that is given."""
        return Sitting(self.command, folder=self.folder, environment=self.environment, rate=rate)


class Cost(Struct, frozen=True):
    """What a program costs: seconds, bytes on the line, and bytes of memory (the median of each).

    Keys are None where the program has nothing to move in, and `slow_page` where no page came.
    """

    name: str
    first: float
    start: int
    cursor: int | None
    page: int | None
    typed: int | None
    idle: int
    memory: int
    slow_first: float
    slow_settled: float
    slow_page: float | None

    def line(self) -> Line:
        """The cells below `HEAD`."""
        return (
            self.name,
            f"{self.first:.2f} s",
            f"{self.start} B",
            _bytes(self.cursor),
            _bytes(self.page),
            _bytes(self.typed),
            f"{self.idle} B",
            f"{self.memory / 2**20:.0f} MiB",
            f"{self.slow_first:.2f} s",
            f"{self.slow_settled:.2f} s",
            "–" if self.slow_page is None else f"{self.slow_page:.2f} s",
        )


def programs(
    folder: Path, histories: Sequence[LongHistory], posting: str
) -> tuple[list[Peer], list[str]]:
    """The programs that are here, and for each that is not a line that says how to get it.

    `folder` takes their settings; nobody's own are read. `posting` is the program's name or path.
    """
    alone = own_home(folder)
    found = [Peer(EMPTY, (sys.executable, "-c", EMPTY_APP), "first-frame", environment=alone)]
    missing: list[str] = []
    for history in histories:
        command, expected = tray_of(history)
        state = {"SOPTUI_STATE": str(history.office.folder / "state")}
        name = f"{OURS}{_cases(history)}"
        found.append(Peer(name, command, expected, FILTER, environment=alone | state))
    tig = shutil.which("tig")
    for history in histories if tig else ():
        root = history.office.repository.root
        expected = git(root, "log", "-1", "--format=%s")[:12]
        name = f"tig, {_cases(history)}"
        found.append(Peer(name, (str(tig),), expected, FILTER, root, alone))
    if not tig:
        missing.append("tig was left out: it is not installed (apt-get install tig).")
    program = shutil.which(posting)
    if program:
        found.append(_posting(folder, program, alone))
    else:
        missing.append(
            "posting was left out: it is not installed. It pins a Textual of its own, so install "
            "it into a virtual environment of its own and name the program with --posting."
        )
    return found, missing


def _posting(folder: Path, program: str, alone: Mapping[str, str]) -> Peer:
    collection = folder / "collection"
    collection.mkdir()
    for number in range(_REQUESTS):
        (collection / f"request-{number:02}.posting.yaml").write_text(
            f"name: Request {number:02}\nmethod: GET\nurl: http://localhost/{number}\n",
            encoding="utf-8",
        )
    # Its list of requests is where the cursor keys have something to move in.
    own = {"POSTING_FOCUS__ON_STARTUP": "collection", "PYTHONPATH": ""}
    command = (program, "--collection", str(collection))
    return Peer("posting", command, "Request 03", _TO_ADDRESS, folder, {**alone, **own})


def costs(peers: Sequence[Peer]) -> Iterator[Cost]:
    """What each program costs; they take turns, so that all meet the same weather."""
    frames: dict[str, list[Frame]] = {peer.name: [] for peer in peers}
    slow: dict[str, list[Frame]] = {peer.name: [] for peer in peers}
    pages: dict[str, list[Answer]] = {peer.name: [] for peer in peers}
    # The first start, which brings the program's files into memory, does not count.
    for number in range(_ROUNDS + 1):
        for peer in peers:
            with peer.sit() as sitting:
                frame = sitting.frame(peer.expected)
            if number:
                frames[peer.name].append(frame)
    for _ in range(_ROUNDS):
        for peer in peers:
            with peer.sit(SLOW_LINE) as sitting:
                slow[peer.name].append(sitting.frame(peer.expected))
                if peer.to_field is not None:
                    pages[peer.name] += [sitting.press(PAGE_DOWN) for _ in range(_ROUNDS)]
    for peer in peers:
        name = peer.name
        with peer.sit() as sitting:
            sitting.frame(peer.expected)
            memory = sitting.memory()
            cursor = page = typed = None
            if peer.to_field is not None:
                cursor = _typical([sitting.press(DOWN) for _ in range(5)])
                page = _typical([sitting.press(PAGE_DOWN) for _ in range(3)])
            idle = sitting.watch(IDLE_SECONDS)
            if peer.to_field is not None:
                sitting.press(peer.to_field)
                typed = _typical([sitting.press(letter) for letter in TYPED])
        yield Cost(
            name,
            statistics.median(frame.seconds for frame in frames[name]),
            round(statistics.median(frame.bytes for frame in frames[name])),
            cursor,
            page,
            typed,
            idle,
            memory,
            statistics.median(frame.seconds for frame in slow[name]),
            statistics.median(frame.settled for frame in slow[name]),
            statistics.median(answer.seconds for answer in pages[name]) if page else None,
        )


def judged(measured: Sequence[Cost]) -> Iterator[Row]:
    """The budgets of the design for soptui's own lines, at each number of cases."""
    empty = next(cost for cost in measured if cost.name == EMPTY)
    for cost in measured:
        if not cost.name.startswith(OURS):
            continue
        size = cost.name.removeprefix(OURS)
        yield Row(
            f"first frame at {size} against an empty Textual app",
            f"{START_RATIO:.2f} x",
            f"{cost.first / empty.first:.2f} x "
            f"({cost.first * 1000:.0f} against {empty.first * 1000:.0f} ms)",
            cost.first <= START_RATIO * empty.first,
        )
        usual = LINE[0]
        budgets = (START_BYTES, usual.held, usual.page, usual.typed, 0)
        counts = (cost.start, cost.cursor or 0, cost.page or 0, cost.typed or 0, cost.idle)
        yield Row(
            f"bytes at {size}: start, cursor, page, typed, idle",
            f"{', '.join(map(str, budgets))} B",
            f"{', '.join(map(str, counts))} B",
            all(count <= budget for count, budget in zip(counts, budgets, strict=True)),
        )


def _cases(history: LongHistory) -> str:
    return f"{history.cases:,} cases"


def _typical(answers: Sequence[Answer]) -> int:
    return round(statistics.median(answer.bytes for answer in answers))


def _bytes(count: int | None) -> str:
    return "–" if count is None else f"{count} B"
