"""The keys of an event's block: the fields of what it carries, in their order, by their types.

A field without a default must be there, and so must a value out of a list; all others are left out
when they are empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, partial
from typing import Any, NamedTuple, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

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
from soptui.domain.office import Capacity

_NAMES = {"number": "letter_number", "date": "letter_date", "received": "received_at"}
"""The keys of a letter that are named otherwise than its fields: a block has no table for it."""

_EMPTY: tuple[object, ...] = ("", [])


class _Form(NamedTuple):
    """How a value stands in TOML: as what, and how it is read and written.

    `read` raises `ValueError` for what `write` would not have written.
    """

    type: type
    read: Callable[[Any], Any] | None = None
    write: Callable[[Any], Any] | None = None
    always: bool = False


class Key(NamedTuple):
    """A key of a block, and the field whose value it holds."""

    name: str
    field: str
    form: _Form
    required: bool


_KEYS: dict[type[Struct], tuple[Key, ...]] = {}


def keys_of(kind: type[Struct]) -> tuple[Key, ...]:
    """The keys for the fields of a type, in the order in which they stand.

    Of an event, those that are its own: what it carries has keys of its own.
    """
    keys = _KEYS.get(kind)
    if keys is None:
        own = (field for field in fields(kind) if field.name != "details")
        keys = _KEYS[kind] = tuple(_key(kind, field) for field in own)
    return keys


def _key(kind: type[Struct], field: FieldInfo) -> Key:
    name = _NAMES.get(field.name, field.name) if kind is Letter else field.name
    form = _FORMS[_behind_ids(field.type)]
    return Key(name, field.name, form, field.required or form.always)


def _behind_ids(kind: Any) -> Any:
    """The type of which the values of a type are: ids are texts."""
    if get_origin(kind) is tuple:
        return tuple[tuple(map(_behind_ids, get_args(kind)))]  # type: ignore[misc]
    return getattr(kind, "__supertype__", kind)


class BlockKeys(NamedTuple):
    """The keys of a block behind `action`: all in their order, the event's own, and the carried.

    The first of its own are the envelope; the last, behind what is carried, holds the attachments.
    """

    all: tuple[Key, ...]
    own: tuple[Key, ...]
    carried: tuple[Key, ...]


@cache
def keys_of_block(action: Action) -> BlockKeys:
    """The keys of the blocks of an action; a registration carries the fields of the letter."""
    kind = DETAILS[action]
    own, carried = keys_of(Event), keys_of(Letter if kind is Register else kind)
    *envelope, attachments = own
    return BlockKeys((*envelope, *carried, attachments), own, carried)


def names_in(keys: tuple[Key, ...], block: Mapping[str, Any]) -> list[str]:
    """The names that must stand in a block, in their order, given those that are there."""
    return [key.name for key in keys if key.required or key.name in block]


def read_values(keys: tuple[Key, ...], block: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the fields, by their names. Raises `ValueError` where not canonical."""
    values = {}
    for name, field, (kind, read, _, _), _ in keys:
        if name not in block:
            continue
        value = block[name]
        if type(value) is not kind or value in _EMPTY:
            raise ValueError(name)
        values[field] = value if read is None else read(value)
    return values


def written_values(keys: tuple[Key, ...], carrier: object) -> dict[str, Any]:
    """The keys and values of a block for what an event carries."""
    values = {}
    for name, field, form, required in keys:
        value = getattr(carrier, field)
        if required or value:
            values[name] = value if form.write is None else form.write(value)
    return values


def _read_texts(values: list[Any]) -> tuple[str, ...]:
    if not all(type(value) is str and value for value in values):
        raise ValueError(values)
    return tuple(values)


def _read_pairs(values: list[Any]) -> tuple[tuple[int, int], ...]:
    found = [re.fullmatch(r"(\d{1,3})=(\d{1,3})", text) for text in _read_texts(values)]
    pairs = tuple((int(pair[1]), int(pair[2])) for pair in found if pair)
    if _written_pairs(pairs) != values:
        raise ValueError(values)
    return pairs


def _written_pairs(pairs: tuple[tuple[int, int], ...]) -> list[str]:
    return [f"{old}={new}" for old, new in pairs]


def _read_tables(kind: type[Struct], tables: list[Any]) -> tuple[Any, ...]:
    keys = keys_of(kind)
    found = []
    for table in tables:
        if type(table) is not dict or list(table) != names_in(keys, table):
            raise ValueError(table)
        found.append(kind(**read_values(keys, table)))
    return tuple(found)


def _written_tables(values: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [written_values(keys_of(type(value)), value) for value in values]


def _one_of(choices: type) -> _Form:
    return _Form(str, choices, str, always=True)


def _tables_of(kind: type[Struct]) -> _Form:
    return _Form(list, partial(_read_tables, kind), _written_tables)


_FORMS: Mapping[Any, _Form] = {
    str: _Form(str),
    int: _Form(int),
    Capacity: _one_of(Capacity),
    date: _Form(date),
    date | None: _Form(date),
    datetime: _Form(datetime),
    Urgency: _one_of(Urgency),
    Security: _one_of(Security),
    AttachmentKind: _one_of(AttachmentKind),
    tuple[str, ...]: _Form(list, _read_texts, list),
    tuple[tuple[int, int], ...]: _Form(list, _read_pairs, _written_pairs),
    tuple[Datum, ...]: _tables_of(Datum),
    tuple[Attachment, ...]: _tables_of(Attachment),
}
"""How each type of a field stands in a block."""
