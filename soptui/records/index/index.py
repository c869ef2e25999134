"""A derived index of the verified records, which lists are read from; it can be thrown away.

One SQLite file a clone, in the user's own state folder and not in the clone, which may have been
copied from anywhere. All it holds follows from the records at one verified commit. It is brought to
a newer one by what changed between the two, and made anew when the records before the change were
other ones (another first commit, calendar, SOP or office file, a history that went back), when its
tables are of another version, or when the file is damaged. Several processes may use it at once:
each change is one transaction of a write-ahead log, which needs no wait for the disk and is whole
after a power cut. Where the file cannot be used, the index lives in memory and nobody is stopped.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec, Self, TypeVar

from soptui.domain.ids import NO_COMMIT, NO_OBJECT, CaseId, CommitId
from soptui.domain.message import Message, Refusal
from soptui.records.files import codec, layout
from soptui.records.git.objects import EMPTY_TREE, ObjectFault
from soptui.records.git.prefetch import in_parts
from soptui.records.git.process import GitFailed
from soptui.records.git.tree_cache import Change
from soptui.records.index.queries import Queries
from soptui.records.index.rows import VERSION, Zone
from soptui.records.platform.private_files import state_path

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

    from soptui.records.clone.repository import Repository
    from soptui.records.files.snapshot import Snapshot

T = TypeVar("T")
P = ParamSpec("P")

_WAIT_SECONDS = 5.0
_PART = 500
_MEMORY = ":memory:"

_File = tuple[Change, bytes | Message]
"""A case file at the new commit, with its bytes or why they cannot be read."""


class _Key(NamedTuple):
    """What the index was made from; `facts` names all but the cases that its rows depend on."""

    genesis: CommitId
    commit: CommitId
    facts: str
    utc_offset: int


def index_path(clone: Path) -> Path:
    """Where the index of the clone at this path is kept; SQLite keeps two files more beside it."""
    return state_path(clone, ".sqlite")


class Index:
    """The index of one clone. Threads may share it. Close it, or use it as a context manager."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._path = index_path(repository.root)
        self._lock = threading.RLock()
        self._connection: Connection | None = None
        self._queries: Queries | None = None
        self._in_memory = False
        self._was_damaged = False

    @classmethod
    def open(cls, repository: Repository) -> Index:
        """The index of a clone, not read or made before it is asked or updated."""
        return cls(repository)

    @property
    def in_memory(self) -> bool:
        """Whether the file could not be used, so that the index goes with this process."""
        return self._in_memory

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = self._queries = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    def update(self) -> None:
        """Bring the index to the newest verified commit.

        Raises what `Repository.current` raises, and nothing on account of the index's file.
        """
        repository = self._repository
        if repository.head() != repository.trust.tip:
            repository.current()
        commit = repository.trust.tip or repository.current()[0]
        with self._lock:
            while True:
                try:
                    self._queries = self._bring(self._connected(), commit)
                except (*_faults(), OSError) as fault:
                    self._recover(fault)
                else:
                    return

    # --- where it is kept ----------------------------------------------------------------------

    def _recover(self, fault: Exception) -> None:
        """After a fault of the file: put a damaged one away, else go on in memory.

        Raises the fault when it was one in memory.
        """
        if self._in_memory:
            raise fault
        damaged = not self._was_damaged and self._is_damaged()
        self.close()
        if damaged:
            self._was_damaged = True
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        else:
            self._in_memory = True

    def _is_damaged(self) -> bool:
        """Whether the file is no sound database, as opposed to busy or out of reach."""
        import sqlite3

        try:
            found = self._connected().execute("PRAGMA quick_check").fetchone()
        except (sqlite3.OperationalError, OSError):
            return False
        except sqlite3.DatabaseError:
            return True
        return bool(found != ("ok",))

    def _connected(self) -> Connection:
        import sqlite3

        if self._connection is None:
            place = _MEMORY if self._in_memory else str(self._path)
            if not self._in_memory:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                # SQLite gives its other files the mode of this one.
                os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            self._connection = sqlite3.connect(
                place, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            if not self._in_memory:
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = NORMAL")
        return self._connection

    # --- bringing it up to date ----------------------------------------------------------------

    def _bring(self, connection: Connection, commit: CommitId) -> Queries:
        known = _known(connection)
        genesis = self._repository.trust.genesis
        if known is None or (known.genesis, known.commit) != (genesis, commit):
            known = self._bring_to(connection, commit)
        return Queries(connection, Zone(known.utc_offset))

    def _bring_to(self, connection: Connection, commit: CommitId) -> _Key:
        from soptui.records.index import agenda as index_agenda

        snapshot = self._repository.at(commit)
        offset = snapshot.registry.office.utc_offset
        facts = " ".join(snapshot.lookup(name) for name in (layout.OFFICE, "calendars", "sops"))
        key = _Key(self._repository.trust.genesis, commit, facts, offset)
        connection.execute("BEGIN IMMEDIATE")
        try:
            known = _known(connection)
            if known is not None and (known.genesis, known.facts) != (key.genesis, key.facts):
                known = None
            try:
                self._write(connection, known, key, snapshot)
            except (index_agenda.RolledBack, GitFailed, ObjectFault):
                # What was indexed went out of the history, perhaps out of the repository.
                if known is None:
                    raise
                self._write(connection, None, key, snapshot)
            connection.execute("DELETE FROM state")
            connection.execute("INSERT INTO state VALUES (1, ?, ?, ?, ?)", key)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return key

    def _write(
        self, connection: Connection, known: _Key | None, key: _Key, snapshot: Snapshot
    ) -> None:
        from soptui.records.index import agenda as index_agenda
        from soptui.records.index import schema as index_schema

        directory = self._repository.directory
        trees = snapshot.shelf.trees
        if known is None:
            from concurrent.futures import ThreadPoolExecutor

            index_schema.create(connection)
            changes = [
                Change(layout.case_path(case_id), NO_OBJECT, blob)
                for case_id, blob in snapshot.case_ids()
            ]
            with ThreadPoolExecutor(1) as pool:
                registered = pool.submit(
                    index_agenda.registrations, directory, NO_COMMIT, key.commit
                )
                self._write_cases(connection, changes, snapshot, offset=key.utc_offset)
            index_schema.add_agenda(connection, registered.result())
            index_schema.create_indexes(connection)
            return
        registrations = index_agenda.registrations(directory, known.commit, key.commit)
        index_schema.add_agenda(connection, registrations)
        roots = (self._repository.commit(known.commit).tree, snapshot.root)
        before, after = (trees.lookup(root, "cases") for root in roots)
        changes = list(trees.diff(before or EMPTY_TREE, after or EMPTY_TREE, "cases/"))
        again = connection.execute("SELECT path, blob FROM damaged").fetchall()
        named = {change.path for change in changes}
        changes += [Change(path, blob, blob) for path, blob in again if path not in named]
        for change in changes:
            index_schema.remove(connection, layout.case_of_path(change.path), change.path)
        present = [change for change in changes if change.new]
        self._write_cases(connection, present, snapshot, offset=key.utc_offset)

    def _write_cases(
        self, connection: Connection, changes: Sequence[Change], snapshot: Snapshot, *, offset: int
    ) -> None:
        from soptui.domain.time.working_calendar import WorkingCalendar
        from soptui.records.index import schema as index_schema
        from soptui.records.index.case_scan import Scanner

        if not changes:
            return
        zone = timezone(timedelta(minutes=offset))
        calendar = WorkingCalendar(snapshot.calendars(), zone)
        (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM cases").fetchone()
        writer = index_schema.Writer(connection, calendar, last + 1)
        scanner = Scanner(snapshot.sops)
        for part in in_parts(changes, _PART):
            for change, data in self._contents(part):
                if isinstance(data, Message):
                    index_schema.add_damaged(connection, change.path, change.new, data)
                    continue
                try:
                    scanned = scanner.scan(data)
                except Refusal as refusal:
                    reason = refusal.message
                    index_schema.add_damaged(connection, change.path, change.new, reason)
                else:
                    writer.add(layout.case_of_path(change.path), change.new, scanned)
            writer.flush()

    def _contents(self, part: Sequence[Change]) -> list[_File]:
        """Each file's bytes, or why they cannot be read."""
        reader = self._repository.reader
        oids = [change.new for change in part]
        try:
            contents = list(reader.read_many(oids, "blob", codec.CASE_LIMIT))
        except ObjectFault:
            return [(change, self._content(change)) for change in part]
        return list(zip(part, contents, strict=True))

    def _content(self, change: Change) -> bytes | Message:
        try:
            return self._repository.reader.read(change.new, "blob", codec.CASE_LIMIT)
        except ObjectFault as fault:
            return _unreadable(change.path, fault)

    # --- asking --------------------------------------------------------------------------------

    def ask(
        self, question: Callable[Concatenate[Queries, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The answer to one of the `Queries`, asked anew where the file had to be put away.

        The index is made where there is none, else it answers as it was last updated.
        """
        with self._lock:
            while True:
                if self._queries is None:
                    self.update()
                    continue
                try:
                    return question(self._queries, *args, **kwargs)
                except _faults() as fault:
                    self._recover(fault)

    def provisional(self, shared_commit: CommitId) -> frozenset[CaseId]:
        """The verified cases whose agenda number may still change: those after `shared_commit`.

        All of them where the verified records do not go on from that commit; none where they do
        not reach it.
        """
        from soptui.records.index import agenda as index_agenda

        repository, tip = self._repository, self._repository.current()[0]
        if repository.history.is_ancestor(tip, shared_commit):
            return frozenset()
        try:
            found = index_agenda.registrations(repository.directory, shared_commit, tip)
        except (index_agenda.RolledBack, GitFailed):
            found = index_agenda.registrations(repository.directory, NO_COMMIT, tip)
        return frozenset(found)

    def contents(self) -> dict[str, list[tuple[object, ...]]]:
        """All tables with their rows in a fixed order, so that two indexes can be compared."""
        from soptui.records.index import schema as index_schema

        return self.ask(lambda queries: index_schema.contents(queries.connection))


def _faults() -> tuple[type[Exception]]:
    """What SQLite raises; a function because the module is imported where it is used."""
    import sqlite3

    return (sqlite3.Error,)


def _known(connection: Connection) -> _Key | None:
    """What the index was made from; None when it was not made, or by another version."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != VERSION:
        return None
    row = connection.execute("SELECT genesis, commit_id, facts, utc_offset FROM state").fetchone()
    return None if row is None else _Key(*row)


def _unreadable(path: str, fault: ObjectFault) -> Message:
    return Message(
        "The object {oid} of {path} cannot be read ({code}). Nothing else is affected. Run git "
        "fsck, or clone the records again.",
        oid=fault.oid[:12],
        path=path,
        code=fault.code,
    )
