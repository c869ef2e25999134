"""Pipes, devices, links and folders in the place of files: nothing waits, nothing gets out."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from soptui.desk.edits import EditedFiles, edited_file, edited_files, restore_file
from soptui.domain.ids import CaseId
from soptui.domain.message import Refusal
from soptui.records.clone import worktree
from soptui.records.files import layout
from soptui.records.platform.plain_file import read_plain
from soptui.records.sharing.bundle import BadFile, import_bundle
from tests.cli.test_sharing import at, soptui
from tests.support.town import HEAD, REGISTRAR, Clone, Town


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe into which nobody ever writes."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def case_file(clone: Clone, case: CaseId) -> Path:
    return clone.root / layout.case_path(case)


def read_as_others_must(path: str | Path, limit: int, **options: Any) -> bytes:
    """What root is spared: a file that its mode lets nobody read is refused."""
    mode = os.stat(path, dir_fd=options["folder"], follow_symlinks=False).st_mode
    if not mode & stat.S_IRUSR:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return read_plain(path, limit, **options)


def others_go_on(town: Town, case: CaseId) -> None:
    head = town.clone(HEAD)
    head.sync()
    head.note(case, "Dari camat.")
    head.sync()


@pytest.mark.parametrize("device", ["pipe", "/dev/zero"])
def test_no_command_waits_for_a_pipe_or_reads_a_device(
    town: Town, tmp_path: Path, pipe: Path, device: str
) -> None:
    root, own = at(town, REGISTRAR)
    path = str(tmp_path / device)
    for words in (
        ("disk", "import", path),
        ("checkpoint", "check", path),
        ("accept", path),
        ("officer", "key", "add", HEAD, path),
        ("sop", "check", path),
    ):
        said = soptui(*words, cwd=root, code=1, env=own).stderr
        assert "not an ordinary file" in said
        assert "Nothing was changed." in said
    no_hub = soptui("join", path, str(tmp_path / "joined"), cwd=root, code=1, env=own).stderr
    assert "does not appear to be a git repository" in no_hub
    told = soptui("inbox", cwd=root, code=2, env=own | {"SOPTUI_CONFIG": path}).stderr
    assert "configuration" in told


def test_a_pipe_in_the_place_of_the_main_line_is_told(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    ref = clone.root / ".git/refs/heads/main"
    ref.unlink()
    os.mkfifo(ref)
    with pytest.raises(Refusal, match="damaged"):
        clone.repository.head()


def test_a_bundle_that_is_a_device_is_refused(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    with pytest.raises(BadFile, match="not an ordinary file"):
        import_bundle(clone.repository, clone.desk, Path("/dev/zero"))


@pytest.mark.parametrize("odd", ["pipe", "folder", "link", "unreadable"])
def test_what_is_no_readable_file_counts_as_edited_by_hand(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    clone = town.clone(REGISTRAR)
    case = clone.register()
    clone.sync()
    others_go_on(town, case)
    target, outside = case_file(clone, case), tmp_path / "outside"
    outside.write_text("own\n")
    if odd == "unreadable":
        target.chmod(0)
        if os.geteuid() == 0:
            monkeypatch.setattr(worktree, "read_plain", read_as_others_must)
    else:
        target.unlink()
        if odd == "pipe":
            os.mkfifo(target)
        elif odd == "folder":
            target.mkdir()
        else:
            target.symlink_to(outside)
    before = target.lstat()
    result = clone.sync()
    assert result.edited == (layout.case_path(case),)
    assert (target.lstat().st_ino, target.lstat().st_mode) == (before.st_ino, before.st_mode)
    assert outside.read_text() == "own\n"
    assert edited_file(clone.desk, case) == layout.case_path(case)
    monkeypatch.chdir(clone.root)
    if odd == "folder":
        with pytest.raises(Refusal, match="a folder is in its place"):
            restore_file(clone.desk, Path(layout.case_path(case)))
        return
    restore_file(clone.desk, Path(layout.case_path(case)))
    assert edited_files(clone.desk) == EditedFiles()
    assert outside.read_text() == "own\n"


def test_nothing_is_written_through_a_link_in_the_place_of_a_folder(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = town.clone(REGISTRAR)
    case = clone.register()
    clone.sync()
    others_go_on(town, case)
    outside = tmp_path / "outside"
    (clone.root / "cases").rename(outside)
    (clone.root / "cases").symlink_to(outside)
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    assert before
    assert clone.sync().edited == (layout.case_path(case),)
    monkeypatch.chdir(clone.root)
    with pytest.raises(Refusal, match="a link"):
        restore_file(clone.desk, Path(layout.case_path(case)))
    assert before == {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}


def test_a_link_left_for_the_file_being_written_is_not_followed(town: Town, tmp_path: Path) -> None:
    clone = town.clone(REGISTRAR)
    outside = tmp_path / "outside"
    outside.write_text("own\n")
    (clone.root / ".git/soptui").mkdir(exist_ok=True)
    (clone.root / ".git/soptui/file").symlink_to(outside)
    case = clone.register()
    assert outside.read_text() == "own\n"
    target = case_file(clone, case)
    assert target.is_file()
    assert not target.is_symlink()
