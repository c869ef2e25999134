"""The case's file: events to canonical blocks and back.

The schema below is the whole of it: for each action its keys, in the order in which they stand,
with the type of their values. Decoding refuses anything that encoding would not have written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from soptui.domain.case import CaseHeader
from soptui.domain.events import (
    DETAILS,
    Action,
    Attachment,
    AttachmentKind,
    Datum,
    Event,
    Letter,
    Register,
    Security,
    Urgency,
)
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Capacity
from soptui.records.files import codec, layout

_DIGEST = re.compile(r"[0-9a-f]{64}")


class CaseFault(Refusal):
    """A case's file does not have the form that the record format prescribes."""

    def __init__(self, code: str, message: Message) -> None:
        super().__init__(message)
        self.code = code


class _Field(NamedTuple):
    name: str
    type: type
    required: bool = False
    decode: Callable[[Any], Any] | None = None
    encode: Callable[[Any], Any] | None = None


def _texts(name: str, required: bool = False) -> _Field:
    return _Field(name, list, required, tuple, list)


def _pairs(values: list[str]) -> tuple[tuple[int, int], ...]:
    pairs = tuple(re.fullmatch(r"(\d{1,3})=(\d{1,3})", value) for value in values)
    return tuple((int(pair[1]), int(pair[2])) for pair in pairs if pair)


def _text(name: str, required: bool = False) -> _Field:
    return _Field(name, str, required)


_NOTE = _text("note")
_WHY = _text("note", required=True)
_APPLICATION = (_text("application"), _text("reference"))

_SCHEMA: dict[Action, tuple[_Field, ...]] = {
    Action.RECEIVE: (),
    Action.DISPOSE: (_texts("to", True), _texts("instructions"), _NOTE, _Field("due", date)),
    Action.REQUEST: (_texts("units", True), _NOTE, _Field("due", date)),
    Action.SUBMIT: (_text("unit", True), _NOTE),
    Action.COMPLETE: (_texts("requirements"), _NOTE, *_APPLICATION, _text("early_reason")),
    Action.APPROVE: (_texts("documents", True), _NOTE),
    Action.RETURN: (_Field("to_step", int, True), _text("reason", True), _WHY),
    Action.RECALL: (_NOTE,),
    Action.REASSIGN: (_text("officer", True), _WHY),
    Action.SUSPEND: (_WHY,),
    Action.RESUME: (_NOTE,),
    Action.ATTACH: (_NOTE,),
    Action.NOTE: (_WHY,),
    Action.CORRECT: (_text("event", True), _WHY),
    Action.ARCHIVE: (
        _text("classification", True),
        _text("file_number", True),
        _text("title", True),
        _texts("items", True),
        _text("place", True),
        _Field("active_years", int, True),
        _Field("inactive_years", int, True),
        _text("fate", True),
        _NOTE,
        *_APPLICATION,
    ),
    Action.CANCEL: (_WHY,),
    Action.REOPEN: (_Field("to_step", int, True), _WHY),
    Action.MIGRATE: (
        _Field("sop_version", int, True),
        _text("sop_sha256", True),
        _Field("steps", list, True, _pairs, lambda pairs: [f"{old}={new}" for old, new in pairs]),
        _WHY,
    ),
}
_LETTER = (
    _text("letter_number", True),
    _Field("letter_date", date, True),
    _Field("received_at", datetime, True),
    _text("sender", True),
    _text("subject", True),
    _text("summary"),
    _Field("urgency", str, True, Urgency, str),
    _Field("security", str, True, Security, str),
)
_LETTER_NAMES = (
    "number", "date", "received", "sender", "subject", "summary", "urgency", "security",
)  # fmt: skip
_ENVELOPE = ("action", "step", "round", "by", "role", "capacity", "at", "after")
_DATUM = ("indicator", "unit", "target", "actual", "note")
_HEADER = ("format", "case", "sop", "sop_version", "sop_sha256")


def encode_header(header: CaseHeader) -> bytes:
    """The first lines of a case's file, canonical. Raises `CodecFault`."""
    return codec.emit_document({name: getattr(header, name) for name in _HEADER})


def decode_header(data: bytes) -> CaseHeader:
    """The header of a case's file. Raises `CaseFault` or the codec's fault."""
    document = codec.parse_document(data)
    if tuple(document) != _HEADER:
        raise CaseFault("header", Message("The head of the case's file is not as it must be."))
    types = (int, str, str, int, str)
    if any(type(document[name]) is not kind for name, kind in zip(_HEADER, types, strict=True)):
        raise CaseFault("header", Message("The head of the case's file is not as it must be."))
    header = CaseHeader(**document)
    if header.format > layout.FORMAT:
        raise CaseFault(
            "newer-format",
            Message(
                "The case {case} was written by a newer soptui (format {format}). Nothing was "
                "changed. Update soptui.",
                case=header.case,
                format=header.format,
            ),
        )
    if (
        header.format != layout.FORMAT
        or not layout.is_case_id(header.case)
        or not layout.is_slug(header.sop)
        or not _DIGEST.fullmatch(header.sop_sha256)
    ):
        raise CaseFault("header", Message("The head of the case's file is not as it must be."))
    return header


def header_id(header: bytes) -> str:
    """What the first event names as `after`: the SHA-256 of the header's bytes, in hex."""
    return hashlib.sha256(header).hexdigest()


def encode_event(event: Event) -> bytes:
    """The event's block, canonical. Raises `CodecFault` for one that does not fit."""
    fields: dict[str, Any] = {
        "action": event.action.value,
        "step": event.step,
        "round": event.round,
        "by": event.by,
        "role": event.role,
        "capacity": event.capacity.value,
        "at": event.at,
        "after": event.after,
    }
    if isinstance(event.details, Register):
        letter = event.details.letter
        for field, name in zip(_LETTER, _LETTER_NAMES, strict=True):
            _encode_field(fields, field, getattr(letter, name))
    else:
        for field in _SCHEMA[event.action]:
            _encode_field(fields, field, getattr(event.details, field.name))
    data = getattr(event.details, "data", ())
    if data:
        fields["data"] = [
            {name: getattr(datum, name) for name in _DATUM if getattr(datum, name)}
            for datum in data
        ]
    if event.attachments:
        fields["attachments"] = [
            {"name": file.name, "kind": file.kind.value, "size": file.size, "sha256": file.sha256}
            for file in event.attachments
        ]
    return codec.emit_block(fields)


def decode_event(block: bytes) -> Event:
    """The event in a canonical block. Raises `CaseFault` or the codec's fault."""
    return event_from_fields(codec.parse_block(block))


def event_from_fields(fields: dict[str, Any]) -> Event:
    """The event that a parsed block holds. Raises `CaseFault`."""
    try:
        action = Action(fields["action"])
        capacity = Capacity(fields["capacity"])
    except (KeyError, ValueError):
        raise _event_fault() from None
    schema = _LETTER if action is Action.REGISTER else _SCHEMA[action]
    _check_order(fields, schema, action)
    if (
        type(fields["step"]) is not int
        or type(fields["round"]) is not int
        or type(fields["at"]) is not datetime
        or not 0 <= fields["step"] < 1000
        or not 0 < fields["round"] < 1000
        or not _are_texts(fields, "by", "role", "after")
        or not _DIGEST.fullmatch(fields["after"])
    ):
        raise _event_fault()
    values = _decode_fields(fields, schema)
    if action is Action.REGISTER:
        letter = Letter(**dict(zip(_LETTER_NAMES, _letter_values(values), strict=True)))
        details: Any = Register(letter)
    else:
        if action is Action.SUBMIT and "data" in fields:
            values["data"] = tuple(_datum(line) for line in _tables(fields, "data"))
        details = DETAILS[action](**values)
    attachments: tuple[Attachment, ...] = ()
    if "attachments" in fields:
        attachments = tuple(_attachment(line) for line in _tables(fields, "attachments"))
    return Event(
        fields["step"], fields["round"], fields["by"], fields["role"], capacity,
        fields["at"], fields["after"], details, attachments,
    )  # fmt: skip


def _encode_field(fields: dict[str, Any], field: _Field, value: Any) -> None:
    if field.required or value:
        fields[field.name] = field.encode(value) if field.encode else value


def _check_order(fields: Mapping[str, Any], schema: tuple[_Field, ...], action: Action) -> None:
    expected = [*_ENVELOPE]
    expected += [field.name for field in schema if field.required or field.name in fields]
    if action is Action.SUBMIT and "data" in fields:
        expected.append("data")
    if "attachments" in fields:
        expected.append("attachments")
    if list(fields) != expected:
        raise _event_fault()


def _decode_fields(fields: Mapping[str, Any], schema: tuple[_Field, ...]) -> dict[str, Any]:
    values = {}
    for field in schema:
        if field.name not in fields:
            continue
        value: Any = fields[field.name]
        if type(value) is not field.type or value in ("", []):
            raise _event_fault()
        if isinstance(value, list) and not all(type(item) is str and item for item in value):
            raise _event_fault()
        if field.decode is not None:
            try:
                decoded = field.decode(value)
            except ValueError:
                raise _event_fault() from None
            if field.encode is not None and field.encode(decoded) != value:
                raise _event_fault()
            value = decoded
        values[field.name] = value
    return values


def _letter_values(values: Mapping[str, Any]) -> list[Any]:
    return [values.get(field.name, "") for field in _LETTER]


def _tables(fields: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    tables = fields[name]
    if type(tables) is not list or not tables or any(type(table) is not dict for table in tables):
        raise _event_fault()
    return tables


def _datum(line: dict[str, Any]) -> Datum:
    expected = [name for name in _DATUM if name in line]
    if list(line) != expected or "indicator" not in line or not _are_texts(line, *line):
        raise _event_fault()
    return Datum(**line)


def _attachment(line: dict[str, Any]) -> Attachment:
    if (
        list(line) != ["name", "kind", "size", "sha256"]
        or not _are_texts(line, "name", "kind", "sha256")
        or type(line["size"]) is not int
        or line["size"] < 0
        or not _DIGEST.fullmatch(line["sha256"])
    ):
        raise _event_fault()
    try:
        kind = AttachmentKind(line["kind"])
    except ValueError:
        raise _event_fault() from None
    return Attachment(line["name"], kind, line["size"], line["sha256"])


def _are_texts(fields: Mapping[str, Any], *names: str) -> bool:
    return all(type(fields[name]) is str and fields[name] for name in names)


def _event_fault() -> CaseFault:
    return CaseFault("event", Message("An event of the case does not have the form it must have."))
