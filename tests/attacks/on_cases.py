"""Attacks on a case's file (rows 3, 6, 20 to 22, and the list)."""

from __future__ import annotations

from collections.abc import Callable

from soptui.domain.events import Note
from soptui.domain.ids import EventId, OfficerId
from soptui.domain.replace import replace
from soptui.records.files import case as case_file
from soptui.records.files import codec, layout
from tests.attacks.attack import Build, attack
from tests.attacks.builder import CASE, NEW_CASE, OTHER_CASE, Records
from tests.support.naughty_texts import ACCEPTED, REFUSED

PATH = layout.case_path(CASE)


def noted(r: Records) -> None:
    r.note("staff-1")


# --- replays --------------------------------------------------------------------------------------


@attack("3", "unknown-after")
def event_replayed_in_another_case(r: Records) -> None:
    r.add(r.case().entries[-1].event, case=OTHER_CASE)


@attack("3", "duplicate-event")
def event_replayed_in_its_case(r: Records) -> None:
    r.add(r.case().entries[-1].event)


@attack("3", "unknown-after")
def event_after_nothing(r: Records) -> None:
    r.note("staff-1", after=EventId("0" * 64))


@attack("2", "message")
def event_for_another_office(r: Records) -> None:
    other = r.store.add("commit", b"another office's first commit")
    r.note("staff-1", forged={"message": lambda text: text.replace(r.genesis, other)})


@attack("6", "several-changes")
def two_cases_in_one_commit(r: Records) -> None:
    other = layout.case_path(OTHER_CASE)
    block = case_file.encode_event(r.event("staff-1", Note("Dua."), case=OTHER_CASE))
    r.note("staff-1", forged={"extra": {other: r.data(other) + block}})


@attack("6", "several-changes")
def officer_changed_along_with_an_event(r: Records) -> None:
    path = layout.officer_path(OfficerId("staff-1"))
    r.note("staff-1", forged={"extra": {path: r.data(path).replace(b'"Staff-1"', b'"Camat"')}})


# --- the bytes of the file ------------------------------------------------------------------------


def _old_bytes(name: str, code: str, change: Callable[[bytes], bytes]) -> None:
    """An honest event on top of old bytes that were changed."""

    def build(r: Records) -> None:
        event = r.event("staff-1", Note("Sudah."))
        grown = change(r.data(PATH)) + case_file.encode_event(event)
        r.add(event, extra={PATH: grown})

    build.__name__ = name
    attack("list", code, twin=noted)(build)


def _reordered(data: bytes) -> bytes:
    header, blocks = codec.split_case(data)
    return header + b"".join([*blocks[:-2], blocks[-1], blocks[-2]])


def _without_last_block(data: bytes) -> bytes:
    header, blocks = codec.split_case(data)
    return header + b"".join(blocks[:-1])


for _name, _code, _change in (
    ("old_word_changed", "case-rewritten", lambda data: data.replace(b"Bupati", b"Camat.")),
    ("old_blocks_reordered", "case-rewritten", _reordered),
    ("last_block_replaced", "case-rewritten", _without_last_block),
    ("case_emptied", "case-rewritten", lambda data: b""),
    ("case_in_crlf", "case-rewritten", lambda data: data.replace(b"\n", b"\r\n")),
    ("case_with_a_byte_order_mark", "case-rewritten", lambda data: b"\xef\xbb\xbf" + data),
    ("case_in_utf_16", "case-rewritten", lambda data: data.decode().encode("utf-16")),
    ("header_changed", "case-rewritten", lambda data: data.replace(b"version = 1", b"version = 2")),
    ("blank_line_between", "case-form", lambda data: data + b"\n"),
    ("comment_between", "case-form", lambda data: data + b"# a comment\n"),
    ("key_added_to_the_last_event", "case-form", lambda data: data + b'more = "x"\n'),
):
    _old_bytes(_name, _code, _change)


@attack("list", "case-rewritten")
def case_only_truncated(r: Records) -> None:
    r.note("staff-1", forged={"extra": {PATH: _without_last_block(r.data(PATH))}})


def _new_block(
    name: str,
    code: str,
    change: Callable[[bytes], bytes],
    row: str = "list",
    twin: Build = noted,
) -> None:
    """An event whose block was changed, the message and all else in accordance."""

    def build(r: Records) -> None:
        r.note("staff-1", "Catatan.", forged={"block": change})

    build.__name__ = name
    attack(row, code, twin=twin)(build)


def _last_line(line: bytes) -> Callable[[bytes], bytes]:
    return lambda block: block[: block.rindex(b"note = ")] + line


_BLOCKS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "two_blocks": ("case-blocks", lambda block: block + block.replace(b"Catatan", b"Lagi")),
    "second_top_level_table": ("case-form", lambda block: block + b'\n[office]\nid = "x"\n'),
    "second_kind_of_array": ("case-form", lambda block: block + b'\n[[other]]\nid = "x"\n'),
    "inline_table": ("case-form", _last_line(b'note = {a = "b"}\n')),
    "block_without_its_newline": ("case-form", lambda block: block[:-1]),
    "block_in_crlf": ("case-form", lambda block: block.replace(b"\n", b"\r\n")),
    "block_after_two_blank_lines": ("case-form", lambda block: b"\n" + block),
    "block_with_a_byte_order_mark": ("case-form", lambda block: b"\xef\xbb\xbf" + block),
    "block_with_a_comment": ("case-form", lambda block: block + b"# seen\n"),
    "keys_in_another_order": ("case-form", lambda block: block.replace(b'note = "Catatan."\n', b"")
        .replace(b"step = ", b'note = "Catatan."\nstep = ')),
    "key_twice": ("case-form", lambda block: block + b'note = "Lagi."\n'),
    "key_of_another_action": ("case-form", lambda block: block + b'unit = "seksi"\n'),
    "empty_text": ("case-form", _last_line(b'note = ""\n')),
    "literal_string": ("case-form", _last_line(b"note = 'Catatan.'\n")),
    "string_of_many_lines": ("case-form", _last_line(b'note = """\nCatatan."""\n')),
    "escape_by_number": ("case-form", _last_line(b'note = "\\u0041"\n')),
    "hexadecimal_step": ("case-form", lambda block: block.replace(b"step = 3", b"step = 0x3")),
    "signed_step": ("case-form", lambda block: block.replace(b"step = 3", b"step = +3")),
    "step_as_a_text": ("case-form", lambda block: block.replace(b"step = 3", b'step = "3"')),
    "truth_as_a_step": ("case-form", lambda block: block.replace(b"step = 3", b"step = true")),
    "time_in_utc_shorthand": ("case-form", lambda block: block.replace(b"+07:00\n", b"Z\n")),
    "blank_at_the_end_of_a_line": ("case-form", lambda block: block.replace(b"\nstep", b" \nstep")),
    "action_that_does_not_exist": ("case-form", lambda block: block.replace(b'"note"', b'"edit"')),
    "dotted_keys": ("case-form", _last_line(b"a" + b".a" * 8000 + b" = 1\n")),
    "nested_arrays": ("case-form", _last_line(b"note = " + b"[" * 5000 + b"]" * 5000 + b"\n")),
    "number_of_many_digits": ("case-form", _last_line(b"note = " + b"9" * 5000 + b"\n")),
    "line_too_long": ("case-form", _last_line(b'note = "' + b"a" * 17_000 + b'"\n')),
    "block_too_large": ("case-form", lambda block: block + b'note = "aaaaaaaaaaaaa"\n' * 3000),
    "bytes_that_are_not_utf_8": ("case-form", _last_line(b'note = "\xff\xfe"\n')),
    "surrogate_in_utf_8": ("case-form", _last_line(b'note = "\xed\xa0\x80"\n')),
    "block_that_is_empty": ("empty", lambda block: b""),
    "block_of_spaces": ("case-form", lambda block: b" " * 100),
}  # fmt: skip
for _name, (_code, _change) in _BLOCKS.items():
    _new_block(_name, _code, _change, "21" if "nested" in _name or "dotted" in _name else "list")


def noted_in_any_language(r: Records) -> None:
    for text in ACCEPTED.values():
        r.note("staff-1", text)


for _name, _text in REFUSED.items():
    _line = b'note = "' + _text.encode().replace(b"\n", b"\\n") + b'"\n'
    _twin = noted_in_any_language
    _new_block(f"text with {_name}", "case-form", _last_line(_line), "22", twin=_twin)


# --- heads ----------------------------------------------------------------------------------------


def _new_case(name: str, code: str, change: Callable[[bytes], bytes]) -> None:
    def build(r: Records) -> None:
        head = change(r.header(NEW_CASE))
        event = r.event("penerima-1", r.case().entries[0].event.details, case=NEW_CASE)
        event = replace(event, after=codec.block_id(head))
        path = layout.case_path(NEW_CASE)
        block = case_file.encode_event(event)
        r.add(event, case=NEW_CASE, extra={path: head + block})

    build.__name__ = name
    attack("list", code, twin=lambda r: r.next(NEW_CASE))(build)


_HEADS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "case_under_another_id": ("case-header", lambda head: head.replace(b"00000000", b"00000001")),
    "case_of_an_unknown_sop": (
        "case-header",
        lambda head: head.replace(b'sop = "pengukuran', b'sop = "rahasia'),
    ),
    "case_of_another_sop_version": (
        "case-header", lambda head: head.replace(b"sop_version = 1", b"sop_version = 2"),
    ),
    "case_of_a_forged_sop_digest": (
        "case-header",
        lambda head: head[: head.index(b'sop_sha256 = "') + 14] + b"0" * 64 + b'"\n',
    ),
    "case_of_a_newer_format": ("case-form", lambda head: head.replace(b"= 1", b"= 2", 1)),
    "head_with_another_key": ("case-form", lambda head: head + b'more = "x"\n'),
    "head_with_a_table": ("case-form", lambda head: head + b'\n[extra]\nmore = "x"\n'),
    "head_that_is_missing": ("case-form", lambda head: b"\n"),
}  # fmt: skip
for _name, (_code, _change) in _HEADS.items():
    _new_case(_name, _code, _change)


@attack("20", "too-large")
def case_of_forty_megabytes(r: Records) -> None:
    r.note("staff-1", forged={"extra": {PATH: r.data(PATH) + b"\0" * 40_000_000}})


@attack("list", "case-blocks")
def case_without_events(r: Records) -> None:
    path = layout.case_path(NEW_CASE)
    r.note("staff-1", case=OTHER_CASE, forged={
        "extra": {layout.case_path(OTHER_CASE): r.files()[layout.case_path(OTHER_CASE)],
                  path: r.header(NEW_CASE)}})  # fmt: skip
