"""What the gates of several actions ask alike. A guard answers None, or why not and who could.

Sources: the actions' table of the design, `docs/record-format.md`; returns and separation of
duties from the SOP's own data.
"""

from __future__ import annotations

from collections.abc import Mapping

from soptui.domain.case import Case, Closed, Status
from soptui.domain.events import Action
from soptui.domain.ids import OfficerId, RoleId
from soptui.domain.message import N_, Message
from soptui.domain.replace import replace
from soptui.domain.separation import separated_from, steps_kept_apart
from soptui.domain.sop import StepKind

STEP_ACTIONS: Mapping[StepKind, tuple[Action, ...]] = {
    StepKind.REGISTER: (Action.REGISTER,),
    StepKind.DISPOSE: (Action.DISPOSE,),
    StepKind.COLLECT: (Action.REQUEST, Action.COMPLETE),
    StepKind.WORK: (Action.COMPLETE,),
    StepKind.REVIEW: (Action.APPROVE,),
    StepKind.APPROVE: (Action.APPROVE,),
    StepKind.ARCHIVE: (Action.ARCHIVE,),
}
"""The actions that move a step of each kind on; `return` belongs to every step that lists one."""

_FINISHED_BY: Mapping[StepKind, str] = {
    StepKind.REGISTER: N_("This step is finished by registering the letter."),
    StepKind.DISPOSE: N_("Step {step} is finished by a disposition."),
    StepKind.COLLECT: N_("At step {step} data is requested of sections; then it is completed."),
    StepKind.WORK: N_("Step {step} is finished by completing it with its output."),
    StepKind.REVIEW: N_("Step {step} is finished by reviewing the document."),
    StepKind.APPROVE: N_("Step {step} is finished by approving the document."),
    StepKind.ARCHIVE: N_("Step {step} is finished by archiving the case."),
}

_CLOSED_STATUS = {
    Status.DONE: N_("The case is archived and can only be read; the {head} can reopen it."),
    Status.CANCELLED: N_("The case was cancelled; the {head} can reopen it."),
}

_OTHER_ROLE = Message("This is for another role.")


# --- the case as a whole -------------------------------------------------------------------------


def begun_fault(case: Case) -> Closed | None:
    """The case is not registered yet, or has ended."""
    if case.status is Status.NEW:
        return Closed(
            "not-registered",
            Message("The letter is not registered yet."),
            roles=(case.sop.registration.actor,),
        )
    if case.status.is_closed:
        reason = Message(_CLOSED_STATUS[case.status], head=case.sop.head_title)
        return Closed("closed", reason, roles=(case.sop.head,))
    return None


def running_fault(case: Case) -> Closed | None:
    """The case does not go on: it has not begun, has ended, or is suspended."""
    fault = begun_fault(case)
    if fault is None and case.status is Status.SUSPENDED:
        visit = case.visits[-1]
        fault = Closed(
            "suspended",
            Message("The case is suspended; resume it first."),
            roles=(case.sop.head,),
            officers=(visit.owner,) if visit.owner else (),
            post=case.step.actor,
        )
    return fault


def step_fault(case: Case, action: Action) -> Closed | None:
    """The present step is finished by another action."""
    step = case.step
    if action in STEP_ACTIONS[step.kind]:
        return None
    return Closed("other-step", Message(_FINISHED_BY[step.kind], step=step.number))


# --- the officer ---------------------------------------------------------------------------------


def role_fault(role: RoleId, needed: RoleId) -> Closed | None:
    """The action is for another role."""
    if role == needed:
        return None
    return Closed("not-your-role", _OTHER_ROLE, roles=(needed,))


def in_hands_of(case: Case, officer: OfficerId, code: str, reason: Message) -> Closed:
    """Closed, for the case is with this officer: so is everything until it leaves their hands."""
    return Closed(code, reason, officers=(officer,), post=case.step.actor, head=case.sop.head)


def assignee_fault(case: Case, by: OfficerId) -> Closed | None:
    """The case was handed to another officer by name."""
    assignee = case.visits[-1].assignee
    if not assignee or assignee == by:
        return None
    return in_hands_of(
        case, assignee, "assigned", Message("The case was handed to another officer.")
    )


def separation_fault(case: Case, by: OfficerId) -> Closed | None:
    """The officer worked at a step from which the present one is kept apart."""
    if by not in separated_from(case, case.step.number):
        return None
    return Closed(
        "separation-of-duties",
        Message(
            "Whoever worked at step {steps} may not act at step {step}; another holder must.",
            steps=", ".join(map(str, steps_kept_apart(case, case.step.number))),
            step=case.step.number,
        ),
        roles=(case.step.actor,),
    )


def owner_fault(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    """The officer does not have the case in hand, in the role of its step."""
    step, visit = case.step, case.visits[-1]
    if visit.received is None:
        return (
            role_fault(role, step.actor)
            or assignee_fault(case, by)
            or separation_fault(case, by)
            or Closed(
                "not-received",
                Message("The case has not been received yet: receive it first."),
                roles=(step.actor,),
            )
        )
    if visit.owner != by:
        return in_hands_of(
            case, visit.owner, "not-owner", Message("Another officer has the case in hand.")
        )
    if role != step.actor:
        return replace(in_hands_of(case, by, "not-your-role", _OTHER_ROLE), roles=(step.actor,))
    return separation_fault(case, by)


def owner_or_head_fault(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    """The officer neither has the case in hand nor is the head."""
    visit = case.visits[-1]
    if role == case.sop.head or (visit.owner == by and role == case.step.actor):
        return None
    return Closed(
        "not-owner-or-head",
        Message(
            "Only who has the case in hand, or the {head}, can do this.", head=case.sop.head_title
        ),
        roles=(case.sop.head,),
        officers=(visit.owner,) if visit.owner else (),
        post=case.step.actor,
    )


# --- gates that several actions have as they are -------------------------------------------------


def participant_gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    """Open to every role of the SOP while the case has not ended."""
    fault = begun_fault(case)
    if fault is None and case.sop.role(role) is None:
        fault = Closed(
            "not-participant",
            Message("Only the roles of the SOP take part in a case."),
            roles=tuple(one.id for one in case.sop.roles),
        )
    return fault
