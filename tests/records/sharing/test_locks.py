"""No lock that a killed program of Git left in a clone or a hub keeps work from the hub."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from soptui.desk.sharing.sharing import Sharing
from soptui.records.git.locks import STALE_SECONDS, LockHeld
from soptui.records.git.refs import TRACKING, read_ref
from soptui.records.git.settings import read_settings, write_settings
from soptui.records.hub.hub import renew_hub
from tests.support.town import REGISTRAR, Clone, Town

IN_A_CLONE = (
    "config", "HEAD", "index", "packed-refs", "shallow", "FETCH_HEAD", "ORIG_HEAD",
    "refs/heads/main", "refs/remotes/origin/main", "refs/soptui/incoming",
    "objects/info/commit-graph", "objects/info/commit-graphs/commit-graph-chain",
    "objects/pack/multi-pack-index",
)  # fmt: skip
IN_A_HUB = (
    "config", "HEAD", "packed-refs", "shallow", "refs/heads/main", "objects/info/commit-graph",
    "objects/pack/multi-pack-index",
)  # fmt: skip


def left_lock(git: Path, name: str, *, seconds: float = 2 * STALE_SECONDS) -> Path:
    """A lock of `name` that was taken so many seconds ago."""
    lock = git / f"{name}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.touch()
    taken = time.time() - seconds
    os.utime(lock, (taken, taken))
    return lock


def shares(clone: Clone, town: Town) -> bool:
    """Whether what a person does and shares with the command, is at the hub afterwards."""
    sharing = Sharing(clone.desk)
    clone.register()
    sharing.settle_in()
    sharing.set_hub(str(town.hub))
    return sharing.sync().ok and clone.head == town.hub_tip()


@pytest.mark.parametrize("name", IN_A_CLONE)
def test_no_lock_left_in_a_clone_stops_work(town: Town, name: str) -> None:
    clone = town.clone(REGISTRAR)
    # Something is to be written, so that the lock of the settings is needed as well.
    clone.git("config", "core.splitIndex", "false")
    clone.git("config", "remote.origin.url", "/elsewhere")
    left_lock(clone.root / ".git", name)
    assert shares(clone, town)
    assert read_settings(clone.repository.directory)["core.splitindex"] == ["true"]


@pytest.mark.parametrize("name", IN_A_HUB)
def test_no_lock_left_in_a_hub_stops_work(town: Town, name: str) -> None:
    left_lock(town.hub, name)
    assert shares(town.clone(REGISTRAR), town)
    left_lock(town.hub, name)
    write_settings(town.clone(REGISTRAR).repository.directory, {"core.bare": "false"})
    renew_hub(town.hub)


def test_a_sync_that_has_nothing_to_set_takes_no_lock_of_the_settings(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    assert shares(clone, town)
    left_lock(clone.root / ".git", "config", seconds=0)
    assert shares(clone, town)


def test_a_program_that_writes_the_settings_now_keeps_no_sync_waiting(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    clone.git("config", "core.splitIndex", "false")
    lock = left_lock(clone.root / ".git", "config", seconds=0)
    sharing = Sharing(clone.desk)
    clone.register()
    sharing.settle_in()
    assert sharing.sync().ok
    with pytest.raises(LockHeld, match=str(lock)):
        sharing.set_hub("/elsewhere")
    assert lock.exists()


def test_each_setting_has_one_value_whatever_stood_there(town: Town) -> None:
    directory = town.clone(REGISTRAR).repository.directory
    for value in ("one", "two"):
        directory.run("config", "--local", "--add", "remote.Hub.fetch", value)
    wanted = {"remote.Hub.fetch": "--three", "user.name": '-x "Petugas" \\ ; #'}
    write_settings(directory, wanted)
    found = read_settings(directory)
    assert (found["remote.Hub.fetch"], found["user.name"]) == (["--three"], [wanted["user.name"]])


def test_a_sync_makes_up_for_one_that_was_killed_while_it_moved_the_tracking_ref(
    town: Town,
) -> None:
    clone = town.clone(REGISTRAR)
    assert shares(clone, town)
    before = clone.git("rev-parse", f"{clone.head}^").stdout.strip()
    clone.git("update-ref", TRACKING, before)
    lock = left_lock(clone.root / ".git", TRACKING)
    assert clone.sync().ok
    assert read_ref(clone.repository.directory, TRACKING) == town.hub_tip()
    assert not lock.exists()
