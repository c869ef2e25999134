"""What a stolen key may have signed: the commits that its revocation leaves to be reviewed."""

from __future__ import annotations

from collections.abc import Iterable

from soptui.desk.desk import Desk
from soptui.desk.history.suspect_commits import SuspectCommits
from soptui.desk.history.trail import CommitLine, Trail
from soptui.desk.keys import fingerprint_of, same_fingerprint
from soptui.desk.refusals import no_officer
from soptui.domain.ids import NO_COMMIT, NO_FINGERPRINT, CommitId, Fingerprint, OfficerId
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Key, Officer


def to_review(
    desk: Desk,
    officer_id: OfficerId,
    fingerprint: Fingerprint = NO_FINGERPRINT,
    *,
    suspect_from: CommitId = NO_COMMIT,
) -> tuple[CommitLine, ...]:
    """The commits that keys of an officer signed from the commit on which each is suspect.

    Of all keys, or of the one with this fingerprint, the newest commit first. `suspect_from` is a
    commit that takes the place of what the revocations name. Raises `Refusal` when there is no such
    officer or key, or no such commit is named.
    """
    officer = desk.registry.officers.get(officer_id)
    if officer is None:
        raise no_officer(officer_id)
    points = {
        fingerprint_of(key.public): suspect_from or key.suspect_from
        for key in _named(officer, fingerprint)
        if suspect_from or key.suspect_from
    }
    if not points:
        raise Refusal(
            Message(
                "No revocation of a key of {officer} names the commit from which it is suspect. "
                "Nothing was changed. Name one with --suspect-from.",
                officer=officer_id,
            )
        )
    trail, suspect = Trail(desk), SuspectCommits(desk.repository)
    signed = (
        trail.line(commit)
        for commit in trail.ids
        if any(suspect.covers(commit, point) for point in points.values())
    )
    return tuple(
        line
        for line in signed
        if suspect.covers(line.commit, points.get(line.fingerprint, NO_COMMIT))
    )


def _named(officer: Officer, fingerprint: Fingerprint) -> Iterable[Key]:
    keys = [
        key
        for key in officer.keys
        if not fingerprint or same_fingerprint(fingerprint_of(key.public), fingerprint)
    ]
    if not keys:
        raise Refusal(
            Message(
                "{officer} has no key {fingerprint}. Nothing was changed. soptui officer show "
                "lists the keys.",
                officer=officer.id,
                fingerprint=fingerprint,
            )
        )
    return keys
