"""The report: how far a history is good, what is only warned of, and how it is read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from soptui.domain.findings import SENTENCES, WARNINGS, Found
from soptui.domain.ids import NO_COMMIT, CommitId, Fingerprint, OfficerId
from soptui.domain.message import Refusal
from soptui.domain.replace import replace
from soptui.records.verify import read_ahead
from soptui.records.verify.walk import verify
from tests.attacks.attack import opening
from tests.attacks.builder import Records
from tests.attacks.catalogue import ATTACKS
from tests.attacks.on_keys import NEWCOMER, new_key
from tests.attacks.store import StoredHistory
from tests.support.office_parts import post

DAY = timedelta(days=1)


@pytest.fixture
def records() -> Records:
    return opening()


def codes(records: Records) -> list[str]:
    return [finding.code for finding in records.verify().findings]


def test_a_good_history_is_told_with_what_it_holds(records: Records) -> None:
    records.walk(5)
    report = records.verify()
    assert report.ok
    assert (report.good, report.position) == (records.tip, 13)
    assert (report.commits, report.events, report.attachments) == (13, 12, 1)


def test_only_what_is_new_is_checked(records: Records) -> None:
    old = records.tip
    records.note("staff-1")
    report = records.verify(old=old)
    assert (report.ok, report.commits, report.position) == (True, 1, 1)


def test_nothing_new_is_good(records: Records) -> None:
    report = records.verify(old=records.tip)
    assert report.ok
    assert report.commits == 0


def test_what_descends_from_a_refused_commit_is_not_judged(records: Records) -> None:
    good = records.tip
    bad = records.note("staff-1", forged={"author": "camat-1"})
    records.revoke("staff-1")
    records.note("staff-1", forged={"author": "camat-1"})
    report = records.verify()
    assert [(one.code, one.commit) for one in report.errors] == [("author", bad)]
    assert report.good == good


def test_both_sides_of_a_refused_merge_are_told(records: Records) -> None:
    fork = records.tip
    one = records.note("kasi-1", on=fork, forged={"author": "camat-1"})
    two = records.note("kasi-2", on=fork, forged={"message": str.upper})
    inner = records.merge(two, first=one, by="kasi-1", stays=True)
    records.note("staff-1")
    records.merge(inner)
    assert sorted(codes(records)) == ["author", "message"]


def test_a_hundred_warnings_do_not_end_the_check(records: Records) -> None:
    """An attacker must not be able to hide behind them."""
    for number in range(110):
        records.note("staff-1", at=records.clock - (number % 2) * 2 * DAY)
    bad = records.note("staff-1", forged={"author": "camat-1"})
    for _ in range(160):
        records.note("staff-1")
    report = records.verify()
    assert [one.commit for one in report.errors] == [bad]
    assert len(report.findings) <= 101
    assert not report.ok


def test_times_are_claims_that_are_warned_of_and_never_refused(records: Records) -> None:
    records.note("staff-1", at=records.clock - 3 * DAY)
    assert codes(records) == ["clock"]
    records.note("staff-1", at=records.clock + 400 * DAY)
    assert codes(records) == ["clock", "clock-future"]
    assert records.verify().ok


def test_a_day_to_come_gives_no_authority_before_it_has_come(records: Records) -> None:
    records.note("calon-1", at=records.clock.replace(month=3))
    accepted = records.note("staff-1")

    def codes_at(now: datetime, old: CommitId = NO_COMMIT) -> list[str]:
        report = verify(
            StoredHistory(records.store), records.store, records.root,
            old=old, new=CommitId(records.tip), now=int(now.timestamp()),
        )  # fmt: skip
        return [one.code for one in report.findings]

    assert codes_at(records.clock) == ["early-post"]
    assert "early-post" not in codes_at(records.clock.replace(month=3))
    assert codes_at(records.clock, old=CommitId(accepted)) == []


def test_who_acts_in_a_post_that_has_ended_by_the_others_clocks_is_pointed_out(
    records: Records,
) -> None:
    records.officer(NEWCOMER)
    ended = post("staff", ends=date(2026, 1, 10), starts=date(2026, 1, 1))
    former = replace(NEWCOMER, id=OfficerId("lama-1"), name="Lama", mail="lama-1@ajibarang.test")
    records.officer(replace(former, posts=(ended,), keys=(new_key("lama-1"),)))
    records.note("lama-1")
    assert codes(records) == []
    in_time = records.clock
    records.clock += 30 * DAY
    records.note("staff-1")
    records.note("lama-1", at=in_time)
    assert codes(records) == ["late-post", "clock"]
    assert records.verify().ok


def test_progress_is_told_part_by_part(records: Records, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    directory = records.write_to(tmp_path / "records.git")
    from soptui.records.git.history import History
    from soptui.records.git.objects import ObjectReader

    with ObjectReader(directory) as reader:
        verify(
            History(directory), reader, records.root, new=CommitId(records.tip),
            progress=lambda done, of: told.append((done, of)),
        )  # fmt: skip
    assert told == [(8, 8)]


# --- reading ahead -------------------------------------------------------------------------------


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every history counts as long, and is read in small parts."""
    monkeypatch.setattr(read_ahead, "_LONG", 1)
    monkeypatch.setattr(read_ahead, "_IN_A_PART", 5)


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize("bad", [False, True])
def test_a_long_history_is_read_by_a_process_beside(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: bool
) -> None:
    records.walk(9)
    if bad:
        records.note("staff-1", forged={"sign": lambda key, data: key.sign(data + b"x")})
    directory = records.write_to(tmp_path / "records.git")
    report = records.verify(directory)
    monkeypatch.undo()
    quick = records.verify(directory)
    assert (report.findings, report.good) == (quick.findings, quick.good)
    assert (report.commits, report.events) == (quick.commits, quick.events)
    assert report.ok is not bad


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize("program", ["", "/nowhere/python", "/bin/true"])
def test_without_that_process_the_history_is_verified_all_the_same(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    directory = records.write_to(tmp_path / "records.git")
    monkeypatch.setattr(sys, "executable", program)
    assert records.verify(directory).ok


def test_few_commits_are_verified_by_reading_objects_alone(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every other process that Git starts would cost an action more than its signature."""
    from soptui.records.git.process import GitDirectory

    old = records.tip
    records.walk(13)
    records.officer(NEWCOMER)
    directory = records.write_to(tmp_path / "records.git")
    started: list[tuple[str, ...]] = []
    start = GitDirectory.start

    def noted(
        self: GitDirectory,
        *words: str,
        operands: Sequence[str | Path] = (),
        keep_talk: bool = True,
    ) -> subprocess.Popen[bytes]:
        started.append(words)
        return start(self, *words, operands=operands, keep_talk=keep_talk)

    monkeypatch.setattr(GitDirectory, "start", noted)
    assert records.verify(directory, old=old).ok
    assert {words[0] for words in started} == {"cat-file"}
    assert len(started) <= 2


def test_a_side_that_was_begun_long_ago_is_found_among_what_was_verified(
    records: Records, tmp_path: Path
) -> None:
    fork = records.tip
    side = records.note("kasi-1", on=fork)
    for _ in range(60):
        records.note("staff-1")
    old = records.tip
    records.merge(side)
    directory = records.write_to(tmp_path / "records.git")
    assert records.verify(directory, old=old).ok
    assert records.verify(old=old).ok


# --- words ---------------------------------------------------------------------------------------


def test_every_finding_has_its_attack() -> None:
    attacked = {one.code for one in ATTACKS} | {one.whole for one in ATTACKS}
    by_other_tests = {"grafts", "root-signer", "unreadable", "verifier-fault"} | WARNINGS
    assert SENTENCES.keys() - attacked == by_other_tests


def test_the_first_commit_must_be_signed_by_the_pinned_key(records: Records) -> None:
    records.root = replace(records.root, signer=Fingerprint("SHA256:another"))
    assert codes(records) == ["root-signer"]


def test_what_crashes_a_rule_is_a_finding(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*unused: object) -> None:
        raise RecursionError

    monkeypatch.setattr("soptui.records.verify.walk.check_event", broken)
    assert codes(records) == ["verifier-fault"]


def test_records_that_cannot_be_read_are_a_finding(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    from soptui.domain.message import Message

    def broken(*unused: object) -> None:
        raise Refusal(Message("No."))

    monkeypatch.setattr("soptui.records.verify.walk.check_event", broken)
    assert codes(records) == ["unreadable"]
    assert str(Found("unreadable", detail="x").at(CommitId("")).message)
