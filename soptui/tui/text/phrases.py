"""Times, measures and states as a few words for a line of the screen."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from soptui.domain.case import StepState
from soptui.domain.normtime import NormUnit
from soptui.domain.size import Size
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import TimeState, working_days, working_seconds
from soptui.locale import _, _n, duration, moment, size
from soptui.tui.text.lines import Line, Span

TIME_TONE = {TimeState.ON_TIME: "good", TimeState.DUE_SOON: "warn", TimeState.LATE: "bad"}
STATE_TONE = {
    StepState.NOT_STARTED: "dim",
    StepState.TO_RECEIVE: "warn",
    StepState.IN_WORK: "accent",
    StepState.RETURNED: "bad",
    StepState.DONE: "good",
}
_SECONDS_PER_MINUTE = 60
_MINUTES_PER_HOUR = 60
_MINUTES_PER_DAY = 24 * _MINUTES_PER_HOUR


def round_label(round_: int) -> str:
    """`rework 2`, or nothing for the first round."""
    return _("rework {count}", count=round_ - 1) if round_ > 1 else ""


def left(calendar: WorkingCalendar, now: datetime, deadline: datetime | None) -> Line:
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


def time_letter(*, late: bool, soon: bool) -> Line:
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


def since(calendar: WorkingCalendar, start: datetime | None, now: datetime) -> str:
    """Working time since a moment, in few cells."""
    if start is None:
        return ""
    days = working_days(calendar, start, now)
    return short_days(days) if days >= 1 else short_seconds(working_seconds(calendar, start, now))


def kept_ago(saved: datetime, now: datetime) -> str:
    """How long ago a draft was kept."""
    minutes = int((now - saved).total_seconds() // _SECONDS_PER_MINUTE)
    if minutes < 1:
        return _("just now")
    if minutes < _MINUTES_PER_HOUR:
        return _n("{count} minute ago", "{count} minutes ago", minutes)
    if minutes < _MINUTES_PER_DAY:
        return _n("{count} hour ago", "{count} hours ago", minutes // _MINUTES_PER_HOUR)
    return _n("{count} day ago", "{count} days ago", minutes // _MINUTES_PER_DAY)


def spent(amount: int | Fraction, unit: NormUnit) -> str:
    """A measure in the unit of its norm, in words."""
    if unit is NormUnit.MINUTES:
        return duration(seconds=amount)
    return duration(days=Fraction(round(amount * 10), 10))


def size_of(count: int) -> str:
    """A size in bytes as people read it."""
    return size(Size(count))


def brief_moment(value: datetime, now: datetime) -> str:
    """A moment in few cells: without its year when that is this one."""
    whole = moment(value)
    return whole.replace(f" {value.year}", "", 1) if value.year == now.year else whole


def when(value: datetime | None) -> str:
    """A moment, or nothing."""
    return "" if value is None else moment(value)
