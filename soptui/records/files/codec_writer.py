"""Values to canonical TOML; the rules are in `soptui.records.files.codec`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from soptui.domain.message import Message
from soptui.domain.text import fault_of
from soptui.records.files.codec_grammar import (
    BLOCK_LIMIT,
    DOCUMENT_LIMIT,
    CodecFault,
    check_lines,
    check_size,
    empty_table,
    match_instant,
    match_key,
    match_plain,
)


def emit_document(document: Mapping[str, Any]) -> bytes:
    """The canonical bytes of `document`, keys in their order, each table's own keys first.

    What is None or empty is left out. Raises `CodecFault` when a value cannot be written.
    """
    body, children = _scalars_and_tables(document)
    sections = ["\n".join(body)] if body else []
    for name, child in children:
        _emit_table(sections, "", name, child)
    return _bytes_of(sections, "", DOCUMENT_LIMIT)


def emit_block(fields: Mapping[str, Any]) -> bytes:
    """The canonical bytes of one block with `fields`, as `emit_document` writes a table.

    Raises `CodecFault` when a value cannot be written.
    """
    sections: list[str] = []
    _emit_table(sections, "", "events", [fields])
    return _bytes_of(sections, "\n", BLOCK_LIMIT)


def _emit_table(sections: list[str], parent: str, name: str, child: Any) -> None:
    path = f"{parent}.{name}" if parent else name
    many = not isinstance(child, Mapping)
    for table in child if many else (child,):
        body, children = _scalars_and_tables(table)
        if parent and children:
            raise CodecFault("depth", 0, Message("Tables nest two deep, {path} deeper.", path=path))
        place = len(sections)
        for sub_name, sub in children:
            _emit_table(sections, name, sub_name, sub)
        if body or len(sections) > place:
            sections.insert(place, "\n".join([f"[[{path}]]" if many else f"[{path}]", *body]))
        elif many:
            raise empty_table(0)


def _scalars_and_tables(table: Mapping[str, Any]) -> tuple[list[str], list[tuple[str, Any]]]:
    lines: list[str] = []
    tables: list[tuple[str, Any]] = []
    for key, value in table.items():
        if value is None or value == "":
            continue
        _check_key(key)
        encode = _ENCODERS.get(type(value))
        if encode is not None:
            lines.append(f"{key} = {encode(value)}")
        elif isinstance(value, Mapping):
            tables.append((key, value))
        elif not isinstance(value, (list, tuple)):
            raise _no_such_kind(value)
        elif not value:
            continue
        elif all(isinstance(item, Mapping) for item in value):
            tables.append((key, value))
        else:
            lines.append(f"{key} = {_encode_array(value)}")
    return lines, tables


@lru_cache(maxsize=1024)
def _check_key(key: str) -> None:
    if not match_key(key):
        raise CodecFault("key", 0, Message("A key cannot be written: {key}", key=key))


def _encode_string(text: str) -> str:
    if match_plain(text):
        return f'"{text}"'
    fault = fault_of(text) if text else Message("An empty text cannot be written in a list.")
    if fault is not None:
        raise CodecFault("text", 0, fault)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _encode_integer(value: int) -> str:
    if not -(10**15) < value < 10**15:
        raise CodecFault("value", 0, Message("A whole number has at most fifteen digits."))
    return str(value)


def _encode_bool(value: bool) -> str:
    return "true" if value else "false"


def _encode_instant(value: datetime | date | time) -> str:
    text = value.isoformat()
    if not match_instant[type(value)](text):
        reason = Message("A date or time of this form cannot be written: {value}", value=text)
        raise CodecFault("value", 0, reason)
    return text


def _encode_array(items: Sequence[Any]) -> str:
    kinds = {type(item) for item in items}
    if kinds == {str}:
        return f"[{', '.join(map(_encode_string, items))}]"
    if kinds == {int}:
        return f"[{', '.join(map(_encode_integer, items))}]"
    raise _no_such_kind(items)


def _no_such_kind(value: object) -> CodecFault:
    kind = type(value).__name__
    return CodecFault("kind", 0, Message("Records hold no value of this kind: {kind}", kind=kind))


_ENCODERS: dict[type, Callable[[Any], str]] = {
    str: _encode_string,
    int: _encode_integer,
    bool: _encode_bool,
    datetime: _encode_instant,
    date: _encode_instant,
    time: _encode_instant,
}


def _bytes_of(sections: list[str], start: str, limit: int) -> bytes:
    if not sections:
        raise empty_table(0)
    data = (start + "\n\n".join(sections) + "\n").encode()
    check_size(data, limit)
    check_lines(data)
    return data
