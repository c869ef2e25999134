"""Many clones at one hub: all events come in, none is lost, and every clone has the same."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from soptui.domain.message import Refusal
from tests.hub.office import REGISTRAR, Clone, Town, move_office


def work_at_once(clones: list[Clone], cases: list[str], events: int, each: int) -> set[str]:
    """Every clone notes `events` times, in all cases in turn, and syncs after each `each`.

    The ids of all events are returned.
    """
    signed: set[str] = set()

    def work(clone: Clone) -> None:
        for number in range(events):
            case = cases[number % len(cases)]
            signed.add(clone.note(case, f"{clone.root.name} {number}"))
            if number % each == each - 1:
                shared(clone)
        shared(clone)

    threads = [threading.Thread(target=work, args=(clone,)) for clone in clones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return signed


def shared(clone: Clone) -> None:
    """Sync, and again where others were faster all the time."""
    while True:
        try:
            result = clone.sync()
        except Refusal:
            continue
        assert not result.findings
        if result.ok:
            return


def run(town: Town, clones: int, events: int, each: int) -> float:
    people = [town.clone(REGISTRAR, f"desk-{number}") for number in range(clones)]
    cases = [people[0].register() for _ in people]
    for clone in people:
        shared(clone)
    started = time.perf_counter()
    signed = work_at_once(people, cases, events, each)
    took = time.perf_counter() - started
    assert len(signed) == clones * events
    for clone in people:
        shared(clone)
    assert {clone.head for clone in people} == {town.hub_tip()}
    assert signed < {event for case in cases for event in people[0].events(case)}
    assert people[0].verified().ok
    return took


@pytest.mark.slow
def test_ten_clones_share_a_thousand_events(template: Town, tmp_path: Path) -> None:
    seconds = {}
    for name in ("with its hook", "without a hook"):
        town = move_office(template, tmp_path / name)
        if name == "without a hook":
            (town.hub / "hooks" / "pre-receive").unlink()
        seconds[name] = run(town, clones=10, events=100, each=25)
        town.close()
    for name, took in seconds.items():
        sys.stdout.write(f"1000 events of ten clones through a hub {name}: {took:.1f} s\n")
