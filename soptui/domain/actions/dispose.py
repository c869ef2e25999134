"""`dispose`: the owner of a disposition step completes it, with addressees and instructions."""

from __future__ import annotations

from datetime import date

from soptui.domain.actions.contents import due_fault, way_fault
from soptui.domain.actions.guards import owner_fault, running_fault, step_fault
from soptui.domain.actions.moves import hand_over, target_of
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Case, Closed
from soptui.domain.events import AttachmentKind, Dispose, Event
from soptui.domain.ids import EventId, OfficerId, RoleId
from soptui.domain.message import Message
from soptui.domain.office import Registry
from soptui.domain.replace import replace
from soptui.domain.sop import Sops


def _gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    return running_fault(case) or step_fault(case, Dispose.action) or owner_fault(case, by, role)


def _fits(case: Case, event: Event, details: Dispose) -> Closed | None:
    fault = way_fault(case, details.way)
    if fault is not None:
        return fault
    following = target_of(case, details.way)
    if following is not None and following.actor not in details.to:
        return Closed(
            "wrong-addressee",
            Message("The SOP hands this step to another role, which must be addressed."),
            roles=(following.actor,),
            field="to",
        )
    if len(set(details.to)) != len(details.to) or any(
        case.sop.role(role) is None for role in details.to
    ):
        return Closed(
            "unknown-addressee",
            Message("Only roles of the SOP can be addressed, each once."),
            field="to",
        )
    if not details.instructions and not details.note:
        return Closed(
            "no-instruction",
            Message("A disposition needs an instruction or a note."),
            field="instructions",
        )
    return due_fault(details.due, event.at.date())


def _parties(registry: Registry, case: Case, details: Dispose, day: date) -> Closed | None:
    for code in details.instructions:
        line = registry.office.instruction(code)
        if line is not None and line.withdrawn:
            return Closed(
                "withdrawn-instruction",
                Message("The office gives the instruction {code} no more.", code=code),
            )
        if line is None:
            return Closed(
                "unknown-instruction",
                Message("The office's list has no instruction {code}.", code=code),
            )
    return None


def _effect(case: Case, event_id: EventId, event: Event, details: Dispose, sops: Sops) -> Case:
    following = target_of(case, details.way)
    others = [role for role in details.to if following is None or role != following.actor]
    informed = (*case.informed, *(role for role in others if role not in case.informed))
    case = hand_over(case, event_id, event, way=details.way, due=details.due)
    return replace(case, informed=informed)


DISPOSE = Rule(
    Dispose, _gate, _effect,
    fits=_fits, parties=_parties, files=frozenset({AttachmentKind.SUPPORT}),
)  # fmt: skip
