"""The questions that lists, trays and registers ask of the index."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from soptui.domain.case_filter import ALL_CASES, CaseFilter, CaseOrder
from soptui.domain.case_list import (
    AgendaRow,
    CaseRow,
    DamagedRow,
    RequestRow,
    StepCounts,
    Tray,
    TrayCounts,
)
from soptui.domain.ids import NO_CASE, CaseId, OfficerId, RoleId, SopId
from soptui.domain.office import Officer
from soptui.domain.text import without_unseen
from soptui.records.index.rows import (
    CASE_COLUMNS,
    CASE_WIDTH,
    Zone,
    letter_key,
    load_message,
    seconds_of,
)

if TYPE_CHECKING:
    from sqlite3 import Connection

_ORDERS: Mapping[CaseOrder, str] = {
    CaseOrder.DEADLINE: "deadline, cases.year, agenda.number",
    CaseOrder.URGENCY: (
        "urgency = 'sangat-segera' DESC, urgency = 'segera' DESC, deadline, cases.year,"
        " agenda.number"
    ),
    CaseOrder.SENT: "sent DESC, cases.year DESC, agenda.number DESC",
    CaseOrder.LAST: "last_at DESC, cases.year DESC, agenda.number DESC",
    CaseOrder.REGISTERED: "registered DESC, cases.year DESC, agenda.number DESC",
    CaseOrder.AGENDA: "cases.year DESC, agenda.number DESC",
    CaseOrder.SUBJECT: "subject COLLATE NOCASE, cases.year, agenda.number",
}

_FROM = "FROM cases LEFT JOIN agenda USING (case_id)"
# What SQLite takes for one word, too; it parts words at the others of Python's, and an index that
# keeps no places cannot look for a phrase.
_WORD = re.compile("[^\\W_\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]+")
_OPEN = ("running", "suspended")
_AGENDA_NUMBER = re.compile(r"([1-9][0-9]{0,6})(?:/([0-9]{4}|[0-9]{2}))?")
_CENTURY = 2000
_LARGEST_SHORT_NUMBER = 999


class _Where:
    """Conditions with their values."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.values: list[object] = []
        self._first = ""

    def add(self, condition: str, *values: object) -> _Where:
        """One more condition that must hold."""
        self._conditions.append(condition)
        self.values.extend(values)
        return self

    def one_of(self, column: str, values: Iterable[str]) -> _Where:
        """The column must be one of the values."""
        listed = tuple(values)
        return self.add(f"{column} IN ({', '.join('?' * len(listed))})", *listed)

    def pairs(self, column: str, other: str, values: Iterable[tuple[object, object]]) -> _Where:
        """Both columns together must be one of the pairs."""
        listed = tuple(values)
        marks = ", ".join(["(?, ?)"] * len(listed))
        if not listed:
            return self.add("0")
        flat = (value for pair in listed for value in pair)
        return self.add(f"({column}, {other}) IN (VALUES {marks})", *flat)

    def foremost(self, condition: str) -> _Where:
        """What meets a condition without values comes before all else."""
        self._first = f"({condition}) DESC, "
        return self

    def in_order(self, order: CaseOrder) -> str:
        """The clause that puts what is found in order."""
        return f"ORDER BY {self._first}{_ORDERS[order]}"

    def __str__(self) -> str:
        return f"WHERE {' AND '.join(self._conditions)}" if self._conditions else ""


def _agenda_number(text: str) -> tuple[int, int | None] | None:
    """The number and the year of an agenda number such as "12", "12/2026" or "12/26"."""
    found = _AGENDA_NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    year = int(found[2]) if found[2] else None
    return int(found[1]), year + _CENTURY if year is not None and len(found[2]) == 2 else year


class Queries:
    """Answers from one `connection` to an index that is up to date."""

    def __init__(self, connection: Connection, zone: Zone) -> None:
        self.connection = connection
        self._zone = zone
        found = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'words'")
        self._full_text = "VIRTUAL" in found.fetchone()[0]

    # --- an officer's desk ---------------------------------------------------------------------

    def tray(
        self,
        officer: Officer,
        day: date,
        overdue_before: datetime,
        *,
        text: str = "",
        order: CaseOrder = CaseOrder.DEADLINE,
        limit: int = 50,
    ) -> Tray:
        """What lies on an officer's desk on `day`; `limit` applies to each group.

        What was due before `overdue_before` is late; see `worktime.overdue_before`. What
        separation of duties keeps from the officer is not shown to them, nor what they have in
        hand by a post that has ended.
        """
        posts = officer.posts_on(day)
        roles = {post.role for post in posts}
        waiting = self._with_text(text).add("state = 'to-receive'").one_of("role", roles)
        waiting.one_of("assignee", ("", officer.id))
        waiting.add("instr(separated, ?) = 0", f" {officer.id} ").add("status = 'running'")
        working = self._with_text(text).add("state = 'in-work'").add("owner = ?", officer.id)
        working.one_of("role", roles)
        informed = self._with_text(text).one_of("status", _OPEN)
        marks = ", ".join("?" * len(roles))
        informed.add(
            f"cases.id IN (SELECT id FROM informed WHERE role IN ({marks}))",  # noqa: S608
            *roles,
        )
        units = {post.unit for post in posts if post.unit}
        asked = self._with_text(text).add("status = 'running'").one_of("unit", units)
        moment = seconds_of(overdue_before)
        first, second = (self._count_due(where, moment) for where in (waiting, working))
        counts = TrayCounts(
            to_receive=first[0],
            in_work=second[0],
            requests=self._number("requests JOIN cases USING (id)", asked),
            informed=self._number("cases", informed),
            due_soon=first[1] + second[1],
            late=first[2] + second[2],
            receive_in_time=first[0] - first[1] - first[2],
            work_in_time=second[0] - second[1] - second[2],
        )
        page = (order, limit)
        return Tray(
            self._cases(waiting, *page) if counts.to_receive else (),
            self._cases(working, *page) if counts.in_work else (),
            self._requests(asked, *page) if counts.requests else (),
            self._cases(informed, *page) if counts.informed else (),
            counts,
        )

    def keepers(self) -> tuple[tuple[RoleId, OfficerId], ...]:
        """Each role and officer of whom it holds that a case of the role is in their hands, or
        was handed to them and waits.
        """
        found = self.connection.execute(
            "SELECT DISTINCT role, owner FROM cases WHERE state = 'in-work'"
            " UNION SELECT DISTINCT role, assignee FROM cases"
            " WHERE state = 'to-receive' AND assignee <> ''"
        )
        return tuple((role, officer) for role, officer in found)

    # --- lists of cases ------------------------------------------------------------------------

    def cases(
        self,
        wanted: CaseFilter = ALL_CASES,
        order: CaseOrder = CaseOrder.LAST,
        *,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[CaseRow, ...]:
        """Some of the cases that are wanted, in order, from place `offset` on."""
        return self._cases(self._where(wanted), order, limit, offset)

    def count(self, wanted: CaseFilter = ALL_CASES) -> int:
        """How many cases are wanted."""
        return self._number("cases", self._where(wanted))

    def standing(self, sop: SopId, overdue_before: datetime) -> tuple[StepCounts, ...]:
        """How many open cases of an SOP lie at each step where there are any, by step."""
        found = self.connection.execute(
            "SELECT step, sum(state = 'to-receive'), sum(state = 'in-work'),"
            " sum(status = 'suspended'), coalesce(sum(soon <= ? AND deadline >= ?), 0),"
            " sum(deadline < ?) FROM cases WHERE sop = ? AND status IN (?, ?)"
            " GROUP BY step ORDER BY step",
            (*[seconds_of(overdue_before)] * 3, sop, *_OPEN),
        )
        return tuple(StepCounts(*row) for row in found)

    def row(self, case_id: CaseId) -> CaseRow | None:
        """One case, or None."""
        found = self._cases(_Where().add("cases.case_id = ?", case_id), CaseOrder.LAST, 1)
        return found[0] if found else None

    def registered(self, number: str, sender: str, besides: CaseId = NO_CASE) -> CaseRow | None:
        """The newest case, but for `besides`, whose letter has that number and sender; or None.

        Blanks, signs and capitals make no difference; a letter without a number is known by none.
        """
        key = letter_key(number, sender)
        if not key:
            return None
        where = _Where().add("letter_key = ?", key).add("cases.case_id != ?", besides)
        return next(iter(self._cases(where, CaseOrder.AGENDA, 1)), None)

    def twins(self, cases: Iterable[CaseId]) -> tuple[tuple[CaseId, ...], ...]:
        """The cases, not cancelled, of each letter that has several, one of which is in `cases`.

        The oldest number of each comes first.
        """
        named = json.dumps([*cases])
        found = self.connection.execute(
            "SELECT cases.letter_key, cases.case_id FROM cases LEFT JOIN agenda USING (case_id)"
            " WHERE cases.letter_key != '' AND cases.status != 'cancelled'"
            " AND cases.letter_key IN (SELECT letter_key FROM cases"
            "  WHERE case_id IN (SELECT value FROM json_each(?)) AND status != 'cancelled')"
            " ORDER BY agenda.year, agenda.number",
            (named,),
        )
        by_letter: dict[str, list[CaseId]] = {}
        for key, case in found:
            by_letter.setdefault(key, []).append(CaseId(case))
        return tuple(tuple(one) for one in by_letter.values() if len(one) > 1)

    def agenda_numbers(self, cases: Iterable[CaseId] | None = None) -> dict[CaseId, str]:
        """The agenda numbers with their years, as 12/2026, of these cases or of all."""
        where = ""
        values: tuple[str, ...] = ()
        if cases is not None:
            where = " WHERE case_id IN (SELECT value FROM json_each(?))"
            values = (json.dumps([*cases]),)
        found = self.connection.execute(
            f"SELECT case_id, number, year FROM agenda{where}",  # noqa: S608
            values,
        )
        return {CaseId(case): f"{number}/{year}" for case, number, year in found}

    def find_id(self, text: str, year: int = 0, limit: int = 10) -> tuple[CaseId, ...]:
        """The ids that `text` can mean.

        First the case with that agenda number, of `year` where the text names none; then, newest
        first, those that begin with it, the year left out where the text has no hyphen. A number
        of the agenda that is shorter than four digits is no beginning of an id: too many have it.
        """
        number, named = _agenda_number(text) or (0, None)
        numbered = self.connection.execute(
            "SELECT case_id FROM agenda WHERE year = ? AND number = ?", (named or year, number)
        ).fetchall()
        found = [row[0] for row in numbered]
        if "/" not in text and not (found and number <= _LARGEST_SHORT_NUMBER):
            pattern = re.sub(r"[^0-9a-z-]", "", text.lower()) + "%"
            column = "case_id" if "-" in text else "substr(case_id, 6)"
            begun = self.connection.execute(
                f"SELECT case_id FROM cases WHERE {column} LIKE ?"  # noqa: S608
                " ORDER BY registered DESC LIMIT ?",
                (pattern, limit),
            )
            found += [row[0] for row in begun]
        return tuple(dict.fromkeys(found))

    def agenda(self, year: int) -> tuple[AgendaRow, ...]:
        """The mail register (*buku agenda*) of a year by number."""
        found = self.connection.execute(
            f"SELECT agenda.number, agenda.case_id, cases.id, {CASE_COLUMNS}"  # noqa: S608
            " FROM agenda LEFT JOIN cases USING (case_id)"
            " WHERE agenda.year = ? ORDER BY agenda.number",
            (year,),
        )
        return tuple(
            AgendaRow(row[0], row[1], None if row[2] is None else self._zone.case(row[3:]))
            for row in found
        )

    def damaged(self) -> tuple[DamagedRow, ...]:
        """The cases' files that cannot be read, by path."""
        found = self.connection.execute("SELECT path, reason FROM damaged ORDER BY path")
        return tuple(DamagedRow(path, load_message(reason)) for path, reason in found)

    # --- how it is asked -----------------------------------------------------------------------

    def _where(self, wanted: CaseFilter) -> _Where:
        where = self._with_text(wanted.text)
        given = {"status": wanted.status, "role": wanted.role, "sop": wanted.sop}
        for column, value in given.items():
            if value:
                where.add(f"{column} = ?", value)
        if wanted.step is not None:
            where.add("step = ?", wanted.step)
        if wanted.year is not None:
            where.add("cases.year = ?", wanted.year)
        if wanted.participant:
            acted = "cases.id IN (SELECT id FROM participants WHERE officer = ?)"
            where.add(acted, wanted.participant)
        if wanted.late_at is not None:
            where.add("deadline < ?", seconds_of(wanted.late_at)).one_of("status", _OPEN)
        if wanted.is_open:
            where.one_of("status", _OPEN)
        if wanted.among is not None:
            # As one value, because there may be more ids than a statement may have values.
            listed = json.dumps(wanted.among)
            where.add("cases.case_id IN (SELECT value FROM json_each(?))", listed)
        if wanted.touched is not None:
            start, end = map(seconds_of, wanted.touched)
            where.add("last_at >= ?", start).add("registered <= ?", end)
        if wanted.closed is not None:
            start, end = map(seconds_of, wanted.closed)
            where.add("closed >= ?", start).add("closed < ?", end)
        if wanted.kept_by is not None:
            keeper = "CASE state WHEN 'in-work' THEN owner WHEN 'to-receive' THEN assignee END"
            where.pairs("role", keeper, wanted.kept_by)
        if wanted.versions is not None:
            where.pairs("sop", "version", wanted.versions)
        return where

    def _with_text(self, text: str) -> _Where:
        """The cases that hold all words; a case with that agenda number comes first."""
        words = _WORD.findall(without_unseen(text))
        if not words:
            return _Where().add("0") if text.strip() else _Where()
        if self._full_text:
            condition = "cases.id IN (SELECT rowid FROM words WHERE words MATCH ?)"
            values = [" ".join(f'"{word}"*' for word in words)]
        else:
            one = "cases.id IN (SELECT rowid FROM words WHERE text LIKE ?)"
            condition = " AND ".join([one] * len(words))
            values = [f"%{word}%" for word in words]
        numbered = _agenda_number(text)
        if numbered is None:
            return _Where().add(condition, *values)
        number, year = numbered
        same = f"agenda.number = {number}" + (f" AND agenda.year = {year}" if year else "")
        in_agenda = f"cases.case_id IN (SELECT case_id FROM agenda WHERE {same})"  # noqa: S608
        return _Where().add(f"({condition} OR {in_agenda})", *values).foremost(same)

    def _cases(
        self, where: _Where, order: CaseOrder, limit: int, offset: int = 0
    ) -> tuple[CaseRow, ...]:
        # The page is chosen first, so that only its rows are sorted with all their columns.
        in_order = where.in_order(order)
        page = f"SELECT cases.id {_FROM} {where} {in_order} LIMIT ? OFFSET ?"
        found = self.connection.execute(
            f"SELECT {CASE_COLUMNS} {_FROM} WHERE cases.id IN ({page}) {in_order}",
            (*where.values, limit, offset),
        )
        return tuple(map(self._zone.case, found))

    def _requests(self, where: _Where, order: CaseOrder, limit: int) -> tuple[RequestRow, ...]:
        asked = "requests JOIN cases USING (id) LEFT JOIN agenda USING (case_id)"
        in_order = where.in_order(order)
        page = f"SELECT requests.rowid FROM {asked} {where} {in_order} LIMIT ?"  # noqa: S608
        found = self.connection.execute(
            f"SELECT {CASE_COLUMNS}, unit, requests.due, asked, asked_by"  # noqa: S608
            f" FROM {asked} WHERE requests.rowid IN ({page}) {in_order}",
            (*where.values, limit),
        )
        return tuple(
            RequestRow(
                row[CASE_WIDTH],
                date.fromisoformat(row[CASE_WIDTH + 1]) if row[CASE_WIDTH + 1] else None,
                self._zone.time(row[CASE_WIDTH + 2]),
                row[CASE_WIDTH + 3],
                self._zone.case(row[:CASE_WIDTH]),
            )
            for row in found
        )

    def _count_due(self, where: _Where, overdue_before: int | None) -> tuple[int, int, int]:
        found = self.connection.execute(
            "SELECT count(*), coalesce(sum(soon <= ? AND deadline >= ?), 0),"  # noqa: S608
            f" coalesce(sum(deadline < ?), 0) FROM cases {where}",
            (*[overdue_before] * 3, *where.values),
        ).fetchone()
        return (found[0], found[1], found[2])

    def _number(self, tables: str, where: _Where) -> int:
        found = self.connection.execute(
            f"SELECT count(*) FROM {tables} {where}",  # noqa: S608
            where.values,
        )
        return int(found.fetchone()[0])
