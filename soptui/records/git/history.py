"""The history of a repository: which commits there are, and how they lie to each other.

It is what Git says. The verifier believes none of it: it takes parents from the commits' own bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from soptui.domain.ids import NO_COMMIT, CommitId
from soptui.records.git.process import GitDirectory, GitFailed, is_full_id

_ID_WIDTH = 40
_LINE_WIDTH = _ID_WIDTH + 1
_SHORT_ID = re.compile(r"[0-9a-f]{1,40}")
_INCOMPLETE = ("info/grafts", "shallow")
# A key of Git's configuration begins its line, or stands behind the header of its section.
_PROMISE = re.compile(
    rb"""^[ \t]*(?:\[(?:"(?:\\.|[^"\\\n])*"|[^]"\n])*\][ \t]*)?(promisor|partialclone[a-z]*)\b""",
    re.IGNORECASE | re.MULTILINE,
)


class Line(NamedTuple):
    """A commit with its parents, as Git lists them."""

    commit: CommitId
    parents: tuple[CommitId, ...]


class CommitIds:
    """Ids of commits in a fixed order, kept as Git lists them: 41 bytes for each."""

    def __init__(self, listed: bytes) -> None:
        """`listed` has each id on a line of its own."""
        self._listed = listed

    def __len__(self) -> int:
        return len(self._listed) // _LINE_WIDTH

    def at(self, place: int) -> CommitId:
        """The id at a place, the first being at 0. Raises `IndexError`."""
        if not 0 <= place < len(self):
            raise IndexError(place)
        start = place * _LINE_WIDTH
        return CommitId(self._listed[start : start + _ID_WIDTH].decode("ascii"))

    def __iter__(self) -> Iterator[CommitId]:
        return (self.at(place) for place in range(len(self)))

    def place_of(self, commit: str) -> int | None:
        """Where a commit is; None when it is not among them."""
        found = self._listed.find(commit.encode("ascii")) if is_full_id(commit) else -1
        return found // _LINE_WIDTH if found >= 0 else None

    def beginning_with(self, text: str) -> list[int]:
        """The places of the ids that begin with `text`, as a person shortens one."""
        if not _SHORT_ID.fullmatch(text):
            return []
        pattern = re.compile(rb"^" + text.encode("ascii"), re.MULTILINE)
        return [found.start() // _LINE_WIDTH for found in pattern.finditer(self._listed)]


class History:
    """The commits of one repository, and how they lie to each other.

    What asks Git raises `GitFailed` where nothing else is said.
    """

    def __init__(self, directory: GitDirectory) -> None:
        self.directory = directory

    def ids(self, tip: CommitId, without: Sequence[CommitId] = ()) -> CommitIds:
        """The commits reachable from `tip` but from none of `without`, each before its parents."""
        operands = [tip, *(f"^{commit}" for commit in without)]
        return CommitIds(self.directory.run("rev-list", "--topo-order", operands=operands))

    def main_line(self, tip: CommitId, *, without: CommitId = NO_COMMIT) -> CommitIds:
        """The main line that ends at `tip`, the newest commit first: the chain of first parents.

        What is reachable from the commit `without` is left out, if that is not empty.
        """
        operands = (tip, f"^{without}") if without else (tip,)
        return CommitIds(self.directory.run("rev-list", "--first-parent", operands=operands))

    def first_commit(self, tip: CommitId) -> CommitId:
        """The commit with which the main line of `tip` begins."""
        output = self.directory.run(
            "rev-list", "--first-parent", "--max-parents=0", operands=(tip,)
        )
        return CommitId(output.decode("ascii").strip())

    def position_of(self, commit: CommitId) -> int:
        """The place of a commit on its own main line, the first commit being 1."""
        return int(self.directory.run("rev-list", "--first-parent", "--count", operands=(commit,)))

    def is_ancestor(self, commit: CommitId, of: CommitId) -> bool:
        """Whether `commit` is `of` or reachable from it; False also when either is not here."""
        try:
            self.directory.run("merge-base", "--is-ancestor", operands=(commit, of))
        except GitFailed as failed:
            if failed.was_stopped:
                raise
            return False
        return True

    def is_on_main_line(self, commit: CommitId, tip: CommitId) -> bool:
        """Whether `commit` is `tip` or on its main line; False also when either is not here."""
        return commit == tip or self.fork_point(tip, commit) == commit

    def fork_point(self, line: CommitId, verified: CommitId) -> CommitId:
        """Where the main line of `line` leaves the history of `verified`; empty if nowhere."""
        try:
            output = self.directory.run(
                "rev-list", "--first-parent", "--parents", operands=(line, f"^{verified}")
            )
        except GitFailed:
            return NO_COMMIT
        lines = output.decode("ascii").splitlines()
        if not lines:
            return line
        parents = lines[-1].split()[1:2]
        return CommitId(parents[0]) if parents else NO_COMMIT

    def count(self, old: CommitId, new: CommitId) -> int:
        """How many commits are reachable from `new` but not from `old`, if that is not empty."""
        operands = (new, f"^{old}") if old else (new,)
        return int(self.directory.run("rev-list", "--count", operands=operands))

    def distance(self, old: CommitId, new: CommitId) -> int:
        """As `count`, and 0 where Git cannot tell: for what a person is shown."""
        try:
            return self.count(old, new)
        except (GitFailed, ValueError):
            return 0

    def distorted_by(self) -> str:
        """The name of what makes Git show another history than was written, or a part; or empty.

        Grafts put other parents in the place of a commit's own, and a shallow or partial clone
        lacks commits or objects.
        """
        path = self.directory.path
        for name in _INCOMPLETE:
            if (path / name).exists():
                return name
        try:
            promise = _PROMISE.search((path / "config").read_bytes())
        except OSError:
            return ""
        return promise[1].decode().lower() if promise else ""

    def lacked(self, held: CommitId, commits: Sequence[CommitId]) -> frozenset[CommitId] | None:
        """Those of the commits that are not reachable from `held`; None where Git cannot tell."""
        if not held or not commits:
            return frozenset(commits)
        operands = [*commits, f"^{held}"]
        try:
            output = self.directory.run("rev-list", operands=operands)
        except GitFailed:
            return None
        return frozenset(commits).intersection(map(CommitId, output.decode("ascii").split()))

    def commits(self, old: CommitId, new: CommitId) -> list[Line]:
        """The commits reachable from `new` but not from `old`, parents before children.

        An empty `old` excludes nothing.
        """
        operands = [new, f"^{old}"] if old else [new]
        output = self.directory.run(
            "rev-list", "--topo-order", "--reverse", "--parents", operands=operands
        )
        lines = (line.split() for line in output.decode("ascii").splitlines())
        return [Line(CommitId(ids[0]), tuple(map(CommitId, ids[1:]))) for ids in lines]

    def before(self, commits: Sequence[CommitId], count: int) -> list[CommitId]:
        """Up to `count` commits reachable from `commits`, the newest first."""
        operands = [*commits]
        output = self.directory.run("rev-list", f"--max-count={int(count)}", operands=operands)
        return list(map(CommitId, output.decode("ascii").split()))

    def with_line(
        self, line: str, tip: CommitId, written: str = "", *, since: datetime | None = None
    ) -> Iterator[tuple[CommitId, str]]:
        """The commits up to `tip` whose message has this line, the newest first.

        Each comes with what Git writes for it in the format `written`. `line` goes into a pattern
        as it is: it holds no sign that has a meaning there. With `since` those before it are left
        out, and the history is not read much beyond it.
        """
        begun = [f"--since={int(since.timestamp())}"] if since is not None else []
        output = self.directory.run(
            "log", *begun, f"--grep=^{line}$", f"--format=%H {written}", operands=(tip,)
        )
        for found in output.decode("utf-8", "replace").split("\n")[:-1]:
            commit, _, value = found.partition(" ")
            yield CommitId(commit), value
