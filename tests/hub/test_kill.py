"""`kill -9` at any instant of an act, a sync, an import or the hook: never a lost event, never a
stuck lock, never a hub that refuses work afterwards.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from soptui.domain.message import Refusal
from soptui.records.bundle import export_bundle
from soptui.records.hub_check import check_hub
from soptui.records.refs import STALE_SECONDS
from soptui.records.sync_result import Result
from tests.hub.office import HEAD, REGISTRAR, Clone, Town, git

ROOT = Path(__file__).parents[2]


def killed(clone: Clone, act: str, case: str, after: float) -> None:
    """Start an act of `clone` and kill it with all that it started, on both sides of the line."""
    command = [
        sys.executable, "-m", "tests.hub.worker", str(clone.root), clone.desk.officer_id,
        str(clone.desk.key), act, case,
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with suppress(subprocess.TimeoutExpired):
        process.wait(after)
    family = _descendants(process.pid)
    for one in (process.pid, *family):
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait()


def _descendants(pid: int) -> list[int]:
    """All processes below one, those in sessions of their own included."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [one for child in map(int, children) for one in (child, *_descendants(child))]


def work_goes_on(clone: Clone) -> None:
    """Sync, files and index too, at the latest once the locks that were left count as left."""
    deadline = time.monotonic() + 3 * STALE_SECONDS
    while True:
        try:
            result: Result | Refusal = clone.sync()
        except Refusal as refusal:
            result = refusal
        left = clone.git("status", "--short", check=False).stdout
        if not isinstance(result, Refusal) and result.ok and not left:
            return
        assert time.monotonic() < deadline, (result, left)


def rounds(town: Town, count: int, seed: int) -> None:
    """Kill acts of two clones again and again; then everything is there and goes on."""
    chance = random.Random(seed)
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    head.sync()
    signed: set[str] = set()
    for number in range(count):
        clone = chance.choice((registrar, head))
        # A lock that the last kill left still counts as held.
        with suppress(Refusal):
            signed.add(clone.note(case, f"Catatan {number}."))
        act = chance.choice(("note", "sync", "sync", "import"))
        if act == "import":
            other = head if clone is registrar else registrar
            act = str(export_bundle(other.repository, town.folder / "disk.sop").path)
        killed(clone, act, case, chance.uniform(0.05, 1.2))
        git(clone.root, "fsck", "--strict", "--no-dangling")
    for clone in (registrar, head, registrar):
        work_goes_on(clone)
    assert registrar.head == head.head == town.hub_tip()
    assert signed <= set(registrar.events(case))
    assert registrar.verified().ok
    git(town.hub, "fsck", "--strict", "--no-dangling")
    assert check_hub(town.hub) == []


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
    rounds(town, 6, seed=20261124)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_hundreds_of_kills_lose_nothing(town: Town, seed: int) -> None:
    rounds(town, 50, seed)
