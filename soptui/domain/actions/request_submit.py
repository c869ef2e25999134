"""`request` and `submit`: the owner of a collecting step asks sections for data; they answer."""

from __future__ import annotations

from datetime import date

from soptui.domain.actions.contents import due_fault
from soptui.domain.actions.guards import owner_fault, running_fault, step_fault
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Case, Closed, SectionRequest
from soptui.domain.events import AttachmentKind, Event, Request, Submit
from soptui.domain.ids import NO_ROLE, EventId, OfficerId, RoleId
from soptui.domain.message import Message
from soptui.domain.office import Registry
from soptui.domain.replace import replace
from soptui.domain.sop import Sops

_FILES = frozenset({AttachmentKind.SUPPORT})


def _request_gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    return running_fault(case) or step_fault(case, Request.action) or owner_fault(case, by, role)


def _request_fits(case: Case, event: Event, details: Request) -> Closed | None:
    asked = {request.unit for request in case.open_requests}
    if case.sop.asked_role(case.step) is None:
        return Closed("nobody-to-ask", Message("At this step the SOP has no sections to ask."))
    if not details.units or "" in details.units or len(set(details.units)) != len(details.units):
        return Closed("no-section", Message("Name each section to be asked once."), field="units")
    for unit in details.units:
        if unit in asked:
            return Closed(
                "asked-already",
                Message("The section {unit} still owes an answer.", unit=unit),
                units=(unit,),
                field="units",
            )
    return due_fault(details.due, event.at.date())


def _request_parties(registry: Registry, case: Case, details: Request, day: date) -> Closed | None:
    asked = case.sop.asked_role(case.step) or NO_ROLE
    for unit in details.units:
        section = registry.office.unit(unit)
        if section is None:
            return Closed(
                "unknown-section", Message("The office's list has no section {unit}.", unit=unit)
            )
        if section.withdrawn:
            return Closed(
                "withdrawn-section",
                Message("The office has no section {unit} any more.", unit=unit),
                units=(unit,),
            )
        if next(registry.holders(asked, day, unit=unit), None) is None:
            return Closed(
                "empty-section",
                Message("No officer holds a post in the section {unit}.", unit=unit),
                units=(unit,),
            )
    return None


def _request_effect(
    case: Case, event_id: EventId, event: Event, details: Request, sops: Sops
) -> Case:
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


REQUEST = Rule(
    Request, _request_gate, _request_effect,
    fits=_request_fits, parties=_request_parties, files=_FILES,
    units=lambda details: frozenset(details.units),
)  # fmt: skip


def _submit_gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    fault = running_fault(case)
    if fault:
        return fault
    open_units = tuple(request.unit for request in case.open_requests)
    if not open_units:
        return Closed("no-request", Message("No request for data is open in this case."))
    if role != case.sop.asked_role(case.step):
        return Closed(
            "not-asked",
            Message("Only the sections that were asked can submit data."),
            units=open_units,
        )
    return None


def _submit_fits(case: Case, event: Event, details: Submit) -> Closed | None:
    if details.unit not in {request.unit for request in case.open_requests}:
        return Closed(
            "not-asked",
            Message("The section {unit} has no open request.", unit=details.unit),
            units=tuple(request.unit for request in case.open_requests),
        )
    if not (details.note or details.data or event.attachments):
        return Closed("nothing-submitted", Message("Submit data, a file or a note."), field="data")
    if any(not datum.indicator for datum in details.data):
        return Closed(
            "datum-without-indicator",
            Message("Each line of data needs its indicator."),
            field="data",
        )
    return None


def _submit_effect(
    case: Case, event_id: EventId, event: Event, details: Submit, sops: Sops
) -> Case:
    return replace(
        case,
        requests=tuple(
            replace(request, answered=event.at, answered_by=event.by, answer=event_id)
            if request.is_open and request.unit == details.unit
            else request
            for request in case.requests
        ),
    )


SUBMIT = Rule(
    Submit, _submit_gate, _submit_effect,
    fits=_submit_fits, files=_FILES, units=lambda details: frozenset({details.unit}),
)  # fmt: skip
