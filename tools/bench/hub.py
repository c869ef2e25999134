"""Measures of sharing: what the hub's hook adds to a push, and what a sync takes."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from soptui.desk import Desk
from soptui.domain.case_filter import CaseFilter
from soptui.domain.events import Note
from soptui.domain.ids import CaseId, OfficerId
from soptui.records.clone.repository import Repository
from soptui.records.clone.trust import load_trust, save_trust
from soptui.records.git.process import GitDirectory
from soptui.records.hub.hub import init_hub
from soptui.records.sharing.remote import Pushed, Remote
from soptui.records.sharing.sync import synchronise
from tools.bench.builder import LongHistory, git
from tools.bench.table import Row, milliseconds

HOOK_MILLISECONDS = 150
_PUSHES = 9
_SYNCS = 3
_SHARED = 100


def hook(history: LongHistory) -> Iterator[Row]:
    """A push of one event to the hub, whose hook verifies it, and to a bare repository."""
    desk = history.office.desks["sekretaris"]
    places = {"hub": _hub(history), "plain": _plain(history, "plain.git")}
    case = _running(desk, 1)[0]
    pushes: dict[str, Callable[[], None]] = {
        name: partial(_push, history, path) for name, path in places.items()
    }
    _note(desk, case)
    first = milliseconds(pushes["hub"])
    pushes["plain"]()
    taken: dict[str, list[float]] = {name: [] for name in pushes}
    for number in range(_PUSHES):
        _note(desk, case)
        # Each goes first in turn, since the second finds the objects in memory.
        for name in sorted(pushes, reverse=number % 2 == 0):
            taken[name].append(milliseconds(pushes[name]))
    ours, plain = (statistics.median(taken[name]) for name in ("hub", "plain"))
    yield Row(
        "hook on a push of one event, over a push without hook",
        f"{HOOK_MILLISECONDS} ms",
        f"{ours - plain:.0f} ms ({ours:.0f} against {plain:.0f})",
        ours - plain <= HOOK_MILLISECONDS,
    )
    yield Row(
        f"hook on the first push, which verifies all {history.commits} commits",
        "",
        f"{first / 1000:.1f} s",
    )


def sync(history: LongHistory) -> Iterator[Row]:
    """A sync that sends a hundred events, and one that takes them, against push and fetch."""
    desk = history.office.desks["sekretaris"]
    hub = _hub(history)
    plain = _plain(history, "plain.git")
    reader = Remote(GitDirectory.at(_plain(history, "reader.git")), str(plain))
    cases = _running(desk, _SHARED)
    with _colleague(history) as colleague:
        camat = OfficerId("camat")
        other = Desk(colleague, camat, clock=history.office.clock, key=_key(history, camat))
        steps: dict[str, Callable[[], None]] = {
            "out": lambda: _sync(desk, hub),
            "push": lambda: _push(history, plain),
            "in": lambda: _sync(other, hub),
            "fetch": lambda: _must(reader.fetch() is not None),
        }
        taken: dict[str, list[float]] = {name: [] for name in steps}
        for step in steps.values():
            step()
        for _ in range(_SYNCS):
            for number in range(_SHARED):
                _note(desk, cases[number % len(cases)])
            for name, step in steps.items():
                taken[name].append(milliseconds(step))
        other.close()
    median = {name: statistics.median(values) for name, values in taken.items()}
    for ours, stock, what in (("out", "push", "to the hub"), ("in", "fetch", "from the hub")):
        yield Row(
            f"sync of {_SHARED} events {what}",
            "",
            f"{median[ours]:.0f} ms (a git {stock} of them without hook {median[stock]:.0f})",
        )


def _hub(history: LongHistory) -> Path:
    """The office's hub, made when it is first asked for, which holds the records."""
    path = history.office.folder / "hub.git"
    if not path.exists():
        init_hub(path, history.office.repository.trust.root)
        _fill(history, path)
    return path


def _plain(history: LongHistory, name: str) -> Path:
    """A bare repository as Git makes it, which holds the records."""
    path = history.office.folder / name
    if not path.exists():
        git(history.office.folder, "init", "-q", "--bare", "--initial-branch=main", str(path))
        _fill(history, path)
    return path


def _fill(history: LongHistory, bare: Path) -> None:
    git(bare, "-c", "fetch.fsckObjects=false", "fetch", "-q", str(_root(history)), "main:main")


def _colleague(history: LongHistory) -> Repository:
    """Another's clone, which trusts what this one does."""
    root = _root(history)
    trust = load_trust(root)
    if trust is None:
        raise LookupError(root)
    path = history.office.folder / "colleague"
    shutil.copytree(root, path)
    save_trust(path, trust)
    return Repository.open(path)


def _running(desk: Desk, count: int) -> list[CaseId]:
    """So many cases in which something may be noted, or as many as there are."""
    return [case.id for case in desk.cases(CaseFilter(status="running")).page(count)]


def _note(desk: Desk, case: CaseId) -> None:
    desk.act(case, Note("Catatan pengukuran."))


def _push(history: LongHistory, path: Path) -> None:
    repository = history.office.repository
    answer = Remote(repository.directory, str(path)).push(repository.head())
    _must(answer.pushed is Pushed.ACCEPTED)


def _sync(desk: Desk, hub: Path) -> None:
    remote = Remote(desk.repository.directory, str(hub))
    _must(synchronise(desk.repository, desk, remote).ok)


def _root(history: LongHistory) -> Path:
    return history.office.repository.root


def _key(history: LongHistory, officer: str) -> Path | None:
    return history.office.desks[officer].key


def _must(done: bool) -> None:
    if not done:
        raise SystemExit("the records could not be shared with a repository on this machine")
