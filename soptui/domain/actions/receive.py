"""`receive`: a member of the step's role takes the case in hand; waiting ends, and work begins."""

from __future__ import annotations

from soptui.domain.actions.guards import (
    assignee_fault,
    in_hands_of,
    role_fault,
    running_fault,
    separation_fault,
)
from soptui.domain.actions.moves import change_visit
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Case, Closed
from soptui.domain.events import Event, Receive
from soptui.domain.ids import EventId, OfficerId, RoleId
from soptui.domain.message import Message
from soptui.domain.sop import Sops


def _gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    fault = running_fault(case)
    if fault:
        return fault
    visit = case.visits[-1]
    if visit.received is not None:
        return in_hands_of(
            case, visit.owner, "received", Message("The case has been received already.")
        )
    return (
        role_fault(role, case.step.actor) or assignee_fault(case, by) or separation_fault(case, by)
    )


def _effect(case: Case, event_id: EventId, event: Event, details: Receive, sops: Sops) -> Case:
    return change_visit(case, received=event.at, owner=event.by)


RECEIVE = Rule(Receive, _gate, _effect)
