"""The one gate: whether an action is open to an officer now and, if not, why not and who could.

`gate` and `judge` ask the case and its SOP alone: they decide whether an event takes effect, and
are all that the fold needs. Whether the officer holds the post that an event names is another
question, asked of the registry: `soptui.domain.authority`.

Sources: the actions' table of the design, `docs/record-format.md`; returns and separation of
duties from the SOP's own data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from soptui.domain.case import Case, Closed, Status, Visit
from soptui.domain.events import Action, Event, Request, Submit
from soptui.domain.gate_details import details_fault
from soptui.domain.message import N_, Message
from soptui.domain.office import ADMINISTRATOR
from soptui.domain.separation import separated_from
from soptui.domain.sop import REGISTRATION, StepKind

STEP_ACTIONS: dict[StepKind, tuple[Action, ...]] = {
    StepKind.REGISTER: (Action.REGISTER,),
    StepKind.DISPOSE: (Action.DISPOSE,),
    StepKind.COLLECT: (Action.REQUEST, Action.COMPLETE),
    StepKind.WORK: (Action.COMPLETE,),
    StepKind.REVIEW: (Action.APPROVE,),
    StepKind.APPROVE: (Action.APPROVE,),
    StepKind.ARCHIVE: (Action.ARCHIVE,),
}
"""The actions that move a step of each kind on; `return` belongs to every step that lists one."""

_FINISHED_BY: dict[StepKind, str] = {
    StepKind.REGISTER: N_("This step is finished by registering the letter."),
    StepKind.DISPOSE: N_("Step {step} is finished by a disposition."),
    StepKind.COLLECT: N_("At step {step} data is requested of sections; then it is completed."),
    StepKind.WORK: N_("Step {step} is finished by completing it with its output."),
    StepKind.REVIEW: N_("Step {step} is finished by approving the document."),
    StepKind.APPROVE: N_("Step {step} is finished by approving the document."),
    StepKind.ARCHIVE: N_("Step {step} is finished by archiving the case."),
}

COMMUTING = frozenset({Action.ATTACH, Action.NOTE, Action.CORRECT})
"""Actions that leave the state alone, so that their order among others does not matter."""

_CLOSED_STATUS = {
    Status.DONE: Message("The case is archived and can only be read; the head can reopen it."),
    Status.CANCELLED: Message("The case was cancelled; the head can reopen it."),
}

_OTHER_ROLE = Message("This is for another role.")


def gate(case: Case, action: Action, by: str, role: str) -> Closed | None:
    """Why `action` is not open in `case` to officer `by` acting as `role`; None when it is."""
    return _GATES[action](case, action, by, role)


def judge(case: Case, event: Event) -> Closed | None:
    """Why the whole event, with what it carries, may not take effect; None when it may."""
    return gate(case, event.action, event.by, event.role) or details_fault(case, event)


def commutes(event: Event, other: Event) -> bool:
    """Whether it does not matter which of two events comes first.

    Notes, attachments and corrections in words commute with all; requests and submissions that
    concern different sections commute with each other; decisions commute with nothing.
    """
    units, others = _units_of(event), _units_of(other)
    if units and others:
        return not units & others
    return leaves_state_alone(event) or leaves_state_alone(other)


def leaves_state_alone(event: Event) -> bool:
    """Whether the event commutes with every other: a note, a file, a correction in words."""
    return event.action in COMMUTING and not (event.action is Action.CORRECT and event.attachments)


def choose_role(
    case: Case, action: Action, by: str, roles: Iterable[str]
) -> tuple[str, Closed | None]:
    """The role, of those an officer holds, in which to act: an open one, or the nearest to it."""
    best: tuple[str, Closed | None] | None = None
    for role in roles:
        closed = gate(case, action, by, role)
        if closed is None:
            return role, None
        if best is None or (role in closed.roles and best[0] not in closed.roles):
            best = (role, closed)
    return best or ("", gate(case, action, by, ""))


# --- the gates, one for each kind of action ---------------------------------------------------


def _gate_register(case: Case, action: Action, by: str, role: str) -> Closed | None:
    step = case.sop.registration
    if case.status is Status.NEW:
        return _role_fault(role, step.actor)
    if case.step.number != REGISTRATION or case.status.is_closed:
        return Closed("registered", Message("The letter is registered already."))
    return _gate_owner(case, action, by, role)


def _gate_receive(case: Case, action: Action, by: str, role: str) -> Closed | None:
    fault = _running_fault(case)
    if fault:
        return fault
    visit = _current(case)
    if visit.received is not None:
        return _in_hands_of(
            case, visit.owner, "received", Message("The case has been received already.")
        )
    fault = _role_fault(role, case.step.actor)
    if fault:
        return fault
    return _assignee_fault(case, by) or _separation_fault(case, by)


def _gate_owner(case: Case, action: Action, by: str, role: str) -> Closed | None:
    fault = _running_fault(case)
    if fault:
        return fault
    step = case.step
    if action is Action.RETURN:
        if not step.returns:
            return Closed("no-return", Message("From this step the SOP has no way back."))
    elif action not in STEP_ACTIONS[step.kind]:
        return Closed("other-step", Message(_FINISHED_BY[step.kind], step=step.number))
    visit = _current(case)
    if visit.received is None:
        return (
            _role_fault(role, step.actor)
            or _assignee_fault(case, by)
            or _separation_fault(case, by)
            or Closed(
                "not-received",
                Message("The case has not been received yet: receive it first."),
                roles=(step.actor,),
            )
        )
    if visit.owner != by:
        return _in_hands_of(
            case, visit.owner, "not-owner", Message("Another officer has the case in hand.")
        )
    if role != step.actor:
        return replace(_in_hands_of(case, by, "not-your-role", _OTHER_ROLE), roles=(step.actor,))
    return _separation_fault(case, by) or _approval_fault(case, action)


def _gate_submit(case: Case, action: Action, by: str, role: str) -> Closed | None:
    fault = _running_fault(case)
    if fault:
        return fault
    open_units = tuple(request.unit for request in case.open_requests)
    if not open_units:
        return Closed("no-request", Message("No request for data is open in this case."))
    asked = case.sop.asked_role(case.step)
    if role != asked:
        return Closed(
            "not-asked",
            Message("Only the sections that were asked can submit data."),
            units=open_units,
        )
    return None


def _gate_recall(case: Case, action: Action, by: str, role: str) -> Closed | None:
    fault = _running_fault(case)
    if fault:
        return fault
    visit = _current(case)
    if visit.received is not None:
        return _in_hands_of(
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
    return _role_fault(role, sent.event.role) or _changed_since_fault(case, visit.sent_by)


def _gate_owner_or_head(case: Case, action: Action, by: str, role: str) -> Closed | None:
    if case.status.is_closed or not case.visits:
        return _running_fault(case)
    if action is Action.SUSPEND and case.status is Status.SUSPENDED:
        return Closed("suspended", Message("The case is suspended already."))
    if action is Action.RESUME and case.status is not Status.SUSPENDED:
        return Closed("not-suspended", Message("The case is not suspended."))
    if action is Action.REASSIGN and case.status is Status.SUSPENDED:
        return _running_fault(case)
    visit = _current(case)
    if role == case.sop.head or (visit.owner == by and role == case.step.actor):
        return None
    return Closed(
        "not-owner-or-head",
        Message("Only who has the case in hand, or the head, can do this."),
        roles=(case.sop.head,),
        officers=(visit.owner,) if visit.owner else (),
        post=case.step.actor,
    )


def _gate_participant(case: Case, action: Action, by: str, role: str) -> Closed | None:
    if case.status is Status.NEW:
        return _running_fault(case)
    if case.status.is_closed:
        return _closed_fault(case)
    if case.sop.role(role) is None:
        return Closed(
            "not-participant",
            Message("Only the roles of the SOP take part in a case."),
            roles=tuple(one.id for one in case.sop.roles),
        )
    return None


def _gate_head(case: Case, action: Action, by: str, role: str) -> Closed | None:
    if case.status is Status.NEW:
        return _running_fault(case)
    if action is Action.CANCEL and case.status.is_closed:
        return _closed_fault(case)
    if action is Action.REOPEN and not case.status.is_closed:
        return Closed("not-closed", Message("The case is not closed."))
    return _role_fault(role, case.sop.head)


def _gate_migrate(case: Case, action: Action, by: str, role: str) -> Closed | None:
    return _running_fault(case) or _role_fault(role, ADMINISTRATOR)


_Gate = Callable[[Case, Action, str, str], Closed | None]
_GATES: dict[Action, _Gate] = {
    Action.REGISTER: _gate_register,
    Action.RECEIVE: _gate_receive,
    Action.DISPOSE: _gate_owner,
    Action.REQUEST: _gate_owner,
    Action.SUBMIT: _gate_submit,
    Action.COMPLETE: _gate_owner,
    Action.APPROVE: _gate_owner,
    Action.RETURN: _gate_owner,
    Action.RECALL: _gate_recall,
    Action.REASSIGN: _gate_owner_or_head,
    Action.SUSPEND: _gate_owner_or_head,
    Action.RESUME: _gate_owner_or_head,
    Action.ATTACH: _gate_participant,
    Action.NOTE: _gate_participant,
    Action.CORRECT: _gate_participant,
    Action.ARCHIVE: _gate_owner,
    Action.CANCEL: _gate_head,
    Action.REOPEN: _gate_head,
    Action.MIGRATE: _gate_migrate,
}


# --- what the gates share -----------------------------------------------------------------------


def _current(case: Case) -> Visit:
    return case.visits[-1]


def _closed_fault(case: Case) -> Closed:
    return Closed("closed", _CLOSED_STATUS[case.status], roles=(case.sop.head,))


def _running_fault(case: Case) -> Closed | None:
    if case.status is Status.NEW:
        return Closed(
            "not-registered",
            Message("The letter is not registered yet."),
            roles=(case.sop.registration.actor,),
        )
    if case.status.is_closed:
        return _closed_fault(case)
    if case.status is Status.SUSPENDED:
        return Closed(
            "suspended",
            Message("The case is suspended; resume it first."),
            roles=(case.sop.head,),
            officers=(case.visits[-1].owner,) if case.visits[-1].owner else (),
            post=case.step.actor,
        )
    return None


def _role_fault(role: str, needed: str) -> Closed | None:
    if role == needed:
        return None
    return Closed("not-your-role", _OTHER_ROLE, roles=(needed,))


def _assignee_fault(case: Case, by: str) -> Closed | None:
    visit = _current(case)
    if not visit.assignee or visit.assignee == by:
        return None
    return _in_hands_of(
        case, visit.assignee, "assigned", Message("The case was handed to another officer.")
    )


def _in_hands_of(case: Case, officer: str, code: str, reason: Message) -> Closed:
    """Closed, for the case is with this officer: so is everything until it leaves their hands."""
    return Closed(code, reason, officers=(officer,), post=case.step.actor, head=case.sop.head)


def _separation_fault(case: Case, by: str) -> Closed | None:
    if by not in separated_from(case, case.step.number):
        return None
    return Closed(
        "separation-of-duties",
        Message(
            "Whoever worked at step {steps} may not act at step {step}; another holder must.",
            steps=", ".join(str(number) for number in case.step.distinct_from),
            step=case.step.number,
        ),
        roles=(case.step.actor,),
    )


def _approval_fault(case: Case, action: Action) -> Closed | None:
    if action is not Action.ARCHIVE:
        return None
    approved = {approval.step for approval in case.approvals if not approval.voided_by}
    for step in case.sop.steps:
        if step.kind is StepKind.APPROVE and step.number not in approved:
            return Closed(
                "not-approved",
                Message(
                    "The document has no valid approval, so the case cannot be archived; return it."
                ),
                roles=(step.actor,),
            )
    return None


def _changed_since_fault(case: Case, event_id: str) -> Closed | None:
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


def _units_of(event: Event) -> frozenset[str]:
    """The sections that a request or a submission concerns."""
    match event.details:
        case Submit(unit=unit):
            return frozenset({unit})
        case Request(units=units):
            return frozenset(units)
    return frozenset()
