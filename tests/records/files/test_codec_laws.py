"""Canonical TOML, whatever is written and whatever bytes come: `tomllib` is asked as well."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from soptui.domain.text import fault_of
from soptui.records.files.codec import (
    CodecFault,
    emit_block,
    emit_document,
    parse_block,
    parse_document,
    split_case,
)
from tests.records.files.documents import OFFICE

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
