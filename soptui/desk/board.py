"""What the *papan kendali* says of one SOP: where every case is now, and how a time went."""

from __future__ import annotations

import threading
from datetime import date

from msgspec import Struct

from soptui.desk.counting import Counted, Progress, counted_over
from soptui.desk.desk import Desk
from soptui.desk.refusals import no_sop
from soptui.desk.standing import Standing, standing_of
from soptui.domain.ids import ANY_SOP, SopId
from soptui.domain.message import Message, Refusal
from soptui.domain.sop import Sop
from soptui.domain.time.timeliness import Range, quarter, year


class Span(Struct, frozen=True):
    """A year, or one of its quarters (1 to 4; 0 for the whole year)."""

    year: int
    quarter: int = 0

    @property
    def days(self) -> Range:
        """Its days."""
        return quarter(self.year, self.quarter) if self.quarter else year(self.year)

    def moved(self, steps: int) -> Span:
        """The span so many spans of its kind later; earlier for a negative number."""
        if not self.quarter:
            return Span(self.year + steps)
        years, place = divmod(self.year * 4 + self.quarter - 1 + steps, 4)
        return Span(years, place + 1)


def span_of(day: date) -> Span:
    """The quarter in which a day lies."""
    return Span(day.year, (day.month - 1) // 3 + 1)


class Board(Struct, frozen=True):
    """Where the cases are now, and what was counted over a range of days."""

    standing: Standing
    counted: Counted


def sop_of_board(desk: Desk, sop_id: SopId = ANY_SOP) -> Sop:
    """The SOP of that id, or the first one. Raises `Refusal`."""
    sop = next((one for one in desk.sops() if not sop_id or one.id == sop_id), None)
    if sop is None and not sop_id:
        raise Refusal(
            Message(
                "The records have no SOP yet, so there is nothing to count. Nothing was changed. "
                "An administrator puts one in force: soptui sop add FILE"
            )
        )
    if sop is None:
        raise no_sop(sop_id)
    return sop


def board_of(
    desk: Desk,
    days: Range,
    *,
    sop_id: SopId = ANY_SOP,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
) -> Board:
    """The board of an SOP, or of the first one, over a range of days. Raises as `counted_over`."""
    sop = sop_of_board(desk, sop_id)
    counted = counted_over(desk, sop, days, progress=progress, cancelled=cancelled)
    return Board(standing_of(desk, sop, days), counted)
