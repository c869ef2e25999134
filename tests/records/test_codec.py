"""Canonical TOML: one spelling for each document, and a refusal for everything else."""

from __future__ import annotations

import hashlib
import tomllib
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from soptui.domain.text import fault_of
from soptui.records.codec import (
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
from tests.records.naughty import ACCEPTED, REFUSED, SURROGATES

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

OFFICE = {
    "format": 1,
    "limits": {"attachment": 1048576},
    "posts": [
        {"id": "camat", "from": date(2021, 12, 1), "keys": [{"key": "a"}, {"key": "b"}]},
        {"id": "sekretaris", "address": {"street": "Jalan Raya"}},
    ],
    "signs": {"first": {"by": "camat"}},
}

OFFICE_BYTES = b"""\
format = 1

[limits]
attachment = 1048576

[[posts]]
id = "camat"
from = 2021-12-01

[[posts.keys]]
key = "a"

[[posts.keys]]
key = "b"

[[posts]]
id = "sekretaris"

[posts.address]
street = "Jalan Raya"

[signs]

[signs.first]
by = "camat"
"""


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


# In the spirit of toml-test's invalid documents, and beyond them what is TOML but not canonical.
NOT_CANONICAL = {
    "empty": [b"", b"\n", b" ", b"#", b"\n\n"],
    "encoding": [
        b"\xef\xbb\xbfa = 1\n",
        b'a = "\xff"\n',
        b'a = "\xed\xa0\x80"\n',
        b"\xfe\xff\0a\n",
    ],
    "line ends": [b"a = 1", b"a = 1\r\n", b"a = 1\rb = 2\n", b"a = 1\n\r\n[b]\nc = 1\n"],
    "blank lines": [
        b"\na = 1\n",
        b"a = 1\n\n",
        b"a = 1\n\nb = 2\n",
        b"a = 1\n[b]\nc = 1\n",
        b"a = 1\n\n\n[b]\nc = 1\n",
        b"[b]\n\nc = 1\n",
        b"\n[b]\nc = 1\n",
    ],
    "spaces": [b"a=1\n", b"a  = 1\n", b"a = 1 \n", b" a = 1\n", b"a\t= 1\n", b"[ b ]\nc = 1\n"],
    "comments": [b"# a\na = 1\n", b"a = 1 # one\n", b"[b] # c\nc = 1\n"],
    "keys": [
        b" = 1\n",
        b"a\n",
        b"a =\n",
        b"a = \n",
        b"A = 1\n",
        b"_a = 1\n",
        b"1a = 1\n",
        b"a-b = 1\n",
        b'"a" = 1\n',
        b"'a' = 1\n",
        b"a.b = 1\n",
        b"a = 1 b = 2\n",
        "á = 1\n".encode(),
        b"a" * 33 + b" = 1\n",
        b"a = 1\na = 1\n",
        b"[a]\nb = 1\nb = 2\n",
    ],
    "tables": [
        b"[]\na = 1\n",
        b"[a\nb = 1\n",
        b"a]\nb = 1\n",
        b"[[a]\nb = 1\n",
        b"[a]]\nb = 1\n",
        b"[ [a]]\nb = 1\n",
        b"[a.]\nb = 1\n",
        b"[.a]\nb = 1\n",
        b"[a..b]\nc = 1\n",
        b"[a.b]\nc = 1\n",
        b"[a.b.c]\nd = 1\n",
        b'["a"]\nb = 1\n',
        b"[A]\nb = 1\n",
        b"[a]\n",
        b"[[a]]\n",
        b"[a]\n\n[b]\nc = 1\n",
        b"[a]\nb = 1\n\n[a]\nc = 1\n",
        b"[a]\nb = 1\n\n[[a]]\nc = 1\n",
        b"[[a]]\nb = 1\n\n[a]\nc = 1\n",
        b"a = 1\n\n[a]\nb = 1\n",
        b'a = ["b"]\n\n[[a]]\nb = 1\n',
        b"[[a]]\nb = 1\n\n[c]\nd = 1\n\n[[a]]\nb = 2\n",
        b"[a]\nb = 1\n\n[c]\nd = 1\n\n[a.e]\nf = 1\n",
        b"[a]\nb = 1\n\n[a.b]\nc = 1\n",
        b"[a]\nb = [1]\n\n[[a.b]]\nc = 1\n",
        b"[a]\nb = 1\n\n[a.c]\nd = 1\n\n[a.c]\ne = 1\n",
        b"[a]\nb = 1\n\n[[a.c]]\nd = 1\n\n[a.e]\nf = 1\n\n[[a.c]]\nd = 1\n",
        b"[a]\nb = 1\n\n[a.c]\n",
    ],
    "strings": [
        b'a = ""\n',
        b"a = 'b'\n",
        b"a = b\n",
        b'a = "b\n',
        b'a = b"\n',
        b'a = "b"c"\n',
        b'a = "b""c"\n',
        b'a = "b" "c"\n',
        b'a = """b"""\n',
        b'a = """\nb"""\n',
        b"a = '''b'''\n",
        b'a = "\\"\n',
        b'a = "\\t"\n',
        b'a = "\\/"\n',
        b'a = "\\x41"\n',
        b'a = "\\u0041"\n',
        b'a = "\\U00000041"\n',
        b'a = "\\ud800"\n',
        b'a = "\\u001b[31m"\n',
        b'a = "\\q"\n',
        b'a = "b\\\n  c"\n',
    ],
    "integers": [
        b"a = +1\n",
        b"a = -0\n",
        b"a = 01\n",
        b"a = 1_000\n",
        b"a = 0x1f\n",
        b"a = 0o7\n",
        b"a = 0b1\n",
        b"a = 1234567890123456\n",
        b"a = " + b"9" * 5000 + b"\n",
        "a = \u0661\n".encode(),
        "a = \uff11\n".encode(),
    ],
    "floats": [b"a = 1.0\n", b"a = 1e3\n", b"a = nan\n", b"a = -inf\n", b"a = .5\n", b"a = 5.\n"],
    "booleans": [b"a = True\n", b"a = TRUE\n", b"a = yes\n", b"a = truer\n", b"a = null\n"],
    "arrays": [
        b"a = []\n",
        b"a = [ 1 ]\n",
        b"a = [1,2]\n",
        b"a = [1, 2,]\n",
        b"a = [1, 2, ]\n",
        b"a = [1,  2]\n",
        b"a = [\n1]\n",
        b"a = [1\n",
        b"a = 1]\n",
        b'a = [1, "b"]\n',
        b"a = [true]\n",
        b"a = [1.5]\n",
        b"a = [[1]]\n",
        b"a = [2026-11-24]\n",
        b'a = [""]\n',
        b'a = ["b", ""]\n',
        b"a = ['b']\n",
        b'a = ["b" "c"]\n',
        b"a = [1, 01]\n",
    ],
    "inline tables": [b"a = {}\n", b"a = {b = 1}\n", b"a = [{b = 1}]\n"],
    "dates and times": [
        b"a = 2026-11-24T10:12:07Z\n",
        b"a = 2026-11-24T10:12:07\n",
        b"a = 2026-11-24 10:12:07+07:00\n",
        b"a = 2026-11-24t10:12:07+07:00\n",
        b"a = 2026-11-24T10:12+07:00\n",
        b"a = 2026-11-24T10:12:07.5+07:00\n",
        b"a = 2026-11-24T10:12:07+0700\n",
        b"a = 2026-11-24T10:12:07+07\n",
        b"a = 2026-11-24T10:12:07-00:00\n",
        b"a = 2026-11-24T10:12:07+24:00\n",
        b"a = 2026-11-24T10:12:07+07:60\n",
        b"a = 2026-11-24T24:00:00+07:00\n",
        b"a = 2026-11-24T23:60:00+07:00\n",
        b"a = 2026-12-31T23:59:60+07:00\n",
        b"a = 2026-02-29T10:12:07+07:00\n",
        b"a = 2026-02-29\n",
        b"a = 2026-13-01\n",
        b"a = 2026-00-01\n",
        b"a = 2026-01-00\n",
        b"a = 2026-04-31\n",
        b"a = 0001-01-01\n",
        b"a = 9999-12-31\n",
        b"a = 26-1-1\n",
        b"a = 2026-W48-2\n",
        b"a = 20261124\n1 = 1\n",
        b"a = 07:15\n",
        b"a = 7:15:00\n",
        b"a = 24:00:00\n",
        b"a = 07:15:00.5\n",
    ],
    "bombs": [
        b"a" + b".a" * 30_000 + b" = 1\n",
        b"a = " + b"[" * 8_000 + b"]" * 8_000 + b"\n",
        b"[" + b"a." * 30_000 + b"a]\n",
        b'a = ["' + b'\\"' * 8_000 + b"\n",
        b"a = [" + b'"b", ' * 3_000 + b"]\n",
        b'a = "' * 3_000 + b"\n",
        b"\n" * 200_000,
        b"[a]\n\n" * 40_000,
        b'a = "' + b"b" * 16_384 + b'"\n',
        b"a = 1\n" * 50_000,
    ],
}


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


keys = st.from_regex(r"[a-z][a-z0-9_]{0,31}", fullmatch=True)
texts = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "M"])
    | st.sampled_from('\n"\\'),
    min_size=1,
    max_size=60,
).filter(lambda text: fault_of(text) is None)
integers = st.integers(-(10**15) + 1, 10**15 - 1)
offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda m: timezone(timedelta(minutes=m)))
dates = st.dates(date(1000, 1, 1), date(2999, 12, 31))
times = st.times().map(lambda value: value.replace(microsecond=0))
moments = st.builds(datetime.combine, dates, times, offsets)
scalars = (
    texts
    | integers
    | st.booleans()
    | moments
    | dates
    | times
    | st.lists(texts, min_size=1, max_size=4)
    | st.lists(integers, min_size=1, max_size=4)
)
leaves = st.dictionaries(keys, scalars, min_size=1, max_size=4)
branches = st.dictionaries(
    keys, scalars | leaves | st.lists(leaves, min_size=1, max_size=3), min_size=1, max_size=4
)
documents = st.dictionaries(
    keys, scalars | branches | st.lists(branches, min_size=1, max_size=3), min_size=1, max_size=4
)


@given(documents)
@example(OFFICE)
def test_what_is_written_is_read_back_and_tomllib_agrees(document: dict[str, Any]) -> None:
    data = emit_document(document)
    assert parse_document(data) == document
    assert tomllib.loads(data.decode()) == document
    assert emit_document(parse_document(data)) == data


@given(st.lists(branches, max_size=4))
def test_a_case_is_cut_where_it_was_joined(events: list[dict[str, Any]]) -> None:
    blocks = [emit_block(event) for event in events]
    header = emit_document({"format": 1})
    assert split_case(header + b"".join(blocks)) == (header, blocks)
    assert [parse_block(block) for block in blocks] == events


@given(documents, st.data())
def test_a_changed_byte_is_refused_or_means_something_else(
    document: dict[str, Any], data: st.DataObject
) -> None:
    original = emit_document(document)
    position = data.draw(st.integers(0, len(original) - 1))
    changed = bytearray(original)
    changed[position] = data.draw(st.integers(0, 255).filter(lambda b: b != original[position]))
    _assert_refused_or_different(bytes(changed), original)


@given(documents, st.data())
def test_a_moved_piece_is_refused_or_means_something_else(
    document: dict[str, Any], data: st.DataObject
) -> None:
    original = emit_document(document)
    cuts = sorted(data.draw(st.integers(0, len(original))) for _ in range(3))
    first, second, third = cuts
    changed = original[:first] + original[second:third] + original[first:second] + original[third:]
    if changed != original:
        _assert_refused_or_different(changed, original)


def _assert_refused_or_different(changed: bytes, original: bytes) -> None:
    try:
        values = parse_document(changed)
    except CodecFault:
        return
    assert emit_document(values) == changed
    assert tomllib.loads(changed.decode()) == values


lines = st.sampled_from(
    """a = 1
b = 2
c = "\\n"
d = [1, 2]
é = "x"
[a]
[b]
[a.b]
[a.c]
[[a]]
[[b]]
[[a.b]]
[[events]]
[[events.a]]
[events.b]
\ufeff


""".splitlines()
)


@given(st.lists(lines, max_size=14).map(lambda chosen: "\n".join(chosen).encode() + b"\n"))
def test_lines_in_any_order_are_refused_or_are_what_tomllib_reads(data: bytes) -> None:
    for read, write in (
        (parse_document, emit_document),
        (parse_block, emit_block),
    ):
        try:
            values = read(data)
        except CodecFault:
            continue
        assert write(values) == data
        expected = tomllib.loads(data.decode())
        assert expected == (values if read is parse_document else {"events": [values]})


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (parse_document, parse_block, split_case):
        with suppress(CodecFault):
            read(data)


def test_the_largest_document_is_read() -> None:
    line = b'k = "' + b"x" * 7993 + b'"\n'
    assert len(line) == 8000
    sections = [line] + [b"\n[[t]]\n" + line[:-8] + b'"\n'] * (DOCUMENT_LIMIT // 8000 - 1)
    data = b"".join(sections)
    assert len(data) <= DOCUMENT_LIMIT
    assert emit_document(parse_document(data)) == data
