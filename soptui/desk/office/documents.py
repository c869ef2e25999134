"""SOPs and calendars as documents: read from what somebody wrote, and as plain tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from soptui.desk.files import read_named
from soptui.domain.ids import SopId
from soptui.domain.message import Message, Refusal
from soptui.records.files import layout

if TYPE_CHECKING:
    from soptui.desk.reading import ReadingDesk
    from soptui.domain.office import Office
    from soptui.domain.sop import Sop
    from soptui.domain.time.calendar import Calendar

_LARGEST = 1024 * 1024
"""In bytes, of an SOP's or a calendar's file."""


def read_document(path: Path) -> bytes:
    """The bytes of an SOP's or a calendar's file that a person named. Raises `Refusal`."""
    return read_named(path, _LARGEST)


def sop_in(path: Path) -> Sop:
    """The SOP in a file, in any spelling. Raises `Refusal`."""
    from soptui.records.files.handwritten import canonical_sop

    return canonical_sop(read_document(path))[0]


def is_file_of_sop(text: str) -> bool:
    """Whether somebody who wrote this means a file, and not the id of an SOP in the records."""
    return not layout.is_slug(text) or Path(text).expanduser().is_file()


def sop_named(desk: ReadingDesk, sop_id: SopId) -> Sop:
    """The newest version of an SOP of the records. Raises `Refusal`, which tells the known ones."""
    known = desk.sops()
    for sop in known:
        if sop.id == sop_id:
            return sop
    raise Refusal(
        Message(
            "The records have no SOP {id}, and there is no such file. Nothing was changed. "
            "Known: {known}.",
            id=sop_id,
            known=", ".join(sop.id for sop in known),
        )
    )


def sop_tables(sop: Sop) -> dict[str, Any]:
    """An SOP as its file has it."""
    from soptui.records.files.sop import sop_to_document

    return sop_to_document(sop)


def office_tables(office: Office) -> dict[str, Any]:
    """An office as its file has it."""
    from soptui.records.files.office import office_to_document

    return office_to_document(office)


def calendar_tables(calendar: Calendar) -> dict[str, Any]:
    """A calendar as its file has it."""
    from soptui.records.files.calendar import calendar_to_document

    return calendar_to_document(calendar)


def year_of_calendar(path: str) -> int:
    """The year whose calendar is the file at a path of the records."""
    return int(layout.id_in(path))
