"""The calendar file, `calendars/<year>.toml`: from the parsed document to a `Calendar` and back.

Blocks and keys stand in this order, and a value that says nothing (empty, false) is left out:

- header: `format`, `year`
- `[[ramadan]]`: `first`, `last`, `estimated`, `source`
- `[[hours]]`: `name` (normal or ramadan), `weekdays`, `opens`, `closes`, `break_start`,
  `break_end`, `first`, `last`, `source`, `inferred`
- `[[holidays]]`: `date`, `name`, `kind` (national, joint_leave or local), `estimated`
- `[[sources]]`: `kind`, `text`, `address`; each kind of holiday present has at least one
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator, Mapping
from typing import TypeVar

from soptui.domain.message import Message, Refusal
from soptui.domain.time.calendar import (
    Break,
    Calendar,
    Holiday,
    HolidayKind,
    Hours,
    Ramadan,
    Regime,
    Source,
    faults_of,
)

FORMAT = 1

_HEADER = ("format", "year", "ramadan", "hours", "holidays", "sources")
_RAMADAN = ("first", "last", "estimated", "source")
_HOURS = (
    "name",
    "weekdays",
    "opens",
    "closes",
    "break_start",
    "break_end",
    "first",
    "last",
    "source",
    "inferred",
)
_HOLIDAY = ("date", "name", "kind", "estimated")
_SOURCE = ("kind", "text", "address")

_Value = TypeVar("_Value")
_Choice = TypeVar("_Choice", bound=enum.StrEnum)


def calendar_from_document(document: Mapping[str, object]) -> Calendar:
    """The calendar that a parsed document holds.

    Raises `Refusal` with the first thing that is wrong, in the file's shape or in its content.
    """
    table = _Table(document, _HEADER, Message("the header"))
    if table.required("format", int) != FORMAT:
        raise _refusal(Message("This version reads calendars of format {format}.", format=FORMAT))
    year = table.required("year", int)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise _refusal(Message("{year} is not a year.", year=year))
    calendar = Calendar(
        year=year,
        ramadan=tuple(_ramadan(block) for block in table.blocks("ramadan", _RAMADAN)),
        hours=tuple(_hours(block) for block in table.blocks("hours", _HOURS)),
        holidays=tuple(_holiday(block) for block in table.blocks("holidays", _HOLIDAY)),
        sources=tuple(_source(block) for block in table.blocks("sources", _SOURCE)),
    )
    for fault in faults_of(calendar):
        raise _refusal(fault)
    if calendar_to_document(calendar) != document:
        raise _refusal(Message("Values that say nothing (empty, false) are left out."))
    return calendar


def calendar_to_document(calendar: Calendar) -> dict[str, object]:
    """The document of `calendar`, keys in the file's order, absent where a value is empty."""
    return _without_empty(
        {
            "format": FORMAT,
            "year": calendar.year,
            "ramadan": [
                _without_empty(
                    {
                        "first": ramadan.first,
                        "last": ramadan.last,
                        "estimated": ramadan.estimated,
                        "source": ramadan.source,
                    }
                )
                for ramadan in calendar.ramadan
            ],
            "hours": [
                _without_empty(
                    {
                        "name": hours.regime.value,
                        "weekdays": list(hours.weekdays),
                        "opens": hours.opens,
                        "closes": hours.closes,
                        "break_start": hours.pause.start if hours.pause else None,
                        "break_end": hours.pause.end if hours.pause else None,
                        "first": hours.first,
                        "last": hours.last,
                        "source": hours.source,
                        "inferred": hours.inferred,
                    }
                )
                for hours in calendar.hours
            ],
            "holidays": [
                _without_empty(
                    {
                        "date": holiday.date,
                        "name": holiday.name,
                        "kind": holiday.kind.value,
                        "estimated": holiday.estimated,
                    }
                )
                for holiday in calendar.holidays
            ],
            "sources": [
                _without_empty(
                    {"kind": source.kind.value, "text": source.text, "address": source.address}
                )
                for source in calendar.sources
            ],
        }
    )


class _Table:
    """One table of the document, read key by key; its place is named in every refusal."""

    def __init__(self, content: object, keys: tuple[str, ...], place: Message) -> None:
        self._place = place
        if not isinstance(content, Mapping):
            raise _refusal(Message("Not a table: {place}.", place=place))
        self._content: Mapping[str, object] = content
        for key in content:
            if key not in keys:
                raise _refusal(Message("Unknown key {key} in {place}.", key=key, place=place))
        if list(content) != [key for key in keys if key in content]:
            raise _refusal(
                Message(
                    "The keys of {place} stand in this order: {keys}.",
                    place=place,
                    keys=", ".join(keys),
                )
            )

    def optional(self, key: str, kind: type[_Value]) -> _Value | None:
        """The value of `key`, which must be exactly of `kind`; None when absent."""
        value = self._content.get(key)
        if value is None:
            return None
        # Exactly: for Python a truth value is an integer, and a date-time is a date.
        if type(value) is not kind:
            raise _refusal(
                Message(
                    "The value of {key} in {place} is not of its kind.", key=key, place=self._place
                )
            )
        return value

    def required(self, key: str, kind: type[_Value]) -> _Value:
        value = self.optional(key, kind)
        if value is None:
            raise _refusal(Message("{key} is missing in {place}.", key=key, place=self._place))
        return value

    def choice(self, key: str, choices: type[_Choice]) -> _Choice:
        value = self.required(key, str)
        if value not in list(choices):
            raise _refusal(
                Message(
                    "{key} in {place} is {value}, but can only be one of: {choices}.",
                    key=key,
                    place=self._place,
                    value=value,
                    choices=", ".join(choices),
                )
            )
        return choices(value)

    def time(self, key: str) -> datetime.time:
        value = self.required(key, datetime.time)
        if value.microsecond:
            raise _refusal(
                Message("{key} in {place} has a fraction of a second.", key=key, place=self._place)
            )
        return value

    def has(self, key: str) -> bool:
        return key in self._content

    def numbers(self, key: str) -> tuple[int, ...]:
        numbers = tuple(number for number in self.required(key, list) if type(number) is int)
        if len(numbers) != len(self.required(key, list)):
            raise _refusal(
                Message("{key} in {place} holds whole numbers only.", key=key, place=self._place)
            )
        return numbers

    def blocks(self, key: str, keys: tuple[str, ...]) -> Iterator[_Table]:
        for number, content in enumerate(self.optional(key, list) or (), start=1):
            place = Message("block {number} of {name}", number=number, name=key)
            yield _Table(content, keys, place)


def _ramadan(table: _Table) -> Ramadan:
    return Ramadan(
        first=table.required("first", datetime.date),
        last=table.required("last", datetime.date),
        source=table.required("source", str),
        estimated=table.optional("estimated", bool) or False,
    )


def _hours(table: _Table) -> Hours:
    pause = None
    if table.has("break_start") or table.has("break_end"):
        pause = Break(table.time("break_start"), table.time("break_end"))
    return Hours(
        regime=table.choice("name", Regime),
        weekdays=table.numbers("weekdays"),
        opens=table.time("opens"),
        closes=table.time("closes"),
        pause=pause,
        first=table.optional("first", datetime.date),
        last=table.optional("last", datetime.date),
        source=table.required("source", str),
        inferred=table.optional("inferred", str) or "",
    )


def _holiday(table: _Table) -> Holiday:
    return Holiday(
        date=table.required("date", datetime.date),
        name=table.required("name", str),
        kind=table.choice("kind", HolidayKind),
        estimated=table.optional("estimated", bool) or False,
    )


def _source(table: _Table) -> Source:
    return Source(
        kind=table.choice("kind", HolidayKind),
        text=table.required("text", str),
        address=table.optional("address", str) or "",
    )


def _without_empty(table: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in table.items() if value not in (None, "", [], False)}


def _refusal(fault: Message) -> Refusal:
    return Refusal(
        Message(
            "The calendar cannot be used: {fault} Nothing was changed; correct the calendar file"
            " and try again.",
            fault=fault,
        )
    )
