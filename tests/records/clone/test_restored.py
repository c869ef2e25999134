"""A clone that was put back from a copy lacks commits that its account remembers as verified."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from soptui.domain.ids import CaseId
from soptui.records.clone.refusals import Unverified
from tests.cli.test_sharing import soptui
from tests.support.town import HEAD, REGISTRAR, Clone, Town


def put_back(town: Town, clone: Clone, copy: Path) -> Clone:
    """The clone anew, as it was when it was copied."""
    officer, root = clone.desk.officer_id, clone.root
    clone.close()
    shutil.rmtree(root)
    shutil.copytree(copy, root)
    restored = Clone(root, officer, town.keys, town.clock)
    town.clones.append(restored)
    return restored


def copy_of(clone: Clone, folder: Path) -> Path:
    return shutil.copytree(clone.root, folder)


def copied(town: Town, folder: Path) -> tuple[Clone, CaseId, Path]:
    """A clone that has shared a case, that case, and a copy of the clone."""
    clone = town.clone(REGISTRAR)
    case = clone.register()
    clone.sync()
    return clone, case, copy_of(clone, folder / "copy")


def test_the_clone_says_that_it_went_back_and_sync_mends_it(town: Town, tmp_path: Path) -> None:
    clone, case, copy = copied(town, tmp_path)
    clone.note(case, "Sesudah salinan.")
    clone.sync()
    newest = clone.head
    clone = put_back(town, clone, copy)
    assert clone.head != newest
    assert [one.code for one in clone.repository.verify().errors] == ["rollback"]
    with pytest.raises(Unverified) as refused:
        clone.repository.current()
    assert "soptui sync" in str(refused.value.message)
    result = clone.sync()
    assert result.ok, result
    assert clone.head == newest == town.hub_tip()
    assert len(clone.events(case)) == 2
    assert clone.verified().ok


def test_others_have_gone_on_meanwhile(town: Town, tmp_path: Path) -> None:
    clone, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = clone.register()
    clone.sync()
    copy = copy_of(clone, tmp_path / "copy")
    clone.note(case, "Sesudah salinan.")
    clone.sync()
    head.sync()
    head.note(case, "Dari camat.")
    head.sync()
    clone = put_back(town, clone, copy)
    assert clone.sync().ok
    assert clone.head == town.hub_tip()
    assert len(clone.events(case)) == 3


def test_what_was_never_shared_is_told_as_lost_and_nothing_is_changed(
    town: Town, tmp_path: Path
) -> None:
    clone, case, copy = copied(town, tmp_path)
    clone.note(case, "Tidak pernah dibagikan.")
    clone = put_back(town, clone, copy)
    before, hub = clone.head, town.hub_tip()
    for _ in range(2):
        result = clone.sync()
        assert [one.code for one in result.findings] == ["rollback"]
        assert result.own_refused
    assert (clone.head, town.hub_tip()) == (before, hub)


def test_the_commands_say_so_and_sync_works_all_the_same(town: Town, tmp_path: Path) -> None:
    clone, case, copy = copied(town, tmp_path)
    clone.note(case, "Sesudah salinan.")
    clone.sync()
    root = put_back(town, clone, copy).root
    own = {"SOPTUI_KEY": str(town.keys.path(REGISTRAR))}
    paper = town.first_trust()
    for words in (("inbox",), ("trust", "accept", paper.genesis, paper.signer)):
        refused = soptui(*words, cwd=root, code=4, env=own)
        assert "rollback" in refused.stderr + refused.stdout
    told = soptui("doctor", cwd=root, code=1, env=own).stdout
    assert "rollback" in told
    assert "terminal" in told, "it never stops at the first fault"
    soptui("sync", cwd=root, env=own)
    assert case in soptui("list", cwd=root, env=own).stdout
