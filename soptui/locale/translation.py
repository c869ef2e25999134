"""Messages in the reader's language, from the catalogues beside this module."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from gettext import NullTranslations, bindtextdomain, textdomain, translation
from pathlib import Path

from soptui.domain.message import Message
from soptui.domain.size import Size
from soptui.domain.text import safe
from soptui.locale.formats import clock, day, moment, size
from soptui.locale.language import language

DOMAIN = "soptui"
"""The name of the catalogue files."""


def translate(message: Message) -> str:
    """`message` in the reader's language, safe to show.

    Of its values, messages are translated, dates, times and sizes written as the language does,
    lists joined with commas, and texts made safe.
    """
    return _filled(_catalogue(language()).gettext(message.text), message.values)


def _(text: str, /, **values: object) -> str:
    """The msgid `text` in the reader's language; shorthand for `translate(Message(...))`."""
    return _filled(_catalogue(language()).gettext(text), values)


def _n(singular: str, plural: str, count: int, /, **values: object) -> str:
    """As `_`, in the form that fits `count`, which is also the field `{count}`."""
    text = _catalogue(language()).ngettext(singular, plural, count)
    return _filled(text, {"count": count, **values})


def Nn_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 (a marker, as `N_` is)
    """The msgids themselves: marks a pair that is translated elsewhere, for the catalogues."""
    return singular, plural


def speak_in_gettext() -> None:
    """Let other libraries' own messages, through the standard gettext, be in this language too.

    They are looked up in the same catalogues, from the language in use on.
    """
    bindtextdomain(DOMAIN, str(Path(__file__).parent))
    textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language()


def _filled(text: str, values: dict[str, object]) -> str:
    return text.format(**{name: _shown(value) for name, value in values.items()})


def _shown(value: object) -> str:
    match value:
        case Message():
            return translate(value)
        case str():
            return safe(value)
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case time():
            return clock(value)
        case Size():
            return size(value)
        case Sequence():
            return ", ".join(_shown(item) for item in value)
    return safe(str(value))


@cache
def _catalogue(code: str) -> NullTranslations:
    """The catalogue of a language; English is what the msgids are written in."""
    if code == "en":
        return NullTranslations()
    return translation(DOMAIN, Path(__file__).parent, [code])
