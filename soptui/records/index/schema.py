"""The tables of the index, and how a case is written into them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from soptui.domain.ids import CaseId, ObjectId
from soptui.domain.message import Message
from soptui.domain.time.due_soon import Deadlines
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.records.index.case_scan import Scanned
from soptui.records.index.rows import NEVER, VERSION, dump_message, letter_key, seconds_of

if TYPE_CHECKING:
    from sqlite3 import Connection

TABLES = (
    "state", "cases", "requests", "informed", "participants", "damaged", "agenda",
)  # fmt: skip

_CREATE = (
    """CREATE TABLE state (
        id INTEGER PRIMARY KEY CHECK (id = 1), genesis TEXT, commit_id TEXT,
        facts TEXT, utc_offset INTEGER)""",
    """CREATE TABLE cases (
        id INTEGER PRIMARY KEY, case_id TEXT UNIQUE NOT NULL, year INTEGER, sop TEXT,
        version INTEGER, status TEXT, step INTEGER, round INTEGER, state TEXT, role TEXT,
        assignee TEXT, owner TEXT, sender TEXT, letter_number TEXT, letter_date TEXT,
        letter_received INTEGER, letter_sender TEXT, subject TEXT, urgency TEXT, security TEXT,
        sent INTEGER, received INTEGER, deadline INTEGER NOT NULL, soon INTEGER,
        registered INTEGER, closed INTEGER, returns INTEGER, events INTEGER, last_at INTEGER,
        last_by TEXT, last_id TEXT, separated TEXT, informed TEXT, corrected INTEGER,
        migrated INTEGER,
        blob TEXT, letter_key TEXT)""",
    "CREATE TABLE requests (id INTEGER, unit TEXT, due TEXT, asked INTEGER, asked_by TEXT)",
    "CREATE TABLE informed (role TEXT, id INTEGER, PRIMARY KEY (role, id)) WITHOUT ROWID",
    "CREATE TABLE participants (officer TEXT, id INTEGER, PRIMARY KEY (officer, id)) WITHOUT ROWID",
    "CREATE TABLE damaged (path TEXT PRIMARY KEY, blob TEXT, reason TEXT) WITHOUT ROWID",
    "CREATE TABLE agenda (case_id TEXT PRIMARY KEY, year INTEGER, number INTEGER) WITHOUT ROWID",
)

_INDEX = (
    """CREATE INDEX waiting ON cases (role, deadline, soon, assignee, separated, status)
        WHERE state = 'to-receive'""",
    "CREATE INDEX working ON cases (owner, role, deadline, soon, status) WHERE state = 'in-work'",
    "CREATE INDEX by_last ON cases (last_at)",
    "CREATE INDEX by_letter ON cases (letter_key)",
    "CREATE INDEX by_deadline ON cases (deadline, status)",
    "CREATE INDEX requests_by_unit ON requests (unit, id)",
    "CREATE INDEX requests_by_case ON requests (id)",
    "CREATE INDEX informed_by_case ON informed (id)",
    "CREATE INDEX participants_by_case ON participants (id)",
    "CREATE INDEX agenda_by_year ON agenda (year, number)",
)
_FULL_TEXT = (
    "CREATE VIRTUAL TABLE words USING fts5 (text, detail = none, columnsize = 0,"
    " tokenize = 'unicode61 remove_diacritics 2')"
)
_PLAIN_TEXT = "CREATE TABLE words (rowid INTEGER PRIMARY KEY, text TEXT)"

Rows = list[tuple[object, ...]]


def create(connection: Connection) -> None:
    """Empty tables in the place of whatever is there, without the indexes on them."""
    from sqlite3 import OperationalError

    for table in (*TABLES, "words"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _CREATE:
        connection.execute(statement)
    try:
        connection.execute(_FULL_TEXT)
    except OperationalError:
        connection.execute(_PLAIN_TEXT)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def create_indexes(connection: Connection) -> None:
    """The indexes, which are made faster after the rows than with them."""
    for statement in _INDEX:
        connection.execute(statement)


class Writer:
    """Collects rows of cases and writes them in bulk."""

    def __init__(self, connection: Connection, calendar: WorkingCalendar, first_id: int) -> None:
        self._connection = connection
        self._deadlines = Deadlines(calendar)
        self._next_id = first_id
        self._cases: Rows = []
        self._requests: Rows = []
        self._informed: Rows = []
        self._participants: Rows = []
        self._words: Rows = []

    def add(self, case_id: CaseId, blob: ObjectId, scanned: Scanned) -> None:
        """One more case."""
        number = self._next_id
        self._next_id += 1
        course, visit, letter = scanned.course, scanned.visit, scanned.letter
        deadline = soon = None
        if visit is not None:
            deadline, soon = self._deadlines.of(course.norm, visit)
        self._cases.append(
            (
                number, case_id, int(case_id[:4]), course.sop, course.version, course.status,
                course.step,
                *(
                    (visit.round, visit.state.value, course.role, visit.assignee, visit.owner,
                     visit.sender)
                    if visit
                    else (0, "not-started", course.role, "", "", "")
                ),
                *(
                    (letter.number, letter.date.isoformat(), seconds_of(letter.received),
                     letter.sender, letter.subject, letter.urgency.value, letter.security.value)
                    if letter
                    else ("", "", None, "", "", "", "")
                ),
                seconds_of(visit.sent) if visit else None,
                seconds_of(visit.received) if visit else None,
                NEVER if deadline is None else int(deadline.timestamp()),
                seconds_of(soon),
                seconds_of(scanned.registered),
                seconds_of(visit.closed) if visit else None,
                course.returns, course.events, seconds_of(scanned.last_at), course.last_by,
                scanned.last_id, _padded(course.separated), _padded(course.informed),
                int(course.corrected), int(course.migrated), blob,
                letter_key(letter.number, letter.sender) if letter else "",
            )
        )  # fmt: skip
        for asked in scanned.asked:
            self._requests.append(
                (
                    number, asked.unit, asked.due.isoformat() if asked.due else "",
                    seconds_of(asked.asked), asked.asked_by,
                )
            )  # fmt: skip
        self._informed.extend((role, number) for role in course.informed)
        self._participants.extend((officer, number) for officer in course.participants)
        self._words.append((number, _words(case_id, scanned)))

    def flush(self) -> None:
        """Write what was collected."""
        run = self._connection.executemany
        if self._cases:
            marks = ", ".join("?" * len(self._cases[0]))
            run(f"INSERT INTO cases VALUES ({marks})", self._cases)  # noqa: S608
        run("INSERT INTO requests VALUES (?, ?, ?, ?, ?)", self._requests)
        run("INSERT INTO informed VALUES (?, ?)", self._informed)
        run("INSERT INTO participants VALUES (?, ?)", self._participants)
        run("INSERT INTO words (rowid, text) VALUES (?, ?)", self._words)
        for rows in (
            self._cases, self._requests, self._informed, self._participants, self._words,
        ):  # fmt: skip
            rows.clear()


def remove(connection: Connection, case_id: CaseId, path: str) -> None:
    """Take a case, or the note that its file is damaged, out of the index."""
    connection.execute("DELETE FROM damaged WHERE path = ?", (path,))
    found = connection.execute("SELECT id FROM cases WHERE case_id = ?", (case_id,)).fetchone()
    if found is None:
        return
    for table in ("cases", "requests", "informed", "participants"):
        connection.execute(f"DELETE FROM {table} WHERE id = ?", found)  # noqa: S608
    connection.execute("DELETE FROM words WHERE rowid = ?", found)


def add_damaged(connection: Connection, path: str, blob: ObjectId, reason: Message) -> None:
    """Note that a case's file cannot be read."""
    connection.execute(
        "INSERT OR REPLACE INTO damaged VALUES (?, ?, ?)", (path, blob, dump_message(reason))
    )


def add_agenda(connection: Connection, case_ids: Iterable[CaseId]) -> None:
    """Give each case the next number of its year, in the order given."""
    numbers: dict[int, int] = {}
    rows = []
    for case_id in case_ids:
        year = int(case_id[:4])
        if year not in numbers:
            # Asked by year, which the index of the table answers at once, whatever its size.
            last = connection.execute("SELECT max(number) FROM agenda WHERE year = ?", (year,))
            numbers[year] = last.fetchone()[0] or 0
        numbers[year] += 1
        rows.append((case_id, year, numbers[year]))
    connection.executemany("INSERT INTO agenda VALUES (?, ?, ?)", rows)


def contents(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every table with its rows in a fixed order and cases by their ids, to compare two indexes."""
    tables: dict[str, list[tuple[object, ...]]] = {}
    names = dict(connection.execute("SELECT id, case_id FROM cases"))
    for table in (*TABLES[1:], "words"):
        found = connection.execute(f"SELECT * FROM {table}")  # noqa: S608
        columns = [column[0] for column in found.description]
        if table == "words":
            found = connection.execute("SELECT rowid, text FROM words")
            columns = ["id", "text"]
        place = columns.index("id") if "id" in columns else None
        rows = [_named(row, place, names) for row in found]
        tables[table] = sorted(rows, key=repr)
    return tables


def _named(row: Sequence[object], place: int | None, names: dict[int, str]) -> tuple[object, ...]:
    return tuple(
        names.get(value) if at == place and isinstance(value, int) else value
        for at, value in enumerate(row)
    )


def _padded(ids: tuple[str, ...]) -> str:
    """Ids in a form in which " id " finds each of them and nothing else."""
    return f" {' '.join(ids)} " if ids else ""


def _words(case_id: CaseId, scanned: Scanned) -> str:
    letter = scanned.letter
    parts: list[str] = [case_id]
    if letter is not None:
        parts += [letter.number, letter.sender, letter.subject, letter.summary]
    return "\n".join((*parts, *scanned.notes))
