"""Git's object store: reading with every object hashed again, writing that survives a power cut."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import re
import select
import sys
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, NoReturn, Protocol, Self

from soptui.domain.ids import ObjectId
from soptui.records.git.process import GitDirectory, is_full_id

if TYPE_CHECKING:
    from subprocess import Popen
    from types import TracebackType

Kind = Literal["blob", "tree", "commit"]
"""The kinds of object that records are made of."""

EMPTY_TREE: Final = ObjectId("4b825dc642cb6eb9a060e54bf8d69288fbee4904")
"""The tree without entries, which Git knows without having it stored."""

# A request of this many ids fits into the smallest pipe (4 KiB), so writing it never waits for
# Git, which may itself be waiting for us to read what it answers.
_IDS_IN_A_REQUEST = 99
_BYTES_IN_A_REQUEST = 8 * 1024 * 1024
_READ_AT_ONCE = 256 * 1024
_REQUEST = re.compile(rb"(?:[0-9a-f]{40}\n)+")


class ObjectFault(Exception):
    """Why an object could not be had; `oid` says which, `code` is stable, one of:

    `id` (not a full id), `missing`, `kind` (another than asked for), `size` (over the limit),
    `hash` (the bytes are not those that the id names), `unreadable` (damaged, or Git failed).
    """

    def __init__(self, code: str, oid: str) -> None:
        super().__init__(code, oid)
        self.code = code
        self.oid = oid


def object_id(kind: Kind, data: bytes) -> ObjectId:
    """The id of the object of this kind and content: SHA-1 over Git's header and `data`."""
    digest = hashlib.sha1(b"%b %d\0" % (kind.encode(), len(data)), usedforsecurity=False)
    digest.update(data)
    return ObjectId(digest.hexdigest())


class Reads(Protocol):
    """Whatever reads an object's content by its id and verifies it against that id."""

    def read(self, oid: str, kind: Kind, limit: int) -> bytes:
        """The content of the object, of at most `limit` bytes. Raises `ObjectFault`."""

    def read_many(self, oids: Iterable[str], kind: Kind, limit: int) -> Iterator[bytes]:
        """The contents in the order of `oids`, each of at most `limit` bytes."""


class ObjectReader:
    """Reads objects through two running `git cat-file`, started at the first need.

    No byte is taken on trust: the size is asked before the content, and the content is hashed.
    Threads may share a reader. Close it, or use it as a context manager.
    """

    def __init__(self, directory: GitDirectory, *, patience: float = 20.0) -> None:
        """`patience` is for how many seconds Git may say nothing while an answer is due."""
        self._directory = directory
        self._patience = patience
        self._lock = threading.Lock()
        self._sizes: _Conversation | None = None
        self._contents: _Conversation | None = None

    def read(self, oid: str, kind: Kind, limit: int) -> bytes:
        """The content of one object of at most `limit` bytes; raises `ObjectFault`."""
        return next(self.read_many((oid,), kind, limit))

    def read_many(self, oids: Iterable[str], kind: Kind, limit: int) -> Iterator[bytes]:
        """The contents in the order of `oids`, each of at most `limit` bytes.

        Raises `ObjectFault` at the request that holds the first object at fault.
        """
        remaining = iter(oids)
        while request := list(itertools.islice(remaining, _IDS_IN_A_REQUEST)):
            with self._lock:
                sizes = self._ask_sizes(request, kind, limit)
            for part in _parts(sizes):
                with self._lock:
                    contents = self._ask_contents(request[part], kind, sizes[part])
                yield from contents

    def has(self, oid: str) -> bool:
        """Whether an object of this id is stored, whatever its kind; raises `ObjectFault`."""
        with self._lock:
            answer = self._answers([oid])[0].decode("ascii", "replace")
            if not answer.startswith(oid):
                self._refuse("unreadable", oid)
        return answer != f"{oid} missing\n"

    def sizes(self, oids: Sequence[str], kind: Kind) -> list[int]:
        """The size of each object in bytes; raises `ObjectFault`."""
        requests = range(0, len(oids), _IDS_IN_A_REQUEST)
        found: list[int] = []
        for start in requests:
            with self._lock:
                request = oids[start : start + _IDS_IN_A_REQUEST]
                found += self._ask_sizes(request, kind, sys.maxsize)
        return found

    def close(self) -> None:
        """End the processes; the next read starts them again."""
        for conversation in (self._sizes, self._contents):
            if conversation is not None:
                conversation.end()
        self._sizes = self._contents = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _ask_sizes(self, oids: Sequence[str], kind: Kind, limit: int) -> list[int]:
        sizes = []
        for oid, answer in zip(oids, self._answers(oids), strict=True):
            answered, _, rest = answer.decode("ascii", "replace").rstrip("\n").partition(" ")
            found, _, size = rest.partition(" ")
            if rest == "missing":
                self._directory.tell_lost()
                raise ObjectFault("missing", oid)
            if answered != oid or not size.isascii() or not size.isdigit():
                self._refuse("unreadable", oid)
            if found != kind:
                raise ObjectFault("kind", oid)
            if int(size) > limit:
                raise ObjectFault("size", oid)
            sizes.append(int(size))
        return sizes

    def _answers(self, oids: Sequence[str]) -> list[bytes]:
        if self._sizes is None:
            process = self._directory.batch(sizes_only=True)
            self._sizes = _Conversation(process, self._patience)
        self._send(self._sizes, oids)
        return [self._sizes.line() for _ in oids]

    def _ask_contents(self, oids: Sequence[str], kind: Kind, sizes: Sequence[int]) -> list[bytes]:
        if self._contents is None:
            self._contents = _Conversation(self._directory.batch(), self._patience)
        answers = self._contents
        self._send(answers, oids)
        contents = []
        for oid, size in zip(oids, sizes, strict=True):
            if answers.line() != f"{oid} {kind} {size}\n".encode():
                self._refuse("unreadable", oid)
            data = answers.take(size + 1)
            if len(data) != size + 1:
                self._refuse("unreadable", oid)
            data = data[:-1]
            if object_id(kind, data) != oid:
                self._refuse("hash", oid)
            contents.append(data)
        return contents

    def _send(self, conversation: _Conversation, oids: Sequence[str]) -> None:
        request = ("\n".join(oids) + "\n").encode("utf-8", "replace")
        if len(request) != 41 * len(oids) or _REQUEST.fullmatch(request) is None:
            raise ObjectFault("id", next((oid for oid in oids if not is_full_id(oid)), oids[0]))
        try:
            conversation.say(request)
        except OSError:
            self._refuse("unreadable", oids[0])

    def _refuse(self, code: str, oid: str) -> NoReturn:
        # What Git still has to say would be taken for the answer to the next question.
        self.close()
        self._directory.tell_lost()
        raise ObjectFault(code, oid)


class _Conversation:
    """Questions to a running process, and its answers, for which we do not wait for ever.

    Git streams a blob and does not notice when a damaged file holds less than it announced; then
    the rest of the answer never comes.
    """

    def __init__(self, process: Popen[bytes], patience: float) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("the process has no pipes")
        self._process = process
        self._questions = process.stdin
        self._answers = process.stdout.fileno()
        self._milliseconds = round(patience * 1000)
        self._poll = select.poll()
        self._poll.register(self._answers, select.POLLIN)
        self._unread = b""
        self._position = 0

    def say(self, question: bytes) -> None:
        """Send a question; raises `OSError` when the process has ended."""
        self._questions.write(question)
        self._questions.flush()

    def line(self) -> bytes:
        """The next line with its line feed; without one when no more comes."""
        while (end := self._unread.find(b"\n", self._position)) < 0:
            part = self._receive()
            if not part:
                return b""
            self._unread = self._unread[self._position :] + part
            self._position = 0
        return self.take(end + 1 - self._position)

    def take(self, count: int) -> bytes:
        """The next `count` bytes; fewer when no more come."""
        taken = self._unread[self._position : self._position + count]
        self._position += len(taken)
        if len(taken) == count:
            return taken
        parts = [taken]
        missing = count - len(taken)
        while missing > 0 and (part := self._receive()):
            parts.append(part[:missing])
            self._unread, self._position = part, len(parts[-1])
            missing -= len(parts[-1])
        return b"".join(parts)

    def end(self) -> None:
        """End the process and close the pipes."""
        self._process.kill()
        with contextlib.suppress(BrokenPipeError), self._process:
            pass

    def _receive(self) -> bytes:
        if not self._poll.poll(self._milliseconds):
            return b""
        return os.read(self._answers, _READ_AT_ONCE)


class ObjectWriter:
    """Collects new objects and stores them all at once, as loose objects.

    Nothing has its name on disk before `flush`, so an action that is given up half-way leaves no
    trace. Make one for each action, as a context manager where `begin` is used.
    """

    def __init__(self, directory: GitDirectory) -> None:
        self._objects = directory.objects
        self._pending: dict[str, tuple[Kind, bytes]] = {}
        self._ready: dict[str, _Ready] = {}
        self._thread: threading.Thread | None = None

    def write(self, kind: Kind, data: bytes) -> ObjectId:
        """The id of the object, which `flush` will store."""
        oid = object_id(kind, data)
        self._pending[oid] = (kind, data)
        return oid

    def begin(self) -> None:
        """Start bringing to the disk what was written so far, while something else is awaited."""
        self._thread = threading.Thread(target=self._prepare, args=(dict(self._pending),))
        self._thread.start()

    def flush(self) -> None:
        """Store what was written. On return it is on the disk, names included.

        An object that is there already is read, and replaced if a crash has left it damaged.
        Raises `OSError`, for example when the disk is full; whole objects may then be stored
        that nothing refers to, and the next `flush` completes the rest.
        """
        self._join()
        touched: set[Path] = set()
        for oid, (kind, data) in self._pending.items():
            ready = self._ready.pop(oid, None) or _Ready.made(self._objects, oid, kind, data)
            ready.take_name()
            touched |= ready.touched
        for directory in sorted(touched):
            sync_directory(directory)
        self._pending.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *unused: object) -> None:
        self._join()
        for ready in self._ready.values():
            ready.give_up()
        self._ready.clear()

    def _prepare(self, pending: dict[str, tuple[Kind, bytes]]) -> None:
        # A fault of the disk is met again, and told, by `flush`.
        with contextlib.suppress(OSError):
            for oid, (kind, data) in pending.items():
                self._ready[oid] = _Ready.made(self._objects, oid, kind, data)

    def _join(self) -> None:
        if self._thread is not None:
            self._thread.join()
        self._thread = None


def sync_directory(directory: Path) -> None:
    """Wait until the names in `directory` are on the disk; raises `OSError`."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parts(sizes: Sequence[int]) -> Iterator[slice]:
    """Cuts a request so that one part never holds many large contents in memory."""
    start = total = 0
    for position, size in enumerate(sizes):
        if position > start and total + size > _BYTES_IN_A_REQUEST:
            yield slice(start, position)
            start, total = position, 0
        total += size
    yield slice(start, len(sizes))


class _Ready(NamedTuple):
    """An object whose bytes are on the disk, under its own name or still a passing one.

    `touched` are the directories whose names must still reach the disk.
    """

    path: Path
    temporary: Path | None
    touched: frozenset[Path]

    @classmethod
    def made(cls, objects: Path, oid: str, kind: Kind, data: bytes) -> Self:
        folder = objects / oid[:2]
        path = folder / oid[2:]
        content = b"%b %d\0" % (kind.encode(), len(data)) + data
        if _holds(path, content):
            return cls(path, None, frozenset({folder}))
        touched = {folder}
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            touched.add(objects)
        # git prune knows this prefix and clears away what a crash leaves.
        temporary = folder / f"tmp_obj_{os.urandom(8).hex()}"
        ready = cls(path, temporary, frozenset(touched))
        try:
            with open(temporary, "xb", opener=_read_only) as file:
                file.write(zlib.compress(content, 1))
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            ready.give_up()
            raise
        return ready

    def take_name(self) -> None:
        if self.temporary is not None:
            try:
                self.temporary.replace(self.path)
            except BaseException:
                self.give_up()
                raise

    def give_up(self) -> None:
        if self.temporary is not None:
            self.temporary.unlink(missing_ok=True)


def _holds(path: Path, content: bytes) -> bool:
    """Whether the file is this object, and on the disk: Git does not sync what it writes."""
    try:
        with path.open("rb") as file:
            stored = zlib.decompressobj()
            if stored.decompress(file.read(), len(content) + 1) != content or not stored.eof:
                return False
            os.fsync(file.fileno())
            return True
    except (OSError, zlib.error):
        return False


def _read_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o444)
