"""What others recorded in the same clone, or what sync brought, while an officer looked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.tray import tray_of
from soptui.domain.ids import CommitId
from soptui.domain.message import Message
from soptui.records.files.commit_message import trailers_of

if TYPE_CHECKING:
    from soptui.desk.reading import ReadingDesk


class News(Struct, frozen=True):
    """How many records of others are new, and how much waits for the officer now.

    `fault` says why the newest records are not shown, where they fail verification.
    """

    count: int
    waiting: int
    fault: Message | None = None


def news_since(desk: ReadingDesk, commit: CommitId) -> News:
    """What was recorded since the main line was at `commit`, verified. Raises `Refusal`."""
    repository = desk.repository
    fault, tip = desk.fault(), desk.tip()
    lines = repository.history.commits(commit, tip) if commit != tip else []
    by_others = [
        line for line in lines if len(line.parents) == 1 and not _is_own(desk, line.commit)
    ]
    return News(len(by_others), waiting_for(desk), fault)


def waiting_for(desk: ReadingDesk) -> int:
    """How many cases wait to be received and how many requests to be answered by the officer."""
    if desk.officer_id not in desk.registry.officers:
        return 0
    counts = tray_of(desk, limit=0).counts
    return counts.to_receive + counts.requests


def _is_own(desk: ReadingDesk, commit: CommitId) -> bool:
    return trailers_of(desk.repository.commit(commit).message).officer == desk.officer_id
