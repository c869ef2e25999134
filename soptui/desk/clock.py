"""Whether this computer's clock can be believed: it is not, while the records are ahead of it."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from soptui.domain.message import Message

if TYPE_CHECKING:
    from soptui.desk.desk import Desk

_LAST_COMMITS = 16
"""Among so many commits, from the tip back, the newest time is sought."""


def clock_fault(desk: Desk) -> Message | None:
    """What to say of a clock that is behind the newest record; None when it is not.

    Raises `ObjectFault`.
    """
    now, newest = desk.now(), _newest(desk)
    if now >= newest:
        return None
    return Message(
        "This computer's clock says {now}, but the newest record is of {newest}. Correct the "
        "clock; a wrong time stays in what you sign.",
        now=now,
        newest=newest.astimezone(now.tzinfo),
    )


def _newest(desk: Desk) -> datetime:
    """The latest time that the last commits bear.

    What was signed by the wrong clock must not hide that it is wrong, and a time in the future
    must not be held against every clock for ever: so it is some commits and not one, nor all.
    """
    found: list[int] = []
    waiting = deque([desk.repository.current()[0]])
    known = set(waiting)
    while waiting and len(found) < _LAST_COMMITS:
        commit = desk.repository.commit(waiting.popleft())
        found.append(commit.committer.seconds)
        waiting += (parent for parent in commit.parents if parent not in known)
        known.update(commit.parents)
    return datetime.fromtimestamp(max(found), UTC)
