"""Clones and the hub come to one history, in which nothing that anyone signed is lost."""

from __future__ import annotations

import shutil
import subprocess
import threading
from datetime import date

import pytest

from soptui.desk.office.administration import Administration
from soptui.desk.sharing.sentences import sentences
from soptui.domain.events import Action, Dispose, Note, Receive
from soptui.domain.ids import CaseId, CommitId, EventId, OfficerId, RoleId
from soptui.domain.office import Capacity, Post
from soptui.records.clone.genesis import starter_files
from soptui.records.sharing.result import Busy
from soptui.records.sharing.ssh import Unreachable
from soptui.records.sharing.sync import sync_lock
from soptui.records.sharing.transfer import Cancelled
from tests.support.town import ADMIN, HEAD, REGISTRAR, SECOND_HEAD, Clone, Town, git
from tests.support.waiting import until

CAMAT = RoleId("camat")
SEKRETARIS = RoleId("sekretaris")


def together(*clones: Clone) -> bool:
    """Whether all clones hold the same records, whole ones."""
    first, *others = clones
    return all(other.head == first.head for other in others) and first.verified().ok


def shared_case(*clones: Clone) -> CaseId:
    """A case that the first clone registers and all have."""
    case = clones[0].register()
    for clone in clones:
        assert clone.sync().ok
    return case


def test_what_one_registers_reaches_the_other(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    sent = registrar.sync()
    assert (sent.ok, sent.pushed, sent.merged, sent.ahead) == (True, True, False, 1)
    got = head.sync()
    assert (got.ok, got.pushed, got.behind) == (True, False, 1)
    assert head.cases() == registrar.cases()
    assert case in head.cases()


def test_work_on_two_sides_is_joined_by_a_merge(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = shared_case(registrar, head)
    registrar.note(case, "Satu.")
    head.note(case, "Dua.")
    registrar.sync()
    result = head.sync()
    assert (result.ok, result.merged, result.pushed) == (True, True, True)
    registrar.sync()
    assert together(registrar, head)
    assert registrar.head == town.hub_tip()
    assert len(registrar.events(case)) == 3


def test_who_decides_second_is_told_and_can_do_it_again(town: Town) -> None:
    registrar, head, second = town.clone(REGISTRAR), town.clone(HEAD), town.clone(SECOND_HEAD)
    case = shared_case(registrar, head, second)
    head.dispose(case)
    second.act(case, Receive())
    lost = second.act(case, Dispose((SEKRETARIS,), ("pelajari",)))
    head.sync()
    result = second.sync()
    assert result.ok
    assert [(one.case, one.action) for one in result.without_effect] == [
        (case, Action.RECEIVE),
        (case, Action.DISPOSE),
    ]
    assert result.without_effect[1].event == lost
    head.sync()
    assert together(head, second)
    assert lost in head.events(case)
    entry = head.desk.case(case).entry(EventId(lost))
    assert entry is not None
    assert entry.effective is False


def test_the_hub_out_of_reach_is_a_state_and_not_an_error(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    town.hub.rename(town.folder / "away")
    registrar.register()
    result = registrar.sync()
    assert not result.ok
    assert result.offline
    assert result.ahead == 1
    (town.folder / "away").rename(town.hub)
    assert registrar.sync().pushed


def test_a_hub_that_went_back_is_refused_until_somebody_gives_back_what_it_lost(
    town: Town,
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    shared_case(registrar, head)
    backup = town.folder / "backup.git"
    shutil.copytree(town.hub, backup)
    registrar.register()
    registrar.sync()
    head.sync()
    shutil.rmtree(town.hub)
    backup.rename(town.hub)
    result = head.sync()
    assert [one.code for one in result.findings] == ["rollback"]
    assert result.hub_went_back
    before = head.head
    assert head.head == before
    assert head.sync(give_back=True).ok
    assert registrar.sync().ok
    assert together(registrar, head)


def test_a_rewritten_hub_is_refused_and_nothing_moves(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    shared_case(registrar, head)
    other = town.clone(REGISTRAR, "other")
    (town.hub / "hooks" / "pre-receive").unlink()
    git(town.hub, "config", "receive.denyNonFastForwards", "false")
    other.register()
    git(other.root, "push", "-q", "--force", "origin", "main")
    before = head.head
    result = head.sync()
    assert [one.code for one in result.findings] == ["rollback"]
    assert head.head == before


def test_own_administrative_commits_on_a_line_that_moved_are_done_again_on_request(
    town: Town,
) -> None:
    admin, registrar = town.clone(ADMIN), town.clone(REGISTRAR)
    case = shared_case(registrar, admin)
    post = Post(SEKRETARIS, Capacity.DAILY_ACTING, "Plh. Sekretaris", date(2026, 1, 1),
                date(2026, 2, 1), basis="SK 1")  # fmt: skip
    Administration(admin.desk).add_post(OfficerId(HEAD), post)
    admin.note(case, "Dari administrator.")
    registrar.note(case, "Lebih dulu.")
    registrar.sync()
    told = admin.sync()
    assert len(told.administration) == 1
    assert not told.ok
    done = admin.sync(redo_administration=True)
    assert done.ok
    assert done.pushed
    assert done.redone
    said = " ".join(str(one) for one in sentences(done))
    assert "signed again on top of what came. Nothing is lost." in said
    assert "aside" not in said
    registrar.sync()
    assert together(admin, registrar)
    assert registrar.desk.registry.officers[OfficerId(HEAD)].posts[-1] == post
    assert len(registrar.events(case)) == 3


def test_a_case_begun_before_a_new_sop_came_is_kept_when_changes_are_done_again(
    town: Town,
) -> None:
    """Its header names the version that was the newest for its author, offline as they were."""
    admin, other = town.clone(ADMIN), town.clone(ADMIN, "other-desk")
    registrar = Post(RoleId("staff-penerima-surat"), Capacity.DEFINITIVE, "Staf", date(2026, 1, 1))
    Administration(admin.desk).add_post(OfficerId(ADMIN), registrar)
    for clone in (admin, other):
        assert clone.sync().ok
    data = starter_files()["sops/pengukuran-data-kinerja/1.toml"]
    Administration(admin.desk, sure=True).add_sop(data.replace(b"\nversion = 1", b"\nversion = 2"))
    assert admin.sync().pushed
    ends = Post(SEKRETARIS, Capacity.DAILY_ACTING, "Plh. Sekretaris", date(2026, 1, 1),
                date(2026, 2, 1), basis="SK 1")  # fmt: skip
    first = other.register()
    Administration(other.desk).add_post(OfficerId(HEAD), ends)
    second = other.register()
    other.note(second, "Sesudahnya.")
    assert other.sync().administration
    done = other.sync(redo_administration=True)
    assert (done.ok, done.redone) == (True, True), done
    assert admin.sync().ok
    for case, events in ((first, 1), (second, 2)):
        folded = admin.desk.case(case)
        assert (folded.header.sop_version, len(folded.entries)) == (1, events)
        assert all(entry.effective for entry in folded.entries)
    assert admin.verified().ok
    assert admin.desk.registry.officers[OfficerId(HEAD)].posts[-1].role == SEKRETARIS


def test_two_administrators_who_change_the_same_person_do_not_overwrite_each_other(
    town: Town,
) -> None:
    admin, other = town.clone(ADMIN), town.clone(ADMIN, "other-desk")
    Administration(admin.desk, sure=True).end_post(OfficerId(HEAD), CAMAT, date(2026, 6, 1))
    Administration(other.desk, sure=True).end_post(OfficerId(HEAD), CAMAT, date(2026, 7, 1))
    admin.sync()
    before = other.head
    with pytest.raises(Exception, match="both sides"):
        other.sync(redo_administration=True)
    assert other.head == before
    aside = other.sync(set_aside=True)
    assert aside.ok
    assert aside.set_aside == before
    assert not aside.redone
    assert other.desk.registry.officers[OfficerId(HEAD)].posts[0].ends == date(2026, 6, 1)


def test_own_work_that_can_no_longer_be_accepted_is_told_and_can_be_set_aside(town: Town) -> None:
    admin, registrar = town.clone(ADMIN), town.clone(REGISTRAR)
    shared_case(registrar, admin)
    key = registrar.desk.officer.valid_keys()[0]
    Administration(admin.desk, sure=True).revoke_key(
        OfficerId(REGISTRAR), town.keys.public(REGISTRAR).fingerprint, "hilang"
    )
    assert key
    admin.sync()
    registrar.register()
    before = registrar.head
    result = registrar.sync()
    assert result.own_refused
    assert {one.code for one in result.findings} <= {"revoked-at-acceptance", "revoked-key"}
    assert registrar.head == before
    assert git(town.hub, "rev-parse", "main").stdout.strip() == admin.head
    aside = registrar.sync(set_aside=True)
    assert aside.set_aside == before
    assert registrar.head == admin.head
    kept = registrar.git("for-each-ref", "--format=%(objectname)", "refs/soptui/aside").stdout
    assert kept.split() == [before]


def test_a_merge_that_could_not_be_sent_is_taken_apart_at_the_next_sync(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from soptui.records.sharing import remote

    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = shared_case(registrar, head)
    registrar.note(case, "Satu.")
    registrar.sync()
    head.note(case, "Dua.")
    with monkeypatch.context() as patch:

        def unreachable(*_: object) -> None:
            raise Unreachable("line is down")

        patch.setattr(remote.Remote, "push", unreachable)
        result = head.sync()
        assert result.offline == "line is down"
        assert result.merged
    assert len(head.events(case)) == 3
    registrar.note(case, "Tiga.")
    registrar.sync()
    assert head.sync().ok
    registrar.sync()
    assert together(registrar, head)
    merges = head.git("rev-list", "--min-parents=2", "--count", "main").stdout.strip()
    assert merges == "1"


def test_an_act_during_a_sync_is_kept(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from soptui.records.sharing import remote

    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = shared_case(registrar, head)
    registrar.note(case, "Satu.")
    registrar.sync()
    head.note(case, "Dua.")
    push = remote.Remote.push
    acted: list[str] = []

    def act_then_push(self: remote.Remote, commit: CommitId) -> remote.Answer:
        if not acted:
            with head.repository.open(head.root) as again:
                acted.append(head.desk.at(again).act(case, Note("Sementara itu.")).event)
        return push(self, commit)

    monkeypatch.setattr(remote.Remote, "push", act_then_push)
    assert head.sync().ok
    registrar.sync()
    assert together(registrar, head)
    assert acted[0] in registrar.events(case)


def test_a_cancelled_sync_changes_nothing(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    registrar.register()
    cancelled = threading.Event()
    cancelled.set()
    before = registrar.head
    with pytest.raises(Cancelled):
        registrar.sync(cancelled=cancelled)
    assert registrar.head == before
    assert registrar.sync().pushed


def test_one_sync_of_a_clone_runs_at_a_time(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    with sync_lock(registrar.repository), pytest.raises(Busy):
        registrar.sync()
    assert registrar.sync().ok


def test_several_clones_push_at_once_and_nothing_is_lost(town: Town) -> None:
    clones = [town.clone(REGISTRAR, f"desk-{number}") for number in range(3)]
    case = shared_case(*clones)
    notes: list[str] = []

    def work(clone: Clone) -> None:
        for number in range(2):
            notes.append(clone.note(case, f"{clone.root.name} {number}"))
            until(lambda: not clone.sync().offline, lambda: "the hub stays out of reach")

    threads = [threading.Thread(target=work, args=(clone,)) for clone in clones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for clone in clones:
        assert clone.sync().ok
    assert together(*clones)
    assert set(notes) < set(clones[0].events(case))


def test_the_hub_runs_no_program_that_the_clone_names(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    trace = town.folder / "ran"
    for name in ("core.sshCommand", "remote.origin.uploadpack", "remote.origin.receivepack"):
        registrar.git("config", name, f"touch {trace};")
    registrar.register()
    registrar.sync()
    assert not trace.exists()


def test_what_a_hub_says_cannot_act_on_the_terminal(town: Town) -> None:
    hook = town.hub / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nprintf 'merah \\033[31m\\n' >&2\nexit 1\n")
    registrar = town.clone(REGISTRAR)
    registrar.register()
    refusal = registrar.sync().refusal
    assert refusal == ("merah \\u{1b}[31m",)
    assert subprocess.run(["git", "status", "--short"], cwd=registrar.root, check=True,
                          capture_output=True).stdout == b""  # fmt: skip


def test_an_agenda_number_is_provisional_until_the_letter_is_shared(town: Town) -> None:
    registrar, other = town.clone(REGISTRAR), town.clone(REGISTRAR, "second-desk")
    first = registrar.register()
    assert registrar.sync().ok
    assert other.sync().ok
    late = other.register()
    soon = registrar.register()
    assert registrar.sync().ok

    assert other.desk.provisional() == {late}
    before = other.desk.view(late)
    assert (before.agenda_number, before.agenda_is_provisional) == (2, True)
    assert not other.desk.view(first).agenda_is_provisional

    assert other.sync().ok
    after = other.desk.view(late)
    assert (after.agenda_number, after.agenda_is_provisional) == (3, False)
    assert other.desk.view(soon).agenda_number == 2
