"""A commit that records one thing, with what it is judged against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from msgspec import Struct

from soptui.domain.findings import Found
from soptui.domain.ids import CommitId
from soptui.domain.office import Officer, Registry
from soptui.records.files.snapshot import Snapshot
from soptui.records.git.commit import Commit
from soptui.records.git.tree_cache import Change


class Judged(Struct, frozen=True, kw_only=True):
    """A commit with one parent, whose signer and changes are proven.

    `before` and `after` are the records at its parent and as it leaves them, `changes` how they
    differ. `officer` signed it. `acceptance` is the registry at the predecessor, on the main line,
    of what brought the commit in, and `accepted_at` that predecessor's own time, in seconds since
    1970; for a commit of the main line itself that is its parent. `latest` is the latest time that
    it can be by the verifier's clock, None when that has no say. `genesis` is the first commit of
    the records.
    """

    before: Snapshot
    after: Snapshot
    changes: Sequence[Change]
    commit: Commit
    officer: Officer
    acceptance: Registry
    accepted_at: int
    latest: int | None
    genesis: CommitId

    @property
    def latest_before_claim(self) -> int | None:
        """The latest time that it can be, if the commit claims a later one; else None."""
        if self.latest is None or self.commit.author.seconds <= self.latest:
            return None
        return self.latest


def day_at(seconds: int, registry: Registry) -> date:
    """The day at the office. Raises `Found` for a time beyond all calendars."""
    zone = timezone(timedelta(minutes=registry.office.utc_offset))
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()
    except (ValueError, OverflowError):
        raise Found("time") from None
