"""What the index answers with, and how a row of its tables becomes one of these."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any

from soptui.domain.message import Message

VERSION = 5
"""Grows whenever the tables, or what stands in them, change."""

NEVER = 1 << 53
"""Stands for the deadline of a case that has none, so that it comes last in order."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list. Times are aware, in the office's zone; None where there is none.

    `agenda` is the number in the office's mail register of `year`, 0 while unknown. `role` is the
    role that the case waits for or is in work with, empty for a closed one. `corrected` says that
    a correction of the letter is to be read beside it. `blob` is the id of the file's content. A
    stay is due soon from `soon` on, and late after `deadline`.
    """

    id: str
    year: int
    agenda: int
    sop: str
    version: int
    status: str
    step: int
    round: int
    state: str
    role: str
    assignee: str
    owner: str
    sender: str
    letter_number: str
    letter_date: date | None
    letter_received: datetime | None
    letter_sender: str
    subject: str
    urgency: str
    security: str
    sent: datetime | None
    received: datetime | None
    deadline: datetime | None
    soon: datetime | None
    registered: datetime | None
    closed: datetime | None
    returns: int
    events: int
    last_at: datetime | None
    last_by: str
    last_id: str
    separated: tuple[str, ...]
    informed: tuple[str, ...]
    corrected: bool
    blob: str

    @property
    def suspended(self) -> bool:
        """Whether the case's clock stands still."""
        return self.status == "suspended"

    def is_late(self, overdue_before: datetime) -> bool:
        """Whether the current stay was due before that moment; see `worktime.overdue_before`."""
        return self.deadline is not None and self.deadline < overdue_before

    def is_due_soon(self, overdue_before: datetime) -> bool:
        """Whether the current stay has used three quarters of its norm and is not late yet."""
        if self.soon is None or self.soon > overdue_before:
            return False
        return not self.is_late(overdue_before)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """An open request for a section's data, with its case."""

    unit: str
    due: date | None
    asked: datetime
    asked_by: str
    case: CaseRow


@dataclass(frozen=True, slots=True)
class Counts:
    """How much lies on an officer's desk; `due_soon` and `late` are of what waits or is in work.

    `receive_in_time` and `work_in_time` leave these out of what is to be received and in work, so
    that with them each case is counted once. `left_behind` are cases with others that the officer,
    as head, would have to reassign.
    """

    to_receive: int
    in_work: int
    requests: int
    informed: int
    due_soon: int
    late: int
    receive_in_time: int
    work_in_time: int
    left_behind: int = 0

    @property
    def all(self) -> int:
        """How many cases and requests there are."""
        return self.to_receive + self.in_work + self.requests + self.informed + self.left_behind


@dataclass(frozen=True, slots=True)
class Tray:
    """An officer's desk: what to receive, what is in work, data asked for, and what to know of.

    `left_behind` is with officers who no longer hold the post for it, so that nobody can go on.
    """

    to_receive: tuple[CaseRow, ...]
    in_work: tuple[CaseRow, ...]
    requests: tuple[RequestRow, ...]
    informed: tuple[CaseRow, ...]
    counts: Counts
    left_behind: tuple[CaseRow, ...] = ()


@dataclass(frozen=True, slots=True)
class StepCounts:
    """The open cases at one step: waiting for receipt, in work; of these, held, due soon, late."""

    step: int
    waiting: int
    in_work: int
    suspended: int
    due_soon: int
    late: int


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A line of the mail register (*buku agenda*); `case` is None when its file is damaged."""

    number: int
    case_id: str
    case: CaseRow | None


@dataclass(frozen=True, slots=True)
class IdleRow:
    """An event without effect, and why; `code` names the rule."""

    case_id: str
    event: str
    by: str
    action: str
    at: datetime
    code: str
    reason: Message


@dataclass(frozen=True, slots=True)
class DamagedRow:
    """A case's file that cannot be read, and why."""

    path: str
    blob: str
    reason: Message


CASE_COLUMNS = (
    "cases.case_id, cases.year, coalesce(agenda.number, 0), sop, version, status, step, round,"
    " state, role, assignee, owner, sender, letter_number, letter_date, letter_received,"
    " letter_sender, subject, urgency, security, sent, received, deadline, soon, registered,"
    " closed, returns, events, last_at, last_by, last_id, separated, informed, corrected,"
    " blob"
)
CASE_WIDTH = CASE_COLUMNS.count(",")
"""Columns of a case; one comma belongs to `coalesce`."""


_WORD = re.compile(r"\w+")
_COLUMNS = [field.name for field in fields(CaseRow)]
_MOMENTS = [
    _COLUMNS.index(name)
    for name in ("letter_received", "sent", "received", "soon", "registered", "closed", "last_at")
]
_LETTER_DATE, _DEADLINE = (_COLUMNS.index(name) for name in ("letter_date", "deadline"))
_CORRECTED = _COLUMNS.index("corrected")
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
        values[_CORRECTED] = bool(values[_CORRECTED])
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
