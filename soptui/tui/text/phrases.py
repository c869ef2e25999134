"""Moments, sizes, rounds and states as a few words for a line of the screen."""

from __future__ import annotations

from datetime import datetime

from soptui.domain.case import StepState
from soptui.domain.size import Size
from soptui.locale import moment, short_day, size

STATE_TONE = {
    StepState.NOT_STARTED: "dim",
    StepState.TO_RECEIVE: "warn",
    StepState.IN_WORK: "accent",
    StepState.RETURNED: "bad",
    StepState.DONE: "good",
}


def size_of(count: int) -> str:
    """A size in bytes as people read it."""
    return size(Size(count))


def brief_moment(value: datetime, now: datetime) -> str:
    """A moment in few cells: without its year when that is this one."""
    whole = moment(value)
    return whole.replace(f" {value.year}", "", 1) if value.year == now.year else whole


def brief_day(value: datetime, now: datetime) -> str:
    """The day of a moment in few cells: without its year when that is this one."""
    return short_day(value).removesuffix(f" {now.year}")


def when(value: datetime | None) -> str:
    """A moment, or nothing."""
    return "" if value is None else moment(value)
