"""What the events of a history added, told from the files at its newest commit.

A case's file only grows, so the file at the tip holds the block of every event before. A commit's
message names its case and its event; with the case as it stood before, that gives the very bytes
that the commit must have written, and no tree or older file need be read to know them.

All this is a guess to be proven: the verifier computes the tree that follows from it, and looks
into the objects when that is not the tree that was signed.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from soptui.domain.ids import NO_OBJECT, CaseId, EventId, ObjectId
from soptui.domain.message import Refusal
from soptui.records.files import codec, layout
from soptui.records.files.commit_message import trailers_of
from soptui.records.files.snapshot import Snapshot
from soptui.records.git.objects import ObjectFault, ObjectReader, object_id
from soptui.records.git.prefetch import read_ahead
from soptui.records.git.tree_cache import Change, Trees
from soptui.records.git.trees import (
    MAXIMUM_TREE_BYTES,
    TreeEntry,
    TreeFault,
    find,
    is_plain,
    parse_tree,
)

_KEPT_BYTES = 32 * 1024 * 1024
_MOST_FOLDER_BYTES = 32 * 1024 * 1024
"""Most bytes of folders at the tip that are searched: some 700,000 files."""
_SEARCHES = 8
"""How often a folder is searched before taking it apart costs less."""
_SMALL_ATTACHMENT = 256 * 1024
_ATTACHED = re.compile(rb'\nsha256 = "([0-9a-f]{64})"\n')


class _TipCase(NamedTuple):
    """A case's file at the tip: where its header ends, and each block lies, known by its id."""

    data: bytes
    header: int
    places: Mapping[EventId, tuple[int, int]]

    def block(self, event_id: EventId) -> bytes:
        """The block of this event; empty when there is none."""
        start, end = self.places.get(event_id, (0, 0))
        return self.data[start:end]

    def before(self, event_id: EventId) -> bytes:
        """The file up to the block of an event that it has."""
        return self.data[: self.places[event_id][0]]


class Guess(NamedTuple):
    """What a commit seems to have changed, and the case's bytes after it, by their object id."""

    changes: list[Change]
    contents: Mapping[str, bytes]


class _Folder:
    """A folder at the tip whose names are those of records."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._searches = 0
        self._entries: dict[str, TreeEntry] | None = None

    def find(self, name: str) -> TreeEntry | None:
        """The entry of this name, if it has one."""
        self._searches += 1
        with suppress(TreeFault):
            if self._searches <= _SEARCHES:
                return find(self._raw, name)
            if self._entries is None:
                self._entries = {}
                self._entries = {entry.name: entry for entry in parse_tree(self._raw)}
        return self._entries.get(name) if self._entries else None


class _Folders:
    """The folders at the tip. Anybody may have written them: what is odd or too large is passed
    over.
    """

    def __init__(self, trees: Trees) -> None:
        self._trees = trees
        self._known: dict[str, _Folder | None] = {}
        self._left = _MOST_FOLDER_BYTES

    def lookup(self, root: ObjectId, path: str) -> ObjectId:
        """The id of the file at `path` below the folder `root`; empty when it cannot be told."""
        folder, _, file = path.rpartition("/")
        oid = self._folder(root, folder)
        entry = self._find(oid, file) if oid else None
        return entry.oid if entry is not None and not entry.is_folder else NO_OBJECT

    def prepare(self, reader: ObjectReader, root: ObjectId, paths: Iterable[str]) -> None:
        """Read the folders right above these files at once."""
        above = dict.fromkeys(path.rpartition("/")[0] for path in paths)
        oids = self._trees.without(filter(None, (self._folder(root, path) for path in above)))
        self._trees.add(read_ahead(reader, oids, "tree", MAXIMUM_TREE_BYTES))

    def _folder(self, root: ObjectId, path: str) -> ObjectId:
        """The id of the folder at `path` below the folder `root`; empty when it cannot be told."""
        oid = root
        for name in path.split("/"):
            entry = self._find(oid, name)
            if entry is None or not entry.is_folder:
                return NO_OBJECT
            oid = entry.oid
        return oid

    def _find(self, oid: ObjectId, name: str) -> TreeEntry | None:
        if oid not in self._known:
            self._known[oid] = self._read(oid)
        folder = self._known[oid]
        return folder.find(name) if folder is not None else None

    def _read(self, oid: ObjectId) -> _Folder | None:
        if self._left <= 0:
            return None
        try:
            raw = self._trees.raw(oid)
        except ObjectFault:
            return None
        self._left -= len(raw)
        return _Folder(raw) if self._left >= 0 and is_plain(raw) else None


class TipFiles:
    """The cases and attachments at one tree, read when first asked for."""

    def __init__(self, reader: ObjectReader, trees: Trees, root: ObjectId) -> None:
        self._reader = reader
        self._folders = _Folders(trees)
        self._root = root
        self._cases: OrderedDict[str, _TipCase | None] = OrderedDict()
        self._bytes = 0

    def prepare(self, messages: Iterable[str], before: ObjectId) -> dict[str, bytes]:
        """Read ahead what commits with these messages need; the small attachments, by object id.

        `before` is the tree on which the first of them builds.
        """
        named = [one for one in map(trailers_of, messages) if layout.is_case_id(one.case)]
        missing = dict.fromkeys(one.case for one in named if one.case not in self._cases)
        oids = {case_id: self._lookup(layout.case_path(case_id)) for case_id in missing}
        contents = read_ahead(self._reader, filter(None, oids.values()), "blob", codec.CASE_LIMIT)
        for case_id, oid in oids.items():
            self._keep(case_id, contents.get(oid))
        attachments = [
            layout.attachment_path(sha256)
            for one in named
            for sha256 in _attached(self._block(one.case, one.event))
        ]
        for root in (self._root, before):
            self._folders.prepare(self._reader, root, attachments)
        blobs = filter(None, map(self._lookup, attachments))
        return read_ahead(self._reader, blobs, "blob", _SMALL_ATTACHMENT)

    def guess(self, before: Snapshot, message: str) -> Guess | None:
        """What the event that `message` names changes in the records `before`, if it can be told.

        Raises `ObjectFault`, `TreeFault` or a `Refusal` when the records before cannot be read.
        """
        named = trailers_of(message)
        block = self._block(named.case, named.event)
        if not block:
            return None
        # An event's id is the hash of its block, so this is the block that the message names, and
        # appending it to the case as it stood gives the file that an honest commit wrote. A lie in
        # message or tip gives another tree than the signed one: it costs time and proves nothing.
        path = layout.case_path(named.case)
        old = before.lookup(path)
        data = self._before(before, named.case, named.event, old) + block
        new = object_id("blob", data)
        changes = [Change(path, old, new)]
        for sha256 in _attached(block):
            attachment = layout.attachment_path(sha256)
            oid = self._lookup(attachment)
            if oid and not before.lookup(attachment):
                changes.append(Change(attachment, NO_OBJECT, oid))
        return Guess(changes, {new: data})

    def _before(self, before: Snapshot, case_id: CaseId, event_id: EventId, old: ObjectId) -> bytes:
        """The case's file before the event, which had the object id `old`, or none."""
        case = self._cases[case_id]
        if case is None:
            return b""
        if not old:
            return case.data[: case.header]
        known = before.shelf.known_case(old)
        if known is None:
            # Files only grow, so the older one is the beginning of that at the tip. Where two sides
            # were merged, blocks of the other side stand in between: then it is read itself.
            beginning = case.before(event_id)
            if object_id("blob", beginning) == old:
                known = before.shelf.case_of(beginning, before.sops)
            else:
                known = before.shelf.case(old, before.sops)
        return known.data

    def _block(self, case_id: CaseId, event_id: EventId) -> bytes:
        case = self._cases.get(case_id)
        return case.block(event_id) if case else b""

    def _lookup(self, path: str) -> ObjectId:
        return self._folders.lookup(self._root, path)

    def _keep(self, case_id: CaseId, data: bytes | None) -> None:
        case = None if data is None else _split_case(data)
        self._cases[case_id] = case
        self._bytes += len(case.data) if case else 0
        while self._bytes > _KEPT_BYTES and len(self._cases) > 1:
            _, dropped = self._cases.popitem(last=False)
            self._bytes -= len(dropped.data) if dropped else 0


def _split_case(data: bytes) -> _TipCase | None:
    try:
        header, blocks = codec.split_case(data)
    except Refusal:
        return None
    places = {}
    start = len(header)
    for block in blocks:
        places[codec.block_id(block)] = (start, start + len(block))
        start += len(block)
    return _TipCase(data, len(header), places)


def _attached(block: bytes) -> list[str]:
    return [sha256.decode() for sha256 in _ATTACHED.findall(block)]
