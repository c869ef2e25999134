"""Separation of duties, by person and never by role: nobody checks what they made themselves.

What holds for a finished step is what the version of the SOP said under which it was finished: a
migration carries it over, and the version that the case comes to adds its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from soptui.domain.case import Case, Visit
from soptui.domain.events import Action
from soptui.domain.ids import OfficerId
from soptui.domain.sop import Sop, StepKind

FINISHING = frozenset({Action.DISPOSE, Action.COMPLETE, Action.APPROVE, Action.ARCHIVE})
"""The actions by which a person answers for a step; handing it to a colleague is none."""

_CHECKS = frozenset({StepKind.REVIEW, StepKind.APPROVE})


def separated_from(case: Case, step_number: int) -> frozenset[OfficerId]:
    """The persons who may not act at a step, because they finished one it must be kept from.

    Every round counts. It works forward only: who checked the work in one round may make it in
    the next, and is then kept from checking it.
    """
    return frozenset(visit.owner for visit in _kept_apart(case, step_number))


def steps_kept_apart(case: Case, step_number: int) -> tuple[int, ...]:
    """The steps, in their order, whose finishers may not act at a step."""
    step = case.sop.step(step_number)
    named = step.distinct_from if step else ()
    return tuple(sorted({*named, *(visit.step for visit in _kept_apart(case, step_number))}))


def steps_to_map(case: Case) -> tuple[int, ...]:
    """The steps of which a migration must say where they go, in their order.

    Those that the case has been at, and those that are kept from who finished one of them.
    """
    been = {visit.step for visit in case.visits}
    kept = {number for visit in case.visits for number in _kept_from(case.sop, visit)}
    return tuple(sorted(been | kept))


def apart_after(visit: Visit, old: Sop, new: Sop, steps: Mapping[int, int]) -> tuple[int, ...]:
    """The steps of version `new` that are kept from who finished `visit`, by what `old` said.

    They are those to which `steps` maps what `old` kept apart, and every review or approval of
    `new` if that was one: no mapping makes somebody the judge of their own work. A step into
    which both fell is not kept from itself.
    """
    before = _kept_from(old, visit)
    found = {steps[number] for number in before}
    kinds = {step.kind for step in old.steps if step.number in before and step.kind in _CHECKS}
    found |= {step.number for step in new.steps if step.kind in kinds}
    return tuple(sorted(found - {steps[visit.step]}))


def _kept_from(sop: Sop, visit: Visit) -> set[int]:
    """The steps of the version in force that are kept from who finished a visit."""
    if visit.outcome not in FINISHING:
        return set()
    named = (step.number for step in sop.steps if visit.step in step.distinct_from)
    return {*named, *visit.apart}


def _kept_apart(case: Case, step_number: int) -> list[Visit]:
    """The visits whose owners are kept from a step."""
    step = case.sop.step(step_number)
    named = step.distinct_from if step else ()
    return [
        visit
        for visit in case.visits
        if (visit.step in named or step_number in visit.apart) and visit.outcome in FINISHING
    ]
