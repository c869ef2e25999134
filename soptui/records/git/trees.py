"""Tree objects: read strictly, and changed by splicing bytes along one path at a time.

A folder of cases grows to thousands of entries; taking it apart and putting it together again for
each event would cost more than signing the event.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, cast

from soptui.domain.ids import NO_OBJECT, ObjectId
from soptui.records.git.objects import EMPTY_TREE

MAXIMUM_TREE_BYTES = 16 * 1024 * 1024
"""Largest tree that is read: some 300,000 entries."""

FILE_MODE = "100644"
"""The one mode of a file in the records: not executable, not a link."""

_FILE = FILE_MODE.encode()
_FOLDER = b"40000"
_EMPTY = bytes.fromhex(EMPTY_TREE)
# Of twenty bytes; a cast and no call more, for folders have thousands of entries.
_id_of = cast("Callable[[bytes], ObjectId]", bytes.hex)
_ENTRY = re.compile(rb"(100644|40000) ([^\0]++)\0(.{20})", re.DOTALL)
# Python before 3.11.5 takes the wrong end of a possessive group (its issue 106052).
_ANY = rb"*+" if sys.version_info >= (3, 11, 5) else rb"*"
_ENTRIES = re.compile(rb"(?:(?:100644|40000) [^\0]++\0.{20})" + _ANY, re.DOTALL)
_PLAIN_ENTRIES = re.compile(rb"(?:(?:100644|40000) [!-.0-~]++\0.{20})" + _ANY, re.DOTALL)
# Printable ASCII without the slash: records have no other names, and no other name is safe on
# every file system. `.git` in any spelling is Git's own.
_NAME = re.compile(r"(?!\.{1,2}\Z)(?!(?i:\.git|git~1)\Z)[!-.0-~]+")


class TreeFault(Exception):
    """Why a tree is refused; `code` is stable, one of:

    `form` (not a list of files and folders of the plain modes, or a folder that holds nothing),
    `name`, `order` (not sorted as Git sorts, or a name twice), `kind` (a path goes through a file,
    or replaces a folder), `depth` (folders lie deeper than those of the records), `folders` (more
    of them differ than the records can have).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TreeEntry(NamedTuple):
    """One entry of a tree: a file, or a folder whose `oid` is another tree."""

    name: str
    oid: ObjectId
    is_folder: bool = False


def parse_tree(raw: bytes) -> list[TreeEntry]:
    """The entries in Git's order; raises `TreeFault`.

    Modes other than 100644 and 40000 (executables, links, submodules) are refused.
    """
    if _ENTRIES.fullmatch(raw) is None:
        raise TreeFault("form")
    entries = []
    names = set()
    last = b""
    for mode, name, oid in _ENTRY.findall(raw):
        is_folder = mode == _FOLDER
        key = name + b"/" if is_folder else name
        if name in names or key <= last:
            raise TreeFault("order")
        names.add(name)
        last = key
        entries.append(_entry(mode, name, oid))
    return entries


def _entry(mode: bytes, name: bytes, oid: bytes) -> TreeEntry:
    # Git never writes a folder that holds nothing. With such folders a few small trees would
    # spell millions of paths, at none of which there is a file to be counted.
    if mode == _FOLDER and oid == _EMPTY:
        raise TreeFault("form")
    return TreeEntry(_text(name), _id_of(oid), mode == _FOLDER)


class Place(NamedTuple):
    """Where an entry of a tree is: its first byte, and the first of its object id."""

    start: int
    oid_at: int
    is_folder: bool


def find(raw: bytes, name: str) -> TreeEntry | None:
    """The entry `name` of the tree with the content `raw`; raises `TreeFault`."""
    place = locate(raw, name)
    return None if place is None else TreeEntry(name, oid_at(raw, place), place.is_folder)


def put(raw: bytes, place: Place | None, entry: TreeEntry) -> bytes:
    """The tree `raw` with `entry` at its place as `locate` tells it, replaced, or added at None.

    Raises `TreeFault`; a file never takes the place of a folder, nor a folder that of a file. The
    other entries are copied as they are; what made `raw` answers for them.
    """
    oid = bytes.fromhex(entry.oid)
    if place is None:
        name = _name_bytes(entry.name)
        start = _insertion_point(raw, name + b"/" if entry.is_folder else name)
        mode = _FOLDER if entry.is_folder else _FILE
        return b"".join((raw[:start], mode, b" ", name, b"\0", oid, raw[start:]))
    if place.is_folder != entry.is_folder:
        raise TreeFault("kind")
    return b"".join((raw[: place.oid_at], oid, raw[place.oid_at + 20 :]))


def oid_at(raw: bytes, place: Place | None) -> ObjectId:
    """The object id of the entry at a place; empty when there is none."""
    return _id_of(raw[place.oid_at : place.oid_at + 20]) if place else NO_OBJECT


def remove(raw: bytes, name: str) -> bytes:
    """The tree `raw` without the entry `name`, if it has one; raises `TreeFault`."""
    place = locate(raw, name)
    return raw if place is None else raw[: place.start] + raw[place.oid_at + 20 :]


def differing(old: bytes, new: bytes) -> tuple[dict[str, TreeEntry], dict[str, TreeEntry]]:
    """The entries of two trees, by name, that are not the same in both; raises `TreeFault`.

    What is the same at both ends is not taken apart, nor checked.
    """
    start = _common_start(old, new)
    end = _common_end(old[start:], new[start:])
    first, second = (_entries_between(raw, start, len(raw) - end) for raw in (old, new))
    same = first & second
    return _by_name(first - same), _by_name(second - same)


def _common_start(one: bytes, other: bytes) -> int:
    """How many bytes are the same at the start: a search by halves, because slices compare fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(one: bytes, other: bytes) -> int:
    return _common_start(one[::-1], other[::-1])


def _entries_between(raw: bytes, start: int, end: int) -> set[tuple[bytes, bytes, bytes]]:
    """The entries that lie, in part or as a whole, between two places."""
    whole = _ENTRIES.match(raw, 0, start)
    found = set()
    position = whole.end() if whole else 0
    while position < end:
        entry = _ENTRY.match(raw, position)
        if entry is None:
            raise TreeFault("form")
        found.add((entry[1], entry[2], entry[3]))
        position = entry.end()
    return found


def _by_name(entries: set[tuple[bytes, bytes, bytes]]) -> dict[str, TreeEntry]:
    named = {entry.name: entry for entry in (_entry(*fields) for fields in entries)}
    if len(named) != len(entries):
        raise TreeFault("order")
    return named


def is_plain(raw: bytes) -> bool:
    """Whether all of `raw` is entries that `locate` finds: of plain modes, with no odd name."""
    return _PLAIN_ENTRIES.fullmatch(raw) is not None


def locate(raw: bytes, name: str) -> Place | None:
    """Where the entry `name` is in the tree `raw`, which `is_plain`, or None; raises `TreeFault`.

    It takes time in proportion to the size of `raw`, whatever that holds.
    """
    for wanted, is_folder in _spellings(name):
        start = raw.find(wanted)
        # An object id may by chance spell a short entry. More than 20 bytes do not fit into an id,
        # and with but one blank and one NUL, its last byte, they cannot lie across the border of
        # two entries either.
        if len(wanted) <= 20:
            start = _entry_from(raw, wanted, start)
        if start >= 0:
            place = Place(start, start + len(wanted), is_folder)
            if len(raw) < place.oid_at + 20:
                raise TreeFault("form")
            return place
    return None


def _entry_from(raw: bytes, wanted: bytes, start: int) -> int:
    """Where the first entry begins that reads `wanted`, which is at `start` first; -1 if nowhere.

    Before an entry there are whole entries only.
    """
    known = 0
    while start >= 0:
        before = _ENTRIES.match(raw, known, start)
        known = before.end() if before else known
        if known == start:
            return start
        start = raw.find(wanted, start + 1)
    return -1


@lru_cache(maxsize=4096)
def _spellings(name: str) -> tuple[tuple[bytes, bool], ...]:
    """How an entry of this name begins, as a file and as a folder."""
    plain = _name_bytes(name)
    return (b"%b %b\0" % (_FILE, plain), False), (b"%b %b\0" % (_FOLDER, plain), True)


def _insertion_point(raw: bytes, key: bytes) -> int:
    """Where the first entry that sorts after `key` starts: a search by halves.

    Where an entry starts cannot be told from the middle of one, so each half is walked from an
    entry that is known; the pattern does that faster than a loop.
    """
    low, high = 0, len(raw)
    while low < high:
        before = _ENTRIES.match(raw, low, (low + high) // 2)
        entry = _ENTRY.match(raw, before.end() if before else low)
        if entry is None:
            raise TreeFault("form")
        mode, name, _ = entry.groups()
        if (name + b"/" if mode == _FOLDER else name) > key:
            high = entry.start()
        else:
            low = entry.end()
    return low


def _name_bytes(name: str) -> bytes:
    if _NAME.fullmatch(name) is None:
        raise TreeFault("name")
    return name.encode("ascii")


def _text(name: bytes) -> str:
    text = name.decode("ascii", "replace")
    if _NAME.fullmatch(text) is None:
        raise TreeFault("name")
    return text
