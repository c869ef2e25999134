"""Canonical TOML: one spelling for each document, and a refusal for everything else."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from soptui.records.files.codec import (
    BLOCK_LIMIT,
    BLOCK_START,
    CASE_LIMIT,
    DOCUMENT_LIMIT,
    CodecFault,
    block_id,
    emit_block,
    emit_document,
    parse_block,
    parse_document,
    split_case,
)
from tests.records.files.documents import NOT_CANONICAL, OFFICE, OFFICE_BYTES
from tests.support.naughty_texts import ACCEPTED, REFUSED, SURROGATES

WIB = timezone(timedelta(hours=7))

DISPOSITION = {
    "action": "dispose",
    "step": 1,
    "by": "camat-1",
    "at": datetime(2026, 11, 24, 10, 12, 7, tzinfo=WIB),
    "to": ["sekretaris", "kasubbag"],
    "numbers": [1, -2, 0],
    "note": 'Mohon "segera".\nTerima kasih \\ salam – Camat',
    "due": date(2026, 12, 1),
    "opens": time(7, 15),
    "paper": False,
    "attachments": [{"name": "surat.pdf", "size": 12345}, {"name": "lampiran.pdf", "size": 1}],
}

DISPOSITION_BLOCK = r"""
[[events]]
action = "dispose"
step = 1
by = "camat-1"
at = 2026-11-24T10:12:07+07:00
to = ["sekretaris", "kasubbag"]
numbers = [1, -2, 0]
note = "Mohon \"segera\".\nTerima kasih \\ salam – Camat"
due = 2026-12-01
opens = 07:15:00
paper = false

[[events.attachments]]
name = "surat.pdf"
size = 12345

[[events.attachments]]
name = "lampiran.pdf"
size = 1
""".encode()


def code_of(data: bytes) -> str | None:
    """The fault's code when `data` is refused as a document, else None."""
    try:
        parse_document(data)
    except CodecFault as fault:
        return fault.code
    return None


def test_a_block_is_written_in_its_one_spelling_and_read_back() -> None:
    assert emit_block(DISPOSITION) == DISPOSITION_BLOCK
    assert parse_block(DISPOSITION_BLOCK) == DISPOSITION
    assert block_id(DISPOSITION_BLOCK) == hashlib.sha256(DISPOSITION_BLOCK).hexdigest()


def test_a_document_is_written_in_its_one_spelling_and_read_back() -> None:
    assert emit_document(OFFICE) == OFFICE_BYTES
    assert parse_document(OFFICE_BYTES) == OFFICE


def test_a_table_writes_its_own_keys_before_its_tables() -> None:
    assert emit_document({"posts": {"id": "camat"}, "format": 1}) == (
        b'format = 1\n\n[posts]\nid = "camat"\n'
    )


def test_a_document_may_begin_with_a_table() -> None:
    data = b"[limits]\nattachment = 1\n"
    assert parse_document(data) == {"limits": {"attachment": 1}}
    assert emit_document({"limits": {"attachment": 1}}) == data


def test_what_is_empty_is_not_written() -> None:
    full = {"a": 1, "b": {"c": 2}}
    empty: dict[str, Any] = {
        "a": 1,
        "n": None,
        "s": "",
        "l": [],
        "t": (),
        "d": {},
        "e": {"f": {"g": ""}},
    }
    assert emit_document(empty | {"b": {"c": 2, "x": None}}) == emit_document(full)


def test_a_moment_keeps_the_offset_it_was_written_with() -> None:
    moment = parse_document(b"at = 2026-11-24T10:12:07-09:30\n")["at"]
    assert moment.utcoffset() == -timedelta(hours=9, minutes=30)
    assert emit_document({"at": moment}) == b"at = 2026-11-24T10:12:07-09:30\n"
    assert parse_document(b"at = 2026-11-24T03:12:07+00:00\n")["at"].tzinfo == UTC


def test_a_case_file_is_its_header_and_its_blocks() -> None:
    header = emit_document({"format": 1, "case": "2026-k7m3qd9x"})
    note = emit_block({"action": "note", "text": "\n\n[[events]]\n"})
    data = header + DISPOSITION_BLOCK + note + DISPOSITION_BLOCK
    assert split_case(data) == (header, [DISPOSITION_BLOCK, note, DISPOSITION_BLOCK])
    assert split_case(header) == (header, [])
    assert parse_document(data)["events"] == [
        parse_block(block) for block in (DISPOSITION_BLOCK, note, DISPOSITION_BLOCK)
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "ending"),
        (b"format = 1", "ending"),
        (b"format = 1\n\n[[events]]\na = 1", "ending"),
        (b'[[events]]\naction = "note"\n', "header"),
        (BLOCK_START + b"a = 1\n", "header"),
        (b"format = 1\nevents = 1\n" + BLOCK_START + b"a = 1\n", "header"),
        (b"format = 1\n\n[events]\na = 1\n", "header"),
        (b"format = 1\n\n[[events.data]]\na = 1\n", "header"),
        (b"a" * CASE_LIMIT + b"\n", "size"),
    ],
)
def test_a_case_file_that_cannot_be_cut_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(CodecFault) as caught:
        split_case(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("block", "code", "line"),
    [
        (b"[[events]]\na = 1\n", "block", 1),
        (b"\n\n[[events]]\na = 1\n", "block", 1),
        (b"\n[[events]]\r\na = 1\n", "block", 1),
        (b"\n[[event]]\na = 1\n", "block", 1),
        (b"\n[events]\na = 1\n", "block", 1),
        (b"\n[[events]]\n", "empty", 2),
        (b"\n[[events]]\n\n[[events]]\na = 1\n", "empty", 2),
        (b"\n[[events]]\na = 1\n\n[[events]]\na = 1\n", "block", 5),
        (b"\n[[events]]\na = 1\n\n[other]\na = 1\n", "block", 5),
        (b"\n[[events]]\na = 1\n\n[[events.data]]\n", "empty", 5),
        (b"\n[[events]]\na = 1\n\n[[events.data.more]]\na = 1\n", "grammar", 5),
        (b"\n[[events]]\na = 1\nb = 1\na = 2\n", "duplicate", 5),
        (b"\n[[events]]\na = 1\n\n", "blank-line", 4),
        (b"\n[[events]]\na = 1", "ending", 3),
        (b"\n[[events]]\na = \xff\n", "encoding", 3),
        (b'\n[[events]]\na = "' + b"x" * BLOCK_LIMIT + b'"\n', "size", 0),
        (b'\n[[events]]\na = "' + b"x" * 16384 + b'"\n', "line-length", 3),
    ],
)
def test_a_block_that_is_not_one_event_is_refused(block: bytes, code: str, line: int) -> None:
    with pytest.raises(CodecFault) as caught:
        parse_block(block)
    assert (caught.value.code, caught.value.line) == (code, line)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(data, id=f"{group}-{number}")
        for group, documents in NOT_CANONICAL.items()
        for number, data in enumerate(documents)
    ],
)
def test_a_document_that_is_not_canonical_is_refused(data: bytes) -> None:
    assert code_of(data) is not None


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_a_text_that_deceives_or_acts_on_a_terminal_is_neither_read_nor_written(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    for value in (f'"{escaped}"', f'["{escaped}"]', f'["a", "{escaped}"]'):
        assert code_of(f"a = {value}\n".encode()) in {"text", "line-length"}
    for fields in ({"a": text}, {"a": [text]}, {"a": {"b": ("c", text)}}):
        with pytest.raises(CodecFault):
            emit_document(fields)


@pytest.mark.parametrize("text", SURROGATES.values(), ids=SURROGATES.keys())
def test_a_surrogate_is_neither_read_nor_written(text: str) -> None:
    assert code_of(f'a = "{text}"\n'.encode(errors="surrogatepass")) == "encoding"
    with pytest.raises(CodecFault):
        emit_document({"a": text})


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_a_text_in_any_language_comes_back_as_it_was(text: str) -> None:
    data = emit_document({"a": text, "b": ["x", text[:1000]]})
    assert parse_document(data) == {"a": text, "b": ["x", text[:1000]]}
    assert tomllib.loads(data.decode()) == {"a": text, "b": ["x", text[:1000]]}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"A": 1}, "key"),
        ({"a b": 1}, "key"),
        ({"": 1}, "key"),
        ({"a": {"Ä": 1}}, "key"),
        ({"a": 1.5}, "kind"),
        ({"a": b"bytes"}, "kind"),
        ({"a": {1, 2}}, "kind"),
        ({"a": [1, "b"]}, "kind"),
        ({"a": [True]}, "kind"),
        ({"a": [[1]]}, "kind"),
        ({"a": [{"b": 1}, 2]}, "kind"),
        ({"a": ["b", ""]}, "text"),
        ({"a": 10**15}, "value"),
        ({"a": [-(10**15)]}, "value"),
        ({"a": datetime(2026, 11, 24, 10, 12, 7)}, "value"),
        ({"a": datetime(2026, 11, 24, 10, 12, 7, 5, tzinfo=WIB)}, "value"),
        ({"a": datetime(999, 1, 1, tzinfo=WIB)}, "value"),
        ({"a": datetime(2026, 1, 1, tzinfo=timezone(timedelta(seconds=1)))}, "value"),
        ({"a": date(3000, 1, 1)}, "value"),
        ({"a": time(7, 15, 0, 5)}, "value"),
        ({"a": time(7, 15, tzinfo=WIB)}, "value"),
        ({"a": {"b": {"c": {"d": 1}}}}, "depth"),
        ({"a": [{"b": 1}, {}]}, "empty"),
        ({}, "empty"),
        ({"a": None, "b": {"c": {}}}, "empty"),
        ({"a": "é" * 8000, "b": ["é" * 8000, "é" * 8000]}, "line-length"),
        ({"a": [{"b": "é" * 8000}] * 20}, "size"),
    ],
)
def test_what_cannot_be_written_is_refused(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(CodecFault) as caught:
        emit_document(fields)
    assert caught.value.code == code


def test_a_block_with_nothing_in_it_is_not_written() -> None:
    with pytest.raises(CodecFault):
        emit_block({"note": ""})


def test_a_fault_names_its_line_and_what_is_wrong_there() -> None:
    with pytest.raises(CodecFault) as caught:
        parse_document(b'a = 1\n\n[b]\nc = "\xe2\x80\xae"\n')
    assert (caught.value.code, caught.value.line) == ("text", 4)
    assert str(caught.value) == (
        "Line 4: The text has a character that records may not hold: U+202E at position 1."
    )


def test_the_largest_document_is_read() -> None:
    line = b'k = "' + b"x" * 7993 + b'"\n'
    assert len(line) == 8000
    sections = [line] + [b"\n[[t]]\n" + line[:-8] + b'"\n'] * (DOCUMENT_LIMIT // 8000 - 1)
    data = b"".join(sections)
    assert len(data) <= DOCUMENT_LIMIT
    assert emit_document(parse_document(data)) == data
