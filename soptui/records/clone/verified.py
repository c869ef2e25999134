"""A clone of the office's records: opened, verified, and read at its verified tip.

Everything is read from Git's objects at a commit that the verifier has accepted.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Self

from soptui.domain.findings import Found, Report
from soptui.domain.ids import (
    NO_COMMIT,
    NO_OBJECT,
    CaseId,
    CommitId,
    EventId,
    Fingerprint,
)
from soptui.domain.message import Message
from soptui.domain.replace import replace
from soptui.records.clone.additions import keeps_all
from soptui.records.clone.lost import suspect_loss
from soptui.records.clone.refusals import NotRecords, Untrusted, Unverified
from soptui.records.clone.shape import directory_of_clone, git_directory, is_bare
from soptui.records.clone.trust import Trust, change_trust, load_trust, save_trust
from soptui.records.clone.worktree import Worktree
from soptui.records.files import commit_message, layout
from soptui.records.files.snapshot import Shelf, Snapshot
from soptui.records.git.commit import Commit, CommitFault, commit_bytes, read_commit
from soptui.records.git.history import History
from soptui.records.git.objects import (
    EMPTY_TREE,
    ObjectFault,
    ObjectReader,
)
from soptui.records.git.process import GitDirectory
from soptui.records.git.refs import MAIN, read_ref, stamp_of, update_ref
from soptui.records.git.tree_cache import Change
from soptui.records.verify.identity import SignedCommit, read_signed
from soptui.records.verify.walk import Memory, Progress, seconds_now, verify


class VerifiedRepository:
    """One clone to look at. Close it, or use it as a context manager."""

    def __init__(self, root: Path, directory: GitDirectory) -> None:
        self.root = root
        self.directory = directory = replace(directory, when_lost=partial(suspect_loss, root))
        self.reader = ObjectReader(directory)
        self.history = History(directory)
        self.shelf = Shelf(self.reader)
        self._memory = Memory(self.reader)
        self._verifying = threading.Lock()
        self.worktree = Worktree(root, directory, self.reader)
        self._trust = load_trust(root)
        self._snapshots: dict[str, Snapshot] = {}
        self.report: Report | None = None
        """What the last verification found, when one was needed."""

    @classmethod
    def discover(cls, start: Path) -> Self:
        """The clone that holds the folder `start`, searched upward as Git does.

        Raises `NotRecords`.
        """
        for folder in (start.absolute(), *start.absolute().parents):
            if git_directory(folder) is not None or is_bare(folder):
                return cls.open(folder)
        raise NotRecords(
            Message(
                "There are no records in {path} or above it. Nothing was changed. Name their "
                "folder: for good with soptui config set records FOLDER, once with --records.",
                path=str(start),
            )
        )

    @classmethod
    def open(cls, root: Path) -> Self:
        """The clone at exactly `root`. Raises `NotRecords`."""
        return cls(root.absolute(), GitDirectory.at(directory_of_clone(root)))

    def close(self) -> None:
        """End the processes that read objects."""
        self.reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    # --- trust and verification ----------------------------------------------------------------

    @property
    def trust(self) -> Trust:
        """What is pinned for this clone. Raises `Untrusted` when nothing is."""
        if self._trust is None:
            raise Untrusted(
                Message(
                    "These records are not trusted yet, so nothing is shown. Take the office's "
                    "paper and type from it: soptui trust accept FIRST-COMMIT FINGERPRINT."
                )
            )
        return self._trust

    def pin(self, genesis: CommitId, signer: Fingerprint) -> Trust:
        """Trust the first commit `genesis`, signed by the key with fingerprint `signer`.

        For a clone of which nothing is remembered, or that was made anew.
        """
        self._trust = Trust(genesis, signer)
        save_trust(self.root, self._trust)
        return self._trust

    def recall(self) -> Trust:
        """What is pinned, as another process may have written it since. Raises `Untrusted`."""
        self._trust = load_trust(self.root) or self._trust
        return self.trust

    def head(self) -> CommitId:
        """The commit at the tip of the main line, verified or not. Raises `NotRecords`."""
        commit = read_ref(self.directory, MAIN)
        if commit is None:
            raise NotRecords(
                Message(
                    "The repository has no main line. Nothing was changed. Join the office again "
                    "with soptui join, in another folder."
                )
            )
        return commit

    def stamp(self) -> object:
        """What differs, compared with `==`, once the main line moved; cheap enough for a timer."""
        return stamp_of(self.directory, MAIN)

    def verify(self, *, full: bool = False, progress: Progress | None = None) -> Report:
        """Verify what is new since the remembered tip, or everything, and remember how far.

        A history that does not go on from the remembered tip is refused (`rollback`) however it
        is verified, and that tip stays remembered. Own work that nobody else had yet may have been
        joined to others' in another order, by sync or by a plain `git pull`: then what counts is
        that it goes on from what the hub held, and that nothing of the remembered tip is missing.
        """
        trust = self.recall()
        head = self.head()
        start = (NO_COMMIT, 0) if full else (trust.tip, trust.position)
        report = self.examine(head, *start, progress=progress)
        if trust.tip and not full and any(one.code == "rollback" for one in report.errors):
            other = self.examine(head, trust.shared, trust.shared_position, progress=progress)
            report = other if other.ok else report
        goes_on = self._goes_on_from(trust, report)
        if report.ok and not goes_on:
            finding = Found("rollback").at(head)
            report = replace(
                report, good=trust.tip, position=trust.position,
                findings=(finding, *report.findings),
            )  # fmt: skip
        moved = goes_on and report.good != trust.tip
        if report.good and not goes_on and not trust.tip:
            # Good by changed rules up to an earlier commit only: that is shown, and the later one
            # stays remembered.
            moved = self.history.is_on_main_line(report.good, trust.remembered)
        if moved:
            self._trust = change_trust(
                self.root, lambda known: self._learned(known, trust, report, goes_on), trust
            )
        self.report = report
        return report

    def _goes_on_from(self, trust: Trust, report: Report) -> bool:
        """Whether what a report found good continues the tip that is remembered."""
        known, good, shared = trust.remembered, report.good, trust.shared
        if not good or known in ("", report.old):
            return bool(good)
        return self.history.is_on_main_line(known, good) or (
            report.ok
            and (not shared or self.history.is_on_main_line(shared, good))
            and self.keeps_all(known, good)
        )

    def _learned(self, known: Trust, before: Trust, report: Report, goes_on: bool) -> Trust:
        """What is trusted after a report that began at `before`; another process may know more."""
        if known.remembered != before.remembered and not self._goes_on_from(known, report):
            return known
        return known.after(report, goes_on=goes_on)

    def examine(
        self, new: CommitId, old: CommitId, old_position: int, *, progress: Progress | None = None
    ) -> Report:
        """What the verifier says of the history from `old` to `new`; nothing is remembered."""
        with self._verifying:
            return verify(
                self.history,
                self.reader,
                self.trust.root,
                old=old,
                old_position=old_position if old else 0,
                new=new,
                now=seconds_now(),
                progress=progress,
                memory=self._memory if old else None,
            )

    def keeps_all(self, old: CommitId, *new: CommitId) -> bool:
        """Whether the commits `new` together have all that `old` added to what the hub held."""
        if any(self.history.is_ancestor(old, one) for one in new):
            return True
        shared = self.trust.shared
        try:
            base = self.at(shared).root if shared else NO_OBJECT
            roots = [self.at(one).root for one in new]
            return keeps_all(self.shelf, base, self.at(old).root, roots)
        except (ObjectFault, CommitFault):
            return False

    def adopt(
        self, new: CommitId, position: int, *, old: CommitId, shared: CommitId, shared_position: int
    ) -> tuple[str, ...]:
        """Move the main line from `old` to the verified `new`, which keeps all that `old` has.

        `shared` is what the hub is now known to hold. Returns the paths edited by hand. Raises
        `RefMoved` when the main line is no longer at `old`; then nothing was changed.
        """
        if new != old:
            update_ref(self.directory, MAIN, new, old, reason="soptui sync")
        before = self.trust

        def moved(known: Trust) -> Trust:
            tip, place = new, position
            # Another process may have gone on from there meanwhile.
            if known.tip not in ("", before.tip) and self.history.is_on_main_line(new, known.tip):
                tip, place = known.tip, known.position
            held, held_position = shared, shared_position
            # A hub that lost the end of what it held is no reason to forget that.
            if known.shared and (not held or self.history.is_on_main_line(held, known.shared)):
                held, held_position = known.shared, known.shared_position
            return known.at(tip, place, held, held_position)

        self._trust = change_trust(self.root, moved, before)
        return self.follow()

    def current(self) -> tuple[CommitId, Snapshot]:
        """The newest verified commit and the records there.

        When the tip is not acceptable this is the last good commit, and `report` says why. Raises
        `Unverified` where there is none, and `Untrusted`.
        """
        head, known = self.head(), self.report
        was_bad = known is not None and not known.ok
        # What distorts the history comes without a commit, and goes again.
        if head != self.trust.tip or was_bad or self.history.distorted_by():
            self.verify()
        commit = self.trust.tip
        # A clone put back from a copy lacks what was verified later.
        report = self.report
        if report is not None and not report.ok and not (commit and self.reader.has(commit)):
            raise Unverified(report)
        return commit, self.at(commit)

    def sound(self) -> tuple[CommitId, Snapshot]:
        """As `current`, for whatever builds on the newest records or states something of them.

        Raises `Unverified` also where they are not good, or another history is pretended.
        """
        found = self.current()
        if self.report is not None and not self.report.ok:
            raise Unverified(self.report)
        return found

    def follow(self) -> tuple[str, ...]:
        """Bring working tree and index to the verified tip; the paths edited by hand."""
        commit, snapshot = self.current()
        return self.worktree.follow(snapshot.root) if commit == self.head() else ()

    def commit(self, commit: CommitId) -> Commit:
        """The commit with this id, verified or not. Raises `ObjectFault` and `CommitFault`."""
        return read_commit(self.reader, commit)

    def signed(self, commit: CommitId) -> SignedCommit:
        """The commit with this id, and the key that signed it. Raises `Found` and `ObjectFault`."""
        return read_signed(self.reader, commit)

    def commits_of_case(self, case_id: CaseId) -> dict[EventId, CommitId]:
        """The verified commit of each event of a case, by the event's id."""
        if not layout.is_case_id(case_id):
            return {}
        line = commit_message.trailer_line("case", case_id)
        event = commit_message.trailer_format("event")
        found = self.history.with_line(line, self.trust.tip, event)
        return {EventId(event_id): commit for commit, event_id in found if event_id}

    def commit_bytes(self, commit: CommitId) -> bytes:
        """The commit with this id as it is stored. Raises `ObjectFault`."""
        return commit_bytes(self.reader, commit)

    def changes(self, commit: Commit) -> Iterator[Change]:
        """The files that a commit changes against its first parent, by path.

        Raises `ObjectFault`, `CommitFault` and `TreeFault`.
        """
        before = self.commit(commit.parents[0]).tree if commit.parents else EMPTY_TREE
        return self.shelf.trees.diff(before, commit.tree)

    def at(self, commit: CommitId) -> Snapshot:
        """The records at a commit. Raises `ObjectFault` and `CommitFault`."""
        snapshot = self._snapshots.get(commit)
        if snapshot is None:
            snapshot = self.shelf.snapshot(self.commit(commit).tree)
            self._snapshots = {commit: snapshot}
        return snapshot
