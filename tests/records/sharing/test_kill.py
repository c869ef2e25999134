"""`kill -9` at any instant of an act, a sync, an import or the hook: never a lost event, never a
stuck lock, never a hub that refuses work afterwards.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from soptui.desk.sharing.sharing import Sharing
from soptui.domain.ids import CaseId
from soptui.domain.message import Refusal
from soptui.records.git.locks import STALE_SECONDS
from soptui.records.hub.check import check_hub
from soptui.records.sharing.bundle import export_bundle
from tests.support.killing import killed
from tests.support.programs import ROOT
from tests.support.town import HEAD, REGISTRAR, Clone, Town, git
from tests.support.waiting import until

ACTS = ("note", "sync", "push", "import", "hook")
KILLS = int(os.environ.get("SOPTUI_KILLS", "40"))
"""Of each kind in the slow set; `make soak` has 300."""


def killed_at_work(clone: Clone, act: str, case: CaseId, *, after: float) -> None:
    """Start an act of `clone` in a process of its own and kill it after so many seconds."""
    words = (str(clone.root), clone.desk.officer_id, str(clone.desk.key), act, case)
    killed((sys.executable, "-m", "tests.support.town_worker", *words), ROOT, after=after)


def hindrance(clone: Clone) -> str:
    """What keeps a clone or its files out of step with the hub; empty if nothing does."""
    try:
        Sharing(clone.desk).settle_in()
        result = clone.sync()
    except Refusal as refusal:
        return str(refusal)
    if not result.ok:
        return str(result)
    # A folder counts as left once no program that the killed one had started works in it any more.
    left = [*stuck_locks(clone), *map(str, left_folders(clone))]
    return clone.git("status", "--short", check=False).stdout or " ".join(left)


def work_goes_on(clone: Clone) -> None:
    """At the latest once the locks that were left count as left."""
    until(lambda: not hindrance(clone), lambda: hindrance(clone))


def stuck_locks(clone: Clone) -> list[str]:
    """Git's lock files; soptui's own are held by the system and free when a process ends."""
    git = clone.root / ".git"
    return [str(path) for path in git.rglob("*.lock") if path.parent.name != "soptui"]


def at_the_hub(town: Town) -> Clone:
    """A clone that holds what the hub holds, and nothing else."""
    root = town.folder / "from-the-hub"
    git(town.folder, "clone", "-q", str(town.hub), str(root))
    return town.open(root, REGISTRAR)


def kill_one(town: Town, act: str, clone: Clone, other: Clone, case: CaseId, after: float) -> None:
    """Kill one act of `clone` after so many seconds; of `hook` only what runs at the hub."""
    if act in ("push", "hook"):
        command = ("git", "push", "-q", "origin", "main")
        killed(command, clone.root, after=after, below="receive-pack" if act == "hook" else "")
        return
    if act == "import":
        act = str(export_bundle(other.repository, town.folder / "disk.sop").path)
    killed_at_work(clone, act, case, after=after)


def rounds(town: Town, acts: Sequence[str], count: int, seed: int) -> None:
    """Kill acts of two clones so often; then everything has reached the hub, and work goes on."""
    chance = random.Random(seed)
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    head.sync()
    signed: set[str] = set()
    for number in range(count):
        clone, other = chance.choice(((registrar, head), (head, registrar)))
        # A lock that the last kill left still counts as held.
        with suppress(Refusal):
            signed.add(clone.note(case, f"Catatan {number}."))
        # The settings are then written again, so that this too is killed at times.
        clone.git("config", "core.splitIndex", "false", check=False)
        kill_one(town, chance.choice(acts), clone, other, case, chance.uniform(0.05, 1.2))
        git(clone.root, "fsck", "--strict", "--no-dangling")
    for clone in (registrar, head, registrar):
        work_goes_on(clone)
    assert registrar.head == head.head == town.hub_tip()
    assert signed <= set(at_the_hub(town).events(case))
    assert registrar.verified().ok
    for clone in (registrar, head):
        assert stuck_locks(clone) == []
        assert left_folders(clone) == []
    git(town.hub, "fsck", "--strict", "--no-dangling")
    assert check_hub(town.hub) == []


def left_folders(clone: Clone) -> list[Path]:
    """What soptui works in for a while, and has not removed."""
    return [one for one in (clone.root / ".git" / "soptui").iterdir() if one.is_dir()]


def test_the_index_follows_again_after_a_kill_and_no_others_lock_is_broken(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    case = clone.register()
    lock = clone.root / ".git" / "index.lock"
    note = clone.root / ".git" / "soptui" / "indexing"
    long_ago = time.time() - 2 * STALE_SECONDS

    lock.touch()
    os.utime(lock, (long_ago, long_ago))
    clone.note(case, "Ada yang memegang kunci index.")
    assert lock.exists()
    assert not note.exists()

    note.touch()
    clone.note(case, "Kunci itu tertinggal dari yang dihentikan.")
    assert not lock.exists()
    assert clone.git("status", "--short").stdout == ""


def test_a_few_kills_lose_nothing(town: Town) -> None:
    rounds(town, ACTS, 8, seed=20261124)


@pytest.mark.slow
@pytest.mark.parametrize("act", ACTS)
def test_many_kills_of_one_kind_lose_nothing(town: Town, act: str) -> None:
    rounds(town, (act,), KILLS, seed=20261201)
