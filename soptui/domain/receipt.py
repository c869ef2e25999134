"""What whoever records something gets back: where it stands in the records."""

from __future__ import annotations

from msgspec import Struct

from soptui.domain.ids import CaseId, CommitId, EventId


class Receipt(Struct, frozen=True):
    """What was written: the commit, with the event and its case or the path of what changed.

    `edited` are files left alone because they were edited by hand.
    """

    commit: CommitId
    event: EventId
    case: CaseId
    edited: tuple[str, ...] = ()
    path: str = ""
