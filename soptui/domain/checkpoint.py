"""A checkpoint: an officer's statement of how far the records had come, and what it can show."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from soptui.domain.ids import CommitId, OfficerId


class Standing(StrEnum):
    """What a checkpoint says of the records that it is held against."""

    CONFIRMED = "confirmed"
    SIDE_LINE = "side-line"
    WITHHELD = "withheld"
    REWRITTEN = "rewritten"
    OTHER_RECORDS = "other-records"


class Checkpoint(Struct, frozen=True):
    """How far the records had come, as an officer stated. `at` is a claim like every time."""

    genesis: CommitId
    position: int
    commit: CommitId
    cases: int
    at: datetime
    officer: OfficerId

    def text(self) -> bytes:
        """The lines that are signed."""
        return (
            f"soptui-checkpoint 1\nrecords {self.genesis}\nposition {self.position}\n"
            f"commit {self.commit}\ncases {self.cases}\n"
            f"time {self.at.isoformat(timespec='seconds')}\nofficer {self.officer}\n"
        ).encode("ascii")
