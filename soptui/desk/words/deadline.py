"""Deadlines and working time, in few words."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.domain.time.normtime import NormUnit
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import TimeState, working_days, working_seconds
from soptui.locale import _, duration

if TYPE_CHECKING:
    from soptui.domain.case_list import CaseRow
    from soptui.domain.sop import Sop

_SECONDS_PER_MINUTE = 60


class TimeLeft(Struct, frozen=True):
    """How much time is left, or by how much it is late, in words; and which of these it is."""

    text: str
    state: TimeState


def time_left(
    calendar: WorkingCalendar, now: datetime, deadline: datetime | None
) -> TimeLeft | None:
    """Working time until a deadline, or since it: `2 hari lagi`, `telat 3 jam`; None without one.

    Within a minute of it, and after it while nobody works, it is due and not late.
    """
    if deadline is None:
        return None
    late = now > deadline
    start, end = (deadline, now) if late else (now, deadline)
    seconds = working_seconds(calendar, start, end)
    if seconds < _SECONDS_PER_MINUTE:
        is_today = deadline.astimezone(calendar.zone).date() == now.astimezone(calendar.zone).date()
        return TimeLeft(_("due today") if is_today else _("due"), TimeState.DUE_SOON)
    days = working_days(calendar, start, end)
    amount = short_days(days) if days >= 1 else short_seconds(seconds)
    if late:
        return TimeLeft(_("late {amount}", amount=amount), TimeState.LATE)
    return TimeLeft(_("{amount} left", amount=amount), TimeState.ON_TIME)


def of_norm(case: CaseRow, sop: Sop | None) -> str:
    """Of which norm the time of a case is that is left or was passed; `sop` is the case's."""
    step = sop.step(case.step) if sop else None
    return _("of {norm}", norm=step.norm_printed.lower()) if step and step.norm_printed else ""


def short_days(days: int | Fraction) -> str:
    """Working days in few cells, in whole days."""
    return _("{count} d", count=int(days))


def short_seconds(seconds: int) -> str:
    """Working time in few cells: hours, or minutes below an hour."""
    hours, rest = divmod(max(0, seconds), 3600)
    return _("{count} h", count=hours) if hours else _("{count} min", count=rest // 60)


def working_time_since(calendar: WorkingCalendar, start: datetime | None, now: datetime) -> str:
    """Working time since a moment, in few cells."""
    if start is None:
        return ""
    days = working_days(calendar, start, now)
    return short_days(days) if days >= 1 else short_seconds(working_seconds(calendar, start, now))


def time_spent(amount: int | Fraction, unit: NormUnit) -> str:
    """A measure in the unit of its norm, in words."""
    if unit is NormUnit.MINUTES:
        return duration(seconds=amount)
    return duration(days=Fraction(round(amount * 10), 10))
