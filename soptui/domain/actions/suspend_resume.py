"""`suspend` and `resume`: the owner or the head stops the clock, with a reason, and restarts it."""

from __future__ import annotations

from soptui.domain.actions.contents import words_fault
from soptui.domain.actions.guards import begun_fault, owner_or_head_fault
from soptui.domain.actions.moves import change_visit, end_hold
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Case, Closed, Hold, Status
from soptui.domain.events import Event, Resume, Suspend
from soptui.domain.ids import EventId, OfficerId, RoleId
from soptui.domain.message import Message
from soptui.domain.replace import replace
from soptui.domain.sop import Sops


def _suspend_gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    fault = begun_fault(case)
    if fault is None and case.status is Status.SUSPENDED:
        fault = Closed("suspended", Message("The case is suspended already."))
    return fault or owner_or_head_fault(case, by, role)


def _suspend_fits(case: Case, event: Event, details: Suspend) -> Closed | None:
    return words_fault(details.note)


def _suspend_effect(
    case: Case, event_id: EventId, event: Event, details: Suspend, sops: Sops
) -> Case:
    hold = Hold(event.at, None, details.note)
    case = change_visit(case, holds=(*case.visits[-1].holds, hold))
    return replace(case, status=Status.SUSPENDED)


SUSPEND = Rule(Suspend, _suspend_gate, _suspend_effect, fits=_suspend_fits)


def _resume_gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    fault = begun_fault(case)
    if fault is None and case.status is not Status.SUSPENDED:
        fault = Closed("not-suspended", Message("The case is not suspended."))
    return fault or owner_or_head_fault(case, by, role)


def _resume_effect(
    case: Case, event_id: EventId, event: Event, details: Resume, sops: Sops
) -> Case:
    return replace(end_hold(case, event), status=Status.RUNNING)


RESUME = Rule(Resume, _resume_gate, _resume_effect)
