"""Rounds of work and ages of drafts, in few words."""

from __future__ import annotations

from datetime import datetime

from soptui.locale import _, _n

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
