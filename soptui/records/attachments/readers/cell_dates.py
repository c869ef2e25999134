"""Days and times as cells of spreadsheets show them, hours and minutes parted by a point."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from soptui.records.attachments.readers.cell_sections import Section, Token, tidied

_MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_FIRST_DAYS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_LAST_SERIAL = 2_958_465
_BEFORE_FALSE_LEAP_DAY = 60


def date_shown(value: Decimal, section: Section, *, from_1904: bool) -> str | None:
    """The day or time that has the number `value`, or None when there is none."""
    if not 0 <= value <= _LAST_SERIAL:
        return None
    tenths = any(token.kind == "place" for token in section.tokens)
    unit = Decimal("0.1") if tenths else Decimal(1)
    seconds = (value * 86_400).quantize(unit, rounding=ROUND_HALF_UP)
    since = timedelta(milliseconds=int(seconds * 1000))
    first = _FIRST_DAYS[from_1904]
    if not from_1904 and value < _BEFORE_FALSE_LEAP_DAY:
        first += timedelta(days=1)  # the first spreadsheets had a 29 February 1900
    return moment_shown(first + since, section, since)


def moment_shown(value: datetime, section: Section, since: timedelta) -> str:
    """A moment as a section of a format shows it; `since` is what time in all counts."""
    tokens = _without_midnight(section.tokens) if _is_midnight(value) else section.tokens
    has_halves = any(token.kind == "half" for token in tokens)
    parts: list[str] = []
    for at, token in enumerate(tokens):
        if token.kind == "date":
            parts.append(_part_of_date(value, tokens, at, section.language, twelve=has_halves))
        elif token.kind == "elapsed":
            parts.append(_elapsed(since, token.text))
        elif token.kind == "half":
            parts.append("AM" if value.hour < 12 else "PM")
        elif token.kind == "place":
            parts.append(f"{value.microsecond // 100_000}" if token.text == "0" else "")
        elif token.kind == "literal":
            parts.append("." if token.text == ":" else token.text)
        elif token.text in "./,":
            parts.append(
                token.text.replace(".", ",") if _is_between_digits(tokens, at) else token.text
            )
    return tidied("".join(parts))


def _is_between_digits(tokens: Sequence[Token], at: int) -> bool:
    """Whether a point parts seconds from their tenths."""
    return at + 1 < len(tokens) and tokens[at + 1].kind == "place"


def _is_midnight(value: datetime) -> bool:
    return (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)


def _without_midnight(tokens: Sequence[Token]) -> Sequence[Token]:
    """A format of days and hours cut where its hours begin: a day alone was meant."""
    if not any(token.kind == "date" and token.text[0] in "yd" for token in tokens):
        return tokens
    for at, token in enumerate(tokens):
        if token.kind == "date" and token.text[0] == "h":
            return tokens[:at]
    return tokens


def _part_of_date(
    value: datetime, tokens: Sequence[Token], at: int, language: str, *, twelve: bool
) -> str:
    letter, size = tokens[at].text[0], len(tokens[at].text)
    match letter:
        case "y":
            return f"{value.year}" if size > 2 else f"{value.year % 100:02}"
        case "d":
            name = _DAYS[language][value.weekday()]
            return (f"{value.day}", f"{value.day:02}", name[:3], name)[min(size, 4) - 1]
        case "h":
            hour = (value.hour % 12 or 12) if twelve else value.hour
            return f"{hour:02}" if size > 1 else f"{hour}"
        case "s":
            return f"{value.second:02}" if size > 1 else f"{value.second}"
    if _means_minutes(tokens, at):
        return f"{value.minute:02}" if size > 1 else f"{value.minute}"
    name = _MONTHS[language][value.month - 1]
    short = "Agu" if name == "Agustus" else name[:3]
    return (f"{value.month}", f"{value.month:02}", short, name, name[0])[min(size, 5) - 1]


def _means_minutes(tokens: Sequence[Token], at: int) -> bool:
    """Whether an `m` stands for minutes: after hours, or before seconds."""
    timed = [one for one in tokens[:at] if one.kind in ("date", "elapsed")]
    following = [one for one in tokens[at + 1 :] if one.kind in ("date", "elapsed")]
    return bool(timed and timed[-1].text[0] == "h") or bool(
        following and following[0].text[0] == "s"
    )


def _elapsed(since: timedelta, text: str) -> str:
    seconds = int(since.total_seconds())
    amount = {"h": seconds // 3600, "m": seconds // 60, "s": seconds}[text[0]]
    return str(amount).rjust(len(text), "0")
