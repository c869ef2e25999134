"""Killed at any instant, an act has happened or has not, and everything goes on."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.domain.events import Note
from soptui.domain.ids import CaseId
from soptui.records.git.stock_git import StockGit
from tests.e2e.acting import ActingProcess, assert_sound, desk_of, look, new_case

StartProcess = Callable[[], ActingProcess]


def assert_goes_on(office: DemoOffice, case_id: CaseId, before: int) -> bool:
    """Old state or new, and the next act works; whether it was the new."""
    entries = look(office, case_id).entries
    assert len(entries) in (before, before + 1)
    office.desks["camat"].act(case_id, Note("Setelah gangguan."))
    now = look(office, case_id).entries
    # A program that the killed process had started may have finished meanwhile.
    assert len(now) in (before + 1, before + 2)
    assert [entry.id for entry in now[: len(entries)]] == [entry.id for entry in entries]
    return len(now) == before + 2


def stuck_locks(office: DemoOffice) -> list[Path]:
    """Git's lock files; soptui's own are held by the system and free when a process ends."""
    git = office.repository.root / ".git"
    return [path for path in git.rglob("*.lock") if path.parent.name != "soptui"]


@pytest.mark.slow
def test_stopped_at_every_point_an_act_is_whole_or_absent(
    office: DemoOffice, process: StartProcess, tmp_path: Path
) -> None:
    case_id = new_case(office)
    acting = process()
    letter = tmp_path / "evidence.txt"
    happened = []
    for stop_at in itertools.count():
        letter.write_text(f"Bukti dukung {stop_at}")
        before = len(look(office, case_id).entries)
        order = {"case": case_id, "act": "attach", "text": "Bukti", "file": letter}
        answer = acting.does(**desk_of(office, "sekretaris"), **order, stop_at=stop_at)
        if "done" in answer:
            break
        assert answer == {"stopped": 77}
        happened.append(assert_goes_on(office, case_id, before))
        assert not stuck_locks(office)
    assert stop_at > 30
    assert happened[0] is False
    assert happened[-1] is True
    assert_sound(office)


@pytest.mark.slow
def test_killed_at_random_instants_an_act_is_whole_or_absent(
    office: DemoOffice, process: StartProcess
) -> None:
    case_id = new_case(office)
    acting = process()
    order = {**desk_of(office, "sekretaris"), "case": case_id, "act": "note", "text": "Catatan"}
    started = time.monotonic()
    acting.does(**order)
    whole = time.monotonic() - started
    chance = random.Random(1)
    for _ in range(25):
        before = len(look(office, case_id).entries)
        pid = acting.start(**order)
        acting.waits(at_most=chance.uniform(0, whole))
        acting.kill(pid)
        acting.answer()
        assert_goes_on(office, case_id, before)
    assert_sound(office)


def test_a_registration_that_was_killed_leaves_no_half_case(
    office: DemoOffice, process: StartProcess
) -> None:
    acting = process()
    for stop_at in (3, 9, 15, 21):
        acting.does(**desk_of(office, "penerima-surat"), text="000/1", stop_at=stop_at)
    case_id = new_case(office)
    assert len(look(office, case_id).entries) == 1
    assert_sound(office)


def test_files_catch_up_after_a_crash_behind_the_commit(
    office: DemoOffice, process: StartProcess
) -> None:
    """The commit stands, but the process died before the files followed."""
    case_id = new_case(office)
    acting = process()
    order = {**desk_of(office, "sekretaris"), "case": case_id, "act": "note", "text": "Catatan"}
    for stop_at in itertools.count(30):
        before = look(office, case_id)
        answer = acting.does(**order, stop_at=stop_at)
        if "done" in answer or len(look(office, case_id).entries) > len(before.entries):
            break
    assert "done" not in answer
    office.desks["camat"].repository.follow()
    assert StockGit(office.repository.root).is_clean()


def test_a_lock_that_a_power_cut_left_is_named(office: DemoOffice) -> None:
    from soptui.domain.message import Refusal

    case_id = new_case(office)
    lock = office.repository.root / ".git" / "refs" / "heads" / "main.lock"
    lock.touch()
    with pytest.raises(Refusal, match=r"main\.lock"):
        office.desks["camat"].act(case_id, Note("Catatan"))
    assert len(look(office, case_id).entries) == 1
    lock.unlink()
    office.desks["camat"].act(case_id, Note("Catatan"))
    assert_sound(office)
