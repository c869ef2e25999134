"""The effects: what each action makes of a case, as one pure function an action.

Nothing here asks whether an action is allowed, or whether it was overtaken: the gate and the fold
did so before. An effect never raises on an event that those let through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from soptui.domain.case import (
    Approval,
    Case,
    Document,
    Entry,
    Hold,
    SectionRequest,
    Status,
    Visit,
)
from soptui.domain.events import (
    Action,
    Approve,
    Archive,
    AttachmentKind,
    Complete,
    Correct,
    Dispose,
    Event,
    Migrate,
    Reassign,
    Register,
    Reopen,
    Request,
    Return,
    Submit,
    Suspend,
)
from soptui.domain.separation import separated_from
from soptui.domain.sop import REGISTRATION, Sops, StepKind


def take_effect(case: Case, event_id: str, event: Event, sops: Sops) -> Case:
    """`case` after one more event of which it is known already that it takes effect."""
    case = EFFECTS[event.action](case, event_id, event, event.details, sops)
    return replace(case, entries=(*case.entries, Entry(event_id, event)))


def _no_change(case: Case, event_id: str, event: Event, details: Any, sops: Sops) -> Case:
    return case


def _change_visit(case: Case, **changes: Any) -> Case:
    return replace(case, visits=(*case.visits[:-1], replace(case.visits[-1], **changes)))


def _close_visit(case: Case, event: Event) -> Case:
    case = _end_hold(case, event)
    return _change_visit(case, closed=event.at, outcome=event.action)


def _end_hold(case: Case, event: Event) -> Case:
    holds = case.visits[-1].holds
    if not holds or holds[-1].ends is not None:
        return case
    return _change_visit(case, holds=(*holds[:-1], replace(holds[-1], ends=event.at)))


def _open_visit(
    case: Case,
    event_id: str,
    event: Event,
    step: int,
    *,
    round_: int | None = None,
    assignee: str = "",
    due: date | None = None,
    begun: datetime | None = None,
    holds: tuple[Hold, ...] = (),
) -> Case:
    """`case` sent to `step`, in its next round unless `round_` says in which."""
    visit = Visit(
        step=step,
        round=case.round_of(step) + 1 if round_ is None else round_,
        sent=event.at,
        sender=event.by,
        sent_by=event_id,
        assignee=assignee,
        due=due,
        begun=begun,
        holds=holds,
    )
    return replace(case, visits=(*case.visits, visit))


def _hand_over(case: Case, event_id: str, event: Event, *, due: date | None = None) -> Case:
    following = case.sop.step_after(case.visits[-1].step)
    case = _close_visit(case, event)
    if following is None:
        return replace(case, status=Status.DONE)
    return _open_visit(case, event_id, event, following.number, due=due)


def _register(case: Case, event_id: str, event: Event, details: Register, sops: Sops) -> Case:
    if case.status is Status.NEW:
        received = details.letter.received
        first = Visit(
            step=REGISTRATION,
            round=1,
            sent=received,
            sender=event.by,
            sent_by=event_id,
            received=received,
            owner=event.by,
        )
        case = replace(case, status=Status.RUNNING, registered=event.at, visits=(first,))
    return _hand_over(replace(case, letter=details.letter), event_id, event)


def _receive(case: Case, event_id: str, event: Event, details: Any, sops: Sops) -> Case:
    return _change_visit(case, received=event.at, owner=event.by)


def _dispose(case: Case, event_id: str, event: Event, details: Dispose, sops: Sops) -> Case:
    following = case.sop.step_after(case.step.number)
    others = [role for role in details.to if following is None or role != following.actor]
    informed = (*case.informed, *(role for role in others if role not in case.informed))
    case = _hand_over(case, event_id, event, due=details.due)
    return replace(case, informed=informed)


def _request(case: Case, event_id: str, event: Event, details: Request, sops: Sops) -> Case:
    asked = tuple(
        SectionRequest(
            unit=unit,
            step=event.step,
            round=event.round,
            asked=event.at,
            asked_by=event.by,
            event=event_id,
            note=details.note,
            due=details.due,
        )
        for unit in details.units
    )
    return replace(case, requests=case.requests + asked)


def _submit(case: Case, event_id: str, event: Event, details: Submit, sops: Sops) -> Case:
    return replace(
        case,
        requests=tuple(
            replace(request, answered=event.at, answered_by=event.by, answer=event_id)
            if request.is_open and request.unit == details.unit
            else request
            for request in case.requests
        ),
    )


def _withdraw_requests(case: Case) -> Case:
    if not case.open_requests:
        return case
    return replace(
        case,
        requests=tuple(
            replace(request, withdrawn=True) if request.is_open else request
            for request in case.requests
        ),
    )


def _add_documents(case: Case, event_id: str, event: Event, step: int, round_: int) -> Case:
    documents = tuple(
        Document(file, step, round_, event_id) for file in event.attached(AttachmentKind.OUTPUT)
    )
    return replace(case, documents=case.documents + documents)


def _complete(case: Case, event_id: str, event: Event, details: Complete, sops: Sops) -> Case:
    case = _add_documents(_withdraw_requests(case), event_id, event, event.step, event.round)
    return _hand_over(case, event_id, event)


def _approve(case: Case, event_id: str, event: Event, details: Approve, sops: Sops) -> Case:
    if case.step.kind is StepKind.APPROVE:
        approval = Approval(event_id, event.step, event.by, event.at, details.documents)
        case = replace(case, approvals=(*case.approvals, approval))
    return _hand_over(case, event_id, event)


def _void_approvals(case: Case, event_id: str, to_step: int) -> Case:
    """Undo the approvals in force at step `to_step`, to which work goes back, and after it."""
    return replace(
        case,
        approvals=tuple(
            replace(approval, voided_by=event_id)
            if not approval.voided_by and approval.step >= to_step
            else approval
            for approval in case.approvals
        ),
    )


def _back_to(case: Case, event_id: str, event: Event, step: int) -> Case:
    """Open the next round of a step for whoever worked at it last, if they still may."""
    case = _void_approvals(_withdraw_requests(case), event_id, step)
    owner = case.last_owner(step)
    if owner in separated_from(case, step):
        owner = ""
    return _open_visit(case, event_id, event, step, assignee=owner)


def _return(case: Case, event_id: str, event: Event, details: Return, sops: Sops) -> Case:
    return _back_to(_close_visit(case, event), event_id, event, details.to_step)


def _recall(case: Case, event_id: str, event: Event, details: Any, sops: Sops) -> Case:
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
            replace(approval, voided_by="") if approval.voided_by == undone else approval
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


def _reassign(case: Case, event_id: str, event: Event, details: Reassign, sops: Sops) -> Case:
    case = _close_visit(case, event)
    visit = case.visits[-1]
    begun = visit.work_began
    return _open_visit(
        case, event_id, event, visit.step,
        round_=visit.round, assignee=details.officer, due=visit.due, begun=begun,
        holds=visit.holds if begun else (),
    )  # fmt: skip


def _suspend(case: Case, event_id: str, event: Event, details: Suspend, sops: Sops) -> Case:
    hold = Hold(event.at, None, details.note)
    case = _change_visit(case, holds=(*case.visits[-1].holds, hold))
    return replace(case, status=Status.SUSPENDED)


def _resume(case: Case, event_id: str, event: Event, details: Any, sops: Sops) -> Case:
    return replace(_end_hold(case, event), status=Status.RUNNING)


def _correct(case: Case, event_id: str, event: Event, details: Correct, sops: Sops) -> Case:
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
    case = _add_documents(case, event_id, event, *place)
    if not undone:
        return case
    return _back_to(_close_visit(case, event), event_id, event, min(undone))


def _archive(case: Case, event_id: str, event: Event, details: Archive, sops: Sops) -> Case:
    return replace(_close_visit(case, event), status=Status.DONE, archive=details)


def _cancel(case: Case, event_id: str, event: Event, details: Any, sops: Sops) -> Case:
    return replace(_withdraw_requests(_close_visit(case, event)), status=Status.CANCELLED)


def _reopen(case: Case, event_id: str, event: Event, details: Reopen, sops: Sops) -> Case:
    case = replace(case, status=Status.RUNNING, archive=None)
    return _back_to(case, event_id, event, details.to_step)


def _migrate(case: Case, event_id: str, event: Event, details: Migrate, sops: Sops) -> Case:
    """The case goes on under the other version, at the step that the mapping gives its place.

    Whoever has it in hand keeps it, unless the other version gives the step to another role or
    keeps it from that person.
    """
    actor = case.step.actor
    places = _mapped_places(case, dict(details.steps))
    case = replace(
        case,
        sop=sops[case.sop.id, details.sop_version],
        visits=tuple(_moved(visit, places) for visit in case.visits),
        requests=tuple(_moved(request, places) for request in case.requests),
        documents=tuple(_moved(document, places) for document in case.documents),
        approvals=tuple(
            replace(approval, step=dict(details.steps)[approval.step])
            for approval in case.approvals
        ),
    )
    if case.step.kind is not StepKind.COLLECT:
        case = _withdraw_requests(case)
    visit = case.visits[-1]
    kept_out = separated_from(case, visit.step)
    if case.step.actor != actor or visit.owner in kept_out or visit.assignee in kept_out:
        case = _change_visit(case, received=None, owner="", assignee="")
    return case


_Place = tuple[int, int]
_Placed = TypeVar("_Placed", Visit, SectionRequest, Document)


def _mapped_places(case: Case, steps: Mapping[int, int]) -> dict[_Place, _Place]:
    """Where each step and round goes; steps that fall together count their rounds on."""
    places: dict[_Place, _Place] = {}
    rounds: Counter[int] = Counter()
    for visit in case.visits:
        if (visit.step, visit.round) not in places:
            step = steps[visit.step]
            rounds[step] += 1
            places[visit.step, visit.round] = (step, rounds[step])
    return places


def _moved(one: _Placed, places: Mapping[_Place, _Place]) -> _Placed:
    step, round_ = places[one.step, one.round]
    return replace(one, step=step, round=round_)


EFFECTS: Mapping[Action, Callable[[Case, str, Event, Any, Sops], Case]] = {
    Action.REGISTER: _register,
    Action.RECEIVE: _receive,
    Action.DISPOSE: _dispose,
    Action.REQUEST: _request,
    Action.SUBMIT: _submit,
    Action.COMPLETE: _complete,
    Action.APPROVE: _approve,
    Action.RETURN: _return,
    Action.RECALL: _recall,
    Action.REASSIGN: _reassign,
    Action.SUSPEND: _suspend,
    Action.RESUME: _resume,
    Action.ATTACH: _no_change,
    Action.NOTE: _no_change,
    Action.CORRECT: _correct,
    Action.ARCHIVE: _archive,
    Action.CANCEL: _cancel,
    Action.REOPEN: _reopen,
    Action.MIGRATE: _migrate,
}
"""What each action makes of a case, total over `Action`."""
