"""Stock Git by hand: `git pull` and `git push` in a clone work, and cannot spoil the records."""

from __future__ import annotations

from soptui.domain.events import Dispose, Receive
from soptui.domain.ids import CaseId, RoleId
from soptui.records.files import layout
from tests.support.town import HEAD, REGISTRAR, SECOND_HEAD, Clone, Town, git


def shared_case(town: Town) -> tuple[Clone, Clone, CaseId]:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.git("push", "-q")
    head.git("pull", "-q")
    return registrar, head, case


def test_a_plain_pull_rebases_signs_again_and_is_accepted(town: Town) -> None:
    registrar, head, case = shared_case(town)
    registrar.note(case, "Satu.")
    registrar.git("push", "-q")
    mine = [head.note(case, "Dua."), head.note(case, "Tiga.")]
    head.git("pull", "-q")
    assert head.git("status", "--short").stdout == ""
    assert head.git("log", "-3", "--format=%G?").stdout.split() == ["G", "G", "G"]
    assert len(head.git("rev-list", "--parents", "-1", "main").stdout.split()) == 2
    assert head.repository.verify().ok
    assert head.events(case)[-2:] == mine
    head.git("push", "-q")
    assert registrar.sync().ok
    assert registrar.head == head.head == town.hub_tip()
    assert registrar.verified().ok


def test_a_pull_by_hand_and_a_sync_come_to_the_same_file(town: Town) -> None:
    registrar, head, case = shared_case(town)
    registrar.note(case, "Satu.")
    registrar.git("push", "-q")
    head.note(case, "Dua.")
    twin = town.clone(HEAD, "twin")
    twin.git("fetch", "-q", str(head.root), "main")
    twin.git("reset", "-q", "--hard", "FETCH_HEAD")
    twin.repository.verify()
    head.git("pull", "-q")
    assert twin.sync().ok
    assert head.cases() == twin.cases()


def test_a_decision_that_lost_the_race_is_kept_by_a_plain_pull(town: Town) -> None:
    registrar, head, case = shared_case(town)
    second = town.clone(SECOND_HEAD)
    second.git("pull", "-q")
    head.dispose(case)
    head.git("push", "-q")
    lost = second.dispose(case)
    second.git("pull", "-q")
    result = second.sync()
    assert lost in second.events(case)
    assert lost in [one.event for one in result.without_effect]
    assert registrar.sync().ok
    assert registrar.head == second.head
    assert registrar.verified().ok


def test_several_acts_that_lost_the_race_go_to_the_hub_by_a_plain_pull_and_push(town: Town) -> None:
    """The second act builds on the first, which by then stands behind what won the race."""
    registrar, head, case = shared_case(town)
    second = town.clone(SECOND_HEAD)
    second.git("pull", "-q")
    head.dispose(case)
    head.git("push", "-q")
    received = second.act(case, Receive())
    lost = [received, second.act(case, Dispose((RoleId("sekretaris"),), ("tindak-lanjuti",)))]
    second.git("pull", "-q")
    second.git("push", "-q")
    assert second.head == town.hub_tip()
    assert registrar.sync().ok
    entries = registrar.desk.case(case).entries
    assert [entry.id for entry in entries][-2:] == lost
    assert not any(entry.effective for entry in entries[-2:])
    assert registrar.verified().ok
    second.note(case, "Kalah cepat.")


def test_a_merge_by_hand_is_not_made(town: Town) -> None:
    registrar, head, case = shared_case(town)
    registrar.note(case, "Satu.")
    registrar.git("push", "-q")
    head.note(case, "Dua.")
    before = head.head
    done = head.git("pull", "-q", "--no-rebase", check=False)
    assert done.returncode != 0
    assert "fast-forward" in done.stderr
    assert head.head == before
    assert head.sync().ok


def test_a_merge_that_somebody_insists_on_is_refused_by_the_hub_and_healed_by_a_sync(
    town: Town,
) -> None:
    registrar, head, case = shared_case(town)
    registrar.note(case, "Satu.")
    registrar.git("push", "-q")
    mine = head.note(case, "Dua.")
    head.git("pull", "-q", "--no-rebase", "--no-ff", "--no-edit")
    refused = head.git("push", check=False)
    assert refused.returncode != 0
    assert "[rollback]" in refused.stderr
    assert not head.repository.verify().ok
    assert head.sync().ok
    assert mine in head.events(case)
    assert head.head == town.hub_tip()
    assert head.verified().ok


def test_a_pull_does_not_sign_again_what_others_signed(town: Town) -> None:
    registrar, head, case = shared_case(town)
    theirs = registrar.note(case, "Lewat diska.")
    file = town.folder / "disk.bundle"
    from soptui.records.sharing.bundle import export_bundle, import_bundle

    export_bundle(registrar.repository, file)
    assert import_bundle(head.repository, head.desk, file).ok
    mine = head.note(case, "Setelah itu.")
    other = town.clone(REGISTRAR, "other")
    other.git("pull", "-q")
    other.note(case, "Sementara itu.")
    other.git("push", "-q")
    done = head.git("pull", "-q", check=False)
    assert done.returncode != 0
    assert "soptui sync" in done.stderr
    head.git("rebase", "--abort", check=False)
    assert head.sync().ok
    assert {theirs, mine} <= set(head.events(case))


def test_a_hand_made_commit_is_refused_in_both_languages_with_code_and_commit(town: Town) -> None:
    _registrar, head, case = shared_case(town)
    path = head.root / layout.case_path(case)
    path.write_text(path.read_text() + "\n# diubah dengan tangan\n")
    head.git("commit", "-qam", "Ubah")
    commit = head.git("rev-parse", "HEAD").stdout.strip()
    refused = head.git("push", check=False)
    assert refused.returncode != 0
    lines = [line for line in refused.stderr.splitlines() if f"{commit[:12]}:" in line]
    assert [("ditolak" in line, "refused" in line) for line in lines] == [
        (True, False),
        (False, True),
    ]


def test_a_rewritten_hub_is_not_followed_by_a_plain_pull(town: Town) -> None:
    registrar, head, _case = shared_case(town)
    other = town.clone(REGISTRAR, "other")
    git(town.hub, "config", "receive.denyNonFastForwards", "false")
    (town.hub / "hooks" / "pre-receive").unlink()
    other.register()
    other.git("push", "-q", "--force")
    before = head.head
    done = head.git("pull", "-q", check=False)
    assert done.returncode != 0
    assert head.head == before
    assert registrar.head == before
