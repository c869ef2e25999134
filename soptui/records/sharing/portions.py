"""A line of commits cut into portions, so that what has been sent of it stays sent.

A push arrives whole or not at all: over a line that drops, one of everything never arrives, and a
hub takes none that is larger than its limit. Each portion ends at a commit of the main line, which
the hub verifies like any other push, and the next one goes on from there. One that does not arrive
is sent by halves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from soptui.domain.ids import CommitId
from soptui.records.clone.repository import Repository
from soptui.records.files import layout
from soptui.records.files.layout import Kind
from soptui.records.git.objects import EMPTY_TREE

PORTION = 4 * 1024 * 1024
"""How much one push carries, in bytes, unless one commit has more: half a minute at 1 Mbit/s."""

_TEXT = 4 * 1024
"""What a commit, and each text that it changes, is reckoned to take in bytes; mostly it is less."""


def portions(repository: Repository, old: CommitId, new: CommitId) -> Iterator[CommitId]:
    """Where the portions of the main line of `new` end: commits, the oldest first, `new` the last.

    Left out is what the history of `old` holds; an empty `old` holds nothing. Raises `ObjectFault`,
    `CommitFault`, `TreeFault` and `GitFailed`.
    """
    return _cut(repository, _line(repository, old, new))


def halves(repository: Repository, old: CommitId, new: CommitId) -> tuple[CommitId, ...]:
    """Where the two halves of a portion end; `new` alone where it is a single commit.

    Raises `GitFailed`.
    """
    line = _line(repository, old, new)
    return (line[len(line) // 2 - 1], new) if len(line) > 1 else (new,)


def _line(repository: Repository, old: CommitId, new: CommitId) -> list[CommitId]:
    line = [*repository.history.main_line(new, without=old)]
    line.reverse()
    return line


def _cut(repository: Repository, line: Sequence[CommitId]) -> Iterator[CommitId]:
    if len(line) <= 1 or _weight(repository, line) <= PORTION:
        yield from line[-1:]
        return
    middle = len(line) // 2
    yield from _cut(repository, line[:middle])
    yield from _cut(repository, line[middle:])


def _weight(repository: Repository, line: Sequence[CommitId]) -> int:
    """About how many bytes a push of these commits, which follow each other, takes."""
    parents = repository.commit(line[0]).parents
    before = repository.commit(parents[0]).tree if parents else EMPTY_TREE
    after = repository.commit(line[-1]).tree
    changes = [*repository.shelf.trees.diff(before, after)]
    files = [one.new for one in changes if layout.kind_of(one.path) is Kind.ATTACHMENT]
    texts = len(line) + len(changes) - len(files)
    return _TEXT * texts + sum(repository.reader.sizes(files, "blob"))
