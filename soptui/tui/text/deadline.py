"""Deadlines and working time as a few words for a line of the screen."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from soptui.domain.time.normtime import NormUnit
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import TimeState, working_days, working_seconds
from soptui.locale import _, duration
from soptui.tui.text.lines import Line, Span

TIME_TONE = {TimeState.ON_TIME: "good", TimeState.DUE_SOON: "warn", TimeState.LATE: "bad"}
_SECONDS_PER_MINUTE = 60


def time_left(calendar: WorkingCalendar, now: datetime, deadline: datetime | None) -> Line:
    """Working time until a deadline, or since it: `2 hari lagi`, `telat 3 jam`.

    Within a minute of it, and after it while nobody works, it is due and not late.
    """
    if deadline is None:
        return ()
    late = now > deadline
    start, end = (deadline, now) if late else (now, deadline)
    seconds = working_seconds(calendar, start, end)
    if seconds < _SECONDS_PER_MINUTE:
        is_today = deadline.astimezone(calendar.zone).date() == now.astimezone(calendar.zone).date()
        return (Span(_("due today") if is_today else _("due"), "warn"),)
    days = working_days(calendar, start, end)
    amount = short_days(days) if days >= 1 else short_seconds(seconds)
    if late:
        return (Span(_("late {amount}", amount=amount), "bad"),)
    return (Span(_("{amount} left", amount=amount)),)


def deadline_letter(*, late: bool, soon: bool) -> Line:
    """One letter in a narrow column: late or, where it is not, due soon; else nothing."""
    if late:
        return (Span(_("L"), "bad"),)
    return (Span(_("S"), "warn"),) if soon else ()


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
