"""The path of a case: by which steps it came to where it is, and what no way leads around.

Where a case goes back, what it did since no longer counts: the path is cut there. So a case that
was approved, sent back and then ended in another way has not passed the approval.
"""

from __future__ import annotations

from collections.abc import Iterable

from soptui.domain.case import Case, Visit
from soptui.domain.sop import REGISTRATION, Sop


def path_of(visits: Iterable[Visit]) -> tuple[int, ...]:
    """The steps of these stays in their order, each once; the present step is the last."""
    path: list[int] = []
    for visit in visits:
        if visit.step in path:
            del path[path.index(visit.step) :]
        path.append(visit.step)
    return tuple(path)


def path_to(case: Case, step: int) -> tuple[int, ...]:
    """The steps that stay passed where the case goes back to `step`: those before it."""
    path = path_of(case.visits)
    return path[: path.index(step)] if step in path else path


def is_unavoidable(sop: Sop, step: int, before: int) -> bool:
    """Whether no way from the registration to the step `before` leads around `step`."""
    reached: set[int] = set()
    ahead = [REGISTRATION]
    while ahead:
        number = ahead.pop()
        if number == before:
            return False
        here = sop.step(number)
        if number in reached or number == step or here is None:
            continue
        reached.add(number)
        targets = (sop.target(way) for way in sop.ways_of(here))
        ahead += (target.number for target in targets if target is not None)
    return True
