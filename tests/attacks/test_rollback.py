"""Rollback by any door: no command takes what does not go on from what a clone remembers.

What the hub was known to hold stays on the main line, and nothing of one's own is missing. Each
attack has its honest twin.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from soptui.desk.clone import Clone as OpenClone
from soptui.desk.office.first_commit import trust_records
from soptui.desk.office.trust_root import Paper
from soptui.domain.case import Entry
from soptui.domain.events import Action
from soptui.domain.ids import CaseId, CommitId
from soptui.domain.message import Refusal
from soptui.records.clone import trust as trust_file
from soptui.records.clone.trust import load_trust
from soptui.records.sharing.bundle import export_bundle, import_bundle
from soptui.records.sharing.join import NotJoined, open_candidate
from soptui.records.sharing.merging import merge
from soptui.records.verify.version import VERSION
from tests.cli.test_sharing import soptui
from tests.support.town import HEAD, REGISTRAR, SECOND_HEAD, Clone, Town, on_paper


def decisions(clone: Clone, case: CaseId) -> list[Entry]:
    """The dispositions of a case, in the order of its file."""
    entries = clone.desk.case(case).entries
    return [entry for entry in entries if entry.event.action is Action.DISPOSE]


def decided_twice(town: Town) -> tuple[Clone, Clone, Clone, CaseId]:
    """A victim's clone with the Camat's disposition from the hub, and another Camat's against it.

    Returns the victim, the first Camat, the other one, who knows nothing of the first, and the
    case.
    """
    victim, head, other = town.clone(REGISTRAR), town.clone(HEAD), town.clone(SECOND_HEAD)
    case = victim.register()
    for clone in (victim, head, other):
        assert clone.sync().ok
    head.dispose(case)
    assert head.sync().pushed
    assert victim.sync().ok
    other.dispose(case)
    return victim, head, other, case


def foxtrot(other: Clone, town: Town) -> None:
    """Join the hub's line to the other Camat's own, with their own side first."""
    other.git("fetch", "-q", str(town.hub), "main")
    joined = merge(other.repository, other.head, town.hub_tip(), other.desk)
    other.git("update-ref", "refs/heads/main", joined)
    assert other.repository.verify().ok


def exported(clone: Clone, town: Town) -> Path:
    return export_bundle(clone.repository, town.folder / "disk.sop").path


def rewrite(clone: Clone, case: CaseId, base: str) -> str:
    """Put the main line of a clone, with all its signed commits, on another history from `base`.

    Returns the commit that it had.
    """
    before = clone.head
    remembered = load_trust(clone.root)
    assert remembered is not None
    clone.git("reset", "-q", "--hard", base)
    clone.repository.pin(remembered.genesis, remembered.signer)
    for _ in range(3):
        clone.note(case, "Sejarah lain.")
    trust_file.save_trust(clone.root, remembered)
    clone.repository.recall()
    return before


# --- a file from a flash disk ---------------------------------------------------------------------


def test_a_file_with_its_own_side_first_takes_no_effect_from_what_the_hub_accepted(
    town: Town,
) -> None:
    victim, head, other, case = decided_twice(town)
    foxtrot(other, town)
    held = town.hub_tip()
    assert import_bundle(victim.repository, victim.desk, exported(other, town)).ok
    assert victim.repository.history.is_on_main_line(held, victim.head)
    first, second = decisions(victim, case)
    assert (first.event.by, first.closed) == (HEAD, None)
    assert second.event.by == SECOND_HEAD
    assert second.closed is not None
    assert victim.verified().ok
    assert victim.desk.provisional() == frozenset()
    assert victim.sync().ok
    assert head.sync().ok
    assert head.head == victim.head == town.hub_tip()


def test_nor_where_the_victim_has_a_merge_of_their_own_to_share(town: Town) -> None:
    victim, head, other, case = decided_twice(town)
    victim.note(case, "Sendiri.")
    head.note(case, "Dari camat.")
    assert head.sync().pushed
    held = town.hub_tip()
    # Joined to the hub's line, and not sent: a merge that sync would take apart again.
    victim.git("fetch", "-q", str(town.hub), "main")
    joined = merge(victim.repository, held, victim.head, victim.desk)
    trust = victim.repository.trust
    position = victim.repository.history.position_of(joined)
    victim.repository.adopt(
        joined, position, old=victim.head, shared=held, shared_position=position - 1
    )
    assert victim.repository.trust.shared != trust.shared
    foxtrot(other, town)
    assert import_bundle(victim.repository, victim.desk, exported(other, town)).ok
    assert victim.repository.history.is_on_main_line(held, victim.head)
    assert decisions(victim, case)[0].event.by == HEAD
    assert victim.verified().ok
    assert victim.sync().ok


def test_a_file_with_the_hub_s_side_first_is_followed(town: Town) -> None:
    victim, _head, other, case = decided_twice(town)
    assert other.sync().pushed
    assert import_bundle(victim.repository, victim.desk, exported(other, town)).ok
    assert victim.head == other.head
    assert [one.closed is None for one in decisions(victim, case)] == [True, False]


# --- a hub that was restored ----------------------------------------------------------------------


def restored(town: Town, backup: Path) -> None:
    """Put the hub back as it was when it was copied."""
    shutil.rmtree(town.hub)
    shutil.copytree(backup, town.hub)


def lost_decision(town: Town) -> tuple[Clone, Clone, CaseId, Path]:
    """The Camat's disposition, which the hub had accepted and lost; two clones know of it."""
    victim, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = victim.register()
    for clone in (victim, head):
        assert clone.sync().ok
    backup = shutil.copytree(town.hub, town.folder / "backup.git")
    head.dispose(case)
    assert head.sync().pushed
    assert victim.sync().ok
    restored(town, backup)
    return victim, head, case, backup


def test_what_a_restored_hub_lost_is_given_back(town: Town) -> None:
    victim, head, _case, _backup = lost_decision(town)
    assert victim.sync().hub_went_back
    assert victim.sync(give_back=True).ok
    assert head.sync().ok
    assert victim.head == head.head == town.hub_tip()


def test_not_to_a_hub_that_went_on_in_another_way(town: Town) -> None:
    """Another Camat's disposition would come first, and the accepted one lose its effect."""
    victim, head, case, backup = lost_decision(town)
    other = town.clone(SECOND_HEAD)
    assert other.sync().ok
    other.dispose(case)
    assert other.sync().pushed
    before, known, held = victim.head, load_trust(victim.root), town.hub_tip()
    for set_aside in (False, True):
        result = victim.sync(give_back=True, set_aside=set_aside)
        assert [one.code for one in result.findings] == ["rollback"]
        assert result.cannot_give_back
        assert (victim.head, load_trust(victim.root), town.hub_tip()) == (before, known, held)
    # The way out: the hub anew, from a clone that has everything, and the rest from a disk.
    disk = exported(other, town)
    restored(town, backup)
    assert victim.sync(give_back=True).ok
    assert import_bundle(victim.repository, victim.desk, disk).ok
    assert victim.sync().ok
    assert head.sync().ok
    assert [one.event.by for one in decisions(victim, case) if one.effective] == [HEAD]
    assert victim.verified().ok


def test_nor_to_one_that_merged_the_old_line_into_another(town: Town) -> None:
    """Whoever runs the server puts their own side first; the hook is theirs as well."""
    victim, _head, case, _backup = lost_decision(town)
    other = town.clone(SECOND_HEAD)
    other.git("fetch", "-q", str(town.hub), "main")
    other.git("reset", "-q", "--hard", "FETCH_HEAD")
    other.dispose(case)
    other.git("fetch", "-q", str(victim.root), "main")
    lost = CommitId(other.git("rev-parse", "FETCH_HEAD").stdout.strip())
    joined = merge(other.repository, other.head, lost, other.desk)
    (town.hub / "hooks" / "pre-receive").unlink()
    other.git("push", "-q", str(town.hub), f"{joined}:refs/heads/main")
    before = victim.head
    for give_back in (False, True):
        result = victim.sync(give_back=give_back)
        assert [one.code for one in result.findings] == ["rollback"]
        assert victim.head == before


def test_a_merge_that_the_hub_held_is_not_taken_apart_again(town: Town) -> None:
    """What the hub lost was one's own merge: it is given back as it was."""
    victim, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = victim.register()
    for clone in (victim, head):
        assert clone.sync().ok
    head.note(case, "Dari camat.")
    assert head.sync().pushed
    backup = shutil.copytree(town.hub, town.folder / "backup.git")
    victim.note(case, "Sendiri.")
    assert victim.sync().merged
    held = town.hub_tip()
    restored(town, backup)
    victim.note(case, "Sesudahnya.")
    assert victim.sync(give_back=True).ok
    assert victim.repository.history.is_on_main_line(held, town.hub_tip())


def test_what_the_hub_held_is_remembered_though_the_line_drops(town: Town) -> None:
    """Of what is given back, only a part has arrived."""
    victim, _head, _case, _backup = lost_decision(town)
    known = load_trust(victim.root)
    assert known is not None
    older, place = town.hub_tip(), known.shared_position - 2
    tip = victim.head
    victim.repository.adopt(tip, known.position, old=tip, shared=older, shared_position=place)
    now = load_trust(victim.root)
    assert now is not None
    assert (now.shared, now.shared_position) == (known.shared, known.shared_position)


# --- verifying everything anew --------------------------------------------------------------------


def test_a_rewritten_history_is_refused_however_it_is_verified(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    case = clone.register()
    assert clone.sync().ok
    base = clone.head
    clone.note(case, "Asli.")
    assert clone.sync().ok
    known = load_trust(clone.root)
    before = rewrite(clone, case, base)
    assert before != clone.head
    for full in (False, True, False):
        report = clone.repository.verify(full=full)
        assert [one.code for one in report.errors] == ["rollback"]
        assert report.good == before
        assert load_trust(clone.root) == known
    clone.git("reset", "-q", "--hard", before)
    for full in (True, False):
        assert clone.repository.verify(full=full).ok


def test_what_was_never_shared_is_remembered_as_well(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    case = clone.register()
    base = clone.head
    clone.note(case, "Belum dibagikan.")
    rewrite(clone, case, base)
    for full in (True, False):
        assert [one.code for one in clone.repository.verify(full=full).errors] == ["rollback"]


def test_own_work_that_was_rebased_goes_on(town: Town) -> None:
    """The honest twin: own unshared commits, signed anew on top of what others did."""
    clone, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = clone.register()
    for one in (clone, head):
        assert one.sync().ok
    head.note(case, "Dari camat.")
    assert head.sync().pushed
    clone.note(case, "Luring.")
    clone.git("pull", "-q", "--rebase", str(town.hub), "main")
    assert clone.repository.verify(full=True).ok
    assert clone.repository.trust.tip == clone.head
    assert clone.sync().ok


def test_changed_rules_forget_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = town.clone(REGISTRAR)
    case = clone.register()
    base = clone.head
    clone.note(case, "Asli.")
    before = rewrite(clone, case, base)
    monkeypatch.setattr("soptui.records.clone.trust.VERSION", VERSION + 1)
    for _ in range(2):
        report = clone.repository.verify()
        assert [one.code for one in report.errors] == ["rollback"]
    clone.git("reset", "-q", "--hard", before)
    assert clone.repository.verify().ok
    assert clone.repository.trust.tip == before


# --- trusting anew, joining anew ------------------------------------------------------------------


def test_trusting_a_rewritten_clone_is_no_way_round(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    case = clone.register()
    base = clone.head
    clone.note(case, "Asli.")
    rewrite(clone, case, base)
    known = load_trust(clone.root)
    with OpenClone.open(clone.root) as opened:
        report = trust_records(opened, on_paper(town))
        assert [one.code for one in report.errors] == ["rollback"]
    assert load_trust(clone.root) == known


def test_a_clone_that_trusts_one_first_commit_does_not_come_to_trust_another(
    town: Town, tmp_path: Path
) -> None:
    """The office's own key has begun other records before: the trial office."""
    clone = town.clone(REGISTRAR)
    known = load_trust(clone.root)
    other = town.begins_others(tmp_path / "trial").genesis
    clone.git("fetch", "-q", str(tmp_path / "trial"), "main")
    clone.git("update-ref", "refs/heads/main", other)
    papers = {
        "they are others": on_paper(town),
        "joined in another folder": Paper.typed(other, town.first_trust().signer),
    }
    for told, paper in papers.items():
        with OpenClone.open(clone.root) as opened, pytest.raises(Refusal, match=told):
            trust_records(opened, paper)
    assert load_trust(clone.root) == known


def test_records_that_went_back_are_not_joined_where_more_was_known(
    town: Town, tmp_path: Path
) -> None:
    clone = town.clone(REGISTRAR)
    old = exported(clone, town)
    clone.register()
    assert clone.sync().ok
    new = export_bundle(clone.repository, tmp_path / "new.sop").path
    root = clone.root
    clone.close()
    town.clones.remove(clone)
    root.rename(tmp_path / "gone")
    with pytest.raises(NotJoined, match="rollback"), open_candidate(str(old), root):
        pass
    assert not root.exists()
    with open_candidate(str(new), root) as found:
        assert found.report.ok


# --- what is shown meanwhile ----------------------------------------------------------------------


def test_the_last_good_state_is_shown_with_the_usual_sentence(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    case = clone.register()
    assert clone.sync().ok
    base = clone.head
    clone.note(case, "Catatan asli.")
    assert clone.sync().ok
    rewrite(clone, case, base)
    own = {"SOPTUI_OFFICER": REGISTRAR, "SOPTUI_KEY": str(town.keys.path(REGISTRAR))}
    for words in (("show", case), ("log", case), ("list",), ("agenda",), ("inbox",)):
        done = soptui(*words, cwd=clone.root, code=4, env=own)
        assert "went back or was rewritten" in done.stderr, words
    assert "Catatan asli." in soptui("log", case, cwd=clone.root, code=4, env=own).stdout
    soptui("verify", "--full", cwd=clone.root, code=4, env=own)
    soptui("show", case, cwd=clone.root, code=4, env=own)
