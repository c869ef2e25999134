"""The index: what lists are read from, made anew whenever it is not there."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soptui.domain.events import (
    Cancel,
    Details,
    Dispose,
    Note,
    Reassign,
    Recall,
    Receive,
    Reopen,
    Request,
    Resume,
    Return,
    Suspend,
)
from soptui.domain.timing import deadline_of
from soptui.domain.working_calendar import WorkingCalendar
from soptui.records.case_scan import Scanner
from soptui.records.git import GitDirectory
from soptui.records.index import Index
from soptui.records.index_agenda import RolledBack, registrations
from soptui.records.refs import update_ref
from soptui.records.repository import MAIN, Repository
from tests.records.office import POSTS, WIB, OfficeFixture

DAY = date(2026, 1, 6)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeFixture]:
    made = OfficeFixture.make(tmp_path)
    yield made
    made.close()


@pytest.fixture
def index(office: OfficeFixture) -> Iterator[Index]:
    with Index.open(office.repository) as opened:
        yield opened


def index_path(office: OfficeFixture) -> Path:
    return office.repository.directory.path / "soptui" / "index.sqlite"


def rebuilt(office: OfficeFixture) -> dict[str, list[tuple[object, ...]]]:
    """The contents of an index made from nothing, in a file of its own."""
    files = list(index_path(office).parent.glob("index.sqlite*"))
    aside = [file.rename(file.with_name(f"aside-{file.name}")) for file in files]
    try:
        with Index.open(office.repository) as fresh:
            fresh.update()
            return fresh.contents()
    finally:
        for file in index_path(office).parent.glob("index.sqlite*"):
            file.unlink()
        for file, original in zip(aside, files, strict=True):
            file.rename(original)


# --- trays ------------------------------------------------------------------------------------


def test_a_case_waits_in_the_tray_of_the_role_until_one_officer_receives_it(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.forward_to(case_id, 4)
    index.update()
    for name in ("staff-1", "staff-2"):
        tray = index.tray(office.officers[name], DAY, office.clock)
        assert [row.id for row in tray.to_receive] == [case_id]
        assert tray.counts.to_receive == 1
    office.act("staff-2", case_id, Receive())
    index.update()
    first, second = (
        index.tray(office.officers[name], DAY, office.clock) for name in ("staff-1", "staff-2")
    )
    assert first.to_receive == first.in_work == second.to_receive == ()
    assert [row.owner for row in second.in_work] == ["staff-2"]


def test_a_case_handed_to_one_officer_is_in_no_other_tray(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.forward_to(case_id, 4)
    office.act("camat-1", case_id, Reassign("staff-2", "berhalangan"))
    index.update()
    assert not index.tray(office.officers["staff-1"], DAY, office.clock).to_receive
    assert index.tray(office.officers["staff-2"], DAY, office.clock).counts.to_receive == 1


def test_whom_separation_of_duties_keeps_out_does_not_see_the_case_waiting(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.forward_to(case_id, 6)
    index.update()
    row = index.row(case_id)
    assert row is not None
    assert row.separated == ("kasubbag-1",)
    post = office.officers["sekretaris-1"].posts
    both = office.officers["kasubbag-1"]
    acting = type(both)(both.id, both.name, both.mail, posts=both.posts + post)
    assert not index.tray(acting, DAY, office.clock).to_receive
    assert index.tray(office.officers["sekretaris-1"], DAY, office.clock).to_receive


def test_an_open_request_lies_in_the_tray_of_its_section_until_answered(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.forward_to(case_id, 3)
    office.forward(case_id)
    office.act("kasubbag-1", case_id, Request(("seksi-pemerintahan",), "segera", date(2026, 1, 9)))
    index.update()
    (asked,) = index.tray(office.officers["kasi-1"], DAY, office.clock).requests
    assert (asked.unit, asked.due, asked.case.id) == (
        "seksi-pemerintahan", date(2026, 1, 9), case_id,
    )  # fmt: skip
    assert not index.tray(office.officers["kasi-2"], DAY, office.clock).requests
    office.forward(case_id)
    index.update()
    assert not index.tray(office.officers["kasi-1"], DAY, office.clock).requests


def test_roles_named_in_a_disposition_find_the_case_for_information(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.forward(case_id)
    office.act("camat-1", case_id, Dispose(("sekretaris", "staff"), ("tindak-lanjuti",)))
    index.update()
    tray = index.tray(office.officers["staff-1"], DAY, office.clock)
    assert [row.id for row in tray.informed] == [case_id]
    assert tray.counts.informed == 1


def test_the_tray_counts_what_is_due_soon_and_what_is_late(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    index.update()
    row = index.row(case_id)
    assert row is not None
    assert row.deadline is not None
    assert row.soon is not None
    camat = office.officers["camat-1"]
    second = timedelta(seconds=1)
    seen = [
        (counts.due_soon, counts.late)
        for moment in (row.soon - second, row.soon, row.deadline, row.deadline + second)
        for counts in [index.tray(camat, DAY, moment).counts]
    ]
    assert seen == [(0, 0), (1, 0), (1, 0), (0, 1)]
    assert index.count(late_at=row.deadline) == 0
    assert index.count(late_at=row.deadline + second) == 1


def test_a_suspended_case_has_no_deadline_and_waits_for_nobody(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.act("camat-1", case_id, Suspend("menunggu"))
    index.update()
    row = index.row(case_id)
    assert row is not None
    assert row.suspended
    assert row.deadline is None
    assert not index.tray(office.officers["camat-1"], DAY, office.clock).to_receive


# --- lists ------------------------------------------------------------------------------------


def test_cases_are_found_by_the_beginnings_of_words(office: OfficeFixture, index: Index) -> None:
    first = office.register("Undangan rapat koordinasi")
    second = office.register('Laporan "triwulan" II')
    office.act("camat-1", second, Note("dibahas dalam rapat"))
    index.update()
    found = {
        text: {row.id for row in index.cases(text=text)}
        for text in ("rapat", "undang", "triw lap", '"triwulan"', "05/1", "tiada", "- *", "")
    }
    assert found == {
        "rapat": {first, second}, "undang": {first}, "triw lap": {second},
        '"triwulan"': {second}, "05/1": set(), "tiada": set(), "- *": set(),
        "": {first, second},
    }  # fmt: skip


def test_lists_are_filtered_counted_and_cut_into_pages(office: OfficeFixture, index: Index) -> None:
    ids = [office.register(f"Surat {number}") for number in range(3)]
    office.act("camat-1", ids[1], Cancel("salah alamat"))
    index.update()
    assert [row.id for row in index.cases(sort="agenda", limit=2)] == ids[:0:-1]
    assert [row.id for row in index.cases(sort="agenda", offset=2)] == ids[:1]
    assert [row.id for row in index.cases(status="cancelled")] == [ids[1]]
    assert index.count(status="running", step=1, role="camat", year=2026) == 2
    assert index.count(participant="camat-1") == 1
    assert index.find_id("2026-000") == tuple(reversed(ids))
    assert index.find_id("00000002") == (ids[1],)
    assert index.find_id("%") == index.find_id("")


def test_the_agenda_numbers_letters_of_a_year_in_the_order_of_their_registration(
    office: OfficeFixture, index: Index
) -> None:
    ids = [office.register(year=year) for year in (2026, 2025, 2026)]
    index.update()
    ids.append(office.register())
    index.update()
    assert [(row.number, row.case_id) for row in index.agenda(2026)] == [
        (1, ids[0]), (2, ids[2]), (3, ids[3]),
    ]  # fmt: skip
    assert [row.case.agenda for row in index.agenda(2025) if row.case] == [1]
    assert index.years() == (2026, 2025)
    shared = office.receipts[-2].commit
    assert index.provisional(shared) == {ids[3]}


def test_whoever_lost_a_race_finds_their_event_and_why_it_has_no_effect(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.forward_to(case_id, 4)
    seen = office.case(case_id).last_id
    office.act("staff-1", case_id, Receive())
    lost = office.act("staff-2", case_id, Receive(), after=seen)
    index.update()
    (idle,) = index.without_effect("staff-2")
    assert (idle.case_id, idle.event, idle.code) == (case_id, lost.event, "overtaken")
    assert idle.reason == office.case(case_id).entries[-1].closed.reason  # type: ignore[union-attr]
    assert not index.without_effect("staff-1")


# --- the index equals the fold ----------------------------------------------------------------

ACTS = ("forward",) * 6 + (
    "register", "return", "recall", "suspend", "resume", "cancel", "reopen", "note", "update",
    "stale",
)  # fmt: skip


def attempt(office: OfficeFixture, ids: list[str], act: str, draw: st.DataObject) -> None:
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
            row, case = maintained.row(case_id), clone.case(case_id)
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
    assert index.count() == 2
    with Index.open(office.repository) as later:
        later.update()
        assert later.count() == 2
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
def test_a_damaged_index_is_made_anew(office: OfficeFixture, damage) -> None:  # type: ignore[no-untyped-def]
    ids = [office.register() for _ in range(2)]
    with Index.open(office.repository) as index:
        index.update()
        before = index.contents()
    path = index_path(office)
    path.write_bytes(damage(path.read_bytes()))
    with Index.open(office.repository) as index:
        index.update()
        assert index.contents() == before
        assert {row.id for row in index.cases()} == set(ids)
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
        assert index.row(case_id) is not None
        assert index.in_memory
    index_path(office).rmdir()
    with Index.open(office.repository) as index:
        index.update()
    second = office.register()
    monkeypatch.setattr("soptui.records.index._WAIT_SECONDS", 0.1)
    writer = sqlite3.connect(index_path(office), isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with Index.open(office.repository) as index:
        assert index.row(second) is not None
        assert index.in_memory
    writer.close()


def test_a_history_that_went_back_or_was_rewritten_is_indexed_anew(
    office: OfficeFixture, index: Index
) -> None:
    kept, undone = office.register(), office.register()
    index.update()
    assert index.count() == 2
    before = office.receipts[-2].commit
    update_ref(office.repository.directory, MAIN, before, office.receipts[-1].commit, reason="back")
    trust = office.repository.trust
    again = office.repository.pin(trust.genesis, trust.signer)
    assert not again.tip
    index.update()
    assert [row.id for row in index.cases()] == [kept]
    assert index.row(undone) is None
    assert index.contents() == rebuilt(office)


def test_only_the_user_may_read_the_index(office: OfficeFixture, index: Index) -> None:
    office.register()
    index.update()
    files = list(index_path(office).parent.glob("index.sqlite*"))
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def _update_from_another_process(root: Path) -> int:
    with Repository.open(root) as repository, Index.open(repository) as index:
        index.update()
        return -1 if index.in_memory else index.count()


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
    blob = snapshot.lookup(f"cases/2026/{broken}.toml")
    objects = office.repository.directory.objects
    path = objects / blob[:2] / blob[2:]
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(b"rubbish")
    root = office.repository.root
    with Repository.open(root) as repository, Index.open(repository) as index:
        index.update()
        (damaged,) = index.damaged()
        assert damaged.path == f"cases/2026/{broken}.toml"
        assert damaged.path in str(damaged.reason)
        assert [row.id for row in index.cases()] == [sound]
        assert [(row.number, row.case is None) for row in index.agenda(2026)] == [
            (1, False), (2, True),
        ]  # fmt: skip
    path.write_bytes(content)
    office.register()
    with Repository.open(root) as repository, Index.open(repository) as index:
        index.update()
        assert not index.damaged()
        assert index.count() == 3


# --- acceptance order -------------------------------------------------------------------------


class Graph:
    """A history of empty commits with the subjects of registrations."""

    def __init__(self, directory: GitDirectory) -> None:
        self.directory = directory
        self.commits: dict[str, str] = {}

    def commit(self, name: str, *parents: str) -> None:
        """The registration of case `name`, on top of those of its parents."""
        tree = self.git("hash-object", "-t", "tree", "-w", "/dev/null")
        options = [word for parent in parents for word in ("-p", self.commits[parent])]
        subject = f"Registrasi surat: {case_named(name)} langkah 1a"
        self.commits[name] = self.git("commit-tree", tree, *options, "-m", subject)

    def git(self, *words: str) -> str:
        """What git says."""
        names = {
            f"GIT_{who}_{what}": "x@y"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        return subprocess.run(
            ["git", f"--git-dir={self.directory.path}", *words],
            env=os.environ | names, capture_output=True, check=True, text=True,
        ).stdout.strip()  # fmt: skip

    def order(self, old: str, new: str) -> str:
        """The names in acceptance order."""
        found = registrations(self.directory, self.commits.get(old, ""), self.commits[new])
        return "".join(case_id[-1] for case_id in found)


def case_named(name: str) -> str:
    return f"2026-0000000{name}"


def test_what_a_merge_brings_in_is_accepted_just_before_it(repository: GitDirectory) -> None:
    graph = Graph(repository)
    for name, *parents in ("1", "21", "32", "41", "54", "635", "76"):
        graph.commit(name[0], *name[1:], *parents)
    assert graph.order("", "7") == "1234567"
    assert graph.order("3", "7") == "4567"
    assert graph.order("", "5") == "145"
    graph.commit("8", "5", "3")
    assert graph.order("", "8") == "145238"


def test_a_commit_off_the_first_parent_chain_is_no_beginning(repository: GitDirectory) -> None:
    graph = Graph(repository)
    for name, *parents in ("1", "21", "31", "423"):
        graph.commit(name[0], *name[1:], *parents)
    with pytest.raises(RolledBack):
        graph.order("3", "4")
    with pytest.raises(RolledBack):
        graph.order("2", "1")


# --- cold start -------------------------------------------------------------------------------


def test_reading_a_finished_index_loads_no_screen_no_cryptography_and_no_gitpython(
    office: OfficeFixture, index: Index
) -> None:
    office.register()
    index.update()
    program = (
        "import sys; from pathlib import Path\n"
        "from soptui.records.repository import Repository\n"
        "from soptui.records.index import Index\n"
        "index = Index.open(Repository.open(Path(sys.argv[1])))\n"
        "index.update(); print(index.count())\n"
        "unwanted = ('textual', 'git', 'cryptography', 'tomlkit', 'concurrent.futures')\n"
        "print([name for name in unwanted if name in sys.modules])\n"
    )
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, office.repository.root],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert told.stdout.splitlines() == ["1", "[]"]
