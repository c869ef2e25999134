"""Tree objects: read strictly, and changed by splicing bytes along one path at a time.

A folder of cases grows to thousands of entries; taking it apart and putting it together again for
each event would cost more than signing the event.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from soptui.records.objects import EMPTY_TREE, ObjectReader, ObjectWriter

MAXIMUM_TREE_BYTES = 16 * 1024 * 1024
"""Largest tree that is read: some 300,000 entries."""

_FILE = b"100644"
_FOLDER = b"40000"
_ENTRY = re.compile(rb"(100644|40000) ([^\0]++)\0(.{20})", re.DOTALL)
_ENTRIES = re.compile(rb"(?:(?:100644|40000) [^\0]++\0.{20})*+", re.DOTALL)
# Printable ASCII without the slash: records have no other names, and no other name is safe on
# every file system. `.git` in any spelling is Git's own.
_NAME = re.compile(r"(?!\.{1,2}\Z)(?!(?i:\.git|git~1)\Z)[!-.0-~]+")


class TreeFault(Exception):
    """Why a tree is refused; `code` is stable, one of:

    `form` (not a list of files and folders of the plain modes), `name`, `order` (not sorted as
    Git sorts, or a name twice), `kind` (a path goes through a file, or replaces a folder).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TreeEntry(NamedTuple):
    """One entry of a tree: a file, or a folder whose `oid` is another tree."""

    name: str
    oid: str
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
        entries.append(TreeEntry(_text(name), oid.hex(), is_folder))
    return entries


def build_tree(entries: list[TreeEntry]) -> bytes:
    """The content of a tree with these entries, in any order; raises `TreeFault`."""
    if len({entry.name for entry in entries}) != len(entries):
        raise TreeFault("order")
    return b"".join(_entry_bytes(entry) for entry in sorted(entries, key=_sort_key))


def find(raw: bytes, name: str) -> TreeEntry | None:
    """The entry `name` of the tree with the content `raw`; raises `TreeFault`."""
    start = _find(raw, _name_bytes(name))
    return None if start < 0 else _entry_at(raw, start)


def splice(raw: bytes, entry: TreeEntry) -> bytes:
    """The tree `raw` with `entry` in its place, added or replaced.

    Raises `TreeFault`; a file never takes the place of a folder, nor a folder that of a file. The
    other entries are copied as they are; what made `raw` answers for them.
    """
    start = _find(raw, _name_bytes(entry.name))
    if start < 0:
        start = end = _insertion_point(raw, _sort_key(entry))
    else:
        old = _entry_at(raw, start)
        if old.is_folder != entry.is_folder:
            raise TreeFault("kind")
        end = start + len(_entry_bytes(old))
    return b"".join((raw[:start], _entry_bytes(entry), raw[end:]))


def remove(raw: bytes, name: str) -> bytes:
    """The tree `raw` without the entry `name`, if it has one; raises `TreeFault`."""
    start = _find(raw, _name_bytes(name))
    if start < 0:
        return raw
    return raw[:start] + raw[start + len(_entry_bytes(_entry_at(raw, start))) :]


def find_entry(reader: ObjectReader, root: str, path: str) -> TreeEntry | None:
    """What stands at `path` (names joined by slashes) under the tree `root`, or None.

    Raises `TreeFault` and `ObjectFault`.
    """
    entry: TreeEntry | None = TreeEntry("", root, is_folder=True)
    for name in path.split("/"):
        if entry is None or not entry.is_folder:
            return None
        raw = reader.read(entry.oid, "tree", MAXIMUM_TREE_BYTES)
        entry = find(raw, name)
    return entry


def replace_paths(
    reader: ObjectReader, writer: ObjectWriter, root: str, blobs: Mapping[str, str]
) -> str:
    """The id of the tree `root` with the files at `blobs`' paths set to `blobs`' object ids.

    Files and folders that are missing are added; only folders on the way are read and written.
    The new trees go to `writer`. Raises `TreeFault` and `ObjectFault`.
    """
    here: dict[str, str] = {}
    below: dict[str, dict[str, str]] = {}
    for path, oid in blobs.items():
        name, slash, rest = path.partition("/")
        if slash:
            below.setdefault(name, {})[rest] = oid
        else:
            here[name] = oid
    raw = b"" if root == EMPTY_TREE else reader.read(root, "tree", MAXIMUM_TREE_BYTES)
    for name, deeper in below.items():
        entry = find(raw, name)
        if entry is not None and not entry.is_folder:
            raise TreeFault("kind")
        old = EMPTY_TREE if entry is None else entry.oid
        new = replace_paths(reader, writer, old, deeper)
        raw = splice(raw, TreeEntry(name, new, is_folder=True))
    for name, oid in here.items():
        raw = splice(raw, TreeEntry(name, oid))
    return writer.write("tree", raw)


def _find(raw: bytes, name: bytes) -> int:
    """Where the entry `name` starts, or -1."""
    for mode in (_FILE, _FOLDER):
        wanted = b"%b %b\0" % (mode, name)
        start = raw.find(wanted)
        # An object id may by chance spell the entry, so what precedes must be whole entries.
        while start >= 0 and _ENTRIES.fullmatch(raw, 0, start) is None:
            start = raw.find(wanted, start + 1)
        if start >= 0:
            return start
    return -1


def _entry_at(raw: bytes, start: int) -> TreeEntry:
    matched = _ENTRY.match(raw, start)
    if matched is None:
        raise TreeFault("form")
    mode, name, oid = matched.groups()
    return TreeEntry(_text(name), oid.hex(), mode == _FOLDER)


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


def _sort_key(entry: TreeEntry) -> bytes:
    # Git sorts a folder as if its name ended in a slash.
    return _name_bytes(entry.name) + (b"/" if entry.is_folder else b"")


def _entry_bytes(entry: TreeEntry) -> bytes:
    mode = _FOLDER if entry.is_folder else _FILE
    return b"%b %b\0%b" % (mode, _name_bytes(entry.name), bytes.fromhex(entry.oid))


def _name_bytes(name: str) -> bytes:
    if _NAME.fullmatch(name) is None:
        raise TreeFault("name")
    return name.encode("ascii")


def _text(name: bytes) -> str:
    text = name.decode("ascii", "replace")
    if _NAME.fullmatch(text) is None:
        raise TreeFault("name")
    return text
