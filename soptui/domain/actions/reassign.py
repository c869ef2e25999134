"""`reassign`: the owner or the head gives the step to another holder of its role."""

from __future__ import annotations

from datetime import date

from soptui.domain.actions.contents import words_fault
from soptui.domain.actions.guards import owner_or_head_fault, running_fault
from soptui.domain.actions.moves import close_visit, open_visit
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Case, Closed
from soptui.domain.events import Event, Reassign
from soptui.domain.ids import EventId, OfficerId, RoleId
from soptui.domain.message import Message
from soptui.domain.office import Registry
from soptui.domain.separation import separated_from
from soptui.domain.sop import Sops


def _gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    return running_fault(case) or owner_or_head_fault(case, by, role)


def _fits(case: Case, event: Event, details: Reassign) -> Closed | None:
    visit = case.visits[-1]
    if details.officer in (visit.owner, visit.assignee):
        return Closed(
            "same-officer",
            Message("{officer} has the case already.", officer=details.officer),
            field="officer",
        )
    if details.officer in separated_from(case, case.step.number):
        return Closed(
            "separation-of-duties",
            Message(
                "{officer} worked at a step that must be kept apart from this one.",
                officer=details.officer,
            ),
            field="officer",
        )
    return words_fault(details.note)


def _parties(registry: Registry, case: Case, details: Reassign, day: date) -> Closed | None:
    target = registry.officers.get(details.officer)
    if target is not None and target.post_for(case.step.actor, day) is not None:
        return None
    return Closed(
        "not-a-holder",
        Message("{officer} does not hold the role of this step.", officer=details.officer),
        roles=(case.step.actor,),
    )


def _effect(case: Case, event_id: EventId, event: Event, details: Reassign, sops: Sops) -> Case:
    """The round goes on, and its norm with it if work had begun."""
    case = close_visit(case, event)
    visit = case.visits[-1]
    begun = visit.work_began
    return open_visit(
        case, event_id, event, visit.step,
        round_=visit.round, assignee=details.officer, due=visit.due, begun=begun,
        holds=visit.holds if begun else (),
    )  # fmt: skip


REASSIGN = Rule(Reassign, _gate, _effect, fits=_fits, parties=_parties)
