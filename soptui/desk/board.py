"""The figures of the *papan kendali*: where every case is now, and how the SOP was kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.desk import Desk
from soptui.desk.refusals import no_sop
from soptui.domain.case_filter import CaseFilter, CaseOrder
from soptui.domain.case_list import StepCounts
from soptui.domain.ids import ANY_SOP, SopId
from soptui.domain.message import Message, Refusal
from soptui.domain.replace import replace
from soptui.domain.sop import Sop
from soptui.domain.time.timeliness import Figures, Range, figures, quarter, together, year
from soptui.records.clone.repository import Repository
from soptui.records.files import codec

if TYPE_CHECKING:
    from soptui.domain.case import Case
    from soptui.domain.case_list import CaseRow

_PART = 200

Progress = Callable[[int, int], None]
"""Called with how many cases are counted, of how many."""


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
    """What the *papan kendali* shows of one SOP.

    `standing` has the steps at which open cases lie now; `figures` count the stays that ended in
    the range. `unreadable` are cases whose files are damaged, which count nowhere.
    """

    sop: Sop
    standing: tuple[StepCounts, ...]
    figures: Figures
    unreadable: tuple[str, ...]

    def counts(self, step: int) -> StepCounts:
        """The open cases at a step."""
        none = StepCounts(step, 0, 0, 0, 0, 0)
        return next((one for one in self.standing if one.step == step), none)


class Stopped(Refusal):
    """The counting was given up because nobody waits for it any more."""

    def __init__(self) -> None:
        super().__init__(Message("The counting was stopped."))


def board_of(
    desk: Desk,
    days: Range,
    *,
    sop_id: SopId = ANY_SOP,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
) -> Board:
    """The board of an SOP, or of the first one, over a range of days.

    Reads every case that was touched in the range, from a clone opened for itself, so that the
    desk is not kept waiting. Raises `Refusal`, and `Stopped` once `cancelled` is set.
    """
    sop = next((one for one in desk.sops() if not sop_id or one.id == sop_id), None)
    if sop is None:
        raise no_sop(sop_id)
    now, calendar = desk.now(), desk.calendar
    parts = [figures(sop, (), days, calendar, now)]
    unreadable: list[str] = []
    read = touched_cases(desk, days, sop_id=sop.id, progress=progress, cancelled=cancelled)
    for found in read:
        unreadable += [case_id for case_id, case in found if case is None]
        cases = [case for _, case in found if case is not None]
        parts.append(figures(sop, cases, days, calendar, now))
    return Board(sop, _standing(desk, sop), together(parts), tuple(unreadable))


def board_now(desk: Desk, board: Board) -> Board:
    """The board with the same figures, and where its open cases lie now."""
    return replace(board, standing=_standing(desk, board.sop))


def _standing(desk: Desk, sop: Sop) -> tuple[StepCounts, ...]:
    overdue_before = desk.overdue_before
    return desk.index.ask(lambda queries: queries.standing(sop.id, overdue_before))


def touched_cases(
    desk: Desk,
    days: Range,
    *,
    sop_id: SopId = ANY_SOP,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
) -> Iterator[list[tuple[str, Case | None]]]:
    """The cases in which something was done within a range of days, some at a time, with their ids.

    Of every SOP or of one; None stands for a case whose file is damaged. They are read from a clone
    opened for itself. Raises `Stopped` once `cancelled` is set.
    """
    now = desk.now()
    touched = (_midnight(days.first, now), _midnight(days.last, now) + timedelta(days=1))
    # The times of people's clocks decide, each in its own offset, so a day is added at both ends.
    slack = timedelta(days=1)
    wanted = CaseFilter(sop=sop_id, touched=(touched[0] - slack, touched[1] + slack))
    found = desk.cases(wanted, CaseOrder.REGISTERED)
    total, done = found.count, 0
    with Repository.open(desk.repository.root) as repository:
        while rows := found.page(_PART, done):
            if cancelled is not None and cancelled.is_set():
                raise Stopped
            yield list(_cases(repository, rows))
            done += len(rows)
            if progress is not None:
                progress(done, max(done, total))


def _cases(repository: Repository, rows: tuple[CaseRow, ...]) -> Iterator[tuple[str, Case | None]]:
    from soptui.records.files.snapshot import read_case

    sops = repository.current()[1].sops
    contents = repository.reader.read_many(
        [row.content_id for row in rows], "blob", codec.CASE_LIMIT
    )
    for row, data in zip(rows, contents, strict=True):
        try:
            yield row.id, read_case(data, sops).case
        except Refusal:
            yield row.id, None


def _midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)
