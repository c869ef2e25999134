"""`complete`: the owner of a working or collecting step finishes it, with its output."""

from __future__ import annotations

from soptui.domain.actions.contents import way_fault
from soptui.domain.actions.guards import owner_fault, running_fault, step_fault
from soptui.domain.actions.moves import add_documents, hand_over, withdraw_requests
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Case, Closed
from soptui.domain.events import AttachmentKind, Complete, Event
from soptui.domain.ids import EventId, OfficerId, RoleId
from soptui.domain.message import Message
from soptui.domain.sop import Sops, StepKind


def _gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    return running_fault(case) or step_fault(case, Complete.action) or owner_fault(case, by, role)


def _fits(case: Case, event: Event, details: Complete) -> Closed | None:
    step = case.step
    fault = way_fault(case, details.way)
    if fault is not None:
        return fault
    missing = [name for name in step.requirements if name not in details.requirements]
    if missing:
        return Closed(
            "requirement-missing",
            Message("Still required: {names}.", names="; ".join(missing)),
            field="requirements",
        )
    if set(details.requirements) != set(step.requirements):
        return Closed("unknown-requirement", Message("The step does not have such a requirement."))
    if step.output and not event.attached(AttachmentKind.OUTPUT):
        return Closed(
            "output-missing",
            Message("Attach the output of the step: {output}.", output=step.output),
            field="attachments",
        )
    if step.kind is StepKind.COLLECT and not details.early_reason:
        return _answers_fault(case, event)
    return None


def _answers_fault(case: Case, event: Event) -> Closed | None:
    units = tuple(request.unit for request in case.open_requests)
    was_asked = any(
        (request.step, request.round) == (case.step.number, event.round) and not request.withdrawn
        for request in case.requests
    )
    if was_asked and not units:
        return None
    return Closed(
        "answers-missing",
        Message("Not every section has answered; give a reason to close early."),
        units=units,
        field="early_reason",
    )


def _effect(case: Case, event_id: EventId, event: Event, details: Complete, sops: Sops) -> Case:
    case = add_documents(withdraw_requests(case), event_id, event, event.step, event.round)
    return hand_over(case, event_id, event, way=details.way)


COMPLETE = Rule(
    Complete, _gate, _effect,
    fits=_fits, files=frozenset({AttachmentKind.OUTPUT, AttachmentKind.SUPPORT}),
)  # fmt: skip
