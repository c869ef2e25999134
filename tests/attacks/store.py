"""Git objects in memory, whatever they are, and a bare repository made of them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from soptui.domain.ids import NO_COMMIT, CommitId, ObjectId
from soptui.records.git.history import History, Line
from soptui.records.git.objects import Kind, ObjectFault, ObjectReader, object_id
from soptui.records.git.process import GitDirectory, GitFailed
from soptui.records.verify.ancestry import parents_of

Files = dict[str, tuple[str, str]]
"""What a tree holds: path to mode and object id."""


class Store(ObjectReader):
    """Objects by id, read without Git. Nothing checks what is put in."""

    def __init__(self) -> None:  # no repository and no process stand behind it
        self.objects: dict[str, tuple[str, bytes]] = {}
        self._folders: dict[tuple[tuple[str, str, str], ...], ObjectId] = {}

    def add(self, kind: str, data: bytes) -> ObjectId:
        """Keep an object; its id."""
        oid = ObjectId(hashlib.sha1(f"{kind} {len(data)}\0".encode() + data).hexdigest())
        self.objects[oid] = (kind, data)
        return oid

    def add_tree(self, files: Files) -> ObjectId:
        """Keep the trees that hold `files`, with any paths and modes; the id of the root."""
        here: dict[str, tuple[str, str]] = {}
        below: dict[str, Files] = {}
        for path, entry in files.items():
            name, slash, rest = path.partition("/")
            if slash:
                below.setdefault(name, {})[rest] = entry
            else:
                here[name] = entry
        entries = [(name, mode, oid) for name, (mode, oid) in here.items()]
        entries += [(name, "40000", self.add_tree(deeper)) for name, deeper in below.items()]
        entries.sort(key=lambda entry: entry[0] + "/" * (entry[1] == "40000"))
        known = tuple(entries)
        if known not in self._folders:
            self._folders[known] = self.add("tree", tree_bytes(entries))
        return self._folders[known]

    def read(self, oid: str, kind: Kind, limit: int) -> bytes:
        """As `ObjectReader.read`."""
        found, data = self.objects.get(oid, ("", b""))
        if not found:
            raise ObjectFault("missing", oid)
        if found != kind:
            raise ObjectFault("kind", oid)
        if len(data) > limit:
            raise ObjectFault("size", oid)
        if object_id(kind, data) != oid:
            raise ObjectFault("hash", oid)
        return data

    def read_many(self, oids: Iterable[str], kind: Kind, limit: int) -> Iterator[bytes]:
        """As `ObjectReader.read_many`."""
        return (self.read(oid, kind, limit) for oid in oids)

    def has(self, oid: str) -> bool:
        """As `ObjectReader.has`."""
        return oid in self.objects

    def close(self) -> None:
        """As `ObjectReader.close`; there is nothing to end."""

    def write_to(self, path: Path, tip: CommitId) -> GitDirectory:
        """A bare repository at `path` with all the objects, loose, and `main` at `tip`."""
        for folder in ("objects", "refs/heads"):
            (path / folder).mkdir(parents=True)
        (path / "HEAD").write_text("ref: refs/heads/main\n")
        (path / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")
        (path / "refs/heads/main").write_text(f"{tip}\n")
        for oid, (kind, data) in self.objects.items():
            write_loose(path, oid, kind, data)
        return GitDirectory.at(path)


class StoredHistory(History):
    """What the verifier asks of a `History`, for one that is in a store only."""

    def __init__(self, store: Store) -> None:  # no repository stands behind it
        self._store = store

    def distorted_by(self) -> str:
        """As `History.distorted_by`."""
        return ""

    def commits(self, old: CommitId, new: CommitId) -> list[Line]:
        """As `History.commits`."""
        known = {line.commit for line in self.commits(NO_COMMIT, old)} if old else set()
        found: dict[CommitId, Line] = {}
        waiting = [new]
        while waiting:
            commit = waiting.pop()
            kind, data = self._store.objects.get(commit, ("", b""))
            if kind != "commit":
                raise GitFailed("rev-list", 128, commit)
            if commit not in known and commit not in found:
                found[commit] = Line(commit, parents_of(data))
                waiting += found[commit].parents
        return [*found.values()][::-1]

    def is_ancestor(self, commit: CommitId, of: CommitId) -> bool:
        """As `History.is_ancestor`."""
        return any(line.commit == commit for line in self.commits(NO_COMMIT, of))

    def before(self, commits: Sequence[CommitId], count: int) -> list[CommitId]:
        """As `History.before`."""
        return []


def write_loose(path: Path, oid: str, kind: str, data: bytes) -> None:
    """Store bytes in a repository under an id, whether it is theirs or not."""
    file = path / "objects" / oid[:2] / oid[2:]
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(zlib.compress(f"{kind} {len(data)}\0".encode() + data, 1))


def tree_bytes(entries: Iterable[tuple[str, str, str]]) -> bytes:
    """The content of a tree with these names, modes and ids, in this order."""
    return b"".join(
        f"{mode} {name}\0".encode("utf-8", "surrogateescape") + bytes.fromhex(oid)
        for name, mode, oid in entries
    )
