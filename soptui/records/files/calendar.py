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
from collections.abc import Mapping
from typing import Any

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
from soptui.records.files import layout
from soptui.records.files.tables import RecordFault, Table, read_canonical, without_empty

_HEADER = ("format", "year", "ramadan", "hours", "holidays", "sources")
_RAMADAN = ("first", "last", "estimated", "source")
_HOURS = (
    "name", "weekdays", "opens", "closes", "break_start", "break_end", "first", "last", "source",
    "inferred",
)  # fmt: skip
_HOLIDAY = ("date", "name", "kind", "estimated")
_SOURCE = ("kind", "text", "address")


def calendar_from_document(document: Mapping[str, Any]) -> Calendar:
    """The calendar that a parsed document holds.

    Raises `RecordFault` with the first thing that is wrong, in the file's shape or in its content.
    """
    return read_canonical(document, _calendar, calendar_to_document)


def calendar_to_document(calendar: Calendar) -> dict[str, Any]:
    """The document of `calendar`, keys in the file's order, absent where a value is empty."""
    return without_empty(
        {
            "format": layout.FORMAT,
            "year": calendar.year,
            "ramadan": [
                without_empty({key: getattr(ramadan, key) for key in _RAMADAN})
                for ramadan in calendar.ramadan
            ],
            "hours": [_hours_table(hours) for hours in calendar.hours],
            "holidays": [
                without_empty(
                    {key: getattr(holiday, key) for key in _HOLIDAY} | {"kind": holiday.kind.value}
                )
                for holiday in calendar.holidays
            ],
            "sources": [
                without_empty(
                    {key: getattr(source, key) for key in _SOURCE} | {"kind": source.kind.value}
                )
                for source in calendar.sources
            ],
        }
    )


def _hours_table(hours: Hours) -> dict[str, Any]:
    return without_empty(
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


def _calendar(document: Mapping[str, Any]) -> Calendar:
    table = Table(document, _HEADER)
    table.format()
    calendar = Calendar(
        year=table.number("year", least=datetime.MINYEAR, most=datetime.MAXYEAR),
        ramadan=tuple(_ramadan(block) for block in table.tables("ramadan", _RAMADAN)),
        hours=tuple(_hours(block) for block in table.tables("hours", _HOURS)),
        holidays=tuple(_holiday(block) for block in table.tables("holidays", _HOLIDAY)),
        sources=tuple(_source(block) for block in table.tables("sources", _SOURCE)),
    )
    for fault in faults_of(calendar):
        raise RecordFault("value", fault)
    return calendar


def _ramadan(table: Table) -> Ramadan:
    return Ramadan(
        first=table.day("first"),
        last=table.day("last"),
        source=table.text("source"),
        estimated=table.flag("estimated"),
    )


def _hours(table: Table) -> Hours:
    pause = None
    if "break_start" in table or "break_end" in table:
        pause = Break(table.time("break_start"), table.time("break_end"))
    return Hours(
        regime=table.choice("name", Regime),
        weekdays=table.numbers("weekdays", least=1, most=7),
        opens=table.time("opens"),
        closes=table.time("closes"),
        pause=pause,
        first=table.day_if_any("first"),
        last=table.day_if_any("last"),
        source=table.text("source"),
        inferred=table.text_if_any("inferred"),
    )


def _holiday(table: Table) -> Holiday:
    return Holiday(
        date=table.day("date"),
        name=table.text("name"),
        kind=table.choice("kind", HolidayKind),
        estimated=table.flag("estimated"),
    )


def _source(table: Table) -> Source:
    return Source(
        kind=table.choice("kind", HolidayKind),
        text=table.text("text"),
        address=table.text_if_any("address"),
    )
