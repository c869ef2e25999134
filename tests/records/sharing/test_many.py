"""Many clones at one hub: all events come in, none is lost, and every clone has the same."""

from __future__ import annotations

import multiprocessing
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from soptui.domain.ids import CaseId
from soptui.domain.message import Refusal
from tests.support.town import REGISTRAR, Clock, Clone, Keys, Town, move_office
from tests.support.waiting import until


@dataclass(frozen=True)
class Share:
    """What one process is to do: sign in the name of the registrar and sync in between."""

    root: Path
    keys: Keys
    clock: Clock
    cases: tuple[CaseId, ...]
    events: int
    each: int


def work(share: Share) -> set[str]:
    """Note in all cases in turn and sync after each `each` events; the ids of the events."""
    clone = Clone(share.root, REGISTRAR, share.keys, share.clock)
    signed: set[str] = set()
    for number in range(share.events):
        case = share.cases[number % len(share.cases)]
        signed.add(clone.note(case, f"{share.root.name} {number}"))
        if number % share.each == share.each - 1:
            shared(clone)
    shared(clone)
    clone.close()
    return signed


def work_at_once(town: Town, clones: list[Clone], cases: list[CaseId], events: int) -> set[str]:
    """Every clone notes and syncs in a process of its own; the ids of all their events."""
    shares = [
        Share(clone.root, town.keys, town.clock, tuple(cases), events, each=25) for clone in clones
    ]
    with multiprocessing.get_context("spawn").Pool(len(shares)) as pool:
        signed = pool.map(work, shares, chunksize=1)
        pool.close()
        pool.join()
    return set().union(*signed)


def shared(clone: Clone) -> None:
    """Sync, and again where others were faster all the time."""

    def is_in_step() -> bool:
        try:
            result = clone.sync()
        except Refusal:
            return False
        assert not result.findings
        return result.ok

    until(is_in_step, lambda: f"{clone.root.name} finds no gap between the others")


def run(town: Town, clones: int, events: int) -> float:
    people = [town.clone(REGISTRAR, f"desk-{number}") for number in range(clones)]
    cases = [people[0].register() for _ in people]
    for clone in people:
        shared(clone)
    started = time.perf_counter()
    signed = work_at_once(town, people, cases, events)
    took = time.perf_counter() - started
    assert len(signed) == clones * events
    for clone in people:
        shared(clone)
    assert {clone.head for clone in people} == {town.hub_tip()}
    assert signed < {event for case in cases for event in people[0].events(case)}
    assert people[0].verified().ok
    return took


@pytest.mark.slow
@pytest.mark.parametrize("hook", ["with its hook", "without a hook"])
def test_ten_clones_share_a_thousand_events(founded_town: Town, tmp_path: Path, hook: str) -> None:
    town = move_office(founded_town, tmp_path / "office")
    if hook == "without a hook":
        (town.hub / "hooks" / "pre-receive").unlink()
    took = run(town, clones=10, events=100)
    town.close()
    sys.stdout.write(f"1000 events of ten clones through a hub {hook}: {took:.1f} s\n")
