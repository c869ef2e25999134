"""Writing one packfile from Python, with deltas, as `git gc` would leave a long history.

Trees of thousands of entries differ from commit to commit in one entry; written whole they would
fill the disk, and adding them one by one through Git would take hours.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path

from soptui.records.objects import Kind, object_id

_NUMBERS: dict[Kind, int] = {"commit": 1, "tree": 2, "blob": 3}
_OFFSET_DELTA = 6
_DEEPEST = 50
_LONGEST_COPY = 0xFFFFFF
_LONGEST_INSERT = 127


class PackWriter:
    """Adds objects to a packfile at `path`; `close` makes it whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._file.write(struct.pack(">4sLL", b"PACK", 2, 0))
        self._position = 12
        self._places: dict[str, tuple[int, int]] = {}

    def add(self, kind: Kind, data: bytes, base: tuple[str, bytes] | None = None) -> str:
        """Add an object, as a delta of `base` (its id and content) where that was added before."""
        oid = object_id(kind, data)
        if oid in self._places:
            return oid
        known = self._places.get(base[0]) if base else None
        if base is None or known is None or known[1] >= _DEEPEST:
            self._places[oid] = (self._position, 0)
            self._write(_size(_NUMBERS[kind], len(data)), zlib.compress(data, 1))
            return oid
        change = delta(base[1], data)
        distance = self._position - known[0]
        self._places[oid] = (self._position, known[1] + 1)
        self._write(
            _size(_OFFSET_DELTA, len(change)) + _distance(distance), zlib.compress(change, 1)
        )
        return oid

    def close(self) -> None:
        """Write the count of objects and the digest."""
        self._file.seek(8)
        self._file.write(struct.pack(">L", len(self._places)))
        self._file.close()
        digest = hashlib.sha1(usedforsecurity=False)
        with self._path.open("r+b") as file:
            while part := file.read(1 << 20):
                digest.update(part)
            file.write(digest.digest())

    def _write(self, head: bytes, body: bytes) -> None:
        self._file.write(head)
        self._file.write(body)
        self._position += len(head) + len(body)


def delta(old: bytes, new: bytes) -> bytes:
    """Git's delta from `old` to `new`, which differ in one place."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    parts = [_varint(len(old)), _varint(len(new))]
    parts += _copies(0, start)
    inserted = new[start : len(new) - end]
    for position in range(0, len(inserted), _LONGEST_INSERT):
        piece = inserted[position : position + _LONGEST_INSERT]
        parts.append(bytes((len(piece),)) + piece)
    parts += _copies(len(old) - end, end)
    return b"".join(parts)


def _common(first: bytes, second: bytes) -> int:
    """How many bytes two texts have in common at their beginning."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


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
