"""Walks through an SOP by which every way of every decision, and every way back, is taken."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from msgspec import Struct

from soptui.domain.sop import END, FILING, REGISTRATION, Sop, Step, Way


class Turn(Struct, frozen=True):
    """How a step is left: onward by `way`, or back to a step; neither in the filing."""

    step: Step
    way: Way | None = None
    back_to: int | None = None

    @property
    def label(self) -> str:
        """What has to be chosen, if anything."""
        return self.way.label if self.way else ""


def walks_through(sop: Sop) -> Iterator[list[Turn]]:
    """Walks from the first row to the filing, as few as take everything that can be chosen."""
    untried: set[tuple[int, Way | int]] = {
        *((step.number, way) for step in sop.steps for way in sop.ways_of(step)),
        *((step.number, edge.to) for step in sop.steps for edge in step.returns),
    }
    while untried:
        before = len(untried)
        yield _walk(sop, untried)
        if len(untried) == before:
            raise AssertionError(f"never taken: {untried}")


def _walk(sop: Sop, untried: set[tuple[int, Way | int]]) -> list[Turn]:
    turns: list[Turn] = []
    step = sop.step_after(sop.registration)
    passed = [REGISTRATION]
    while step is not None and step.number != FILING:
        if step.number in passed:
            del passed[passed.index(step.number) :]
        passed.append(step.number)
        turn = _turn(sop, step, passed, untried)
        untried.discard((step.number, turn.way or turn.back_to or REGISTRATION))
        turns.append(turn)
        if turn.way is not None:
            step = sop.target(turn.way)
        else:
            step = sop.step(turn.back_to or REGISTRATION)
            if step is sop.registration:
                turns.append(Turn(step))
                step = sop.step_after(sop.registration)
    if step is not None:
        turns.append(Turn(step))
    return turns


def _turn(sop: Sop, step: Step, passed: list[int], untried: set[tuple[int, Way | int]]) -> Turn:
    for edge in step.returns:
        if (step.number, edge.to) in untried and edge.to in passed:
            return Turn(step, back_to=edge.to)
    ways = sop.ways_of(step)
    for way in ways:
        if (step.number, way) in untried:
            return Turn(step, way=way)
    wanted = {number for number, _ in untried}
    return Turn(step, way=min(ways, key=lambda way: _distance(sop, way, wanted)))


def _distance(sop: Sop, way: Way, wanted: set[int]) -> tuple[int, int]:
    """How far it is by a way to what is still untried, and to the end."""
    found = {END: 10_000}
    ahead = deque([(way.to, 0)])
    seen = set()
    while ahead:
        number, far = ahead.popleft()
        if number in seen:
            continue
        seen.add(number)
        step = sop.step(number) if number != END else None
        if number == END:
            found[END] = min(found[END], far)
        elif number in wanted:
            found.setdefault(number, far)
        if step is not None:
            ahead += [(one.to, far + 1) for one in sop.ways_of(step)]
    near = [far for number, far in found.items() if number != END]
    return min(near, default=10_000), found[END]
