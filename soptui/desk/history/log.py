"""The history of a case with what stands behind each event: its commit, and who signed that."""

from __future__ import annotations

from msgspec import Struct

from soptui.desk.desk import Desk
from soptui.desk.history.suspect_commits import SuspectCommits
from soptui.domain.case import Case, Entry
from soptui.domain.findings import Found
from soptui.domain.ids import NO_COMMIT, NO_FINGERPRINT, NOBODY, CommitId, Fingerprint, OfficerId
from soptui.locale import _


class LogLine(Struct, frozen=True):
    """An entry with its commit; `signer` is the officer whose key signed it.

    `commit` is empty for an event that no verified commit brought. `is_revoked` when the key was
    revoked since, `needs_review` when its revocation doubts what it signed from a commit on, and
    this is of those.
    """

    entry: Entry
    commit: CommitId
    signer: OfficerId
    fingerprint: Fingerprint
    is_revoked: bool = False
    needs_review: bool = False

    @property
    def is_signed(self) -> bool:
        """Whether a signature by an officer's key stands behind the event."""
        return bool(self.signer)


def log_of(desk: Desk, case: Case) -> tuple[LogLine, ...]:
    """Every event of a case in the order of its file. Raises `ObjectFault`."""
    commits, suspect = desk.commits_of(case.id), SuspectCommits(desk.repository)
    return tuple(
        _line(desk, entry, commits.get(entry.id, NO_COMMIT), suspect) for entry in case.entries
    )


def _line(desk: Desk, entry: Entry, commit: CommitId, suspect: SuspectCommits) -> LogLine:
    if not commit:
        return LogLine(entry, NO_COMMIT, NOBODY, NO_FINGERPRINT)
    try:
        signed = desk.repository.signed(commit)
    except Found:
        return LogLine(entry, commit, NOBODY, NO_FINGERPRINT)
    owned = desk.registry.owner_of(signed.key.text)
    if owned is None:
        return LogLine(entry, commit, NOBODY, signed.key.fingerprint)
    officer, key = owned
    return LogLine(
        entry,
        commit,
        officer.id,
        signed.key.fingerprint,
        key.revoked is not None,
        suspect.covers(commit, key.suspect_from),
    )


def signature_text(line: LogLine) -> str:
    """The state of an event's signature, and whose it is, in the reader's language."""
    if not line.is_signed:
        return _("NOT VALID")
    shown = _("valid, by {officer}", officer=line.signer)
    if line.needs_review:
        return f"{shown} ({_('key revoked since, to be reviewed')})"
    return f"{shown} ({_('key revoked since')})" if line.is_revoked else shown
