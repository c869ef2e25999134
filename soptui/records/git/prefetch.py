"""Many objects read at once, before they are needed: asking Git costs more than its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from soptui.domain.ids import CommitId
from soptui.records.git.commit import COMMIT_LIMIT
from soptui.records.git.objects import Kind, ObjectFault, ObjectReader

T = TypeVar("T")

AnyId = TypeVar("AnyId", bound=str)

_MOST_BYTES_AHEAD = 32 * 1024 * 1024
_MOST_FAULTS = 32


def read_ahead(
    reader: ObjectReader, oids: Iterable[AnyId], kind: Kind, limit: int
) -> dict[AnyId, bytes]:
    """Many objects at once, as far as they can be read and memory allows; the rest is left out."""
    contents: dict[AnyId, bytes] = {}
    wanted = list(dict.fromkeys(oids))
    total = 0
    for _ in range(_MOST_FAULTS):
        try:
            for oid, content in zip(wanted, reader.read_many(wanted, kind, limit), strict=False):
                contents[oid] = content
                total += len(content)
                if total > _MOST_BYTES_AHEAD:
                    return contents
            return contents
        except ObjectFault as fault:
            wanted = [oid for oid in wanted if oid not in contents and oid != fault.oid]
    return contents


def read_commits_ahead(reader: ObjectReader, commits: Iterable[CommitId]) -> dict[CommitId, bytes]:
    """The bytes of these commits, as `read_ahead` has them."""
    return read_ahead(reader, commits, "commit", COMMIT_LIMIT)


class Prefetched:
    """Reads objects one by one from blobs read ahead, and the rest from the store."""

    def __init__(self, reader: ObjectReader) -> None:
        self._reader = reader
        self._blobs: Mapping[str, bytes] = {}
        self._supposed: Mapping[str, bytes] = {}

    def serve(self, blobs: Mapping[str, bytes]) -> None:
        """Serve these blobs from now on, instead of what was read ahead before."""
        self._blobs = blobs

    def suppose(self, blobs: Mapping[str, bytes]) -> None:
        """Serve these blobs too, as if they were stored, until others are supposed."""
        self._supposed = blobs

    def read(self, oid: str, kind: Kind, limit: int) -> bytes:
        """The content of one object of at most `limit` bytes. Raises `ObjectFault`."""
        content = None
        if kind == "blob":
            content = self._supposed.get(oid) or self._blobs.get(oid)
        if content is None or len(content) > limit:
            return self._reader.read(oid, kind, limit)
        return content

    def read_many(self, oids: Iterable[str], kind: Kind, limit: int) -> Iterator[bytes]:
        """As `ObjectReader.read_many`."""
        return self._reader.read_many(oids, kind, limit)


def in_parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """`items` in runs of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
