"""`recall`: the last sender takes the hand-over back while it has not been received."""

from __future__ import annotations

from soptui.domain.actions.guards import in_hands_of, role_fault, running_fault
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Case, Closed
from soptui.domain.events import Action, Event, Recall
from soptui.domain.ids import NO_EVENT, EventId, OfficerId, RoleId
from soptui.domain.message import Message
from soptui.domain.replace import replace
from soptui.domain.sop import Sops


def _gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    fault = running_fault(case)
    if fault:
        return fault
    visit = case.visits[-1]
    if visit.received is not None:
        return in_hands_of(
            case,
            visit.owner,
            "received",
            Message(
                "The case has been received and can no longer be recalled; ask for its return."
            ),
        )
    if visit.sender != by:
        return Closed(
            "not-sender", Message("Only the last sender can recall."), officers=(visit.sender,)
        )
    sent = case.entry(visit.sent_by)
    if sent is None or sent.event.action is Action.REOPEN:
        return Closed("nothing-to-recall", Message("There is no hand-over to take back."))
    return role_fault(role, sent.event.role) or _changed_since_fault(case, visit.sent_by)


def _changed_since_fault(case: Case, event_id: EventId) -> Closed | None:
    """Why the state before an event cannot be put back: later ones rest on what it did.

    Without this an approval that a return had voided would come back for replaced documents.
    """
    for entry in reversed(case.entries):
        if entry.id == event_id:
            return None
        event = entry.event
        if entry.effective and (
            event.action is Action.MIGRATE or (event.action is Action.CORRECT and event.attachments)
        ):
            break
    return Closed(
        "changed-since",
        Message("The case was changed after the hand-over, which can no longer be recalled."),
    )


def _effect(case: Case, event_id: EventId, event: Event, details: Recall, sops: Sops) -> Case:
    """Put the case back where it stood before the hand-over; the history keeps both events.

    What people were told stays told: those informed and the letter as last registered remain.
    """
    undone = case.visits[-1].sent_by
    previous = replace(case.visits[-2], closed=None, outcome=None)
    place = (previous.step, previous.round)
    return replace(
        case,
        visits=(*case.visits[:-2], previous),
        documents=tuple(document for document in case.documents if document.event != undone),
        approvals=tuple(
            replace(approval, voided_by=NO_EVENT) if approval.voided_by == undone else approval
            for approval in case.approvals
            if approval.event != undone
        ),
        requests=tuple(
            replace(request, withdrawn=False)
            if request.withdrawn and (request.step, request.round) == place
            else request
            for request in case.requests
        ),
    )


RECALL = Rule(Recall, _gate, _effect)
