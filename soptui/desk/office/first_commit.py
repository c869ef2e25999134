"""The first commit of the records, which a clone trusts, and the others of the main line."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from soptui.desk.clone import Clone, Progress
from soptui.desk.office.trust_root import Paper
from soptui.domain.findings import Found, Report, TrustRoot
from soptui.domain.ids import NO_COMMIT, CommitId
from soptui.domain.message import Message, Refusal
from soptui.records.clone.refusals import Untrusted
from soptui.records.clone.repository import Repository

_SHORTEST_ID = 4


class Beginning(Struct, frozen=True):
    """The first commit of a clone's records, and the key that signed it: the trust root."""

    root: TrustRoot
    name: str
    mail: str
    at: datetime | None
    trusted: bool


def beginning_of(clone: Clone) -> Beginning:
    """The first commit of the main line.

    Raises `Refusal` when nobody's signature is on it, and when the clone lacks part of the history.
    """
    repository = clone.repository
    if distortion := repository.history.distorted_by():
        told = Found("grafts", detail=distortion).message
        raise Refusal(Message("{finding} Nothing was changed.", finding=told))
    commit = repository.history.first_commit(repository.head())
    try:
        signed = repository.signed(commit)
    except Found as found:
        raise Refusal(
            Message(
                "These are no records that soptui can trust: {reason} Nothing was changed. Ask the "
                "administrator for the office's own.",
                reason=found.message,
            )
        ) from None
    author = signed.commit.author
    return Beginning(
        TrustRoot(commit, signed.key.fingerprint),
        author.name,
        author.mail,
        author.moment,
        _trusted(repository) == commit,
    )


def trust_records(clone: Clone, paper: Paper) -> Report:
    """Trust the records from their first commit on, if they are the ones on the paper.

    Verifies them at once. Raises `Refusal` when they are others, or when the clone trusts other
    records: what is remembered of them is not given up.
    """
    repository, root = clone.repository, beginning_of(clone).root
    paper.compare(root)
    trusted = _trusted(repository)
    if trusted not in ("", root.genesis):
        raise Refusal(
            Message(
                "This folder is trusted to hold the records that begin with {trusted}, and now it "
                "holds others, from {found}. Nothing was changed. Do not use them before you have "
                "asked the administrator; other records are joined in another folder.",
                trusted=trusted,
                found=root.genesis,
            )
        )
    if not trusted:
        repository.pin(root.genesis, root.signer)
    report = repository.verify(full=True)
    if report.ok:
        repository.follow()
    return report


def main_line_commit(clone: Clone, text: str) -> tuple[CommitId, int]:
    """The commit of the main line whose id begins with `text`, and its place, the first being 1.

    Raises `Refusal` when there is none, or several.
    """
    commits = clone.repository.history.main_line(clone.head())
    wanted = text.strip().lower()
    found = commits.beginning_with(wanted)
    if len(found) != 1 or len(wanted) < _SHORTEST_ID:
        raise Refusal(
            Message(
                "{commit} does not name one commit of the main line. Nothing was changed. Write "
                "more of its id; soptui audit shows all commits.",
                commit=text,
            )
        )
    return commits.at(found[0]), len(commits) - found[0]


def verify_from(clone: Clone, commit: str, progress: Progress | None = None) -> Report:
    """What the verifier says from a commit of the main line on, which counts as good.

    Nothing of it is remembered. Raises `Refusal` as `main_line_commit` does.
    """
    old, position = main_line_commit(clone, commit)
    return clone.repository.examine(clone.head(), old, position, progress=progress)


def _trusted(repository: Repository) -> CommitId:
    """The first commit that the clone trusts; empty where it trusts none."""
    try:
        return repository.trust.genesis
    except Untrusted:
        return NO_COMMIT
