"""The flash disk: one file, written whole; what is not sound is refused with nothing changed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from soptui.domain.ids import CommitId
from soptui.domain.message import Refusal
from soptui.records.sharing.bundle import BadFile, export_bundle, import_bundle
from tests.attacks.catalogue import opening
from tests.support.town import HEAD, REGISTRAR, SECOND_HEAD, Clone, Town, git


def state_of(clone: Clone) -> dict[str, bytes]:
    """Every byte of a clone's Git directory that matters: objects, refs and logs."""
    git_folder = clone.root / ".git"
    return {
        str(path.relative_to(git_folder)): path.read_bytes()
        for top in ("objects", "refs", "logs")
        for path in sorted((git_folder / top).rglob("*"))
        if path.is_file()
    }


def exported(clone: Clone, town: Town, since: str = "") -> Path:
    return export_bundle(clone.repository, town.folder / "disk.sop", since=CommitId(since)).path


def taken_in(clone: Clone, path: Path) -> bool:
    return import_bundle(clone.repository, clone.desk, path).ok


def test_work_travels_on_a_disk_both_ways(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    assert taken_in(head, exported(registrar, town))
    head.note(case, "Dibaca.")
    registrar.note(case, "Sementara itu.")
    assert taken_in(registrar, exported(head, town, since=registrar.repository.trust.shared))
    assert taken_in(head, exported(registrar, town))
    assert head.head == registrar.head
    assert len(head.events(case)) == 3
    assert head.verified().ok


def test_one_file_carries_the_work_of_several_people(town: Town) -> None:
    registrar, head, second = town.clone(REGISTRAR), town.clone(HEAD), town.clone(SECOND_HEAD)
    case = registrar.register()
    taken_in(head, exported(registrar, town))
    head.note(case, "Camat.")
    taken_in(second, exported(head, town))
    second.note(case, "Camat lain.")
    taken_in(registrar, exported(second, town))
    assert registrar.sync().pushed
    assert head.sync().ok
    assert second.sync().ok
    assert registrar.head == head.head == second.head
    assert {entry.event.by for entry in head.desk.case(case).entries} == {
        REGISTRAR, HEAD, SECOND_HEAD,
    }  # fmt: skip


def test_a_disk_and_the_hub_bring_the_same_work_once(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    path = exported(registrar, town)
    registrar.sync()
    taken_in(head, path)
    head.note(case, "Dibaca.")
    assert head.sync().ok
    assert taken_in(head, path)
    assert head.head == town.hub_tip()
    assert len(head.events(case)) == 2


def test_a_file_older_than_what_the_hub_holds_joins_all_the_same(town: Town) -> None:
    registrar, head, second = town.clone(REGISTRAR), town.clone(HEAD), town.clone(SECOND_HEAD)
    case = registrar.register()
    for clone in (registrar, head, second):
        clone.sync()
    second.note(case, "Luring.")
    path = exported(second, town)
    registrar.note(case, "Daring.")
    registrar.sync()
    head.sync()
    assert taken_in(head, path)
    assert head.sync().pushed
    assert second.sync().ok
    assert registrar.sync().ok
    assert registrar.head == second.head
    assert registrar.verified().ok


def test_there_is_nothing_to_write_when_the_reader_has_everything(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    with pytest.raises(Refusal, match="nothing newer"):
        exported(registrar, town, since=registrar.head)
    with pytest.raises(Refusal, match="do not have the commit"):
        exported(registrar, town, since="1" * 40)
    assert not list(town.folder.glob("*disk*"))


def test_a_file_that_goes_on_from_what_is_not_here_says_so(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    known = registrar.head
    registrar.note(case)
    path = exported(registrar, town, since=known)
    before = state_of(head)
    with pytest.raises(BadFile, match="not here yet"):
        taken_in(head, path)
    assert state_of(head) == before


def test_a_torn_or_flipped_file_is_refused_with_nothing_changed(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    registrar.register()
    path = exported(registrar, town)
    sound = path.read_bytes()
    before = state_of(head)
    chance = random.Random(20261124)
    torn = [sound[: chance.randrange(len(sound))] for _ in range(4)]
    for _ in range(8):
        flipped = bytearray(sound)
        flipped[chance.randrange(len(sound))] ^= 1 << chance.randrange(8)
        torn.append(bytes(flipped))
    for data in (*torn, b"", b"# v2 git bundle\n", sound.replace(b"heads/main", b"heads/evil")):
        path.write_bytes(data)
        with pytest.raises(BadFile):
            taken_in(head, path)
        assert state_of(head) == before
    path.write_bytes(sound)
    assert taken_in(head, path)


def test_a_repository_on_a_disk_is_not_opened(town: Town) -> None:
    head = town.clone(HEAD)
    with pytest.raises(BadFile):
        taken_in(head, town.hub)
    with pytest.raises(BadFile):
        taken_in(head, town.folder / "no-such-file")


def test_what_the_verifier_refuses_does_not_enter_the_clone(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    registrar.git("commit", "-q", "--allow-empty", "-m", "x")
    path = town.folder / "hostile.sop"
    git(registrar.root, "bundle", "create", "-q", str(path), "refs/heads/main")
    before = state_of(head)
    result = import_bundle(head.repository, head.desk, path)
    assert {one.code for one in result.findings} == {"empty"}
    assert state_of(head) == before


def test_another_office_s_file_is_refused(town: Town, tmp_path: Path) -> None:
    head = town.clone(HEAD)
    source = opening().write_to(tmp_path / "other.git").path
    path = tmp_path / "other.sop"
    git(source, "bundle", "create", "-q", str(path), "refs/heads/main")
    before = state_of(head)
    result = import_bundle(head.repository, head.desk, path)
    assert [one.code for one in result.findings] == ["root"]
    assert state_of(head) == before
