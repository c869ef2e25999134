"""How a case moves: what the effects of several actions are made of.

Each function takes a case and gives the case after it. The present visit is the last.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from soptui.domain.case import Case, Document, Hold, Status, Visit
from soptui.domain.events import AttachmentKind, Event
from soptui.domain.ids import NOBODY, EventId, OfficerId
from soptui.domain.path import path_of, path_to
from soptui.domain.replace import replace
from soptui.domain.separation import separated_from
from soptui.domain.sop import Step


def change_visit(case: Case, **changes: Any) -> Case:
    """The present visit with other values."""
    return replace(case, visits=(*case.visits[:-1], replace(case.visits[-1], **changes)))


def close_visit(case: Case, event: Event) -> Case:
    """The present visit ends by `event`, and with it the time during which its clock stood."""
    case = end_hold(case, event)
    return change_visit(case, closed=event.at, outcome=event.action)


def end_hold(case: Case, event: Event) -> Case:
    """The clock of the present visit goes on, if it stood."""
    holds = case.visits[-1].holds
    if not holds or holds[-1].ends is not None:
        return case
    return change_visit(case, holds=(*holds[:-1], replace(holds[-1], ends=event.at)))


def open_visit(
    case: Case,
    event_id: EventId,
    event: Event,
    step: int,
    *,
    round_: int | None = None,
    assignee: OfficerId = NOBODY,
    due: date | None = None,
    begun: datetime | None = None,
    holds: tuple[Hold, ...] = (),
) -> Case:
    """The case is sent to `step`, in its next round unless `round_` says in which."""
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


def target_of(case: Case, label: str = "") -> Step | None:
    """Where the way of this label leads from the present step; None at an end without a step."""
    way = case.sop.way_chosen(case.step, label)
    return case.sop.target(way) if way else None


def hand_over(
    case: Case, event_id: EventId, event: Event, *, way: str = "", due: date | None = None
) -> Case:
    """The present visit ends, and the case goes where the way leads, or is done at the end.

    A way to a step that the case has passed is one back.
    """
    target = target_of(case, way)
    path = path_of(case.visits)
    case = close_visit(case, event)
    if target is None:
        return replace(case, status=Status.DONE)
    if target.number in path:
        return go_back(case, event_id, event, target.number, due=due)
    return open_visit(case, event_id, event, target.number, due=due)


def go_back(
    case: Case, event_id: EventId, event: Event, step: int, *, due: date | None = None
) -> Case:
    """The next round of a step opens, for whoever worked at it last, if they still may.

    Approvals in force there and after it on the path are void, and no section is asked any more.
    """
    passed = path_to(case, step)
    case = replace(
        withdraw_requests(case),
        approvals=tuple(
            replace(approval, voided_by=event_id)
            if not approval.voided_by and approval.step not in passed
            else approval
            for approval in case.approvals
        ),
    )
    owner = case.last_owner(step)
    if owner in separated_from(case, step):
        owner = NOBODY
    return open_visit(case, event_id, event, step, assignee=owner, due=due)


def withdraw_requests(case: Case) -> Case:
    """No section owes an answer any more."""
    if not case.open_requests:
        return case
    return replace(
        case,
        requests=tuple(
            replace(request, withdrawn=True) if request.is_open else request
            for request in case.requests
        ),
    )


def add_documents(case: Case, event_id: EventId, event: Event, step: int, round_: int) -> Case:
    """The output that the event brings is that of a step's round."""
    documents = tuple(
        Document(file, step, round_, event_id) for file in event.attached(AttachmentKind.OUTPUT)
    )
    return replace(case, documents=case.documents + documents)
