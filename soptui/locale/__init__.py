"""What people read, in their language: Indonesian by default, English on request."""

from __future__ import annotations

from soptui.locale.formats import (
    clock,
    day,
    duration,
    moment,
    number,
    short_day,
    weekday,
)
from soptui.locale.language import LANGUAGES, choose, language, use
from soptui.locale.translation import _, _n, translate

__all__ = [
    "LANGUAGES",
    "_",
    "_n",
    "choose",
    "clock",
    "day",
    "duration",
    "language",
    "moment",
    "number",
    "short_day",
    "translate",
    "use",
    "weekday",
]
