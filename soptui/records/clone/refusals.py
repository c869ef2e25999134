"""Why a clone is not opened, not shown, or not written to."""

from __future__ import annotations

from soptui.domain.findings import Report
from soptui.domain.message import Message, Refusal


class NotRecords(Refusal):
    """There is no repository of records here."""


class Untrusted(Refusal):
    """The clone's first commit was not pinned yet."""


class Unverified(Refusal):
    """The records failed verification, so nothing may be added to them."""

    def __init__(self, report: Report) -> None:
        super().__init__(
            Message(
                "The newest records fail verification ({code}), so nothing was written. Run soptui "
                "sync; if that does not mend it, tell the administrator. soptui verify says more.",
                code=report.errors[0].code,
            )
        )
        self.report = report
