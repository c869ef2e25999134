"""What is counted over the cases of a time: how the SOP was kept, before and from week to week."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.desk import Desk
from soptui.desk.standing import days_as_times
from soptui.domain.case_filter import CaseFilter, CaseOrder
from soptui.domain.ids import ANY_SOP, SopId
from soptui.domain.message import Message, Refusal
from soptui.domain.sop import Sop
from soptui.domain.time.timeliness import (
    EndedStay,
    Figures,
    Range,
    ended_stays,
    figures_of,
    share_on_time,
    together,
)
from soptui.domain.time.weeks import (
    Week,
    arrived_in,
    finished_in,
    last_weeks,
    weeks_of,
    weeks_together,
)
from soptui.records.clone.repository import Repository
from soptui.records.files import codec

if TYPE_CHECKING:
    from soptui.domain.case import Case
    from soptui.domain.case_list import CaseRow
    from soptui.domain.time.working_calendar import WorkingCalendar

_PART = 200
_DAY = timedelta(days=1)

Progress = Callable[[int, int], None]
"""Called with how many cases are counted, of how many."""


class Stopped(Refusal):
    """The counting was given up because nobody waits for it any more."""

    def __init__(self) -> None:
        super().__init__(Message("The counting was stopped."))


class Before(Struct, frozen=True):
    """The time of the same length before: how many stays with a deadline ended, and ended late."""

    days: Range
    ended: int
    late: int

    @property
    def on_time_share(self) -> Fraction | None:
        """The share that ended in time; None where nothing ended."""
        return share_on_time(self.ended, self.late)


class Counted(Struct, frozen=True):
    """Over a range of days: the figures, cases that came and that were finished.

    `weeks` are the last ones up to the end of the range, or to today where that comes first.
    `unreadable` are cases whose files are damaged, which count nowhere.
    """

    figures: Figures
    before: Before
    weeks: tuple[Week, ...]
    arrived: int
    finished: int
    unreadable: tuple[str, ...]


def counted_over(
    desk: Desk,
    sop: Sop,
    days: Range,
    *,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
) -> Counted:
    """What is counted of an SOP over a range of days.

    Reads every case that was touched in the range or in the one before it, from a clone opened for
    itself, so that the desk is not kept waiting. Raises `Refusal`, and `Stopped` once `cancelled`
    is set.
    """
    now, calendar = desk.now(), desk.calendar
    weeks = last_weeks(max(days.first, min(days.last, now.date())))
    over = _Over(days, range_before(days), weeks)
    parts = [_part(sop, (), (), over, calendar)]
    unreadable: list[str] = []
    for found in touched_cases(
        desk, over.whole, sop_id=sop.id, progress=progress, cancelled=cancelled
    ):
        unreadable += [case_id for case_id, case in found if case is None]
        cases = [case for _, case in found if case is not None]
        stays = ended_stays(sop, cases, over.whole, calendar, now)
        parts.append(_part(sop, cases, stays, over, calendar))
    return Counted(
        together([one.figures for one in parts]),
        Before(
            over.before,
            sum(one.before.ended for one in parts),
            sum(one.before.late for one in parts),
        ),
        weeks_together([one.weeks for one in parts]),
        sum(one.arrived for one in parts),
        sum(one.finished for one in parts),
        tuple(unreadable),
    )


class _Over(Struct, frozen=True):
    """The days over which it is counted: the range, the one before, and the last weeks."""

    days: Range
    before: Range
    weeks: tuple[Range, ...]

    @property
    def whole(self) -> Range:
        """From the first of all these days to the last."""
        first = min(self.before.first, self.weeks[0].first)
        return Range(first, max(self.days.last, self.weeks[-1].last))


def _part(
    sop: Sop,
    cases: Sequence[Case],
    stays: Sequence[EndedStay],
    over: _Over,
    calendar: WorkingCalendar,
) -> Counted:
    """What some of the cases add to it."""
    here = [stay for stay in stays if over.days.holds(stay.ended)]
    earlier = [stay for stay in stays if stay.had_deadline and over.before.holds(stay.ended)]
    return Counted(
        figures_of(sop, cases, here, over.days, calendar),
        Before(over.before, len(earlier), sum(stay.is_late for stay in earlier)),
        weeks_of(sop.id, cases, stays, over.weeks),
        arrived_in(cases, over.days),
        finished_in(cases, over.days),
        (),
    )


def range_before(days: Range) -> Range:
    """The quarter before a quarter, the year before a year; else as many days before."""
    last = days.first - timedelta(days=1)
    for months in (3, 12):
        first = _months_before(days.first, months)
        is_whole = days.first.day == 1 and days.last == _months_before(days.first, -months) - _DAY
        if is_whole:
            return Range(first, last)
    return Range(days.first - (days.last - days.first) - _DAY, last)


def _months_before(first: date, months: int) -> date:
    years, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(years, month + 1, 1)


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
    touched = days_as_times(days, desk.now())
    # The times of people's clocks decide, each in its own offset, so a day is added at both ends.
    wanted = CaseFilter(sop=sop_id, touched=(touched[0] - _DAY, touched[1] + _DAY))
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
