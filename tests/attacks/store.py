"""Git objects in memory, whatever they are, and a bare repository made of them."""

from __future__ import annotations

import hashlib
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from soptui.records.git import GitDirectory
from soptui.records.objects import Kind, ObjectFault

_PACK_TYPES: Mapping[str, int] = {"commit": 1, "tree": 2, "blob": 3, "tag": 4}

Files = dict[str, tuple[str, str]]
"""What a tree holds: path to mode and object id."""


class Store:
    """Objects by id. It reads like an `ObjectReader`, and nothing checks what is put in."""

    def __init__(self) -> None:
        self.objects: dict[str, tuple[str, bytes]] = {}
        self._folders: dict[tuple[tuple[str, str, str], ...], str] = {}

    def add(self, kind: str, data: bytes) -> str:
        """Keep an object; its id."""
        oid = hashlib.sha1(f"{kind} {len(data)}\0".encode() + data).hexdigest()
        self.objects[oid] = (kind, data)
        return oid

    def add_tree(self, files: Files) -> str:
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
        return data

    def read_many(self, oids: Iterable[str], kind: Kind, limit: int) -> Iterator[bytes]:
        """As `ObjectReader.read_many`."""
        return (self.read(oid, kind, limit) for oid in oids)

    def write_to(self, path: Path, tip: str) -> GitDirectory:
        """A bare repository at `path` with all the objects in one pack, and `main` at `tip`."""
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path], check=True)
        body = b"PACK" + (2).to_bytes(4, "big") + len(self.objects).to_bytes(4, "big")
        parts = [body, *(_packed(kind, data) for kind, data in self.objects.values())]
        pack = b"".join(parts)
        subprocess.run(
            ["git", f"--git-dir={path}", "index-pack", "--stdin"],
            input=pack + hashlib.sha1(pack).digest(),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        (path / "refs/heads/main").write_text(f"{tip}\n")
        return GitDirectory.at(path)


def tree_bytes(entries: Iterable[tuple[str, str, str]]) -> bytes:
    """The content of a tree with these names, modes and ids, in this order."""
    return b"".join(
        f"{mode} {name}\0".encode("utf-8", "surrogateescape") + bytes.fromhex(oid)
        for name, mode, oid in entries
    )


def _packed(kind: str, data: bytes) -> bytes:
    size = len(data)
    head = [_PACK_TYPES[kind] << 4 | size & 15]
    size >>= 4
    while size:
        head[-1] |= 0x80
        head.append(size & 127)
        size >>= 7
    return bytes(head) + zlib.compress(data, 1)
