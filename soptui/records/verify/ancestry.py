"""Which commits are to be verified, in which order, and which were verified before.

Git is asked where that is faster, and never believed: a commit's parents are what its own hashed
bytes say, and a commit counts as verified before only if such bytes lead to it from the old tip.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from soptui.domain.findings import Found
from soptui.domain.ids import NO_COMMIT, CommitId
from soptui.records.git.commit import CommitFault, commit_bytes, read_commit
from soptui.records.git.history import History, Line
from soptui.records.git.objects import ObjectFault, ObjectReader
from soptui.records.git.prefetch import read_commits_ahead
from soptui.records.git.process import GitFailed

_SHORT = 8
"""How many commits are looked up one by one before Git is asked for a list of them all."""

_AT_ONCE = 1024
_MARKS = 1024
"""How many merges within side branches are looked at in one go, a bit for each."""

_PARENTS = re.compile(rb"tree [0-9a-f]{40}\n((?:parent [0-9a-f]{40}\n)*)")


class Item(NamedTuple):
    """A commit to check; `accepted_by` is the main-line commit that brought it in, or itself."""

    line: Line
    accepted_by: Line

    @property
    def is_on_main_line(self) -> bool:
        """Whether the commit itself is on the main line."""
        return self.line is self.accepted_by


def parents_of(raw: bytes) -> tuple[CommitId, ...]:
    """The parents that a commit's bytes name; none when they do not begin as a commit does."""
    found = _PARENTS.match(raw)
    return tuple(map(CommitId, found[1].decode().replace("parent ", "").split())) if found else ()


def plan(
    history: History, reader: ObjectReader, genesis: CommitId, old: CommitId, new: CommitId
) -> list[Item]:
    """The commits from `old` to `new`, each after its parents, a side branch before its merge.

    Raises `Found` when `old` is not on the main line of `new`, or not here at all, as after a
    restore from a copy; `GitFailed`, or `ValueError` when an id is none.
    """
    if old == new:
        return []
    if old and not reader.has(old):
        raise Found("rollback")
    lines = _few_lines(reader, old, new) if old else None
    if lines is None:
        lines = {line.commit: line for line in history.commits(old, new)}
    items: list[Item] = []
    planned: set[str] = set()
    chain = _main_line(lines, old, new)
    start = chain[0] if chain else Line(new, ())
    if start.parents[:1] != (old,) and (old or start.commit != genesis):
        raise _broken(reader, start.commit, "rollback" if old else "root")
    for line in chain:
        items.extend(Item(side, line) for side in _ancestry(line, lines, planned))
    return items


def _few_lines(reader: ObjectReader, old: CommitId, new: CommitId) -> dict[CommitId, Line] | None:
    """The commits between when they are few and in one line, without asking Git; else None."""
    lines: dict[CommitId, Line] = {}
    commit = new
    while commit != old:
        try:
            parents = parents_of(commit_bytes(reader, commit))
        except ObjectFault:
            return None
        if len(parents) != 1 or len(lines) == _SHORT:
            return None
        lines[commit] = Line(commit, parents)
        commit = parents[0]
    return lines


def _main_line(lines: Mapping[CommitId, Line], old: CommitId, new: CommitId) -> list[Line]:
    """The first-parent chain to `new`, from `old` (left out) if it lies on it, else its start."""
    chain: list[Line] = []
    commit = new
    while commit != old:
        line = lines.get(commit)
        if line is None:
            break
        chain.append(line)
        commit = line.parents[0] if line.parents else NO_COMMIT
    return chain[::-1]


def _broken(reader: ObjectReader, commit: CommitId, code: str) -> Found:
    """Why the main line ends at `commit`: it may hide its parents behind an odd form."""
    try:
        read_commit(reader, commit)
    except ObjectFault as fault:
        return Found("object", detail=f"{commit[:12]} ({fault.code})")
    except CommitFault as fault:
        if fault.code != "unsigned":
            return Found("commit-form", detail=fault.code)
    return Found(code)


def _ancestry(tip: Line, lines: Mapping[CommitId, Line], planned: set[str]) -> Iterator[Line]:
    """`tip` and those of its ancestors in `lines` not yet planned, parents first."""
    stack: list[tuple[Line, bool]] = [(tip, False)]
    while stack:
        line, parents_done = stack.pop()
        if parents_done:
            yield line
            continue
        if line.commit in planned:
            continue
        planned.add(line.commit)
        stack.append((line, True))
        stack.extend((lines[parent], False) for parent in line.parents if parent in lines)


def empty_merges(items: Sequence[Item], history: History) -> frozenset[CommitId]:
    """The merges among the planned commits that join nothing: they have it from the first parent.

    That two sides have the same files is no matter: after a rebase, or where two people joined the
    same lines, their commits are joined all the same.
    """
    accepted = {item.line.commit: item for item in items}
    found: set[CommitId] = set()
    inner: list[Line] = []
    for item in items:
        if len(item.line.parents) < 2:
            continue
        if not item.is_on_main_line:
            inner.append(item.line)
            continue
        # What the merge brings in is accepted by it; the rest, its first parent has.
        second = accepted.get(item.line.parents[1])
        if second is None or second.accepted_by is not item.line:
            found.add(item.line.commit)
    for start in range(0, len(inner), _MARKS):
        found.update(_empty_among(inner[start : start + _MARKS], items, history))
    return frozenset(found)


def _empty_among(
    merges: Sequence[Line], items: Sequence[Item], history: History
) -> Iterator[CommitId]:
    """Those of the merges whose second parent is an ancestor of the first.

    Each second parent is a bit, which its descendants inherit. Of commits from before the plan Git
    is asked, whose answer gives nobody any authority.
    """
    bits = {second: 1 << at for at, second in enumerate({line.parents[1] for line in merges})}
    planned = {item.line.commit for item in items}
    before = [second for second in bits if second not in planned]
    reached: dict[CommitId, int] = {}

    def reached_by(commit: CommitId) -> int:
        if commit not in reached:
            reached[commit] = sum(bits[one] for one in before if history.is_ancestor(one, commit))
        return reached[commit]

    asked = {line.commit for line in merges}
    for line in (item.line for item in items):
        if line.commit in asked and reached_by(line.parents[0]) & bits[line.parents[1]]:
            yield line.commit
        union = bits.get(line.commit, 0)
        for parent in line.parents:
            union |= reached_by(parent)
        reached[line.commit] = union


class Verified:
    """The commits reachable from a tip that was verified before, by their own hashed bytes."""

    def __init__(self, history: History, reader: ObjectReader, tip: CommitId) -> None:
        self._history = history
        self._reader = reader
        self._known = {tip}
        self._waiting = deque([tip])

    def __contains__(self, commit: CommitId) -> bool:
        """Whether `commit` is the tip or one of its ancestors. Raises `ObjectFault`."""
        while commit not in self._known and self._waiting:
            self._go_back()
        return commit in self._known

    def _go_back(self) -> None:
        try:
            nearest = self._history.before(tuple(self._waiting)[:64], _AT_ONCE)
        except GitFailed:
            nearest = []
        contents = read_commits_ahead(self._reader, nearest)
        for _ in range(_AT_ONCE):
            if not self._waiting:
                return
            commit = self._waiting.popleft()
            raw = contents.get(commit)
            if raw is None:
                raw = commit_bytes(self._reader, commit)
            for parent in parents_of(raw):
                if parent not in self._known:
                    self._known.add(parent)
                    self._waiting.append(parent)
