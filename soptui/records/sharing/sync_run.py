"""One run of a sync: what the hub has is fetched and verified, joined with one's own, and pushed.

A run changes nothing but by the compare-and-swap of the main line at its end; what it could not end
is a result that says why.
"""

from __future__ import annotations

import random
import threading
from contextlib import suppress

from msgspec import Struct

from soptui.domain.findings import Found
from soptui.domain.ids import NO_COMMIT, CommitId
from soptui.domain.message import Message, Refusal
from soptui.domain.replace import replace
from soptui.records.clone.additions import new_events
from soptui.records.clone.repository import Repository
from soptui.records.clone.signatory import Signatory
from soptui.records.git.process import GitFailed
from soptui.records.git.refs import ASIDE, TRACKING, RefMoved, read_ref, update_ref
from soptui.records.sharing.arrival import fetch_line
from soptui.records.sharing.merging import administrative, merge, own_merge, redo
from soptui.records.sharing.portions import halves, portions
from soptui.records.sharing.remote import Pushed, Remote
from soptui.records.sharing.result import Choices, DamagedClone, Result, WithoutEffect
from soptui.records.sharing.ssh import LineDropped, LineHung, Unreachable
from soptui.records.sharing.transfer import Cancelled

ATTEMPTS = 12
_SLOWEST_JITTER = 0.25


class _Ended(Exception):
    """The run ends here, with this result."""

    def __init__(self, result: Result) -> None:
        super().__init__()
        self.result = result


class _Line(Struct, frozen=True):
    """A verified commit with its place on its own main line."""

    tip: CommitId
    position: int


class _Own(Struct, frozen=True):
    """The clone's side: `head` is where the main line is, `tip` what stands for it in a merge."""

    head: CommitId
    tip: CommitId


class SyncRun:
    """One run. A method that cannot go on raises `_Ended`."""

    def __init__(self, repository: Repository, signatory: Signatory, choices: Choices) -> None:
        self._repository = repository
        self._signatory = signatory
        self._choices = choices
        self._fetched: _Line | None = None
        self._hub = NO_COMMIT
        self._redone = ""

    def with_hub(self, remote: Remote, cancelled: threading.Event) -> Result:
        """Fetch, join, push, and again while others are faster."""
        head = self._repository.head()
        if not self._repository.reader.has(head):
            raise DamagedClone(f"{head[:12]}: missing")
        # Raises ObjectFault, where no step of a sync would look if nothing is new.
        if self._repository.trust.tip == head:
            _ = self._repository.at(head).registry
        for attempt in range(1, ATTEMPTS + 1):
            pause = random.uniform(0, _SLOWEST_JITTER * attempt)  # noqa: S311 (no secret)
            if attempt > 1 and cancelled.wait(pause):
                raise Cancelled
            try:
                result = self._once(remote, cancelled)
            except RefMoved:
                continue
            except _Ended as ended:
                result = ended.result
            if result is not None:
                return replace(result, attempts=attempt, hub=self._hub)
        raise _too_busy()

    def with_line(self, incoming: CommitId) -> Result:
        """Join a line that came by another way."""
        for _ in range(ATTEMPTS):
            try:
                known = self._repository.trust
                theirs = self._verified(incoming, strict=False)
                own = self._own(theirs)
                result = self._counted(theirs, own)
                target = self._joined(result, theirs, own, from_hub=False)
                shared = _Line(known.shared, known.shared_position)
                return self._adopt(result, own, theirs, target, shared)
            except RefMoved:
                continue
            except _Ended as ended:
                return ended.result
        raise _too_busy()

    def _once(self, remote: Remote, cancelled: threading.Event) -> Result | None:
        """One attempt; None when somebody else was faster."""
        try:
            incoming = fetch_line(remote, self._repository.directory)
        except Unreachable as unreachable:
            repository = self._repository
            ahead = repository.history.distance(repository.trust.shared, repository.head())
            raise _Ended(_cut_off(Result(ahead=ahead), unreachable)) from None
        self._hub = incoming or NO_COMMIT
        if incoming is None:
            return self._seeded(remote)
        theirs = self._older_state(incoming) or self._verified(incoming, strict=True)
        own = self._own(theirs)
        result = self._counted(theirs, own)
        target = self._joined(result, theirs, own, from_hub=True)
        if cancelled.is_set():
            raise Cancelled
        if target == theirs:
            return self._adopt(result, own, theirs, target, theirs)
        return self._push(result, own, theirs, target, remote)

    def _seeded(self, remote: Remote) -> Result | None:
        """The first push into an empty hub."""
        if self._repository.trust.shared and not self._choices.give_back:
            raise _Ended(Result(findings=(Found("rollback").at(NO_COMMIT),), hub_went_back=True))
        report = self._repository.verify()
        if not report.ok:
            raise _Ended(Result(findings=report.errors, own_refused=True))
        mine = _Line(report.new, report.position)
        result = Result(ahead=self._repository.history.distance(NO_COMMIT, mine.tip))
        return self._push(result, _Own(mine.tip, mine.tip), _Line(NO_COMMIT, 0), mine, remote)

    def _push(
        self, result: Result, own: _Own, theirs: _Line, target: _Line, remote: Remote
    ) -> Result | None:
        """Send the line `target` in portions, and adopt it; None when somebody else was faster.

        What the hub has accepted of it before the way broke off stays there.
        """
        repository, held = self._repository, theirs
        ends = [*portions(repository, theirs.tip, target.tip)]
        while ends:
            end = ends.pop(0)
            try:
                answer = remote.push(end)
            except Unreachable as unreachable:
                parts = halves(repository, held.tip, end)
                if len(parts) > 1 and _may_try_again(unreachable):
                    ends[:0] = parts
                    continue
                # What others did is of use even while one's own cannot be sent.
                ahead = repository.history.distance(held.tip, target.tip)
                adopted = self._adopt(replace(result, ahead=ahead), own, theirs, target, held)
                raise _Ended(_cut_off(adopted, unreachable)) from None
            if answer.pushed is Pushed.LOST_RACE:
                return None
            if answer.pushed is Pushed.REFUSED:
                raise _Ended(replace(result, refusal=answer.talk))
            came = repository.history.main_line(end, without=held.tip)
            held = _Line(end, held.position + len(came))
            self._hub = end
        return self._adopt(replace(result, pushed=True), own, theirs, target, held)

    # --- the two sides -------------------------------------------------------------------------

    def _verified(self, incoming: CommitId, *, strict: bool) -> _Line:
        """The other line, once the verifier has accepted it.

        `strict`: it must go on from what the hub was known to hold, at an earlier attempt of this
        run or before it, so that a hub which went back is told from one where nothing happened.
        """
        repository, history = self._repository, self._repository.history
        trust = repository.trust
        if strict and self._fetched:
            old, position = self._fetched.tip, self._fetched.position
        elif strict and trust.shared:
            old, position = trust.shared, trust.shared_position
        else:
            old = history.fork_point(incoming, trust.tip) if trust.tip else NO_COMMIT
            position = history.position_of(old) if old else 0
        report = repository.examine(incoming, old, position)
        if not report.ok:
            raise _Ended(
                Result(
                    behind=history.distance(trust.tip, incoming),
                    findings=report.errors,
                    hub_went_back=any(one.code == "rollback" for one in report.errors),
                    cannot_give_back=self._choices.give_back,
                )
            )
        self._fetched = _Line(incoming, report.position)
        return self._fetched

    def _older_state(self, incoming: CommitId) -> _Line | None:
        """The hub's line where it lacks the end of what it held, and that is to be given back.

        A hub that went on from there in another way is none: what it had accepted would come after
        what others did since, and could lose its effect.
        """
        repository = self._repository
        shared = repository.trust.shared
        if not self._choices.give_back or not shared or incoming == shared:
            return None
        if not repository.history.is_on_main_line(incoming, shared):
            return None
        return _Line(incoming, repository.history.position_of(incoming))

    def _own(self, theirs: _Line) -> _Own:
        """The clone's own side.

        A main line that was spoiled by hand is replaced by the verified one when that and the
        hub's have everything. A merge of one's own that was never shared is taken apart again,
        but not where it alone holds the hub's line as the main one.
        """
        repository, history = self._repository, self._repository.history
        report = repository.verify()
        head = tip = report.new
        if not report.ok:
            tip = repository.trust.tip
            is_here = bool(tip) and repository.reader.has(tip)
            if not is_here or not repository.keeps_all(head, tip, theirs.tip):
                raise _Ended(Result(findings=report.errors, own_refused=True))
        if not self._goes_on_from_shared(theirs):
            return _Own(head, tip)
        while not history.is_ancestor(tip, theirs.tip):
            side = self._side_of_own_merges(tip, theirs.tip)
            if not side:
                break
            tip = side
        return _Own(head, tip)

    def _side_of_own_merges(self, tip: CommitId, theirs: CommitId) -> CommitId:
        """What `tip` joined to a commit of `theirs`, in one merge of one's own or several in a row.

        Empty where `tip` is anything else.
        """
        repository, history = self._repository, self._repository.history
        side = NO_COMMIT
        while not history.is_ancestor(tip, theirs):
            parents = own_merge(repository, tip, self._signatory.officer)
            if not parents or (side and not history.is_ancestor(parents[1], side)):
                return NO_COMMIT
            tip, side = parents[0], side or parents[1]
        return side

    def _joined(self, result: Result, theirs: _Line, own: _Own, *, from_hub: bool) -> _Line:
        """One verified line with all of both sides; it is theirs when one's own adds nothing."""
        repository, history = self._repository, self._repository.history
        goes_on = self._goes_on_from_shared(theirs)
        may_follow, may_set_aside = from_hub or goes_on, self._choices.set_aside and goes_on
        if may_follow and history.is_ancestor(own.tip, theirs.tip):
            return theirs
        base = theirs
        if history.is_on_main_line(theirs.tip, own.tip):
            candidate = own.tip
        elif not from_hub and self._keeps_main_line(theirs, own):
            base = _Line(own.tip, history.position_of(own.tip))
            if history.is_ancestor(theirs.tip, own.tip):
                return base
            candidate = self._merge(own.tip, theirs.tip)
        elif not (mine := administrative(repository, theirs.tip, own.tip)):
            candidate = self._merge(theirs.tip, own.tip)
        elif self._choices.redo_administration:
            candidate = self._redone = redo(repository, theirs.tip, own.tip, self._signatory)
        elif from_hub and may_set_aside:
            return self._without(own, theirs)
        else:
            raise _Ended(replace(result, administration=mine))
        report = repository.examine(candidate, base.tip, base.position)
        if report.ok:
            return _Line(candidate, report.position)
        if from_hub and may_set_aside:
            return self._without(own, theirs)
        raise _Ended(replace(result, findings=report.errors, own_refused=True))

    def _without(self, own: _Own, theirs: _Line) -> _Line:
        """Their line alone, one's own being kept under a private ref."""
        directory, name = self._repository.directory, f"{ASIDE}{own.tip[:16]}"
        if read_ref(directory, name) is None:
            update_ref(directory, name, own.tip, None, reason="soptui set aside")
        return theirs

    def _keeps_main_line(self, theirs: _Line, own: _Own) -> bool:
        """Whether one's own line must stay the main one: theirs lacks what may stand only there."""
        if not self._goes_on_from_shared(theirs):
            return True
        return bool(administrative(self._repository, theirs.tip, own.tip))

    def _goes_on_from_shared(self, theirs: _Line) -> bool:
        """Whether a line has what the hub is known to hold on its main line, as the hub's has.

        One that lies otherwise (whoever wrote a file may have put their own side first) would be
        refused by the hub, and would take the effect from decisions that the hub has accepted.
        """
        shared = self._repository.trust.shared
        return not shared or self._repository.history.is_on_main_line(shared, theirs.tip)

    def _merge(self, first: CommitId, second: CommitId) -> CommitId:
        """The merge of two lines: several in a row, each of a portion, where one were too large."""
        try:
            for end in portions(self._repository, first, second):
                first = merge(self._repository, first, end, self._signatory)
        except Found as found:
            raise _Ended(Result(findings=(found.at(second),))) from None
        return first

    # --- the end -------------------------------------------------------------------------------

    def _adopt(
        self, result: Result, own: _Own, theirs: _Line, target: _Line, shared: _Line
    ) -> Result:
        """Move the main line; `shared` is what the hub then holds. Raises `RefMoved`."""
        repository = self._repository
        before = repository.trust
        edited = repository.adopt(
            target.tip,
            target.position,
            old=own.head,
            shared=shared.tip,
            shared_position=shared.position,
        )
        with suppress(GitFailed, Refusal, RefMoved):
            # Asked of the ref itself: a run that was killed here left it behind, and its lock.
            old = read_ref(repository.directory, TRACKING)
            if shared.tip and shared.tip != old:
                update_ref(repository.directory, TRACKING, shared.tip, old, reason="soptui sync")
        known = before.shared or theirs.tip or target.tip
        is_redone = target.tip == self._redone
        is_kept = is_redone or repository.history.is_ancestor(own.tip, target.tip)
        return replace(
            result,
            merged=not is_redone and target.tip not in (theirs.tip, own.tip, own.head),
            without_effect=self._without_effect(known, target.tip),
            edited=edited,
            redone=is_redone,
            set_aside=NO_COMMIT if is_kept else own.tip,
        )

    def _without_effect(self, old: CommitId, new: CommitId) -> tuple[WithoutEffect, ...]:
        """One's own events from `old` to `new` that took no effect."""
        shelf, after = self._repository.shelf, self._repository.at(new)
        added = new_events(shelf, self._repository.at(old).root, after.root)
        officer = self._signatory.officer_id
        found: list[WithoutEffect] = []
        for case_id, ids in added.items():
            file = after.case_file(case_id)
            found.extend(
                WithoutEffect(case_id, entry.id, entry.event.action, entry.closed)
                for entry in (file.case.entries if file else ())
                if entry.closed is not None and entry.id in ids and entry.event.by == officer
            )
        return tuple(found)

    def _counted(self, theirs: _Line, own: _Own) -> Result:
        history = self._repository.history
        return Result(
            ahead=history.distance(theirs.tip, own.tip),
            behind=history.distance(own.tip, theirs.tip),
        )


def _may_try_again(unreachable: Unreachable) -> bool:
    return isinstance(unreachable, LineDropped) and not isinstance(unreachable, LineHung)


def _cut_off(result: Result, unreachable: Unreachable) -> Result:
    return replace(result, offline=unreachable.reason, unreachable=unreachable.message)


def _too_busy() -> Refusal:
    return Refusal(
        Message("Others keep writing to these records. Nothing was lost. Sync again later.")
    )
