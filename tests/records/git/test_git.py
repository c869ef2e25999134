from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from soptui.domain.message import Refusal
from soptui.records.git.objects import ObjectReader, ObjectWriter
from soptui.records.git.process import GitDirectory, GitFailed, is_full_id, is_ref_name

OID = "0123456789" * 4


def test_settings_of_the_person_and_the_shell_are_shut_out(
    repository: GitDirectory, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".gitconfig").write_text("[user]\n\tname = somebody\n")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "somebody")
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", "/nowhere")
    with pytest.raises(GitFailed):
        repository.run("config", "--get", "user.name")
    assert repository.objects == repository.path / "objects"


def test_a_hook_sees_the_objects_that_are_being_pushed(
    repository: GitDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quarantine = tmp_path / "quarantine"
    quarantine.mkdir()
    (old,) = (ObjectWriter(repository).write("blob", b"old"),)
    writer = ObjectWriter(repository)
    writer.write("blob", b"old")
    writer.flush()
    monkeypatch.setenv("GIT_DIR", str(repository.path))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(quarantine))
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(repository.objects))
    monkeypatch.setenv("GIT_QUARANTINE_PATH", str(quarantine))
    pushed = GitDirectory.of_hook()
    writer = ObjectWriter(pushed)
    new = writer.write("blob", b"new")
    writer.flush()
    with ObjectReader(pushed) as reader, ObjectReader(repository) as outside:
        assert list(reader.read_many([old, new], "blob", 10)) == [b"old", b"new"]
        assert not outside.has(new)


@pytest.mark.parametrize(
    "operand",
    [
        "",
        "-x",
        "--upload-pack=touch x",
        "main",
        OID[:-1],
        f"{OID}:path",
        f"{OID}..",
        f"{OID}\n",
        "refs/heads/a..b",
        "refs/heads/-x/../../y",
        "refs/heads/x.lock",
        Path("relative"),
    ],
)
def test_only_ids_refs_and_absolute_paths_reach_git(
    repository: GitDirectory, operand: str | Path
) -> None:
    with pytest.raises(ValueError, match="not a"):
        repository.run("rev-parse", operands=[operand])


@pytest.mark.parametrize(
    "operand",
    [OID, f"^{OID}", f"{OID}..{OID}", "refs/heads/main", "HEAD", "+refs/heads/main:refs/sop/x"],
)
def test_the_forms_that_are_needed_pass(repository: GitDirectory, operand: str) -> None:
    assert repository.run("check-attr", "--all", "--", operands=[operand]) == b""


def test_a_failure_keeps_what_git_said(repository: GitDirectory) -> None:
    with pytest.raises(GitFailed) as caught:
        repository.run("cat-file", "blob", operands=[OID])
    assert caught.value.code == 128
    assert OID in caught.value.stderr


def test_a_program_that_takes_too_long_is_ended(repository: GitDirectory) -> None:
    with pytest.raises(GitFailed, match="timeout"):
        repository.run("hash-object", "--stdin-paths", stdin=b"/dev/zero\n", timeout=0.2)


def test_git_is_not_installed(
    repository: GitDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refusal, match="git"):
        repository.run("version")


def test_an_id_is_forty_lower_case_digits() -> None:
    assert is_full_id(OID)
    assert not any(map(is_full_id, ["", OID[:-1], OID.replace("0", "A"), f"{OID}\n", f"{OID}0"]))


def test_a_ref_name_is_whole_and_plain() -> None:
    assert all(map(is_ref_name, ["HEAD", "refs/heads/main", "refs/remotes/origin/main"]))
    assert not any(map(is_ref_name, ["main", "refs", "refs/", "refs/heads/é", "refs/heads/.a"]))


def test_stock_git_agrees_on_ref_names(repository: GitDirectory) -> None:
    for name in ("refs/heads/main", "refs/heads/a..b", "refs/heads/a.lock", "refs/heads/.a"):
        checked = subprocess.run(["git", "check-ref-format", name], check=False)
        assert is_ref_name(name) is (checked.returncode == 0)
