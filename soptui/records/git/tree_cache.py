"""Trees computed rather than believed, and kept by their ids.

A tree is named by the SHA-1 of its bytes. So what a commit's tree must be can be computed from
its parent's tree and the changed entries alone, and compared by name: nothing of the new tree
needs to be read, and no byte of it can differ. Trees that do have to be read are hashed on the
way in by the reader.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from soptui.domain.ids import NO_OBJECT, ObjectId
from soptui.records.git.objects import EMPTY_TREE, Reads, object_id
from soptui.records.git.trees import (
    FILE_MODE,
    MAXIMUM_TREE_BYTES,
    TreeEntry,
    TreeFault,
    differing,
    locate,
    oid_at,
    parse_tree,
    put,
    remove,
)

MAXIMUM_DEPTH = 5
"""How deep the folders of the records go, the root included; one more is refused."""

MAXIMUM_FOLDERS = 65_536
"""Most folders that are looked into to tell how two trees differ."""

_KEPT_BYTES = 64 * 1024 * 1024
_KEPT_PARSED = 64
_KEPT_TOPS = 1024


MAXIMUM_CHANGES = 512
"""Most files that one commit may change before it is refused unread."""


class Change(NamedTuple):
    """A file that differs between two trees.

    `old` and `new` are the ids of its contents, empty where it does not exist; `mode` is the mode
    of the new one.
    """

    path: str
    old: ObjectId
    new: ObjectId
    mode: str = FILE_MODE


class Trees:
    """Trees by their ids: looked up, compared, and computed anew.

    Whatever reads one raises `ObjectFault`, and `TreeFault` where it is not one of the records.
    """

    def __init__(self, reader: Reads) -> None:
        self._reader = reader
        self._raw: OrderedDict[ObjectId, bytes] = OrderedDict()
        self._bytes = 0
        self._parsed: OrderedDict[str, list[TreeEntry]] = OrderedDict()
        self._tops: OrderedDict[str, Mapping[str, ObjectId]] = OrderedDict()

    def raw(self, oid: ObjectId) -> bytes:
        """The content of a tree."""
        if oid == EMPTY_TREE:
            return b""
        raw = self._raw.get(oid)
        if raw is None:
            raw = self._reader.read(oid, "tree", MAXIMUM_TREE_BYTES)
            self._keep(oid, raw)
        else:
            self._raw.move_to_end(oid)
        return raw

    def add(self, raw: Mapping[ObjectId, bytes]) -> None:
        """Keep the contents of these trees, which were hashed when they were read."""
        for oid, content in raw.items():
            if oid not in self._raw:
                self._keep(oid, content)

    def without(self, oids: Iterable[ObjectId]) -> list[ObjectId]:
        """Those of the trees that are not kept, each once."""
        return [oid for oid in dict.fromkeys(oids) if oid not in self._raw and oid != EMPTY_TREE]

    def entries(self, oid: ObjectId) -> list[TreeEntry]:
        """The entries of a tree. Raises `TreeFault` when it is not a tree of the records."""
        parsed = self._parsed.get(oid)
        if parsed is None:
            parsed = self._parsed[oid] = parse_tree(self.raw(oid))
            if len(self._parsed) > _KEPT_PARSED:
                self._parsed.popitem(last=False)
        return parsed

    def top(self, root: ObjectId) -> Mapping[str, ObjectId]:
        """The ids of the files and folders right below the tree `root`, by name."""
        top = self._tops.get(root)
        if top is None:
            top = {entry.name: entry.oid for entry in parse_tree(self.raw(root))}
            self._keep_top(root, top)
        return top

    def lookup(self, root: ObjectId, path: str) -> ObjectId:
        """The id of the file or folder at `path` below the tree `root`, or an empty string."""
        oid, is_folder = root, True
        for name in path.split("/"):
            place = locate(self.raw(oid), name) if is_folder else None
            if place is None:
                return NO_OBJECT
            oid, is_folder = oid_at(self.raw(oid), place), place.is_folder
        return oid

    def files(self, root: ObjectId, below: str = "") -> Iterator[tuple[str, ObjectId]]:
        """Path and id of every file below the tree `root`, in Git's order. Raises `TreeFault`."""
        _check_depth(below)
        for entry in self.entries(root):
            if entry.is_folder:
                yield from self.files(entry.oid, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", entry.oid

    def diff(self, old: ObjectId, new: ObjectId, below: str = "") -> Iterator[Change]:
        """The files that differ between two trees, by path. Raises `TreeFault`."""
        return self._diff(old, new, below, iter(range(MAXIMUM_FOLDERS)))

    def _diff(
        self, old: ObjectId, new: ObjectId, below: str, left: Iterator[int]
    ) -> Iterator[Change]:
        if old == new:
            return
        _check_depth(below)
        if next(left, None) is None:
            raise TreeFault("folders")
        before, after = differing(self.raw(old), self.raw(new))
        for name in sorted(before.keys() | after.keys()):
            path = f"{below}{name}"
            old_folder, old_file = _ids(before.get(name))
            new_folder, new_file = _ids(after.get(name))
            if old_file != new_file:
                yield Change(path, old_file, new_file)
            yield from self._diff(old_folder, new_folder, f"{path}/", left)

    def apply(
        self,
        root: ObjectId,
        changes: Mapping[str, ObjectId],
        made: dict[str, bytes] | None = None,
        old: dict[str, ObjectId] | None = None,
        below: str = "",
    ) -> ObjectId:
        """The id of the tree that `changes` make of the tree `root`.

        Every byte but those of the changed entries is copied from trees that were hashed when they
        were read. So whoever trusts `root` and the result's id knows that nothing else changed.

        `changes` maps paths to the ids of blobs, or to "" for a file that goes. The content of
        every tree that this makes is added to `made`, by id; what each path had before to `old`,
        empty for a new one. Raises `TreeFault`.
        """
        folders: dict[str, dict[str, ObjectId]] = {}
        raw = self.raw(root)
        top = None if below else dict(self.top(root))
        for path, oid in changes.items():
            name, slash, rest = path.partition("/")
            if slash:
                folders.setdefault(name, {})[rest] = oid
                continue
            place = locate(raw, name)
            if old is not None:
                old[below + name] = oid_at(raw, place)
            raw = put(raw, place, TreeEntry(name, oid)) if oid else remove(raw, name)
            if top is not None:
                top[name] = oid
        for name, deeper in folders.items():
            place = locate(raw, name)
            if place is not None and not place.is_folder:
                raise TreeFault("kind")
            subtree = oid_at(raw, place) or EMPTY_TREE
            subtree = self.apply(subtree, deeper, made, old, f"{below}{name}/")
            if subtree == EMPTY_TREE:
                raw = remove(raw, name)
            else:
                raw = put(raw, place, TreeEntry(name, subtree, is_folder=True))
            if top is not None:
                top[name] = subtree
        new = object_id("tree", raw)
        if top is not None:
            self._keep_top(new, {one: at for one, at in top.items() if at not in ("", EMPTY_TREE)})
        if made is not None:
            made[new] = raw
        if new not in self._raw:
            self._keep(new, raw)
        return new

    def _keep_top(self, root: ObjectId, top: Mapping[str, ObjectId]) -> None:
        self._tops[root] = top
        if len(self._tops) > _KEPT_TOPS:
            self._tops.popitem(last=False)

    def _keep(self, oid: ObjectId, raw: bytes) -> None:
        self._raw[oid] = raw
        self._bytes += len(raw)
        while self._bytes > _KEPT_BYTES and len(self._raw) > 1:
            _, dropped = self._raw.popitem(last=False)
            self._bytes -= len(dropped)


def _check_depth(below: str) -> None:
    # The records go no deeper; a tree that was not verified may go as deep as it likes.
    if below.count("/") >= MAXIMUM_DEPTH:
        raise TreeFault("depth")


def _ids(entry: TreeEntry | None) -> tuple[ObjectId, ObjectId]:
    """The id of an entry as a folder (else the empty tree) and as a file (else empty)."""
    if entry is None:
        return EMPTY_TREE, NO_OBJECT
    return (entry.oid, NO_OBJECT) if entry.is_folder else (EMPTY_TREE, entry.oid)
