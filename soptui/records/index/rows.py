"""How a row of the index's tables becomes what a list shows, and back."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any

from soptui.domain.case_list import CaseRow
from soptui.domain.message import Message

VERSION = 8
"""Grows whenever the tables, or what stands in them, change."""

NEVER = 1 << 53
"""Stands for the deadline of a case that has none, so that it comes last in order."""


CASE_COLUMNS = (
    "cases.case_id, cases.year, coalesce(agenda.number, 0), sop, version, status, step, round,"
    " state, role, assignee, owner, sender, letter_number, letter_date, letter_received,"
    " letter_sender, subject, urgency, security, sent, received, deadline, soon, registered,"
    " closed, returns, events, last_at, last_by, last_id, separated, informed, corrected,"
    " migrated, blob"
)
CASE_WIDTH = CASE_COLUMNS.count(",")
"""Columns of a case; one comma belongs to `coalesce`."""


_WORD = re.compile(r"\w+")
_COLUMNS = CaseRow.__struct_fields__
_MOMENTS = [
    _COLUMNS.index(name)
    for name in ("letter_received", "sent", "received", "soon", "registered", "closed", "last_at")
]
_LETTER_DATE, _DEADLINE = (_COLUMNS.index(name) for name in ("letter_date", "deadline"))
_FLAGS = [_COLUMNS.index(name) for name in ("corrected", "migrated")]
_IDS = [_COLUMNS.index(name) for name in ("separated", "informed")]


class Zone:
    """Turns the index's seconds since 1970 into times of the office's zone."""

    def __init__(self, minutes: int) -> None:
        self._zone: tzinfo = timezone(timedelta(minutes=minutes))

    def time(self, seconds: int) -> datetime:
        """The aware time."""
        return datetime.fromtimestamp(seconds, self._zone)

    def case(self, row: tuple[Any, ...]) -> CaseRow:
        """The case in the columns `CASE_COLUMNS`."""
        values = list(row)
        for place in _MOMENTS:
            if values[place] is not None:
                values[place] = self.time(values[place])
        values[_LETTER_DATE] = _day(values[_LETTER_DATE])
        values[_DEADLINE] = None if row[_DEADLINE] == NEVER else self.time(row[_DEADLINE])
        for place in _IDS:
            values[place] = tuple(values[place].split())
        for place in _FLAGS:
            values[place] = bool(values[place])
        return CaseRow(*values)


def seconds_of(moment: datetime | None) -> int | None:
    """Seconds since 1970 of an aware time."""
    return None if moment is None else int(moment.timestamp())


def letter_key(number: str, sender: str) -> str:
    """By what a letter is known again, however its blanks, signs and capitals were typed.

    Empty where there is no number, or no sender.
    """
    parts = [" ".join(_WORD.findall(text.casefold())) for text in (number, sender)]
    return "\n".join(parts) if all(parts) else ""


def dump_message(message: Message) -> str:
    """A message with its values, as text; `load_message` reads it back."""
    return json.dumps(_plain(message))


def load_message(text: str) -> Message:
    """The message that `dump_message` wrote."""
    return _message(json.loads(text))


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return {
            "text": value.text,
            "values": {key: _plain(one) for key, one in value.values.items()},
        }
    return value if isinstance(value, str | int) else str(value)


def _message(stored: dict[str, Any]) -> Message:
    values = {
        key: _message(value) if isinstance(value, dict) else value
        for key, value in stored["values"].items()
    }
    return Message(stored["text"], **values)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
