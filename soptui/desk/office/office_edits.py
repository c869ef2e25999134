"""The edits of the office file that follow from what an administrator typed.

Each gives an `Edit` of `soptui.desk.office.office_file`, so that screens and commands change the
office in the same way. What is typed is read here: sizes, time zones, retention.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from soptui.desk.office.office_file import Edit
from soptui.domain.administration.office_parts import (
    APPLICATION,
    FIELDS,
    INSTRUCTION,
    PARTS,
    SECTION,
    Part,
)
from soptui.domain.ids import SopId, UnitId
from soptui.domain.message import Message, Misread, Refusal
from soptui.domain.office import FATES, Classification, Instruction, Office, Retention, Unit
from soptui.domain.replace import replace
from soptui.domain.text import tidy_line

_ZONES = {"WIB": 420, "WITA": 480, "WIT": 540}
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?", re.ASCII)
_SIZE = re.compile(r"(\d{1,9})\s*(B|KB|MB)", re.ASCII)
_BYTES = {"B": 1, "KB": 1024, "MB": 1024 * 1024}

Details = Mapping[str, str]
"""What an entry says beside its id and its text, by the keys of the file, as typed."""


def field_set(word: str, value: str) -> Edit:
    """A fact of the office: `word` is one of `FIELDS`. Raises `Misread`."""
    key = FIELDS[word]
    read_value = _READ.get(key, str)(tidy_line(value))

    def edit(office: Office) -> Office:
        left = tuple(one for one in office.inferred if one.field != key)
        return replace(office, **{key: read_value}, inferred=left)

    return edit


def entry_added(word: str, entry_id: str, text: str, more: Details) -> Edit:
    """A new entry of a list. Raises `Refusal` when there is one with this id."""
    entry_id, text = tidy_line(entry_id), tidy_line(text)
    if word == APPLICATION:
        return lambda office: replace(office, applications=(*office.applications, entry_id))
    part = PARTS[word]
    if not text:
        raise Misread(
            Message("Say what the {label} {id} is called.", label=Message(part.label), id=entry_id)
        )

    def edit(office: Office) -> Office:
        if _position(office, part, entry_id) is not None:
            raise Refusal(
                Message(
                    "The {label} {id} is there already. Nothing was changed. soptui office set "
                    "{word} {id} changes it.",
                    label=Message(part.label),
                    id=entry_id,
                    word=word,
                )
            )
        return _with_entry(office, part, _made(office, part, entry_id, text, more))

    return edit


def entry_set(word: str, entry_id: str, text: str, more: Details, *, first: bool = False) -> Edit:
    """An entry that says something else, as far as it was typed; `first` puts it at the top.

    Raises `Refusal` when there is no such entry.
    """
    part, entry_id, text = PARTS[word], tidy_line(entry_id), tidy_line(text)

    def edit(office: Office) -> Office:
        changed = _changed(office, _required(office, part, entry_id), text, more)
        return _with_entry(office, part, changed, first=first)

    return edit


def entry_removed(word: str, entry_id: str) -> Edit:
    """An entry that goes. Raises `Refusal` when there is none; whether it is in use, the office
    file asks."""
    entry_id = tidy_line(entry_id)

    def edit(office: Office) -> Office:
        if word == APPLICATION:
            if entry_id not in office.applications:
                raise _no_entry(Message("application"), entry_id)
            left = tuple(one for one in office.applications if one != entry_id)
            return replace(office, applications=left)
        part = PARTS[word]
        gone = _required(office, part, entry_id)
        return _with_list(office, part, [one for one in getattr(office, part.key) if one != gone])

    return edit


def entry_withdrawn(word: str, entry_id: str, *, back: bool = False) -> Edit:
    """An entry that is offered no more, or again."""
    part, entry_id = PARTS[word], tidy_line(entry_id)

    def edit(office: Office) -> Office:
        entry = _required(office, part, entry_id)
        return _with_entry(office, part, replace(entry, withdrawn=not back))

    return edit


def sop_withdrawn(sop_id: SopId, *, back: bool = False) -> Edit:
    """An SOP under which no case begins any more, or one that is in force again."""

    def edit(office: Office) -> Office:
        left = [one for one in office.withdrawn_sops if one != sop_id]
        return replace(office, withdrawn_sops=tuple(sorted(left if back else [*left, sop_id])))

    return edit


def confirmed(field: str) -> Edit:
    """What was an example and is now the office's own. Raises `Refusal` when nothing is so marked.

    `field` is the word of a list or a fact, or the key of the file.
    """
    key = PARTS[field].key if field in PARTS else FIELDS.get(field, field)
    key = "applications" if key == APPLICATION else key

    def edit(office: Office) -> Office:
        left = tuple(one for one in office.inferred if one.field != key)
        if left == office.inferred:
            raise Refusal(
                Message(
                    "Nothing of {field} is marked as an example. Nothing was changed. Marked are: "
                    "{marked}.",
                    field=field,
                    marked=", ".join(one.field for one in office.inferred) or "-",
                )
            )
        return replace(office, inferred=left)

    return edit


def merged(word: str, rows: list[tuple[str, str, Details]]) -> Edit:
    """Entries of a list as (id, text, more): new ones are added, known ones say what is given."""
    if word == APPLICATION:
        return lambda office: replace(
            office,
            applications=tuple(
                dict.fromkeys((*office.applications, *(name for name, _, _ in rows)))
            ),
        )
    part = PARTS[word]

    def edit(office: Office) -> Office:
        for entry_id, text, more in rows:
            position = _position(office, part, entry_id)
            if position is None:
                entry = _made(office, part, entry_id, text or entry_id, more)
            else:
                entry = _changed(office, getattr(office, part.key)[position], text, more)
            office = _with_entry(office, part, entry)
        return office

    return edit


def _required(office: Office, part: Part, entry_id: str) -> Any:
    position = _position(office, part, entry_id)
    if position is None:
        raise _no_entry(Message(part.label), entry_id)
    return getattr(office, part.key)[position]


def _no_entry(label: Message, entry_id: str) -> Refusal:
    return Refusal(
        Message(
            "The office has no {label} {id}. Nothing was changed. soptui office show lists what it "
            "has.",
            label=label,
            id=entry_id,
        )
    )


def _position(office: Office, part: Part, entry_id: str) -> int | None:
    for position, one in enumerate(getattr(office, part.key)):
        if getattr(one, part.id) == entry_id:
            return position
    return None


def _with_entry(office: Office, part: Part, entry: Any, *, first: bool = False) -> Office:
    """The office with an entry in its place: where one of its id stood, at the top, or the end."""
    entries = list(getattr(office, part.key))
    position = _position(office, part, getattr(entry, part.id))
    if position is not None:
        entries[position] = entry
    else:
        entries.append(entry)
    if first:
        entries.remove(entry)
        entries.insert(0, entry)
    if part is INSTRUCTION:
        entries.sort(key=lambda line: int(line.number))
    return _with_list(office, part, entries)


def _with_list(office: Office, part: Part, entries: list[Any]) -> Office:
    lists: dict[str, Any] = {part.key: tuple(entries)}
    return replace(office, **lists)


def _made(office: Office, part: Part, entry_id: str, text: str, more: Details) -> Any:
    if part is SECTION:
        return Unit(UnitId(entry_id), text)
    if part is INSTRUCTION:
        number = more.get("number")
        following = max((line.number for line in office.instructions), default=0) + 1
        return Instruction(_number(number) if number else following, entry_id, text)
    return Classification(entry_id, text, _retention(None, more), more.get("source", ""))


def _changed(office: Office, entry: Any, text: str, more: Details) -> Any:
    if isinstance(entry, Instruction):
        number = more.get("number")
        return replace(
            entry, text=text or entry.text, number=_number(number) if number else entry.number
        )
    if isinstance(entry, Classification):
        return replace(
            entry,
            title=text or entry.title,
            retention=_retention(entry.retention, more),
            source=more.get("source") or entry.source,
        )
    return replace(entry, title=text or entry.title)


def _retention(known: Retention | None, more: Details) -> Retention | None:
    """The retention as far as it is given; what is not given stays. Raises `Misread`."""
    given = {key: more[key] for key in ("active_years", "inactive_years", "fate") if more.get(key)}
    if not given:
        return known
    if known is None and len(given) < len(("active_years", "inactive_years", "fate")):
        raise Misread(
            Message(
                "A retention has three parts: the years in use, the years out of use, and what "
                "becomes of the file then. Give all three."
            )
        )
    known = known or Retention(0, 0, FATES[0])
    return Retention(
        _number(given["active_years"]) if "active_years" in given else known.active_years,
        _number(given["inactive_years"]) if "inactive_years" in given else known.inactive_years,
        given.get("fate", known.fate).lower(),
    )


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII):
        raise Misread(Message("{text} is not a whole number.", text=text))
    return int(text)


def _zone(text: str) -> int:
    plain = text.upper().replace(" ", "")
    if plain in _ZONES:
        return _ZONES[plain]
    parts = _OFFSET.fullmatch(plain)
    if parts is None:
        raise Misread(
            Message(
                "{text} is not a time zone. Write WIB, WITA, WIT, or how far it is ahead of UTC, "
                "such as +7.",
                text=text,
            )
        )
    minutes = int(parts[2]) * 60 + int(parts[3] or 0)
    return -minutes if parts[1] == "-" else minutes


def _size(text: str) -> int:
    parts = _SIZE.fullmatch(text.upper())
    if parts is None:
        raise Misread(
            Message("{text} is not a size. Write it with its unit, such as 10 MB.", text=text)
        )
    return int(parts[1]) * _BYTES[parts[2]]


_READ: Mapping[str, Callable[[str], Any]] = {
    "utc_offset": _zone,
    "week_days": _number,
    "attachment_limit": _size,
}
"""How what is typed is read, for the facts that are no text."""
