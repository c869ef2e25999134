"""Measures of the records: acting, verifying, listing."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from soptui.desk import Desk
from soptui.domain.case_filter import CaseFilter
from soptui.domain.case_list import Tray
from soptui.domain.events import Note
from soptui.domain.ids import NO_COMMIT, CommitId, OfficerId
from soptui.records.clone.repository import Repository
from soptui.records.files import layout
from soptui.records.index.index import index_path
from soptui.records.index.queries import Queries
from tools.bench.builder import LongHistory, git
from tools.bench.table import Row, median_of, milliseconds

ROOT = Path(__file__).parents[2]
_SAMPLE = 200
_PULLED = 100


def verifying(history: LongHistory) -> Iterator[Row]:
    """Verification of the whole history, and of what a pull brings at several lengths."""
    root = history.office.repository.root
    with Repository.open(root) as repository:
        head = repository.head()
        ours = milliseconds(lambda: _must_hold(repository.examine(head, NO_COMMIT, 0).ok))
    sample = min(_SAMPLE, history.commits - 1)
    theirs = milliseconds(lambda: git(root, "log", f"-{sample}", "--format=%G?"))
    ratio = (theirs / sample) / (ours / history.commits)
    yield Row(
        f"verify {history.commits} commits against git log --format=%G?",
        "100 x faster",
        f"{ratio:.0f} x ({ours / history.commits:.2f} against {theirs / sample:.1f} ms a commit)",
        ratio >= 100,
    )
    chain = list(map(CommitId, git(root, "rev-list", "--first-parent", "--reverse", head).split()))
    worst, told = 0.0, []
    for position in _lengths(len(chain)):
        old, new = chain[position - _PULLED - 1], chain[position - 1]
        taken = min(_verifying(root, old, new, position - _PULLED) for _ in range(3))
        worst = max(worst, taken)
        told.append(f"{taken:.0f} at {position}")
    yield Row(
        f"verify after a pull of {_PULLED} events", "100 ms", f"{', '.join(told)} ms", worst <= 100
    )


def _verifying(root: Path, old: CommitId, new: CommitId, position: int) -> float:
    with Repository.open(root) as repository:
        return milliseconds(lambda: _must_hold(repository.examine(new, old, position).ok))


def _lengths(commits: int) -> tuple[int, ...]:
    return tuple(max(commits * part // 10, _PULLED + 1) for part in (1, 5, 10))


def indexing(history: LongHistory) -> Iterator[Row]:
    """The index from nothing."""
    root = history.office.repository.root

    def make() -> None:
        path = index_path(root)
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
        with Repository.open(root) as repository:
            desk = Desk(repository, OfficerId("camat"), clock=history.office.clock)
            desk.index.update()
            desk.close()

    taken = min(milliseconds(make) for _ in range(2)) / history.cases
    yield Row("index from nothing, a case", "0.2 ms", f"{taken:.2f} ms", taken <= 0.2)


def inbox(history: LongHistory) -> Iterator[Row]:
    """The first fifty of an inbox, in a process that is warm and in one that is cold."""
    office = history.office
    desk = office.desks["camat"]
    index, officer, now = desk.index, desk.officer, desk.now()
    index.update()

    def look() -> Tray:
        return index.ask(Queries.tray, officer, now.date(), now, limit=50)

    def look_again() -> None:
        index.update()
        look()

    tray = look()
    warm = median_of({"look": look, "update and look": look_again}, 25)
    yield Row(
        f"inbox, first 50 of {tray.counts.to_receive}, warm",
        "2 ms",
        f"{warm['look']:.2f} ms ({warm['update and look']:.2f} with a look for news)",
        warm["look"] <= 2,
    )
    cold = _processes(office.repository.root)
    yield Row(
        "inbox in one line, cold process",
        "60 ms",
        f"{cold['brief']:.0f} ms (an empty Python takes {cold['python']:.0f})",
        cold["brief"] <= 60,
    )
    yield Row("inbox, first 50, cold process", "", f"{cold['inbox']:.0f} ms")


def _processes(root: Path) -> dict[str, float]:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "SOPTUI_OFFICER": "camat", "SOPTUI_RECORDS": str(root),
    }  # fmt: skip

    def run(*words: str) -> None:
        subprocess.run(
            (sys.executable, *words), cwd=root, env=environment, capture_output=True, check=True
        )

    start = "from soptui.cli import main; main()"
    # Without the note that the first one writes the whole program is asked.
    run("-c", start, "inbox", "--brief")
    return median_of(
        {
            "python": lambda: run("-c", "pass"),
            "inbox": lambda: run("-c", start, "inbox"),
            "brief": lambda: run("-c", start, "inbox", "--brief"),
        },
        9,
    )


def acting(history: LongHistory) -> Iterator[Row]:
    """One action against `git commit -S` of the same change and against the signature alone."""
    office = history.office
    root = office.repository.root
    desk = office.desks["sekretaris"]
    case_id = desk.cases(CaseFilter(status="running")).page(1)[0].id
    key = str(desk.key)
    stock = office.folder / "stock"
    shutil.rmtree(stock, ignore_errors=True)
    git(root, "clone", "-q", "--local", str(root), str(stock))
    path = layout.case_path(case_id)
    for name, value in _SETTINGS.items():
        git(stock, "config", name, value)
    git(stock, "config", "user.signingkey", key)
    number = itertools.count()
    block = desk.preview(case_id, Note("Catatan")).lines

    def act() -> None:
        desk.act(case_id, Note(f"Catatan {next(number)}"))

    def commit() -> None:
        with (stock / path).open("ab") as file:
            file.write(block)
        git(stock, "add", path)
        git(stock, "commit", "-q", "-S", "-m", "Catatan")

    def sign() -> None:
        command = ("ssh-keygen", "-Y", "sign", "-n", "git", "-f", key)
        subprocess.run(command, input=block, capture_output=True, check=True)

    act()
    taken = median_of({"act": act, "commit": commit, "sign": sign}, 15)
    ratio = taken["act"] / taken["commit"]
    beyond = taken["act"] - taken["sign"]
    yield Row(
        "one action against git commit -S of the same change",
        "1.00 x",
        f"{ratio:.2f} x ({taken['act']:.0f} against {taken['commit']:.0f} ms)",
        ratio <= 1,
    )
    yield Row(
        "one action beyond ssh-keygen -Y sign",
        "15 ms",
        f"{beyond:.0f} ms (the signature takes {taken['sign']:.0f})",
        beyond <= 15,
    )


_SETTINGS = {"user.name": "Bench", "user.email": "bench@kantor.example", "gpg.format": "ssh"}


def _must_hold(held: bool) -> None:
    if not held:
        raise SystemExit("the history that was built does not verify")
