"""Separation of duties, by person and never by role: nobody checks what they made themselves."""

from __future__ import annotations

from soptui.domain.case import Case
from soptui.domain.events import Action
from soptui.domain.ids import OfficerId

FINISHING = frozenset({Action.DISPOSE, Action.COMPLETE, Action.APPROVE, Action.ARCHIVE})
"""The actions by which a person answers for a step; handing it to a colleague is none."""


def separated_from(case: Case, step_number: int) -> frozenset[OfficerId]:
    """The persons who may not act at a step, because they finished one it must be kept from.

    Every round counts. It works forward only: who checked the work in one round may make it in
    the next, and is then kept from checking it.
    """
    step = case.sop.step(step_number)
    if step is None or not step.distinct_from:
        return frozenset()
    return frozenset(
        visit.owner
        for visit in case.visits
        if visit.step in step.distinct_from and visit.outcome in FINISHING
    )
