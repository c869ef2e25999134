"""The verifier: whether a history may be accepted, and by which rule it may not.

`verify` walks from a verified commit (or the pinned first one) to a new tip and checks, for every
commit on the way:

1. The root is the pinned genesis, signed by the pinned key; the old tip lies on the new tip's
   first-parent chain (`root`, `root-signer`, `rollback`).
2. The commit has the strict form, and one valid signature by a key of one officer, not revoked at
   its parent's state nor at its acceptance, which is the predecessor on the first-parent chain of
   the commit that brought it in (`commit-form`, `signature`, `revoked-at-acceptance`, ...).
3. What it changes is one permitted thing: one event of one case with the attachments it names
   (`event`), one administrative change on the main line, or a union merge that joins something
   (`administration`, `ancestry.empty_merges`); the tree is computed from the changes and must be
   the one signed (`tree`).

Every check builds on parents that passed: what descends from a refused commit is not judged, and
nothing of it is read. Whether an accepted event takes effect is no question of the verifier: the
fold answers it.

Nothing the repository says about itself has a say here but its objects, each hashed again. Any
failure is a finding, never another exception; work and memory are bounded by sizes checked before
they are read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import islice

from soptui.domain.findings import Finding, Found, Report, TrustRoot
from soptui.domain.ids import NO_COMMIT, CommitId, ObjectId
from soptui.domain.message import Refusal
from soptui.domain.office import Registry
from soptui.domain.text import safe
from soptui.records.files import layout
from soptui.records.files.layout import Kind
from soptui.records.files.snapshot import Shelf, Snapshot
from soptui.records.git.commit import CommitFault, read_commit
from soptui.records.git.history import History
from soptui.records.git.objects import EMPTY_TREE, ObjectFault, ObjectReader
from soptui.records.git.odd_trees import odd_changes
from soptui.records.git.prefetch import Prefetched
from soptui.records.git.process import GitFailed
from soptui.records.git.tree_cache import MAXIMUM_CHANGES, Change
from soptui.records.git.trees import FILE_MODE, TreeFault
from soptui.records.verify.administration import check_administration, check_genesis, check_merge
from soptui.records.verify.ancestry import Item, Verified, empty_merges, plan
from soptui.records.verify.event import check_event
from soptui.records.verify.identity import SignedCommit, check_signer, read_signed
from soptui.records.verify.judged import Judged
from soptui.records.verify.read_ahead import Part, ReadAhead
from soptui.records.verify.tip_files import TipFiles

_MOST_FINDINGS = 100
_DAY = 86_400

Progress = Callable[[int, int], None]
"""Called with how many commits are done, of how many."""


class Memory:
    """What one run of the verifier read and the next may use again, found by its hash alone.

    It spares a process that verifies every commit as it comes the reading of what did not change.
    Not to be shared by runs at the same time.
    """

    def __init__(self, reader: ObjectReader) -> None:
        self.objects = Prefetched(reader)
        # Every case is read from a parent that passed, or from what was verified before.
        self.shelf = Shelf(self.objects, verified=True)


def verify(
    history: History,
    reader: ObjectReader,
    root: TrustRoot,
    *,
    new: CommitId,
    old: CommitId = NO_COMMIT,
    old_position: int = 0,
    now: int | None = None,
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> Report:
    """What is wrong with the history up to `new`, given that all up to `old` was verified before.

    An empty `old` means from the first commit on; `old_position` is its place on the main line.
    `now` is the present time in seconds since 1970: times more than a day after it are warned of,
    and refused where they give authority that is not there yet. Without it no time is in the
    future, without a `memory` every object is read anew. Total: raises nothing but `Refusal`, when
    Git itself is missing.
    """
    memory = memory or Memory(reader)
    walk = _Walk(
        history, reader, memory, root, new=new, old=old, old_position=old_position, now=now
    )
    return walk.run(progress)


def seconds_now() -> int:
    """The present time by this computer's clock, in seconds since 1970."""
    return int(time.time())


class _Walk:
    """One run of the verifier."""

    def __init__(
        self,
        history: History,
        reader: ObjectReader,
        memory: Memory,
        root: TrustRoot,
        *,
        new: CommitId,
        old: CommitId,
        old_position: int,
        now: int | None,
    ) -> None:
        self._history = history
        self._reader = reader
        self._objects = memory.objects
        self._shelf = memory.shelf
        self._verified = Verified(history, reader, old)
        self._root = root
        self._old = old
        self._position = old_position
        self._good = old
        self._new = new
        self._latest = None if now is None else now + _DAY
        self._errors: list[Finding] = []
        self._warnings: list[Finding] = []
        self._refused: set[str] = set()
        self._empty: frozenset[CommitId] = frozenset()
        self._tip: TipFiles | None = None
        self._roots: dict[CommitId, ObjectId] = {}
        self._seconds: dict[CommitId, int] = {}
        self._commits = 0
        self._events = 0
        self._attachments = 0

    def run(self, progress: Progress | None) -> Report:
        """The report of the whole walk."""
        items = self._plan()
        with ReadAhead(self._history, self._reader, items) as parts:
            for part in parts:
                before = self._tree_of(self._good)
                self._objects.serve(self._tip_files().prepare(part.messages(), before))
                if not self._check_part(part):
                    break
                if progress is not None:
                    progress(self._commits, len(items))
        return Report(
            root=self._root,
            old=self._old,
            new=self._new,
            good=self._good,
            position=self._position,
            commits=self._commits,
            events=self._events,
            attachments=self._attachments,
            findings=(*self._errors, *self._warnings),
        )

    def _plan(self) -> list[Item]:
        try:
            distortion = self._history.distorted_by()
            if distortion:
                raise Found("grafts", detail=distortion)
            items = plan(self._history, self._reader, self._root.genesis, self._old, self._new)
            self._empty = empty_merges(items, self._history)
            return items
        except Found as found:
            self._errors.append(found.at(self._new))
        except (GitFailed, ValueError) as error:
            told = error.stderr.strip() if isinstance(error, GitFailed) else str(error)
            detail = safe(told.rpartition("\n")[2].removeprefix("fatal: ")) or "?"
            self._errors.append(Found("object", detail=detail).at(self._new))
        return []

    def _check_part(self, part: Part) -> bool:
        """Check the commits of a part; false when what comes after it need not be checked."""
        for item in part.items:
            if self._refused.isdisjoint(item.line.parents):
                self._check(item, part)
                self._commits += 1
            else:
                self._refused.add(item.line.commit)
            if item.is_on_main_line:
                if self._refused:
                    return False
                self._good, self._position = item.line.commit, self._position + 1
        return len(self._errors) < _MOST_FINDINGS

    # --- one commit ---------------------------------------------------------------------------

    def _check(self, item: Item, part: Part) -> None:
        commit = item.line.commit
        try:
            signed = self._signed(commit, part)
            if signed.commit.parents != item.line.parents:
                raise Found("object", detail=commit[:12])
            self._check_content(item, signed)
            self._roots[commit] = signed.commit.tree
            self._seconds[commit] = signed.commit.author.seconds
            return
        except Found as found:
            error = found
        except ObjectFault as fault:
            code = "too-large" if fault.code == "size" else "object"
            error = Found(code, detail=f"{fault.oid[:12]} ({fault.code})")
        except TreeFault as fault:
            error = Found("tree", detail=fault.code)
        except Refusal as refusal:
            error = Found("unreadable", detail=refusal.message)
        except Exception as failure:  # noqa: BLE001 (a hook must refuse what crashes it)
            error = Found("verifier-fault", detail=type(failure).__name__)
        self._refused.add(commit)
        self._errors.append(error.at(commit))

    def _signed(self, commit: CommitId, part: Part) -> SignedCommit:
        signed = part.signed.get(commit)
        if signed is None:
            return read_signed(self._objects, commit)
        if isinstance(signed, Found):
            raise signed
        return signed

    def _check_content(self, item: Item, signed: SignedCommit) -> None:
        parents = signed.commit.parents
        if len(parents) > 1:
            self._check_merge(item, signed)
            return
        after = self._shelf.snapshot(signed.commit.tree)
        if not parents:
            changes = self._changes(self._shelf.snapshot(EMPTY_TREE), signed)
            check_genesis(after, changes, signed, self._root)
            return
        before = self._snapshot(parents[0])
        acceptance = self._acceptance(item, before.registry)
        # Nothing of what a stranger signed is looked into.
        officer = check_signer(signed, before.registry, acceptance)
        changes = self._changes(before, signed)
        judged = Judged(
            before=before,
            after=after,
            changes=changes,
            commit=signed.commit,
            officer=officer,
            acceptance=acceptance,
            accepted_at=self._seconds[item.accepted_by.parents[0]],
            latest=self._latest,
            genesis=self._root.genesis,
        )
        kinds = {layout.kind_of(change.path) for change in changes}
        if Kind.REGISTER in kinds and Kind.CASE not in kinds:
            # A register is rare, and what computes with it is much to load.
            from soptui.records.verify.register import check_register

            if not item.is_on_main_line:
                raise Found("admin-side")
            check_register(judged)
            self._attachments += len(changes) - 1
        elif Kind.CASE in kinds or Kind.ATTACHMENT in kinds:
            late = check_event(judged)
            if late is not None:
                self._warn(late, signed.id)
            self._events += 1
            self._attachments += len(changes) - 1
            self._check_clock(signed, parents[0])
        else:
            if not item.is_on_main_line:
                raise Found("admin-side")
            check_administration(judged)

    def _check_merge(self, item: Item, signed: SignedCommit) -> None:
        first, second = (self._snapshot(parent) for parent in signed.commit.parents)
        officer = check_signer(signed, first.registry, self._acceptance(item, first.registry))
        if signed.id in self._empty:
            raise Found("empty")
        check_merge(self._shelf.trees, first, second, signed.commit, officer, self._root.genesis)

    def _changes(self, before: Snapshot, signed: SignedCommit) -> tuple[Change, ...]:
        """What the commit changes, proven by its tree. Raises `Found`."""
        guess = self._tip_files().guess(before, signed.commit.message)
        if guess is not None:
            self._objects.suppose(guess.contents)
            proven = self._proven(before, guess.changes, signed)
            if proven is not None:
                return proven
            self._objects.suppose({})
        found = self._differences(before.root, signed.commit.tree)
        _check_paths(found)
        proven = self._proven(before, found, signed)
        if proven is None:
            raise Found("tree", detail="")
        return proven

    def _proven(
        self, before: Snapshot, changes: Sequence[Change], signed: SignedCommit
    ) -> tuple[Change, ...] | None:
        """The changes, if they give the tree that was signed, with what was there before.

        A tree is named by the hash of its bytes, and a commit's signature covers that name. So if
        the parent's tree with these changes put into it has this name, the commit changes just
        them: no other file can differ by a byte. Where the changes came from has no say, and
        nothing of the new tree need be read.
        """
        old: dict[str, ObjectId] = {}
        contents = {change.path: change.new for change in changes}
        tree = self._shelf.trees.apply(before.root, contents, old=old)
        if tree != signed.commit.tree:
            return None
        return tuple(change._replace(old=old[change.path]) for change in changes)

    def _differences(self, before: ObjectId, after: ObjectId) -> Sequence[Change]:
        """How two trees differ, by at most one file more than may change."""
        trees = self._shelf.trees
        try:
            return list(islice(trees.diff(before, after), MAXIMUM_CHANGES + 1))
        except TreeFault:
            return odd_changes(trees, before, after)

    def _tip_files(self) -> TipFiles:
        """The files at the tip, of which nothing is believed."""
        if self._tip is None:
            self._tip = TipFiles(self._reader, self._shelf.trees, self._tree_of(self._new))
        return self._tip

    def _tree_of(self, commit: CommitId) -> ObjectId:
        """The tree of a commit, to read ahead from; an empty one where it cannot be told."""
        if not commit:
            return EMPTY_TREE
        try:
            return read_commit(self._objects, commit).tree
        except (ObjectFault, CommitFault):
            return EMPTY_TREE

    def _snapshot(self, commit: CommitId) -> Snapshot:
        """The records at a commit of this walk, or at one that was verified before."""
        root = self._roots.get(commit)
        if root is None:
            if not self._old or commit not in self._verified:
                raise Found("object", detail=commit[:12])
            try:
                parsed = read_commit(self._objects, commit)
            except CommitFault as fault:
                raise Found("object", detail=f"{commit[:12]} ({fault.code})") from None
            root = self._roots[commit] = parsed.tree
            self._seconds[commit] = parsed.author.seconds
        return self._shelf.snapshot(root)

    def _acceptance(self, item: Item, at_parent: Registry) -> Registry:
        """The registry at the predecessor, on the main line, of what brought the commit in."""
        if item.is_on_main_line:
            return at_parent
        return self._snapshot(item.accepted_by.parents[0]).registry

    def _check_clock(self, signed: SignedCommit, parent: CommitId) -> None:
        seconds = signed.commit.author.seconds
        behind = self._seconds.get(parent, seconds) - seconds
        if behind > _DAY:
            self._warn(Found("clock", hours=behind // 3600), signed.id)
        if self._latest is not None and seconds > self._latest:
            self._warn(Found("clock-future"), signed.id)

    def _warn(self, found: Found, commit: CommitId) -> None:
        if len(self._warnings) < _MOST_FINDINGS:
            self._warnings.append(found.at(commit))


def _check_paths(changes: Sequence[Change]) -> None:
    if not changes:
        raise Found("empty")
    if len(changes) > MAXIMUM_CHANGES:
        raise Found("several-changes", paths=changes[0].path)
    for change in changes:
        if layout.kind_of(change.path) is None:
            raise Found("path", path=change.path)
        if not change.new:
            raise Found("deleted", path=change.path)
        if change.mode != FILE_MODE:
            raise Found("mode", path=change.path)
