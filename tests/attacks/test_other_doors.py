"""What the hub refuses comes in by no other door: no file from a disk, no ref moved by hand.

One attack for each finding; the honest twin of each comes in.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from soptui.desk.desk import Desk
from soptui.domain.ids import OfficerId
from soptui.records.clone.repository import Repository
from soptui.records.sharing.bundle import BadFile, import_bundle
from soptui.records.sharing.result import Result
from tests.attacks.attack import Attack, Build
from tests.attacks.catalogue import ATTACKS, opening
from tests.support.town import git

_NEW = ("case-header", "empty", "key-unsigned", "not-allowed")
_FIRST = {one.code: one for one in ATTACKS if one.code != "rollback"}
_FIRST |= {one.code: one for one in ATTACKS if one.code in _NEW and one.row == "later"}
DOORS = [
    pytest.param(one, id=str(one), marks=() if one.code in _NEW else pytest.mark.slow)
    for one in _FIRST.values()
]
TWINS = [one for one in ATTACKS if one.row == "later" and one.twin and one.code in _NEW]


@pytest.fixture
def clone(home: Path, tmp_path: Path) -> Iterator[Repository]:
    """A clone of honest records, trusted and verified."""
    records = opening()
    source = records.write_to(tmp_path / "honest.git").path
    root = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(source), str(root))
    with Repository.open(root) as repository:
        repository.pin(records.root.genesis, records.root.signer)
        assert repository.verify().ok
        yield repository


def made(build: Build, folder: Path) -> Path:
    """A repository in which somebody went on from the honest records."""
    records = opening()
    build(records)
    return records.write_to(folder / "made.git").path


def from_disk(clone: Repository, source: Path) -> Result:
    path = source.with_suffix(".bundle")
    git(source, "bundle", "create", "-q", "--version=2", str(path), "refs/heads/main")
    # Nobody signs: there is nothing to be joined.
    desk = Desk(clone, OfficerId("staff-1"))
    return import_bundle(clone, desk, path)


@pytest.mark.parametrize("attack", DOORS)
def test_an_attack_comes_in_by_no_other_door(
    clone: Repository, attack: Attack, tmp_path: Path
) -> None:
    before = clone.head()
    source = made(attack.build, tmp_path)
    try:
        found = {one.code for one in from_disk(clone, source).findings}
    except (BadFile, AssertionError) as refused:
        # Git itself refuses to read or to write such a file.
        found = set()
        said = str(refused)
    assert found <= {attack.code, attack.whole, "rollback"}
    assert found or said
    assert clone.head() == before
    for pack in (source / "objects").glob("??/*"):
        into = clone.directory.objects / pack.parent.name
        into.mkdir(exist_ok=True)
        shutil.copy(pack, into)
    tip = git(source, "rev-parse", "refs/heads/main").stdout.strip()
    (clone.directory.path / "refs/heads/main").write_text(f"{tip}\n")
    report = clone.verify()
    assert [one.code for one in report.errors] == [attack.code]
    assert clone.trust.tip == before or clone.history.is_ancestor(before, clone.trust.tip)


@pytest.mark.parametrize("attack", TWINS, ids=str)
def test_its_honest_twin_comes_in(clone: Repository, attack: Attack, tmp_path: Path) -> None:
    assert attack.twin is not None
    source = made(attack.twin, tmp_path)
    assert from_disk(clone, source).ok
    assert clone.head() == git(source, "rev-parse", "refs/heads/main").stdout.strip()
    assert clone.verify(full=True).ok
