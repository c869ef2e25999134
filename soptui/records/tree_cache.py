"""Trees computed rather than believed, and kept by their ids.

A tree is named by the SHA-1 of its bytes. So what a commit's tree must be can be computed from
its parent's tree and the changed entries alone, and compared by name: nothing of the new tree
needs to be read, and no byte of it can differ. Trees that do have to be read are hashed on the
way in by the reader.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from soptui.records.objects import EMPTY_TREE, Kind, object_id
from soptui.records.trees import MAXIMUM_TREE_BYTES, TreeEntry, parse_tree, remove, splice
from soptui.records.trees import find as find_in_tree

_KEPT_BYTES = 64 * 1024 * 1024
_KEPT_PARSED = 64


class Reads(Protocol):
    """Whatever reads an object's content by its id and verifies it against that id."""

    def read(self, oid: str, kind: Kind, limit: int) -> bytes:
        """The content of the object, of at most `limit` bytes."""


class Change(NamedTuple):
    """A file that differs between two trees: `old` or `new` is empty where it does not exist."""

    path: str
    old: str
    new: str


class Trees:
    """Trees by their ids: looked up, compared, and computed anew."""

    def __init__(self, reader: Reads) -> None:
        self._reader = reader
        self._raw: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._parsed: OrderedDict[str, list[TreeEntry]] = OrderedDict()

    def raw(self, oid: str) -> bytes:
        """The content of a tree."""
        if oid == EMPTY_TREE:
            return b""
        raw = self._raw.get(oid)
        if raw is None:
            raw = self._reader.read(oid, "tree", MAXIMUM_TREE_BYTES)
            self._keep(oid, raw)
        return raw

    def entries(self, oid: str) -> list[TreeEntry]:
        """The entries of a tree. Raises `TreeFault` when it is not a tree of the records."""
        parsed = self._parsed.get(oid)
        if parsed is None:
            parsed = self._parsed[oid] = parse_tree(self.raw(oid))
            if len(self._parsed) > _KEPT_PARSED:
                self._parsed.popitem(last=False)
        return parsed

    def lookup(self, root: str, path: str) -> str:
        """The id of the file or folder at `path` below the tree `root`, or an empty string."""
        oid = root
        for name in path.split("/"):
            entry = find_in_tree(self.raw(oid), name)
            if entry is None:
                return ""
            oid = entry.oid
        return oid

    def files(self, root: str, below: str = "") -> Iterator[tuple[str, str]]:
        """Path and id of every file below the tree `root`, in Git's order."""
        for entry in self.entries(root):
            if entry.is_folder:
                yield from self.files(entry.oid, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", entry.oid

    def diff(self, old: str, new: str, below: str = "") -> Iterator[Change]:
        """The files that differ between two trees, by path."""
        if old == new:
            return
        before = {entry.name: entry for entry in self.entries(old)}
        after = {entry.name: entry for entry in self.entries(new)}
        for name in sorted(before.keys() | after.keys()):
            was, now = before.get(name), after.get(name)
            if was == now:
                continue
            path = f"{below}{name}"
            old_folder, old_file = _ids(was)
            new_folder, new_file = _ids(now)
            if old_file != new_file:
                yield Change(path, old_file, new_file)
            yield from self.diff(old_folder, new_folder, f"{path}/")

    def apply(
        self, root: str, changes: Mapping[str, str], made: dict[str, bytes] | None = None
    ) -> str:
        """The id of the tree that `changes` make of the tree `root`.

        `changes` maps paths to the ids of blobs, or to "" for a file that goes. The content of
        every tree that this makes is added to `made`, by id. Raises `TreeFault`.
        """
        folders: dict[str, dict[str, str]] = {}
        raw = self.raw(root)
        for path, oid in changes.items():
            name, slash, rest = path.partition("/")
            if slash:
                folders.setdefault(name, {})[rest] = oid
            else:
                raw = splice(raw, TreeEntry(name, oid)) if oid else remove(raw, name)
        for name, deeper in folders.items():
            entry = find_in_tree(raw, name)
            subtree = self.apply(entry.oid if entry else EMPTY_TREE, deeper, made)
            if subtree == EMPTY_TREE:
                raw = remove(raw, name)
            else:
                raw = splice(raw, TreeEntry(name, subtree, is_folder=True))
        new = object_id("tree", raw)
        if made is not None:
            made[new] = raw
        if new not in self._raw:
            self._keep(new, raw)
        return new

    def _keep(self, oid: str, raw: bytes) -> None:
        self._raw[oid] = raw
        self._bytes += len(raw)
        while self._bytes > _KEPT_BYTES and len(self._raw) > 1:
            _, dropped = self._raw.popitem(last=False)
            self._bytes -= len(dropped)


def _ids(entry: TreeEntry | None) -> tuple[str, str]:
    """The id of an entry as a folder (else the empty tree) and as a file (else empty)."""
    if entry is None:
        return EMPTY_TREE, ""
    return (entry.oid, "") if entry.is_folder else (EMPTY_TREE, entry.oid)
