"""The verifier: whether a history may be accepted, and by which rule it may not.

`verify` walks from a verified commit (or the pinned first one) to a new tip and checks, for every
commit on the way:

1. The root is the pinned genesis, signed by the pinned key; the old tip lies on the new tip's
   first-parent chain (`root`, `root-signer`, `rollback`).
2. The commit has the strict form, and one valid signature by a key of one officer, not revoked at
   its parent's state nor at its acceptance, which is the predecessor on the first-parent chain of
   the commit that brought it in (`commit-form`, `signature`, `revoked-at-acceptance`, ...).
3. What it changes is one permitted thing: one event of one case with the attachments it names
   (`verify_event`), one administrative change on the main line, or a union merge
   (`verify_admin`); the tree is computed from the changes and must be the one signed (`tree`).

Whether an accepted event takes effect is no question of the verifier: the fold answers it.

Nothing the repository says about itself has a say here but its objects, each hashed again. Any
failure is a finding, never another exception; work and memory are bounded by sizes checked before
they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from soptui.domain.message import Refusal
from soptui.domain.office import Registry
from soptui.records import codec, layout
from soptui.records.commit import CommitFault, parse_commit
from soptui.records.findings import Finding, Found, Report, Severity, TrustRoot
from soptui.records.git import GitFailed
from soptui.records.history import MAXIMUM_CHANGES, Hint, History, Line, Prefetched, in_parts
from soptui.records.layout import Kind
from soptui.records.objects import EMPTY_TREE, ObjectFault, ObjectReader
from soptui.records.snapshot import Shelf, Snapshot
from soptui.records.trees import TreeFault
from soptui.records.verify_admin import check_administration, check_genesis, check_merge
from soptui.records.verify_event import check_event
from soptui.records.verify_identity import COMMIT_LIMIT, SignedCommit, check_signer, read_signed

VERSION = 1
"""Grows when the rules change, so that what an older verifier accepted is checked again."""

_PART = 512
_MOST_FINDINGS = 100
_DAY = 86_400

Progress = Callable[[int, int], None]
"""Called with how many commits are done, of how many."""


def verify(
    history: History,
    reader: ObjectReader,
    root: TrustRoot,
    *,
    new: str,
    old: str = "",
    old_position: int = 0,
    now: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """What is wrong with the history up to `new`, given that all up to `old` was verified before.

    An empty `old` means from the first commit on; `old_position` is its place on the main line.
    `now` in seconds since 1970, when given, lets times in the future be warned of. Total: raises
    nothing but `Refusal`, when Git itself is missing.
    """
    return _Walk(history, reader, root, old, old_position, new, now).run(progress)


class _Item(NamedTuple):
    """A commit to check; `accepted_by` is the main-line commit that brought it in, or itself."""

    line: Line
    accepted_by: Line

    @property
    def is_on_main_line(self) -> bool:
        return self.line is self.accepted_by


class _Walk:
    """One run of the verifier."""

    def __init__(
        self,
        history: History,
        reader: ObjectReader,
        root: TrustRoot,
        old: str,
        old_position: int,
        new: str,
        now: int | None,
    ) -> None:
        self._history = history
        self._objects = Prefetched(reader)
        self._shelf = Shelf(self._objects)
        self._root = root
        self._old = old
        self._old_position = old_position
        self._new = new
        self._now = now
        self._findings: list[Finding] = []
        self._roots: dict[str, str] = {}
        self._seconds: dict[str, int] = {}
        self._events = 0
        self._attachments = 0

    def run(self, progress: Progress | None) -> Report:
        """The report of the whole walk."""
        good, position, done = self._old, self._old_position, 0
        sound = True
        for part in in_parts(self._plan(), _PART):
            hints = self._fetch(part)
            for item in part:
                self._check(item, hints.get(item.line.commit, ()))
                done += 1
                sound = sound and not self._has_errors()
                if item.is_on_main_line and sound:
                    good, position = item.line.commit, position + 1
            self._objects.forget()
            if progress is not None:
                progress(done, done)
            if len(self._findings) >= _MOST_FINDINGS:
                break
        return Report(
            self._root, self._old, self._new, good, position,
            done, self._events, self._attachments, tuple(self._findings),
        )  # fmt: skip

    # --- which commits, in which order ------------------------------------------------------

    def _plan(self) -> list[_Item]:
        """The commits to check, each after its parents and a side branch before its merge."""
        try:
            if self._history.has_grafts():
                raise Found("grafts")
            if self._old == self._new:
                return []
            lines = {line.commit: line for line in self._history.commits(self._old, self._new)}
            chain = self._main_line(lines)
        except Found as found:
            self._findings.append(found.at(self._new))
            return []
        except (GitFailed, ValueError) as error:
            self._findings.append(Found("object", detail=type(error).__name__).at(self._new))
            return []
        items: list[_Item] = []
        planned: set[str] = set()
        for line in chain:
            items.extend(_Item(side, line) for side in _ancestry(line, lines, planned))
        return items

    def _main_line(self, lines: dict[str, Line]) -> list[Line]:
        """The first-parent chain from the old tip (left out) to the new one. Raises `Found`."""
        chain: list[Line] = []
        commit = self._new
        while commit != self._old:
            line = lines.get(commit)
            if line is None:
                raise Found("rollback" if self._old else "root")
            chain.append(line)
            if not line.parents:
                break
            commit = line.parents[0]
        if (
            chain
            and not chain[-1].parents
            and (self._old or chain[-1].commit != self._root.genesis)
        ):
            raise Found("rollback" if self._old else "root")
        return chain[::-1]

    # --- reading ------------------------------------------------------------------------------

    def _fetch(self, part: Sequence[_Item]) -> dict[str, list[Hint]]:
        commits = [item.line.commit for item in part]
        self._objects.fetch(commits, "commit", COMMIT_LIMIT)
        try:
            hints = self._history.hints(commits)
        except (GitFailed, ValueError):
            hints = {}
        cases = (
            hint.new
            for changes in hints.values()
            for hint in changes
            if hint.new and layout.kind_of(hint.path) is Kind.CASE
        )
        self._objects.fetch(cases, "blob", codec.CASE_LIMIT)
        return hints

    def _snapshot(self, commit: str) -> Snapshot:
        """The records at a commit of this walk, or at one that was verified before."""
        root = self._roots.get(commit)
        if root is None:
            if not self._old or not self._history.is_ancestor(commit, self._old):
                raise Found("object", detail=commit[:12])
            parsed = parse_commit(self._objects.read(commit, "commit", COMMIT_LIMIT))
            root = self._roots[commit] = parsed.tree
            self._seconds[commit] = parsed.author.seconds
        return self._shelf.snapshot(root)

    # --- one commit ---------------------------------------------------------------------------

    def _check(self, item: _Item, hints: Sequence[Hint]) -> None:
        commit = item.line.commit
        try:
            signed = read_signed(commit, self._objects.read(commit, "commit", COMMIT_LIMIT))
            self._roots[commit] = signed.commit.tree
            self._seconds[commit] = signed.commit.author.seconds
            if signed.commit.parents != item.line.parents:
                raise Found("object", detail=commit[:12])
            self._check_content(item, signed, hints)
        except Found as found:
            self._findings.append(found.at(commit))
        except ObjectFault as fault:
            code = "too-large" if fault.code == "size" else "object"
            self._findings.append(Found(code, detail=f"{fault.oid[:12]} {fault.code}").at(commit))
        except TreeFault as fault:
            self._findings.append(Found("tree", detail=fault.code).at(commit))
        except CommitFault as fault:
            self._findings.append(Found("commit-form", detail=fault.code).at(commit))
        except Refusal as refusal:
            self._findings.append(Found("unreadable", detail=refusal.message).at(commit))

    def _check_content(self, item: _Item, signed: SignedCommit, hints: Sequence[Hint]) -> None:
        parents = signed.commit.parents
        if len(parents) > 1:
            self._check_merge(item, signed)
            return
        _check_paths(hints)
        before = self._snapshot(parents[0]) if parents else self._shelf.snapshot(EMPTY_TREE)
        changes = {hint.path: hint.new for hint in hints}
        if self._shelf.trees.apply(before.root, changes) != signed.commit.tree:
            raise Found("tree")
        after = self._shelf.snapshot(signed.commit.tree)
        if not parents:
            check_genesis(after, hints, signed, self._root)
            return
        acceptance = self._acceptance(item, before.registry)
        officer = check_signer(signed, before.registry, acceptance)
        if any(layout.kind_of(hint.path) in (Kind.CASE, Kind.ATTACHMENT) for hint in hints):
            file, count = check_event(
                before, after, hints, signed.commit, officer, acceptance, self._root.genesis
            )
            case = next(hint for hint in hints if layout.kind_of(hint.path) is Kind.CASE)
            self._shelf.keep_case(case.new, file)
            self._events += 1
            self._attachments += count
            self._check_clock(signed, parents[0])
        else:
            if not item.is_on_main_line:
                raise Found("admin-side")
            check_administration(before, after, hints, signed.commit, officer, self._root.genesis)

    def _check_merge(self, item: _Item, signed: SignedCommit) -> None:
        first, second = (self._snapshot(parent) for parent in signed.commit.parents)
        officer = check_signer(signed, first.registry, self._acceptance(item, first.registry))
        check_merge(self._shelf.trees, first, second, signed.commit, officer, self._root.genesis)

    def _acceptance(self, item: _Item, at_parent: Registry) -> Registry:
        """The registry at the predecessor, on the main line, of what brought the commit in."""
        if item.is_on_main_line:
            return at_parent
        return self._snapshot(item.accepted_by.parents[0]).registry

    def _check_clock(self, signed: SignedCommit, parent: str) -> None:
        seconds = signed.commit.author.seconds
        behind = self._seconds.get(parent, seconds) - seconds
        if behind > _DAY:
            self._findings.append(Found("clock", hours=behind // 3600).at(signed.id))
        if self._now is not None and seconds > self._now + _DAY:
            self._findings.append(Found("clock-future").at(signed.id))

    def _has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self._findings)


def _ancestry(tip: Line, lines: dict[str, Line], planned: set[str]) -> Iterator[Line]:
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


def _check_paths(hints: Sequence[Hint]) -> None:
    if not hints:
        raise Found("empty")
    if len(hints) > MAXIMUM_CHANGES:
        raise Found("several-changes", paths=hints[0].path)
    for hint in hints:
        if layout.kind_of(hint.path) is None:
            raise Found("path", path=hint.path)
        if hint.new and hint.new_mode != "100644":
            raise Found("mode", path=hint.path)
        if not hint.new:
            raise Found("deleted", path=hint.path)
