"""What changes between a tree of the records and one that the records may not hold.

Such a tree is refused in any case. It is read once more, by what Git itself takes for a tree, so
that the finding can name what is odd in it: a link, an executable, a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from soptui.domain.ids import NO_OBJECT, ObjectId
from soptui.records.git.objects import EMPTY_TREE
from soptui.records.git.tree_cache import MAXIMUM_CHANGES, MAXIMUM_DEPTH, Change, Trees
from soptui.records.git.trees import TreeFault

_MOST_BYTES = 4 * 1024 * 1024
"""Most bytes of trees that are read again."""

_FOLDER = "040000"
_ENTRY = re.compile(rb"([0-7]{1,7}) ([^\0]++)\0(.{20})", re.DOTALL)


class _Entry(NamedTuple):
    mode: str
    oid: ObjectId


_ABSENT = _Entry("", NO_OBJECT)


def odd_changes(trees: Trees, old: ObjectId, new: ObjectId) -> list[Change]:
    """What changes from the tree `old` to the tree `new`, one more than may change at most.

    Folders without files change nothing; a folder deeper than those of the records stands for all
    that is in it. Raises `TreeFault` when Git could not read them either, or they are too large.
    """
    changes = _OddTrees(trees).differences(old, new, "", 1)
    return list(islice(changes, MAXIMUM_CHANGES + 1))


class _OddTrees:
    """Trees that are read until there were too many bytes of them."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees
        self._left = _MOST_BYTES

    def differences(self, old: ObjectId, new: ObjectId, below: str, depth: int) -> Iterator[Change]:
        """The files that differ between two trees, `depth` folders below the root."""
        before, after = self._entries(old), self._entries(new)
        for name in sorted(before.keys() | after.keys()):
            path = below + name.decode("utf-8", "backslashreplace")
            one, other = before.get(name, _ABSENT), after.get(name, _ABSENT)
            old_folder, old_file = _apart(one)
            new_folder, new_file = _apart(other)
            if old_file != new_file:
                yield Change(path, old_file.oid, new_file.oid, new_file.mode)
            if old_folder == new_folder:
                continue
            if depth < MAXIMUM_DEPTH:
                yield from self.differences(old_folder, new_folder, f"{path}/", depth + 1)
            else:
                yield Change(path, old_folder, new_folder, _FOLDER)

    def _entries(self, oid: ObjectId) -> dict[bytes, _Entry]:
        raw = self._trees.raw(oid)
        self._left -= len(raw)
        if self._left < 0:
            raise TreeFault("folders")
        found = _ENTRY.findall(raw)
        if sum(len(mode) + len(name) + 22 for mode, name, _ in found) != len(raw):
            raise TreeFault("form")
        return {name: _Entry(_plain(mode), one.hex()) for mode, name, one in found}


def _apart(entry: _Entry) -> tuple[ObjectId, _Entry]:
    """The id of an entry as a folder, else the empty tree, and as a file, else what is absent."""
    return (entry.oid, _ABSENT) if entry.mode == _FOLDER else (EMPTY_TREE, entry)


def _plain(mode: bytes) -> str:
    """A mode as Git understands it."""
    number = int(mode, 8)
    match number & 0o170000:
        case 0o040000:
            return _FOLDER
        case 0o100000:
            return "100755" if number & 0o100 else "100644"
        case 0o120000:
            return "120000"
        case _:
            return "160000"
