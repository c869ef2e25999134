"""What people read, in their language: Indonesian by default, English on request."""

from __future__ import annotations

from soptui.locale.formats import (
    clock,
    day,
    day_and_month,
    duration,
    moment,
    number,
    short_day,
    size,
    weekday,
    weekday_name,
)
from soptui.locale.language import LANGUAGES, choose, language, use
from soptui.locale.translation import Nn_, _, _n, speak_in_gettext, translate

__all__ = [
    "LANGUAGES",
    "Nn_",
    "_",
    "_n",
    "choose",
    "clock",
    "day",
    "day_and_month",
    "duration",
    "language",
    "moment",
    "number",
    "short_day",
    "size",
    "speak_in_gettext",
    "translate",
    "use",
    "weekday",
    "weekday_name",
]
