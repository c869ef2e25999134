"""`correct`: a participant says what is wrong in an earlier event, which stays as it is.

Who completed a step can bring other output along, which takes the place of its output.
"""

from __future__ import annotations

from soptui.domain.actions.contents import words_fault
from soptui.domain.actions.guards import participant_gate
from soptui.domain.actions.moves import add_documents, close_visit, go_back
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Case, Closed, Entry, Status
from soptui.domain.events import AttachmentKind, Complete, Correct, Event
from soptui.domain.ids import EventId
from soptui.domain.message import Message
from soptui.domain.path import path_of
from soptui.domain.sop import Sops


def _fits(case: Case, event: Event, details: Correct) -> Closed | None:
    entry = case.entry(details.event)
    if entry is None:
        return Closed("unknown-event", Message("The case has no such event to correct."))
    fault = _replacement_fault(case, event, entry) if event.attachments else None
    return fault or words_fault(details.note)


def _replacement_fault(case: Case, event: Event, entry: Entry) -> Closed | None:
    author = (entry.event.by, entry.event.role)
    if not isinstance(entry.event.details, Complete) or author != (event.by, event.role):
        return Closed(
            "not-its-author",
            Message("Only who completed a step, in that role, can replace its output."),
            officers=(entry.event.by,),
            field="attachments",
        )
    if all(document.event != entry.id for document in case.documents):
        return Closed(
            "no-output",
            Message("That event left no output that could be replaced."),
            field="attachments",
        )
    if case.status is Status.SUSPENDED:
        return Closed("suspended", Message("The case is suspended; resume it first."))
    return None


def _effect(case: Case, event_id: EventId, event: Event, details: Correct, sops: Sops) -> Case:
    """A correction that replaces approved output voids the approval and goes back to its step."""
    corrected = next((one for one in case.documents if one.event == details.event), None)
    if not event.attachments or corrected is None:
        return case
    place = (corrected.step, corrected.round)
    replaced = {one.file.sha256 for one in case.documents if (one.step, one.round) == place}
    undone = [
        approval.step
        for approval in case.approvals
        if not approval.voided_by and not replaced.isdisjoint(approval.documents)
    ]
    case = add_documents(case, event_id, event, *place)
    if not undone:
        return case
    path = path_of(case.visits)
    first = min(undone, key=lambda step: (path.index(step) if step in path else len(path), step))
    return go_back(close_visit(case, event), event_id, event, first)


CORRECT = Rule(
    Correct, participant_gate, _effect,
    fits=_fits, files=frozenset({AttachmentKind.OUTPUT}),
    of_any_place=True, leaves_state_alone=lambda event: not event.attachments,
)  # fmt: skip
