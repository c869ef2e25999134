"""`approve` and `return`: a document is found right at a review or decision, or work goes back."""

from __future__ import annotations

from soptui.domain.actions.contents import passed_fault, way_fault, words_fault
from soptui.domain.actions.guards import owner_fault, running_fault, step_fault
from soptui.domain.actions.moves import close_visit, go_back, hand_over
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Approval, Case, Closed
from soptui.domain.events import Approve, AttachmentKind, Event, Return
from soptui.domain.ids import EventId, OfficerId, RoleId
from soptui.domain.message import Message
from soptui.domain.replace import replace
from soptui.domain.sop import Sops, StepKind

_FILES = frozenset({AttachmentKind.SUPPORT})


def _approve_gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    return running_fault(case) or step_fault(case, Approve.action) or owner_fault(case, by, role)


def _approve_fits(case: Case, event: Event, details: Approve) -> Closed | None:
    current = tuple(document.file.sha256 for document in case.current_documents)
    if not current:
        return Closed("no-document", Message("There is no document to approve."))
    if details.documents != current:
        return Closed("other-document", Message("The document is no longer the one that was read."))
    return way_fault(case, details.way)


def _approve_effect(
    case: Case, event_id: EventId, event: Event, details: Approve, sops: Sops
) -> Case:
    """Only at a step of kind `approve` are the documents frozen."""
    if case.step.kind is StepKind.APPROVE:
        approval = Approval(event_id, event.step, event.by, event.at, details.documents)
        case = replace(case, approvals=(*case.approvals, approval))
    return hand_over(case, event_id, event, way=details.way)


APPROVE = Rule(Approve, _approve_gate, _approve_effect, fits=_approve_fits, files=_FILES)


def _return_gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    fault = running_fault(case)
    if fault is None and not case.step.returns:
        fault = Closed("no-return", Message("From this step the SOP has no way back."))
    return fault or owner_fault(case, by, role)


def _return_fits(case: Case, event: Event, details: Return) -> Closed | None:
    edge = case.step.return_to(details.to_step)
    if edge is None or details.to_step >= case.step.number:
        return Closed(
            "no-way-back",
            Message("The SOP has no way back to step {step}.", step=details.to_step),
            field="to_step",
        )
    if details.reason not in edge.reasons:
        return Closed(
            "unknown-reason",
            Message(
                "That is no reason to go back to step {step}; choose one of that step.",
                step=details.to_step,
            ),
            field="reason",
        )
    return words_fault(details.note) or passed_fault(case, details.to_step)


def _return_effect(
    case: Case, event_id: EventId, event: Event, details: Return, sops: Sops
) -> Case:
    return go_back(close_visit(case, event), event_id, event, details.to_step)


RETURN = Rule(Return, _return_gate, _return_effect, fits=_return_fits, files=_FILES)
