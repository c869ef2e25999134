"""`cancel` and `reopen`: the head ends a case without result, or takes a closed one up again."""

from __future__ import annotations

from soptui.domain.actions.contents import passed_fault, words_fault
from soptui.domain.actions.guards import begun_fault, role_fault
from soptui.domain.actions.moves import close_visit, go_back, withdraw_requests
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Case, Closed, Status
from soptui.domain.events import Cancel, Event, Reopen
from soptui.domain.ids import EventId, OfficerId, RoleId
from soptui.domain.message import Message
from soptui.domain.replace import replace
from soptui.domain.sop import Sops


def _cancel_gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    return begun_fault(case) or role_fault(role, case.sop.head)


def _cancel_fits(case: Case, event: Event, details: Cancel) -> Closed | None:
    return words_fault(details.note)


def _cancel_effect(
    case: Case, event_id: EventId, event: Event, details: Cancel, sops: Sops
) -> Case:
    return replace(withdraw_requests(close_visit(case, event)), status=Status.CANCELLED)


CANCEL = Rule(Cancel, _cancel_gate, _cancel_effect, fits=_cancel_fits)


def _reopen_gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    if case.status is Status.NEW:
        return begun_fault(case)
    if not case.status.is_closed:
        return Closed("not-closed", Message("The case is not closed."))
    return role_fault(role, case.sop.head)


def _reopen_fits(case: Case, event: Event, details: Reopen) -> Closed | None:
    return passed_fault(case, details.to_step) or words_fault(details.note)


def _reopen_effect(
    case: Case, event_id: EventId, event: Event, details: Reopen, sops: Sops
) -> Case:
    case = replace(case, status=Status.RUNNING, archive=None)
    return go_back(case, event_id, event, details.to_step)


REOPEN = Rule(Reopen, _reopen_gate, _reopen_effect, fits=_reopen_fits)
