"""The grammar of canonical TOML: what a line may be, how large things may get, and the faults."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from soptui.domain.message import Message, Refusal
from soptui.domain.text import MAXIMUM_CHARACTERS

LINE_LIMIT = 16 * 1024
"""Longest line, in bytes."""
BLOCK_LIMIT = 64 * 1024
"""Largest block of a case file, in bytes."""
DOCUMENT_LIMIT = 256 * 1024
"""Largest record file other than a case, in bytes."""
CASE_LIMIT = 4 * 1024 * 1024
"""Largest case file, in bytes."""

_KEY = r"[a-z][a-z0-9_]{0,31}"
_PLAIN = rf"(?= *+[!#-\[\]-~])[ !#-\[\]-~]{{1,{MAXIMUM_CHARACTERS}}}+"
_STRING = r'"(?:[^"\\]|\\["\\n])++"'
_INTEGER = r"(?:0|-?[1-9][0-9]{0,14})"
_DATE = r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_MOMENT = rf"{_DATE}T{_TIME}(?:\+|-(?!00:00))(?:[01][0-9]|2[0-3]):[0-5][0-9]"

# The groups after the key are the kinds of value, in the order of the decoders of
# `soptui.records.files.codec`. Plain strings, which need neither unescaping nor the text rule, come
# first because most values are plain. Repetitions are possessive, so that nothing is tried twice;
# those of whole items are not, because Python before 3.11.5 takes the wrong end of a possessive
# group (its issue 106052), and an item given back fails at its bracket at once.
match_line = re.compile(
    rf"({_KEY}) = (?:"
    rf'"({_PLAIN})"'
    rf"|({_STRING})"
    rf"|({_INTEGER})"
    rf"|({_MOMENT})"
    rf"|(true|false)"
    rf"|\[((?:{_STRING}, )*{_STRING})\]"
    rf"|\[((?:{_INTEGER}, )*{_INTEGER})\]"
    rf"|({_DATE})"
    rf"|({_TIME})"
    rf")"
).fullmatch
"""A whole line `key = value`: group 1 is the key, group `lastindex` the value."""

match_header = re.compile(rf"\[\[({_KEY})(?:\.({_KEY}))?\]\]|\[({_KEY})(?:\.({_KEY}))?\]").fullmatch
"""A whole header line: groups 1 and 2 of an array of tables, 3 and 4 of a table."""

match_key = re.compile(_KEY).fullmatch
match_plain = re.compile(_PLAIN).fullmatch
"""A text that is written as it is and needs no check."""

match_instant = {
    datetime: re.compile(_MOMENT).fullmatch,
    date: re.compile(_DATE).fullmatch,
    time: re.compile(_TIME).fullmatch,
}

find_strings = re.compile(_STRING).findall
"""The quoted strings of the inside of an array of strings."""


class CodecFault(Refusal):
    """The bytes are not canonical, or the values cannot be written.

    `code` is stable; `line` counts from 1 within what was given, 0 where no line is at fault;
    `reason` says what is wrong without the line.
    """

    def __init__(self, code: str, line: int, reason: Message) -> None:
        super().__init__(
            Message("Line {line}: {reason}", line=line, reason=reason) if line else reason
        )
        self.code = code
        self.line = line
        self.reason = reason


def check_size(data: bytes, limit: int) -> None:
    """Raise `CodecFault` when `data` is larger than `limit`."""
    if len(data) > limit:
        # Only here, so that Git's merge driver need not load the library of records.
        from soptui.domain.size import Size

        reason = Message(
            "It has {size}, which is more than the {limit} allowed.",
            size=Size(len(data)),
            limit=Size(limit),
        )
        raise CodecFault("size", 0, reason)


def check_lines(data: bytes) -> None:
    """Raise `CodecFault` when a line of `data` is too long, or its last is not a whole line."""
    if not data.endswith(b"\n"):
        raise no_last_line_feed(data)
    if len(data) <= LINE_LIMIT:
        return
    for number, line in enumerate(data.split(b"\n"), 1):
        if len(line) > LINE_LIMIT:
            from soptui.domain.size import Size

            reason = Message("The line is longer than {limit}.", limit=Size(LINE_LIMIT))
            raise CodecFault("line-length", number, reason)


def no_last_line_feed(data: bytes) -> CodecFault:
    """The last line of `data` is not a whole line."""
    reason = Message("The last line does not end with a line feed.")
    return CodecFault("ending", data.count(b"\n") + 1, reason)


def line_fault(line: str, number: int) -> CodecFault:
    """Why `line`, which is no canonical `key = value`, is refused."""
    if not line:
        reason = Message("A blank line stands only once, and only before the header of a table.")
        return CodecFault("blank-line", number, reason)
    if match_header(line):
        reason = Message("One blank line stands before the header of a table.")
        return CodecFault("blank-line", number, reason)
    if line.startswith("\ufeff"):
        return CodecFault("encoding", number, Message("The file begins with a byte-order mark."))
    if line.endswith((' = ""', " = []")):
        return CodecFault("empty", number, Message("An empty value is not written: leave it out."))
    reason = Message("The line is not written in the canonical form of records.")
    return CodecFault("grammar", number, reason)


def misplaced(name: str, number: int) -> CodecFault:
    """A table's header stands where canonical order has no place for it."""
    reason = Message("The table {name} stands twice or in the wrong place.", name=name)
    return CodecFault("order", number, reason)


def empty_table(number: int) -> CodecFault:
    """A table is written that holds nothing."""
    return CodecFault("empty", number, Message("A table holds at least one value."))
