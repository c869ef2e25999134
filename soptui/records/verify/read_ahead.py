"""The commits of a history, read and their signatures checked before they are judged.

A history is cut into parts. A short one is read part by part. For a long one a process of our own
does that (`read_ahead_worker`) while the parts before are judged, so that both cores of a small
machine are busy: checking a signature holds Python's lock, and a thread would not help.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from msgspec import Struct

from soptui.domain.findings import Found
from soptui.domain.ids import CommitId
from soptui.records.git.commit import Commit, Ident
from soptui.records.git.history import History
from soptui.records.git.objects import ObjectReader
from soptui.records.git.prefetch import in_parts, read_commits_ahead
from soptui.records.keys.sshsig import PublicKey
from soptui.records.platform.processes import own_process
from soptui.records.verify.identity import SignedCommit, check_signature

if TYPE_CHECKING:
    from subprocess import Popen

    from soptui.records.verify.ancestry import Item

_IN_A_PART = 256
_LONG = 1500
"""From how many commits on a process is worth starting."""

_WORKER = "soptui.records.verify.read_ahead_worker"


class Part(Struct, frozen=True):
    """Some commits, each with what it holds and who signed it, or what is wrong with it.

    What could not be read ahead is missing.
    """

    items: Sequence[Item]
    signed: Mapping[str, SignedCommit | Found]

    def messages(self) -> Iterator[str]:
        """The messages of those commits that are in order."""
        return (one.commit.message for one in self.signed.values() if isinstance(one, SignedCommit))


class ReadAhead:
    """The parts of a history in their order. Use it as a context manager."""

    def __init__(self, history: History, reader: ObjectReader, items: Sequence[Item]) -> None:
        self._history = history
        self._reader = reader
        self._items = items
        self._worker: Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if len(self._items) >= _LONG:
            self._worker = _started(self._history, [item.line.commit for item in self._items])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end_worker()

    def __iter__(self) -> Iterator[Part]:
        for items in in_parts(self._items, _IN_A_PART):
            part = self._received(items)
            yield self._read(items) if part is None else part

    def _read(self, items: Sequence[Item]) -> Part:
        contents = read_commits_ahead(self._reader, [item.line.commit for item in items])
        return Part(items, {commit: _checked(commit, raw) for commit, raw in contents.items()})

    def _received(self, items: Sequence[Item]) -> Part | None:
        """The next part from the worker; None when there is none, or it has failed."""
        if self._worker is None or self._worker.stdout is None:
            return None
        try:
            signed = marshal.load(self._worker.stdout)  # noqa: S302 (written by our own process)
        except (EOFError, ValueError, TypeError):
            self._end_worker()
            return None
        return Part(items, {commit: _signed(commit, *fields) for commit, fields in signed.items()})

    def _end_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            _end(worker)


def parts_of(commits: Sequence[CommitId]) -> Iterator[Sequence[CommitId]]:
    """The commits of each part."""
    return in_parts(commits, _IN_A_PART)


def _checked(commit: CommitId, raw: bytes) -> SignedCommit | Found:
    try:
        return check_signature(commit, raw)
    except Found as found:
        return found


def _started(history: History, commits: Sequence[CommitId]) -> Popen[bytes] | None:
    import subprocess

    command, environment = own_process(_WORKER)
    directory = history.directory
    try:
        worker = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    except OSError:
        return None
    task = [str(directory.path), dict(directory.quarantine), list(commits)]
    stdin, worker.stdin = worker.stdin, None
    try:
        if stdin is not None:
            with stdin:
                stdin.write(marshal.dumps(task))
    except OSError:
        _end(worker)
        return None
    return worker


def _end(worker: Popen[bytes]) -> None:
    worker.kill()
    worker.communicate()


def _signed(commit_id: CommitId, key: bytes | str, *fields: Any) -> SignedCommit | Found:
    """What the worker found of a commit, made of the plain values that it sent."""
    if isinstance(key, str):
        return Found(key, detail=fields[0])
    tree, parents, author, committer, message = fields
    commit = Commit(tree, parents, Ident(*author), Ident(*committer), b"", message)
    return SignedCommit(commit_id, commit, PublicKey.of_blob(key))
