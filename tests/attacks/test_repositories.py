"""Attacks by whoever can write into a repository's folder, which no push could make.

Rows 11, 12, 16 and 18 of the threat table: the verifier believes the objects, hashed again, and
nothing else that the repository says.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from soptui.domain.findings import Report
from soptui.records.files import layout
from soptui.records.git.objects import EMPTY_TREE, ObjectFault, ObjectReader
from soptui.records.git.process import GitDirectory
from tests.attacks.attack import opening
from tests.attacks.builder import CASE, Records, with_signature
from tests.attacks.keys import key_of
from tests.attacks.on_histories import forked
from tests.attacks.store import write_loose
from tests.attacks.test_attacks import errors
from tests.attacks.test_mutations import chain

Tamper = Callable[[Records, Path], None]
PATH = layout.case_path(CASE)


def git(path: Path, *words: str, stdin: bytes = b"") -> bytes:
    return subprocess.run(
        ["git", f"--git-dir={path}", *words], input=stdin, stdout=subprocess.PIPE, check=True
    ).stdout


@pytest.fixture
def records() -> Records:
    """Honest records, whose newest commit is a note."""
    return opening()


@pytest.fixture
def directory(records: Records, tmp_path: Path) -> GitDirectory:
    return records.write_to(tmp_path / "records.git")


def both(records: Records, directory: GitDirectory, old: str) -> tuple[Report, Report]:
    """What is found after `old`, and in the whole history."""
    return records.verify(directory, old=old), records.verify(directory)


def before_tip(records: Records) -> str:
    return chain(records)[-2]


# --- objects whose bytes are not those of their name ----------------------------------------------


def test_a_commit_with_other_bytes_than_its_name_says(
    records: Records, directory: GitDirectory
) -> None:
    raw = records.store.objects[records.tip][1]
    write_loose(directory.path, records.tip, "commit", raw.replace(b"Catatan", b"Setujui"))
    assert errors(records.verify(directory, old=before_tip(records))) == {"object"}


@pytest.mark.parametrize("path", [PATH, "office.toml", "officers/staff-1.toml"])
def test_a_file_with_other_bytes_than_its_name_says(
    records: Records, directory: GitDirectory, path: str
) -> None:
    oid = records.files()[path][1]
    data = records.store.objects[oid][1]
    write_loose(directory.path, oid, "blob", data[:-2] + b"x\n")
    report = records.verify(directory)
    assert errors(report) == {"object"}


def test_a_tree_with_other_bytes_hides_no_block(records: Records, tmp_path: Path) -> None:
    """An officer signs a commit that drops the last event; Git is shown an older tree before it."""
    older = chain(records)[-2]
    old_data = records.data(PATH, older)
    event = records.event("staff-1", records.case(on=older).entries[-1].event.details, on=older)
    from soptui.records.files import case as case_file
    from soptui.records.files import codec, commit_message

    block = case_file.encode_event(event)
    message = commit_message.event_message(CASE, codec.block_id(block), event, records.genesis)
    honest = records.tip
    records.commit("staff-1", {PATH: old_data + block}, message, at=event.at)
    directory = records.write_to(tmp_path / "records.git")
    root = records.store.add_tree(records.files(honest))
    shown = records.store.objects[records.store.add_tree(records.files(older))][1]
    write_loose(directory.path, root, "tree", shown)
    report = records.verify(directory, old=honest)
    assert errors(report) <= {"object", "case-rewritten"}
    assert not report.ok


def test_an_ancestor_that_only_a_tampered_commit_names_is_not_believed(
    records: Records, tmp_path: Path
) -> None:
    """A commit that nobody verified, made an ancestor of the verified tip by its changed bytes."""
    honest = records.tip
    files = {PATH: records.data(PATH, honest).replace(b"Bupati", b"Camat.")}
    forged = records.commit("staff-1", files, "x\n", on=before_tip(records))
    side = records.note("kasi-1", on=forged)
    records.note("staff-1")
    records.merge(side)
    directory = records.write_to(tmp_path / "records.git")
    raw = records.store.objects[honest][1]
    lines = raw.split(b"\n", 2)
    lie = b"\n".join([lines[0], lines[1], b"parent " + forged.encode(), lines[2]])
    write_loose(directory.path, honest, "commit", lie)
    report = records.verify(directory, old=honest)
    assert errors(report) == {"object"}


def test_a_truncated_object(records: Records, directory: GitDirectory) -> None:
    file = directory.objects / records.tip[:2] / records.tip[2:]
    file.write_bytes(file.read_bytes()[:-20])
    for report in both(records, directory, before_tip(records)):
        assert errors(report) == {"object"}


def test_a_missing_object(records: Records, directory: GitDirectory) -> None:
    (directory.objects / records.tip[:2] / records.tip[2:]).unlink()
    for report in both(records, directory, before_tip(records)):
        assert errors(report) == {"object"}


# --- another history than the objects tell --------------------------------------------------------


def forged_instead(records: Records) -> str:
    """An unsigned commit that the repository is to show in the place of the newest one."""

    def stripped(raw: bytes) -> bytes:
        return raw[: raw.index(b"gpgsig ")] + raw[raw.index(b"\n\n") + 1 :]

    return records.note("camat-1", "Palsu.", on=before_tip(records), forged={"signed": stripped})


def test_replace_refs_have_no_say(records: Records, tmp_path: Path) -> None:
    forged = forged_instead(records)
    honest = records.tip
    directory = records.write_to(tmp_path / "records.git")
    git(directory.path, "replace", honest, forged)
    assert records.verify(directory).ok
    records.tip = records.note("kasi-1", on=forged)
    directory = records.write_to(tmp_path / "other.git")
    git(directory.path, "replace", forged, honest)
    assert errors(records.verify(directory)) == {"unsigned"}


@pytest.mark.parametrize("file", ["info/grafts", "shallow"])
def test_grafts_and_shallow_histories_are_refused(
    records: Records, directory: GitDirectory, file: str
) -> None:
    (directory.path / "info").mkdir(exist_ok=True)
    (directory.path / file).write_text(f"{records.tip}\n")
    for report in both(records, directory, before_tip(records)):
        assert errors(report) == {"grafts"}


def test_a_forged_commit_graph_has_no_say(records: Records, directory: GitDirectory) -> None:
    git(directory.path, "commit-graph", "write", "--reachable")
    graph = directory.objects / "info/commit-graph"
    graph.chmod(0o600)
    graph.write_bytes(graph.read_bytes()[:-40] + bytes(40))
    assert records.verify(directory).ok


def test_settings_and_hooks_of_the_repository_run_nothing(
    records: Records, directory: GitDirectory, tmp_path: Path
) -> None:
    """Row 16; a partial clone would also fetch what is missing, by whatever program it names."""
    proof = tmp_path / "it ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch '{proof}'\nexit 1\n")
    script.chmod(0o700)
    for name, value in {
        "gpg.ssh.program": script,
        "gpg.program": script,
        "core.sshCommand": script,
        "core.fsmonitor": script,
        "core.hooksPath": tmp_path,
        "core.pager": script,
        "diff.external": script,
        "uploadpack.packObjectsHook": script,
        "remote.origin.url": "ssh://nowhere/records.git",
        "remote.origin.uploadpack": script,
    }.items():
        git(directory.path, "config", name, str(value))
    assert records.verify(directory).ok
    (directory.objects / records.tip[:2] / records.tip[2:]).unlink()
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
    }.items():
        git(directory.path, "config", name, value)
    assert errors(records.verify(directory)) == {"grafts"}
    with ObjectReader(directory) as reader, pytest.raises(ObjectFault, match="missing"):
        reader.read(records.tip, "commit", 10_000)
    assert not proof.exists()


def test_a_person_may_be_called_like_a_setting(records: Records, directory: GitDirectory) -> None:
    for name, value in {
        "user.name": "Pak Promisor",
        "user.mail": "partialclone@kecamatan.example",
        "remote.promisor.url": "/srv/promisor.git",
        "branch.promisor.remote": "promisor",
    }.items():
        git(directory.path, "config", name, value)
    assert records.verify(directory).ok


@pytest.mark.parametrize(
    "line",
    [
        '[remote "origin"]\n\tpromisor = true\n',
        '[remote "a]\\"b"] PROMISOR\n',
        '[remote "origin"]\r\n  partialCloneFilter=blob:none\r\n',
        "[extensions] partialclone = origin",
    ],
)
def test_a_clone_that_lacks_part_of_the_history_says_so_in_any_spelling(
    records: Records, directory: GitDirectory, line: str
) -> None:
    with (directory.path / "config").open("a", newline="") as config:
        config.write(line)
    assert errors(records.verify(directory)) == {"grafts"}


def test_a_tag_is_no_commit(records: Records, directory: GitDirectory) -> None:
    git(directory.path, "-c", "user.name=x", "-c", "user.email=x@y", "tag", "-a", "-m", "x", "t")
    tag = git(directory.path, "rev-parse", "refs/tags/t").decode().strip()
    old = before_tip(records)
    assert errors(records.verify(directory, old=old, new=tag)) == {"object"}
    assert errors(records.verify(directory, new=tag)) == {"object"}


@pytest.mark.parametrize("new", ["", "main", "HEAD", "-x", "0" * 40, "f" * 40, EMPTY_TREE])
def test_what_is_no_commit_is_a_finding(
    records: Records, directory: GitDirectory, new: str
) -> None:
    with_nothing = records.verify(directory, old=before_tip(records), new=new or "x")
    assert errors(with_nothing) == {"object"}


# --- what stock tools say ------------------------------------------------------------------------


def test_stock_git_and_openssh_accept_what_is_accepted(records: Records, tmp_path: Path) -> None:
    records.walk(6)
    records.merge(forked(records))
    directory = records.write_to(tmp_path / "records.git")
    assert records.verify(directory).ok
    git(directory.path, "fsck", "--strict", "--no-dangling")
    signers = tmp_path / "signers"
    signers.write_bytes(records.data("allowed_signers"))
    settings = ("-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={signers}")
    log = git(directory.path, *settings, "log", "-6", "--format=%G? %ae %GS", records.tip).decode()
    for line in log.splitlines():
        verdict, author, signer = line.split(" ")
        assert (verdict, author) == ("G", signer)
    raw = records.store.objects[records.tip][1]
    start, end = raw.index(b"gpgsig "), raw.index(b"\n\n") + 1
    armour = raw[start + 7 : end].replace(b"\n ", b"\n")
    (tmp_path / "signature").write_bytes(armour)
    subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-n", "git", "-f", signers, "-I", "staff-1@ajibarang.test",
         "-s", tmp_path / "signature"],
        input=raw[:start] + raw[end:], check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    assert with_signature(raw[:start] + raw[end:], key_of("staff-1").sign(raw[:start] + raw[end:]))\
        == raw  # fmt: skip
