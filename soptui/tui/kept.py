"""How long ago a draft was kept."""

from __future__ import annotations

from datetime import datetime

from soptui.locale import _, _n

_MINUTES_PER_HOUR = 60
_MINUTES_PER_DAY = 24 * _MINUTES_PER_HOUR


def kept_ago(saved: datetime, now: datetime) -> str:
    """How long ago a draft was kept, in the reader's language."""
    minutes = int((now - saved).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < _MINUTES_PER_HOUR:
        return _n("{count} minute ago", "{count} minutes ago", minutes)
    if minutes < _MINUTES_PER_DAY:
        return _n("{count} hour ago", "{count} hours ago", minutes // _MINUTES_PER_HOUR)
    return _n("{count} day ago", "{count} days ago", minutes // _MINUTES_PER_DAY)
