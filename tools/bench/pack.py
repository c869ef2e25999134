"""Writing one packfile and its index from Python, with deltas, as `git gc` would leave a history.

Trees of thousands of entries differ from commit to commit in one entry; written whole they would
fill the disk, adding them one by one through Git would take hours, and letting Git index the pack
would hash each of them once more.
"""

from __future__ import annotations

import hashlib
import itertools
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from soptui.domain.ids import ObjectId
from soptui.records.git.objects import Kind, object_id

_NUMBERS: dict[Kind, int] = {"commit": 1, "tree": 2, "blob": 3}
_OFFSET_DELTA = 6
_DEEPEST = 50
_LONGEST_COPY = 0xFFFFFF
_LONGEST_INSERT = 127
_LONGEST_STORED = 0xFFFF
_FAR = 0x80000000
"""From here on a place in the pack stands in the index's second table."""


class _Place(NamedTuple):
    offset: int
    depth: int
    check: int


class PackWriter:
    """Adds objects to a packfile at `path`; `close` makes it whole and writes its index."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._file.write(struct.pack(">4sLL", b"PACK", 2, 0))
        self._position = 12
        self._places: dict[str, _Place] = {}

    def add(self, kind: Kind, data: bytes, base: tuple[str, bytes] | None = None) -> ObjectId:
        """Add an object; `base` is an object's id and the `delta` from it, used where it can be."""
        oid = object_id(kind, data)
        if oid in self._places:
            return oid
        known = self._places.get(base[0]) if base else None
        if base is None or known is None or known.depth >= _DEEPEST:
            self._write(oid, 0, _size(_NUMBERS[kind], len(data)) + zlib.compress(data, 1))
            return oid
        change = base[1]
        head = _size(_OFFSET_DELTA, len(change)) + _distance(self._position - known.offset)
        self._write(oid, known.depth + 1, head + _stored(change))
        return oid

    def close(self) -> None:
        """Write the count of objects and the digest, and beside the pack its index."""
        self._file.seek(8)
        self._file.write(struct.pack(">L", len(self._places)))
        self._file.close()
        digest = hashlib.sha1(usedforsecurity=False)
        with self._path.open("r+b") as file:
            while part := file.read(1 << 20):
                digest.update(part)
            file.write(digest.digest())
        self._path.with_suffix(".idx").write_bytes(_index(self._places, digest.digest()))

    def _write(self, oid: str, depth: int, entry: bytes) -> None:
        self._places[oid] = _Place(self._position, depth, zlib.crc32(entry))
        self._file.write(entry)
        self._position += len(entry)


def delta(size: int, start: int, removed: int, inserted: bytes) -> bytes:
    """Git's delta of a text of `size` bytes that has others where so many at `start` were."""
    end = start + removed
    parts = [_varint(size), _varint(size - removed + len(inserted))]
    parts += _copies(0, start)
    for position in range(0, len(inserted), _LONGEST_INSERT):
        piece = inserted[position : position + _LONGEST_INSERT]
        parts.append(bytes((len(piece),)) + piece)
    parts += _copies(end, size - end)
    return b"".join(parts)


def _index(places: dict[str, _Place], pack: bytes) -> bytes:
    """The index of a pack by its objects' places and its digest (gitformat-pack, version 2)."""
    ordered = sorted(places.items())
    upto = [0] * 256
    for oid, _ in ordered:
        upto[int(oid[:2], 16)] += 1
    far = [place.offset for _, place in ordered if place.offset >= _FAR]
    numbers = itertools.count(_FAR)
    offsets = [place.offset if place.offset < _FAR else next(numbers) for _, place in ordered]
    content = b"".join((
        b"\xfftOc\0\0\0\2",
        _words("L", tuple(itertools.accumulate(upto))),
        bytes.fromhex("".join(oid for oid, _ in ordered)),
        _words("L", [place.check for _, place in ordered]),
        _words("L", offsets),
        _words("Q", far),
        pack,
    ))  # fmt: skip
    return content + hashlib.sha1(content, usedforsecurity=False).digest()


def _words(form: str, numbers: Sequence[int]) -> bytes:
    return struct.pack(f">{len(numbers)}{form}", *numbers)


def _stored(data: bytes) -> bytes:
    """What zlib reads as `data`: not compressed, which for a few bytes of ids costs only time."""
    size = len(data)
    if size > _LONGEST_STORED:
        return zlib.compress(data, 1)
    head = struct.pack("<BBBHH", 0x78, 0x01, 0x01, size, size ^ _LONGEST_STORED)
    return head + data + struct.pack(">L", zlib.adler32(data))


def _copies(offset: int, length: int) -> list[bytes]:
    copies = []
    while length > 0:
        taken = min(length, _LONGEST_COPY)
        flags, numbers = 0x80, b""
        for place in range(4):
            byte = offset >> (8 * place) & 0xFF
            if byte:
                flags |= 1 << place
                numbers += bytes((byte,))
        for place in range(3):
            byte = taken >> (8 * place) & 0xFF
            if byte:
                flags |= 0x10 << place
                numbers += bytes((byte,))
        copies.append(bytes((flags,)) + numbers)
        offset += taken
        length -= taken
    return copies


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _size(kind: int, size: int) -> bytes:
    first = kind << 4 | size & 0x0F
    rest = size >> 4
    return bytes((first | 0x80,)) + _varint(rest) if rest else bytes((first,))


def _distance(number: int) -> bytes:
    out = [number & 0x7F]
    while number := number >> 7:
        number -= 1
        out.append(0x80 | number & 0x7F)
    return bytes(reversed(out))
