"""Moments, sizes, rounds and states as a few words for a line of the screen."""

from __future__ import annotations

from datetime import datetime

from soptui.domain.case import StepState
from soptui.domain.size import Size
from soptui.locale import _, _n, moment, size

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
