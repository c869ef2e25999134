"""The audit trail: the history as commits, newest first, each with what it says and who signed.

Commits are read when they are asked for, so that a history of any length is opened at once. What
a commit's message says of a refused commit is shown as a claim: `accepted` tells it apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.desk import Desk
from soptui.desk.history.suspect_commits import SuspectCommits
from soptui.domain.case import Entry
from soptui.domain.findings import Finding, Found
from soptui.domain.ids import (
    NO_CASE,
    NO_EVENT,
    NO_FINGERPRINT,
    NOBODY,
    CaseId,
    CommitId,
    EventId,
    Fingerprint,
    OfficerId,
)
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Capacity, Key
from soptui.records.files.commit_message import Trailers, trailers_of
from soptui.records.files.layout import is_case_id
from soptui.records.git.commit import Commit, CommitFault, parse_commit
from soptui.records.git.objects import ObjectFault
from soptui.records.verify.identity import check_signature

if TYPE_CHECKING:
    from soptui.records.files.snapshot import Snapshot

_SHORTEST_ID = 4


class CommitKind(StrEnum):
    """What a commit records."""

    EVENT = "event"
    CHANGE = "change"
    MERGE = "merge"
    UNREADABLE = "unreadable"


class CommitLine(Struct, frozen=True):
    """One commit of the history.

    `by` is the officer that its message names and `signer` the one whose key signed it, empty
    when the signature is not good or the key nobody's. `accepted` is the verifier's word.
    `is_review` tells an approval that only reviews. `effective` and `capacity` are None for
    whatever is no accepted event. `path` is the file that an administrative commit changes.
    `is_revoked` when the key was revoked since, `needs_review` when its revocation doubts what it
    signed from a commit on, and this is of those.
    """

    commit: CommitId
    kind: CommitKind
    subject: str = ""
    at: datetime | None = None
    case: CaseId = NO_CASE
    event: EventId = NO_EVENT
    action: str = ""
    step: int = 0
    round: int = 0
    by: OfficerId = NOBODY
    path: str = ""
    capacity: Capacity | None = None
    effective: bool | None = None
    why_not: Message | None = None
    is_review: bool = False
    signer: OfficerId = NOBODY
    fingerprint: Fingerprint = NO_FINGERPRINT
    is_revoked: bool = False
    needs_review: bool = False
    accepted: bool = True
    finding: Finding | None = None

    @property
    def is_signed(self) -> bool:
        """Whether a good signature by an officer's key is on it."""
        return bool(self.signer)


class Trail:
    """The history of a clone as it was when this was made; newer commits are not in it.

    `ids` are those of all its commits, the newest first.
    """

    def __init__(self, desk: Desk) -> None:
        """Lists the ids of all commits, which takes a while in a long history."""
        self._desk = desk
        repository = desk.repository
        self._suspect = SuspectCommits(repository)
        self.tip, self._snapshot = repository.current()
        head = repository.head()
        self.ids = repository.history.ids(head)
        self._refused = frozenset[str]()
        if head != self.tip:
            self._refused = frozenset(repository.history.ids(head, without=[self.tip]))
        report = repository.report
        self.findings: tuple[Finding, ...] = report.findings if report else ()

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def _found(self) -> dict[str, Finding]:
        return {one.commit: one for one in reversed(self.findings)}

    def named(self, text: str) -> CommitId:
        """The one commit whose id begins with `text`. Raises `Refusal`."""
        wanted = text.strip().lower()
        found = self.ids.beginning_with(wanted) if len(wanted) >= _SHORTEST_ID else []
        if len(found) == 1:
            return self.ids.at(found[0])
        raise Refusal(
            Message(
                "{commit} does not name one commit of the history. Nothing was changed. Write "
                "more of its id.",
                commit=text,
            )
            if found
            else Message(
                "The history has no commit {commit}. Nothing was changed. soptui audit shows all "
                "commits.",
                commit=text,
            )
        )

    def lines(self, limit: int, offset: int = 0) -> tuple[CommitLine, ...]:
        """Up to `limit` commits from place `offset` on."""
        last = min(len(self), offset + limit)
        return tuple(self.line(self.ids.at(place)) for place in range(max(0, offset), last))

    def all_lines(self) -> Iterator[CommitLine]:
        """Every commit, the newest first."""
        return map(self.line, self.ids)

    def raw(self, commit: CommitId) -> bytes:
        """The commit as it is stored. Raises `ObjectFault`."""
        return self._desk.repository.commit_bytes(commit)

    def line(self, commit: CommitId) -> CommitLine:
        """One commit, read now."""
        accepted = commit not in self._refused
        finding = self._found.get(commit)
        try:
            raw = self.raw(commit)
            parsed = parse_commit(raw)
        except (ObjectFault, CommitFault):
            kind = CommitKind.UNREADABLE
            return CommitLine(commit, kind, accepted=accepted, finding=finding)
        says = trailers_of(parsed.message)
        case = says.case if is_case_id(says.case) else NO_CASE
        signer, fingerprint, key = self._signer(commit, raw)
        entry = _entry(self._snapshot, case, says.event) if accepted else None
        return CommitLine(
            commit=commit,
            kind=_kind_of(parsed, says),
            subject=parsed.message.partition("\n")[0],
            at=parsed.author.moment,
            case=case,
            event=says.event,
            action=says.action,
            step=says.step,
            round=says.round,
            by=says.officer,
            path=says.change,
            capacity=entry.event.capacity if entry else None,
            effective=entry.effective if entry else None,
            why_not=entry.closed.reason if entry and entry.closed else None,
            is_review=entry is not None and entry.is_review,
            signer=signer,
            fingerprint=fingerprint,
            is_revoked=key is not None and key.revoked is not None,
            needs_review=key is not None and self._suspect.covers(commit, key.suspect_from),
            accepted=accepted,
            finding=finding,
        )

    def _signer(self, commit: CommitId, raw: bytes) -> tuple[OfficerId, Fingerprint, Key | None]:
        try:
            signed = check_signature(commit, raw)
        except Found:
            return NOBODY, NO_FINGERPRINT, None
        owned = self._snapshot.registry.owner_of(signed.key.text)
        if owned is None:
            return NOBODY, signed.key.fingerprint, None
        officer, key = owned
        return officer.id, signed.key.fingerprint, key


def _kind_of(commit: Commit, trailers: Trailers) -> CommitKind:
    if len(commit.parents) > 1:
        return CommitKind.MERGE
    return CommitKind.EVENT if trailers.case else CommitKind.CHANGE


def _entry(snapshot: Snapshot, case_id: CaseId, event_id: EventId) -> Entry | None:
    """What the case holds of an event, or None for whatever is none of a case that can be read."""
    if not case_id:
        return None
    try:
        file = snapshot.case_file(case_id)
    except Refusal:
        return None
    return file.case.entry(event_id) if file else None


def verdict(line: CommitLine) -> Message:
    """What the verifier says of a commit, as a sentence."""
    if line.finding is not None:
        return line.finding.message
    if not line.accepted:
        return Message("Not judged: it builds on a commit that was refused.")
    if line.is_signed:
        return Message(
            "Accepted: the signature of {officer} is good, and the rules hold.",
            officer=line.signer,
        )
    return Message("Accepted by the rules in force when it came in.")


def remedy(finding: Finding) -> Message | None:
    """What to do about a finding."""
    from soptui.domain.findings import REMEDIES

    return Message(REMEDIES[finding.code]) if finding.code in REMEDIES else None
