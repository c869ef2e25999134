"""Deadlines as a few toned words for a line of the screen."""

from __future__ import annotations

from datetime import datetime

from soptui.desk.words import deadline as words
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import TimeState
from soptui.locale import _
from soptui.tui.text.lines import Line, Span

TIME_TONE = {TimeState.ON_TIME: "good", TimeState.DUE_SOON: "warn", TimeState.LATE: "bad"}


def time_left(calendar: WorkingCalendar, now: datetime, deadline: datetime | None) -> Line:
    """What `words.time_left` says; time that is left in plenty has no tone."""
    left = words.time_left(calendar, now, deadline)
    if left is None:
        return ()
    tone = "plain" if left.state is TimeState.ON_TIME else TIME_TONE[left.state]
    return (Span(left.text, tone),)


def deadline_letter(*, late: bool, soon: bool) -> Line:
    """One letter in a narrow column: late or, where it is not, due soon; else nothing."""
    if late:
        return (Span(_("L"), "bad"),)
    return (Span(_("S"), "warn"),) if soon else ()
