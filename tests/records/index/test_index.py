"""The index: what lists are read from, made anew whenever it is not there."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soptui.domain.events import (
    Cancel,
    Details,
    Note,
    Recall,
    Receive,
    Reopen,
    Resume,
    Return,
    Suspend,
)
from soptui.domain.ids import CaseId
from soptui.domain.time.timing import deadline_of
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.records.clone.repository import Repository
from soptui.records.files import layout
from soptui.records.git.refs import MAIN, update_ref
from soptui.records.index.case_scan import Scanner
from soptui.records.index.index import Index
from soptui.records.index.queries import Queries
from tests.support.office_index import index_files, index_path, rebuilt
from tests.support.office_parts import WIB
from tests.support.office_repository import POSTS, OfficeFixture

# --- what an act costs ------------------------------------------------------------------------

SMALL_TABLES = {"damaged", "state", "sqlite_master"}
"""The tables that do not grow with the office's work."""

BY_ROW = "VIRTUAL TABLE INDEX 0:="
"""How a plan says that it finds one row of a full-text table."""


def test_after_an_act_no_table_is_read_that_grows_with_the_cases(office: OfficeFixture) -> None:
    case_id = office.register()
    with Index.open(office.repository) as index:
        index.update()
        connection = index.ask(lambda queries: queries.connection)
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        office.act("camat-1", case_id, Receive())
        office.register()
        index.update()
        connection.set_trace_callback(None)
        plans = {
            step
            for statement in asked
            if statement.startswith(("SELECT", "DELETE", "UPDATE"))
            for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}")
        }
        assert index.contents() == rebuilt(office)
    read_whole = {
        step.split()[1] for step in plans if step.startswith("SCAN") and BY_ROW not in step
    }
    assert read_whole <= SMALL_TABLES
    assert any(step.startswith("SEARCH agenda") for step in plans)


# --- the index equals the fold ----------------------------------------------------------------

ACTS = ("forward",) * 6 + (
    "register", "return", "recall", "suspend", "resume", "cancel", "reopen", "note", "update",
    "stale",
)  # fmt: skip


def attempt(office: OfficeFixture, ids: list[CaseId], act: str, draw: st.DataObject) -> None:
    """One act that the gate may allow."""
    case_id = draw.draw(st.sampled_from(ids))
    case = office.case(case_id)
    details: Details
    by, after = "camat-1", ""
    match act:
        case "register":
            ids.append(office.register(draw.draw(st.sampled_from(["Rapat", "Laporan"]))))
            return
        case "forward":
            if case.status == "running":
                office.forward(case_id)
            return
        case "return":
            edge = next(iter(case.step.returns), None)
            if edge is None or case.visit is None:
                return
            by, details = case.visit.owner or by, Return(edge.to, edge.reasons[0], "perbaiki")
        case "recall":
            by, details = case.visit.sender if case.visit else by, Recall()
        case "stale":
            after = draw.draw(st.sampled_from([entry.id for entry in case.entries]))
            by, details = draw.draw(st.sampled_from(sorted(POSTS))), Receive()
        case "suspend":
            details = Suspend("tunggu")
        case "resume":
            details = Resume()
        case "cancel":
            details = Cancel("batal")
        case "reopen":
            details = Reopen(draw.draw(st.integers(0, 8)), "lagi")
        case _:
            details = Note("catatan")
    if office.may(by, case_id, details, after=after):
        office.act(by, case_id, details, after=after)


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return itertools.count()


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(ACTS), min_size=3, max_size=25), st.data())
def test_a_maintained_index_equals_one_made_from_nothing_and_the_fold(
    office: OfficeFixture, numbers: Iterator[int], acts: list[str], data: st.DataObject
) -> None:
    clone = office.copy(office.repository.root.with_name(f"clone-{next(numbers)}"))
    with clone.repository, Index.open(clone.repository) as maintained:
        ids = [clone.register()]
        for act in acts:
            if act == "update":
                maintained.update()
            else:
                attempt(clone, ids, act, data)
        maintained.update()
        contents = maintained.contents()
        assert contents == rebuilt(clone)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Scanner, "_by_shape", lambda *_: None)
            assert contents == rebuilt(clone)
        calendar = WorkingCalendar(clone.repository.current()[1].calendars(), WIB)
        for case_id in ids:
            row, case = maintained.ask(Queries.row, case_id), clone.case(case_id)
            assert row is not None
            assert case.visit is not None
            assert case.letter is not None
            assert (row.status, row.step, row.round, row.state, row.owner, row.assignee) == (
                case.status, case.step.number, case.visit.round, case.visit.state,
                case.visit.owner, case.visit.assignee,
            )  # fmt: skip
            assert (row.deadline, row.sent, row.received, row.closed) == (
                deadline_of(calendar, case), case.visit.sent, case.visit.received,
                case.visit.closed,
            )  # fmt: skip
            assert (row.last_id, row.subject, row.letter_received, row.registered) == (
                case.last_id, case.letter.subject, case.letter.received, case.registered,
            )  # fmt: skip


# --- thrown away, damaged, shared -------------------------------------------------------------


def test_the_index_may_be_deleted_at_any_time(office: OfficeFixture, index: Index) -> None:
    office.register()
    index.update()
    index_path(office).unlink()
    office.register()
    index.update()
    assert index.ask(Queries.count) == 2
    with Index.open(office.repository) as later:
        later.update()
        assert later.ask(Queries.count) == 2
        assert not later.in_memory


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"no database at all" * 300,
        lambda data: data[: len(data) // 2],
        lambda data: data[:8192] + os.urandom(len(data) - 8192),
    ],
    ids=["empty", "something else", "cut off", "overwritten"],
)
def test_a_damaged_index_is_made_anew(
    office: OfficeFixture, damage: Callable[[bytes], bytes]
) -> None:
    ids = [office.register() for _ in range(2)]
    with Index.open(office.repository) as index:
        index.update()
        before = index.contents()
    path = index_path(office)
    path.write_bytes(damage(path.read_bytes()))
    with Index.open(office.repository) as index:
        index.update()
        assert index.contents() == before
        assert {row.id for row in index.ask(Queries.cases)} == set(ids)
        assert not index.in_memory


def test_an_index_of_other_tables_calendars_or_past_is_made_anew(
    office: OfficeFixture, index: Index
) -> None:
    office.register()
    index.update()
    contents = index.contents()
    for change in (
        "PRAGMA user_version = 99",
        "UPDATE state SET facts = 'other'",
        "UPDATE state SET genesis = 'other'",
    ):
        with sqlite3.connect(index_path(office)) as connection:
            connection.execute(change)
            connection.execute("DELETE FROM requests")
            connection.execute("UPDATE state SET commit_id = '' WHERE facts = 'other'")
        connection.close()
        index.update()
        assert index.contents() == contents


def test_an_unwritable_or_busy_index_stops_nobody(
    office: OfficeFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = office.register()
    index_path(office).mkdir()
    with Index.open(office.repository) as index:
        assert index.ask(Queries.row, case_id) is not None
        assert index.in_memory
    index_path(office).rmdir()
    with Index.open(office.repository) as index:
        index.update()
    second = office.register()
    monkeypatch.setattr("soptui.records.index.index._WAIT_SECONDS", 0.1)
    writer = sqlite3.connect(index_path(office), isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with Index.open(office.repository) as index:
        assert index.ask(Queries.row, second) is not None
        assert index.in_memory
    writer.close()


def test_a_history_that_went_back_or_was_rewritten_is_indexed_anew(
    office: OfficeFixture, index: Index
) -> None:
    kept, undone = office.register(), office.register()
    index.update()
    assert index.ask(Queries.count) == 2
    before = office.receipts[-2].commit
    update_ref(office.repository.directory, MAIN, before, office.receipts[-1].commit, reason="back")
    trust = office.repository.trust
    again = office.repository.pin(trust.genesis, trust.signer)
    assert not again.tip
    index.update()
    assert [row.id for row in index.ask(Queries.cases)] == [kept]
    assert index.ask(Queries.row, undone) is None
    assert index.contents() == rebuilt(office)


def test_only_the_user_may_read_the_index(office: OfficeFixture, index: Index) -> None:
    office.register()
    index.update()
    files = index_files(office)
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def _update_from_another_process(root: Path) -> int:
    with Repository.open(root) as repository, Index.open(repository) as index:
        index.update()
        return -1 if index.in_memory else index.ask(Queries.count)


def test_two_processes_may_bring_the_index_up_to_date_at_once(
    office: OfficeFixture, index: Index
) -> None:
    for _ in range(3):
        office.register()
    root = office.repository.root
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_update_from_another_process, [root] * 4, 1) == [3] * 4
        office.register()
        assert pool.map(_update_from_another_process, [root] * 4, 1) == [4] * 4
        pool.close()
        pool.join()
    index.update()
    assert index.contents() == rebuilt(office)


def test_a_damaged_case_file_is_named_and_the_rest_stays_usable(office: OfficeFixture) -> None:
    sound, broken = office.register(), office.register()
    snapshot = office.repository.current()[1]
    blob = snapshot.lookup(layout.case_path(broken))
    objects = office.repository.directory.objects
    path = objects / blob[:2] / blob[2:]
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(b"rubbish")
    root = office.repository.root
    with Repository.open(root) as repository, Index.open(repository) as index:
        index.update()
        (damaged,) = index.ask(Queries.damaged)
        assert damaged.path == layout.case_path(broken)
        assert damaged.path in str(damaged.reason)
        assert [row.id for row in index.ask(Queries.cases)] == [sound]
        assert [(row.number, row.case is None) for row in index.ask(Queries.agenda, 2026)] == [
            (1, False), (2, True),
        ]  # fmt: skip
    path.write_bytes(content)
    office.register()
    with Repository.open(root) as repository, Index.open(repository) as index:
        index.update()
        assert not index.ask(Queries.damaged)
        assert index.ask(Queries.count) == 3


# --- cold start -------------------------------------------------------------------------------


def test_reading_a_finished_index_loads_no_screen_no_cryptography_and_no_gitpython(
    office: OfficeFixture, index: Index
) -> None:
    office.register()
    index.update()
    program = (
        "import sys; from pathlib import Path\n"
        "from soptui.records.clone.repository import Repository\n"
        "from soptui.records.index.index import Index\n"
        "index = Index.open(Repository.open(Path(sys.argv[1])))\n"
        "index.update(); print(index.ask(lambda queries: queries.count()))\n"
        "unwanted = ('textual', 'git', 'cryptography', 'tomlkit', 'concurrent.futures')\n"
        "print([name for name in unwanted if name in sys.modules])\n"
    )
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, office.repository.root],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert told.stdout.splitlines() == ["1", "[]"]
