"""The case's file: its header, and events to canonical blocks and back.

Decoding refuses anything that encoding would not have written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from soptui.domain.case import CaseHeader
from soptui.domain.events import DETAILS, Action, Event, Letter, Register
from soptui.domain.ids import EventId
from soptui.domain.message import Message, Refusal
from soptui.records.files import codec, layout
from soptui.records.files.event_keys import keys_of_block, names_in, read_values, written_values

_DIGEST = re.compile(r"[0-9a-f]{64}")


class CaseFault(Refusal):
    """A case's file does not have the form that the record format prescribes."""

    def __init__(self, code: str, message: Message) -> None:
        super().__init__(message)
        self.code = code


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


def header_id(header: bytes) -> EventId:
    """What the first event names as `after`: the SHA-256 of the header's bytes, in hex."""
    return EventId(hashlib.sha256(header).hexdigest())


def encode_event(event: Event) -> bytes:
    """The event's block, canonical. Raises `CodecFault` for one that does not fit."""
    keys, details = keys_of_block(event.action), event.details
    own = written_values(keys.own, event)
    attachments = own.pop("attachments", None)
    block = {"action": event.action.value, **own}
    block |= written_values(
        keys.carried, details.letter if isinstance(details, Register) else details
    )
    if attachments is not None:
        block["attachments"] = attachments
    return codec.emit_block(block)


def decode_event(block: bytes) -> Event:
    """The event in a canonical block. Raises `CaseFault` or the codec's fault."""
    return event_from_fields(codec.parse_block(block))


def event_from_fields(block: Mapping[str, Any]) -> Event:
    """The event that a parsed block holds. Raises `CaseFault`."""
    try:
        action = Action(block["action"])
        keys = keys_of_block(action)
        if list(block) != ["action", *names_in(keys.all, block)]:
            raise _event_fault()
        own = read_values(keys.own, block)
        carried = read_values(keys.carried, block)
    except (KeyError, ValueError):
        raise _event_fault() from None
    if action is Action.REGISTER:
        carried = {"letter": Letter(**carried)}
    event = Event(details=DETAILS[action](**carried), **own)
    if (
        not 0 <= event.step < 1000
        or not 0 < event.round < 1000
        or not _DIGEST.fullmatch(event.after)
        or any(file.size < 0 or not _DIGEST.fullmatch(file.sha256) for file in event.attachments)
    ):
        raise _event_fault()
    return event


def _event_fault() -> CaseFault:
    return CaseFault("event", Message("An event of the case does not have the form it must have."))
