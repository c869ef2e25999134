"""Row 20: what unfolds without end is stopped by bounds of memory, and everything stands."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from soptui.records.git.process import GitDirectory
from soptui.records.platform import limits
from soptui.records.platform.limits import TooMuch, is_exhausted
from soptui.records.sharing import remote
from soptui.records.sharing.bundle import BadFile
from soptui.records.sharing.join import open_candidate
from tests.attacks.bomb import bomb, bundle_of
from tests.records.sharing.test_disk import state_of, taken_in
from tests.support.town import REGISTRAR, Town, git

_MEBIBYTE = 1024 * 1024


def test_a_small_file_that_unfolds_to_much_is_refused(town: Town, tmp_path: Path) -> None:
    clone = town.clone(REGISTRAR)
    before = state_of(clone)
    path = tmp_path / "bomb.sop"
    path.write_bytes(bundle_of(*bomb(640)))
    assert path.stat().st_size < 32 * 1024
    with pytest.raises(BadFile, match="memory"):
        taken_in(clone, path)
    with pytest.raises(BadFile, match="memory"), open_candidate(str(path), tmp_path / "joined"):
        pass
    assert state_of(clone) == before


def test_a_hub_that_sends_what_unfolds_to_much_is_refused(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, pack = bomb(256)
    hub = tmp_path / "bomb.git"
    git(tmp_path, "init", "-q", "--bare", str(hub))
    subprocess.run(["git", "index-pack", "--stdin"], cwd=hub, input=pack, check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    git(hub, "update-ref", "refs/heads/main", commit)
    monkeypatch.setattr(remote, "MOST_MEMORY", 128 * _MEBIBYTE)
    clone = town.clone(REGISTRAR)
    clone.register()
    assert clone.sync().pushed, "what an office sends stays below the bound"
    before = state_of(clone)
    clone.git("config", "remote.origin.url", str(hub))
    with pytest.raises(TooMuch):
        clone.sync()
    assert state_of(clone) == before


def test_each_bound_ends_a_program_that_passes_it(tmp_path: Path) -> None:
    directory = GitDirectory.at(tmp_path)
    git(tmp_path, "init", "-q", "--bare")
    pack = bomb(64)[1]
    with pytest.raises(TooMuch):
        directory.run("index-pack", "--stdin", stdin=pack, memory=48 * _MEBIBYTE)
    directory.run("index-pack", "--stdin", stdin=pack, memory=512 * _MEBIBYTE)


def test_a_file_that_grows_too_large_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_DISK", 64 * 1024)
    command = limits.bounded(("cp", "/dev/zero", str(tmp_path / "out")), tmp_path, 512 * _MEBIBYTE)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert is_exhausted(done.returncode, done.stderr)
    assert (tmp_path / "out").stat().st_size <= 64 * 1024


def test_a_larger_file_may_take_more_memory_up_to_a_bound() -> None:
    assert limits.memory_for(16_000) < 1024 * _MEBIBYTE
    assert limits.memory_for(600 * _MEBIBYTE) == limits.MOST_MEMORY
