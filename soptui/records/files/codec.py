"""The canonical TOML of every record file, both ways.

Each document has exactly one spelling, so that `emit(parse(data)) == data` for all that is
accepted: digests and signatures then speak of content. The grammar is a small, line by line
subset of TOML 1.0 (docs/record-format.md): every line is matched once by a regular expression
that cannot backtrack, tables nest two deep, and sizes are checked first, so that no input takes
more than linear time, recurses, or raises anything but `CodecFault`.

Empty strings, arrays and tables are not written: what is empty is absent.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Any

from soptui.domain.ids import EventId
from soptui.domain.message import Message
from soptui.domain.text import fault_of
from soptui.records.files.codec_grammar import (
    BLOCK_LIMIT,
    CASE_LIMIT,
    DOCUMENT_LIMIT,
    CodecFault,
    check_lines,
    check_size,
    empty_table,
    find_strings,
    line_fault,
    match_header,
    match_line,
    misplaced,
    no_last_line_feed,
)
from soptui.records.files.codec_writer import emit_block, emit_document

__all__ = [
    "BLOCK_LIMIT",
    "BLOCK_START",
    "CASE_LIMIT",
    "DOCUMENT_LIMIT",
    "CodecFault",
    "Table",
    "block_id",
    "emit_block",
    "emit_document",
    "parse_block",
    "parse_document",
    "split_case",
]

BLOCK_START = b"\n[[events]]\n"
"""The bytes every block of a case file begins with."""

Table = dict[str, Any]
"""Keys with values: str, int, bool, aware datetime, date, naive time, lists of str or of int, a
`Table`, or a list of `Table`."""

_ESCAPES = re.compile(r"\\(.)")
_HEADER_CLASH = re.compile(rb"^(?:events = |\[\[?events[\].])", re.MULTILINE)


def parse_document(data: bytes) -> Table:
    """The values of a whole document. Raises `CodecFault`."""
    return _parse(_text_of(data, DOCUMENT_LIMIT), first_line=1, only=None)


def split_case(data: bytes) -> tuple[bytes, list[bytes]]:
    """The header and the blocks of a case file: `data == header + b"".join(blocks)`.

    Only the cutting is checked here. The header is read by `parse_document`, a block by
    `parse_block`. Raises `CodecFault`.
    """
    check_size(data, CASE_LIMIT)
    if not data.endswith(b"\n"):
        raise no_last_line_feed(data)
    header, *bodies = data[:-1].split(b"\n" + BLOCK_START)
    clash = _HEADER_CLASH.search(header)
    if clash is not None:
        reason = Message("The header of a case has no table or key named events.")
        raise CodecFault("header", header.count(b"\n", 0, clash.start()) + 1, reason)
    return header + b"\n", [BLOCK_START + body + b"\n" for body in bodies]


def parse_block(block: bytes) -> Table:
    """The fields of one block, its `[[events.name]]` sub-tables as lists of tables.

    Lines are counted from the block's own first, which is blank. Raises `CodecFault`.
    """
    text = _text_of(block, BLOCK_LIMIT)
    if not block.startswith(BLOCK_START):
        reason = Message("A block begins with a blank line and the line [[events]].")
        raise CodecFault("block", 1, reason)
    fields: Table = _parse(text[1:], first_line=2, only="events")["events"][0]
    return fields


def block_id(block: bytes) -> EventId:
    """The SHA-256 of a block, or of a case's header, in hexadecimal: what `after` names."""
    return EventId(hashlib.sha256(block).hexdigest())


def _text_of(data: bytes, limit: int) -> str:
    check_size(data, limit)
    check_lines(data)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CodecFault("encoding", line, Message("The bytes are not UTF-8.")) from None


def _parse(text: str, first_line: int, only: str | None) -> Table:
    """The values of `text`; with `only`, exactly one element of the array of tables so named."""
    document = _Document()
    number = first_line
    # No string holds a raw line feed, so blank lines are exactly the borders of sections.
    for section in text[:-1].split("\n\n"):
        lines = section.split("\n")
        if number == first_line and match_header(lines[0]) is None:
            _read_fields(document.root, lines, number)
        else:
            table = document.open(lines[0], number)
            _read_fields(table, lines[1:], number + 1)
            document.close(number, bool(table))
        if only is not None and (document.name != only or len(document.root[only]) != 1):
            reason = Message("A block holds one event and its own tables, nothing else.")
            raise CodecFault("block", number, reason)
        number += len(lines) + 1
    document.finish()
    return document.root


class _Document:
    """The tables read so far; places each next one where canonical order allows it."""

    __slots__ = ("_bare_at", "_parent", "_sub", "name", "root")

    def __init__(self) -> None:
        self.root: Table = {}
        self.name: str | None = None
        self._sub: str | None = None
        self._parent: Table = self.root
        # The line of a top-level header without keys, which only a table of its own can justify.
        self._bare_at = 0

    def open(self, header: str, number: int) -> Table:
        match = match_header(header)
        if match is None:
            raise line_fault(header, number)
        many = match[1] is not None
        name, sub = (match[1], match[2]) if many else (match[3], match[4])
        table: Table = {}
        if sub is None:
            self.finish()
            _place(self.root, name, many, self.name, table, number)
            self.name, self._sub, self._parent = name, None, table
        elif name == self.name:
            _place(self._parent, sub, many, self._sub, table, number)
            self._sub, self._bare_at = sub, 0
        else:
            raise misplaced(header, number)
        return table

    def close(self, number: int, has_fields: bool) -> None:
        if not has_fields and self._sub is not None:
            raise empty_table(number)
        if not has_fields:
            self._bare_at = number

    def finish(self) -> None:
        if self._bare_at:
            raise empty_table(self._bare_at)


def _place(
    parent: Table, name: str, many: bool, latest: str | None, table: Table, number: int
) -> None:
    if name not in parent:
        parent[name] = [table] if many else table
    elif many and name == latest and isinstance(parent[name], list):
        parent[name].append(table)
    else:
        raise misplaced(name, number)


def _read_fields(table: Table, lines: list[str], number: int) -> None:
    for offset, line in enumerate(lines):
        match = match_line(line)
        if match is None:
            raise line_fault(line, number + offset)
        kind = match.lastindex or 0
        key = match[1]
        if key in table:
            raise CodecFault(
                "duplicate", number + offset, Message("The key {key} stands twice.", key=key)
            )
        if kind == 2:
            table[key] = match[2]
            continue
        try:
            table[key] = _DECODERS[kind](match[kind])
        except CodecFault as fault:
            raise CodecFault(fault.code, number + offset, fault.reason) from None
        except ValueError:
            reason = Message("There is no such day: {value}", value=match[kind])
            raise CodecFault("value", number + offset, reason) from None


def _decode_string(quoted: str) -> str:
    text = quoted[1:-1]
    if "\\" in text:
        text = _ESCAPES.sub(_unescaped, text)
    fault = fault_of(text)
    if fault is not None:
        raise CodecFault("text", 0, fault)
    return text


def _unescaped(escape: re.Match[str]) -> str:
    return "\n" if escape[1] == "n" else escape[1]


def _decode_strings(items: str) -> list[str]:
    return [_decode_string(quoted) for quoted in find_strings(items)]


def _decode_integers(items: str) -> list[int]:
    return [int(item) for item in items.split(", ")]


def _decode_moment(text: str) -> datetime:
    return datetime.fromisoformat(text[:19]).replace(tzinfo=_zone(text[19:]))


@lru_cache(maxsize=64)
def _zone(offset: str) -> timezone:
    minutes = int(offset[1:3]) * 60 + int(offset[4:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def _decode_bool(text: str) -> bool:
    return text == "true"


_DECODERS: tuple[Callable[[str], object], ...] = (
    str,
    str,
    str,
    _decode_string,
    int,
    _decode_moment,
    _decode_bool,
    _decode_strings,
    _decode_integers,
    date.fromisoformat,
    time.fromisoformat,
)
