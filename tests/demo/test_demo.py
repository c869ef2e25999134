"""The demonstration: an office with a past, and a case that tells itself."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soptui import demo
from soptui.demo import story
from soptui.demo.building import build_office, open_office
from soptui.demo.office import DemoOffice
from soptui.domain.case import Case, Status, StepState
from soptui.domain.ids import CaseId
from soptui.domain.message import Refusal
from soptui.domain.time.timing import timing_of
from soptui.domain.time.worktime import TimeState
from soptui.locale import use
from soptui.records.git.stock_git import StockGit
from tests.support.programs import SOPTUI


def now() -> datetime:
    return datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def cases_of(office: DemoOffice) -> list[Case]:
    desk = office.desks["camat"]
    ids = [case_id for case_id, _ in office.repository.current()[1].case_ids()]
    return [desk.case(case_id) for case_id in ids]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_whole_case_is_told_and_everything_holds(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use(language)
    assert demo.run(auto=True, folder=tmp_path / "office") == 0
    told = capsys.readouterr().out
    assert [
        line for line in told.splitlines() if len(line) > 80 and str(tmp_path) not in line
    ] == []
    assert "35/35" in told
    assert told.count("Kembalikan" if language == "id" else "  Return  ") == 1
    assert told.count("TERLAMBAT" if language == "id" else "LATE") == 1


def test_an_office_in_a_named_folder_is_kept(tmp_path: Path) -> None:
    assert demo.run(auto=True, folder=tmp_path / "office") == 0
    assert StockGit(tmp_path / "office" / "records").fsck()


def test_how_to_open_a_kept_office_again_is_told_and_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "the office"
    assert demo.run(auto=True, folder=folder) == 0
    command = capsys.readouterr().out.splitlines()[-1]
    assert command.startswith("SOPTUI_STATE=")
    opened = subprocess.run(
        f"{command.replace(' soptui ', f' {shlex.join(SOPTUI)} ')} whoami --json",
        shell=True, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(opened.stdout)["officer"] == "camat"


def test_the_told_case_passes_through_six_roles_and_three_sections(tmp_path: Path) -> None:
    with open_office(tmp_path / "office", clock=now) as office:
        case_id = story.tell_case(office, lambda line: None)
        case = office.desks["camat"].case(CaseId(case_id))
    assert case.status is Status.DONE
    assert {visit.step for visit in case.visits} == set(range(9))
    assert {entry.event.role for entry in case.entries} == {role.id for role in case.sop.roles}
    assert len({entry.event.by for entry in case.entries}) == 8
    assert [request.is_open for request in case.requests] == [False] * 3
    assert case.round_of(5) == case.round_of(6) == 2


def test_where_there_is_no_terminal_the_case_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert demo.run(auto=False, folder=tmp_path / "office") == 0
    assert "35/35" in capfd.readouterr().out


@pytest.mark.parametrize("has_terminal", [True, False])
def test_that_the_office_is_being_made_is_said_before_it_is(
    has_terminal: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class BegunToMakeIt(Exception):
        pass

    def make(*place: Path, **settings: object) -> None:
        assert capsys.readouterr().out.startswith("Making an office to try things in")
        raise BegunToMakeIt

    maker = "build_office" if has_terminal else "open_office"
    monkeypatch.setattr(f"soptui.demo.building.{maker}", make)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: has_terminal)
    with pytest.raises(BegunToMakeIt):
        demo.run(auto=False, folder=tmp_path / "office")


def unsigned_commit(root: Path) -> None:
    case = next((root / "cases").rglob("*.toml"))
    case.write_text(case.read_text() + "\n", encoding="utf-8")
    person = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    settings = [*person, "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", root, *settings, "commit", "-qam", "forged"], check=True)


def edited_file(root: Path) -> None:
    case = next((root / "cases").rglob("*.toml"))
    case.write_text(case.read_text().replace("Bupati", "Gubernur"), encoding="utf-8")


def damaged_object(root: Path) -> None:
    name = subprocess.run(
        ["git", "-C", root, "rev-parse", "HEAD~3"], capture_output=True, text=True, check=True
    ).stdout.strip()
    path = root / ".git" / "objects" / name[:2] / name[2:]
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-4] + b"\0\0\0\0")


@pytest.mark.parametrize("tamper", [unsigned_commit, edited_file, damaged_object])
def test_tampering_makes_the_exit_status_non_zero(
    tamper: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def tell_and_tamper(office: DemoOffice, write: story.Write) -> str:
        case_id = tell_case(office, write)
        assert callable(tamper)
        tamper(office.repository.root)
        return case_id

    tell_case = story.tell_case
    monkeypatch.setattr(story, "tell_case", tell_and_tamper)
    assert demo.run(auto=True, folder=tmp_path / "office") == 1
    assert "Something does not hold" in capsys.readouterr().out


def test_the_office_has_cases_at_many_steps_and_in_every_lateness(tmp_path: Path) -> None:
    with build_office(tmp_path / "office", clock=now) as office:
        cases = cases_of(office)
        calendar = office.desks["camat"].calendar
        report = office.repository.verify(full=True)
    running = [case for case in cases if case.status is Status.RUNNING]
    visits = [(case, case.visits[-1]) for case in running]
    states = {timing_of(calendar, case.sop, visit, now()).state for case, visit in visits}
    assert states == set(TimeState)
    assert {visit.state for _, visit in visits} == {StepState.TO_RECEIVE, StepState.IN_WORK}
    assert {case.status for case in cases} == set(Status) - {Status.NEW}
    assert any(case.open_requests for case in running)
    assert any(visit.round > 1 for _, visit in visits)
    assert report.ok
    assert report.findings == ()


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 1, 1, 3, tzinfo=UTC),
        datetime(2026, 3, 23, 3, tzinfo=UTC),
        datetime(2027, 2, 28, 20, tzinfo=UTC),
        datetime(2019, 7, 5, 1, tzinfo=UTC),
    ],
    ids=["new year", "after Ramadan", "weekend night", "no calendar"],
)
def test_the_office_can_be_built_on_any_day(moment: datetime, tmp_path: Path) -> None:
    with build_office(tmp_path / "office", clock=lambda: moment) as office:
        cases = cases_of(office)
        assert office.desks["camat"].now() == moment
    assert all(entry.effective for case in cases for entry in case.entries)
    assert all(entry.event.at < moment for case in cases for entry in case.entries)


def test_the_desks_go_on_with_the_present(tmp_path: Path) -> None:
    with build_office(tmp_path / "office", clock=now) as office:
        assert {desk.now() for desk in office.desks.values()} == {now()}


def test_nothing_is_left_behind(tmp_path: Path, home: Path) -> None:
    before = dict(os.environ)
    open_office(tmp_path / "office", clock=now).close()
    assert dict(os.environ) == before
    assert list(home.rglob("*")) == []
    assert not (tmp_path / "office").exists()


def test_a_folder_that_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(Refusal):
        demo.run(auto=True, folder=tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "mine"
