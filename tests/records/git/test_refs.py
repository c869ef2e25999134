from __future__ import annotations

import os
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from soptui.domain.ids import CommitId
from soptui.domain.message import Refusal
from soptui.records.git.locks import STALE_SECONDS
from soptui.records.git.objects import EMPTY_TREE, ObjectWriter
from soptui.records.git.process import GitDirectory, GitFailed
from soptui.records.git.refs import MAIN, RefMoved, read_ref, update_ref


def new_commit(repository: GitDirectory, text: str, parent: CommitId | None = None) -> CommitId:
    parents = f"parent {parent}\n" if parent else ""
    who = "Camat <camat@example.org> 1795490000 +0700"
    raw = f"tree {EMPTY_TREE}\n{parents}author {who}\ncommitter {who}\n\n{text}\n"
    writer = ObjectWriter(repository)
    writer.write("tree", b"")
    commit = CommitId(writer.write("commit", raw.encode()))
    writer.flush()
    return commit


def test_a_ref_is_made_moved_and_read(repository: GitDirectory) -> None:
    first = new_commit(repository, "first")
    second = new_commit(repository, "second", first)
    assert read_ref(repository, MAIN) is None
    update_ref(repository, MAIN, first, None, reason="genesis")
    assert read_ref(repository, MAIN) == first
    update_ref(repository, MAIN, second, first, reason="disposisi")
    assert read_ref(repository, MAIN) == second
    reflog = (repository.path / "logs" / MAIN).read_text().splitlines()
    assert [line.split("\t")[1] for line in reflog] == ["genesis", "disposisi"]


def test_head_leads_to_its_branch_even_before_the_first_commit(repository: GitDirectory) -> None:
    assert read_ref(repository, "HEAD") is None
    first = new_commit(repository, "first")
    update_ref(repository, MAIN, first, None, reason="genesis")
    assert read_ref(repository, "HEAD") == first


def test_a_packed_ref_is_read_and_moved(repository: GitDirectory) -> None:
    first = new_commit(repository, "first")
    second = new_commit(repository, "second", first)
    update_ref(repository, MAIN, first, None, reason="genesis")
    repository.run("pack-refs", "--all")
    assert not (repository.path / MAIN).exists()
    assert read_ref(repository, MAIN) == first
    update_ref(repository, MAIN, second, first, reason="disposisi")
    assert read_ref(repository, MAIN) == second


def test_a_ref_that_moved_meanwhile_stays(repository: GitDirectory) -> None:
    first = new_commit(repository, "first")
    theirs = new_commit(repository, "theirs", first)
    mine = new_commit(repository, "mine", first)
    update_ref(repository, MAIN, first, None, reason="genesis")
    update_ref(repository, MAIN, theirs, first, reason="disposisi")
    for old in (first, None, mine):
        with pytest.raises(RefMoved) as caught:
            update_ref(repository, MAIN, mine, old, reason="disposisi")
        assert caught.value.current == theirs
    assert read_ref(repository, MAIN) == theirs


def test_a_ref_that_should_exist_is_not_made(repository: GitDirectory) -> None:
    first = new_commit(repository, "first")
    with pytest.raises(RefMoved) as caught:
        update_ref(repository, MAIN, first, first, reason="disposisi")
    assert caught.value.current is None
    assert read_ref(repository, MAIN) is None


def test_a_ref_never_names_an_object_that_is_missing(repository: GitDirectory) -> None:
    with pytest.raises(GitFailed):
        update_ref(repository, MAIN, CommitId("a" * 40), None, reason="genesis")
    assert read_ref(repository, MAIN) is None


def test_of_many_who_start_from_the_same_commit_one_wins(repository: GitDirectory) -> None:
    first = new_commit(repository, "first")
    update_ref(repository, MAIN, first, None, reason="genesis")
    rivals = [new_commit(repository, f"rival {number}", first) for number in range(8)]

    def attempt(rival: str) -> str | None:
        try:
            update_ref(repository, MAIN, CommitId(rival), first, reason="disposisi")
        except RefMoved:
            return None
        return rival

    with ThreadPoolExecutor(8) as pool:
        winners = [rival for rival in pool.map(attempt, rivals) if rival is not None]
    assert winners == [read_ref(repository, MAIN)]


def test_two_who_try_again_lose_nothing(repository: GitDirectory) -> None:
    update_ref(repository, MAIN, new_commit(repository, "first"), None, reason="genesis")

    def act(text: str) -> None:
        while True:
            tip = read_ref(repository, MAIN)
            try:
                commit = new_commit(repository, text, tip)
                update_ref(repository, MAIN, commit, tip, reason="disposisi")
                return
            except RefMoved:
                continue

    texts = [f"event {number}" for number in range(10)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(act, texts))
    subjects = repository.run("log", "--format=%s", operands=[MAIN]).decode().split("\n")
    assert sorted(subjects) == sorted(["", "first", *texts])


@pytest.mark.parametrize("locked", [MAIN, "HEAD"])
def test_a_lock_that_a_killed_program_left_is_taken_away(
    repository: GitDirectory, locked: str
) -> None:
    first = new_commit(repository, "first")
    lock = repository.path / f"{locked}.lock"
    lock.touch()
    long_ago = time.time() - STALE_SECONDS
    os.utime(lock, (long_ago, long_ago))
    update_ref(repository, MAIN, first, None, reason="genesis")
    assert read_ref(repository, MAIN) == first
    assert not lock.exists()


@pytest.mark.parametrize("locked", [MAIN, "HEAD"])
def test_a_lock_that_stays_is_named_and_nothing_changes(
    repository: GitDirectory, locked: str
) -> None:
    first = new_commit(repository, "first")
    lock = repository.path / f"{locked}.lock"
    lock.write_text("")
    with pytest.raises(Refusal, match=str(lock)):
        update_ref(repository, MAIN, first, None, reason="genesis")
    assert read_ref(repository, MAIN) is None
    lock.unlink()
    update_ref(repository, MAIN, first, None, reason="genesis")


@pytest.mark.parametrize("content", ["", "nonsense\n", "A" * 40, "ref: ../secret\n", "\xff"])
def test_a_damaged_ref_is_not_taken_for_a_missing_one(
    repository: GitDirectory, content: str
) -> None:
    (repository.path / MAIN).write_text(content, encoding="latin-1")
    with pytest.raises(Refusal, match=MAIN):
        read_ref(repository, MAIN)


def test_refs_that_name_each_other_are_damaged(repository: GitDirectory) -> None:
    (repository.path / MAIN).write_text("ref: HEAD\n")
    with pytest.raises(Refusal):
        read_ref(repository, "HEAD")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "main",
        "-d",
        "refs/heads/../main",
        "refs/heads/a b",
        "refs/heads/main.lock",
        "refs/heads/",
    ],
)
def test_only_whole_ref_names_are_taken(repository: GitDirectory, name: str) -> None:
    with pytest.raises(ValueError, match="ref name"):
        read_ref(repository, name)
    with pytest.raises(ValueError, match="ref name"):
        update_ref(repository, name, CommitId("a" * 40), None, reason="genesis")


def test_hooks_and_programs_in_the_repository_settings_are_not_run(
    repository: GitDirectory, tmp_path: Path
) -> None:
    trace = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {trace}\n")
    script.chmod(0o700)
    for hook in ("reference-transaction", "post-checkout"):
        shutil.copy(script, repository.path / "hooks" / hook)
    for name in ("core.fsmonitor", "core.sshCommand", "gpg.ssh.program", "alias.update-ref"):
        subprocess.run(["git", "-C", repository.path, "config", name, f"!{script}"], check=True)
    first = new_commit(repository, "first")
    update_ref(repository, MAIN, first, None, reason="genesis")
    assert read_ref(repository, MAIN) == first
    assert not trace.exists()
