"""`register`: the role that opens the SOP records the letter; also puts it right when returned."""

from __future__ import annotations

from datetime import date, datetime

from soptui.domain.actions.guards import owner_fault, role_fault, running_fault, step_fault
from soptui.domain.actions.moves import hand_over
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Case, Closed, Status, Visit
from soptui.domain.events import AttachmentKind, Event, Register
from soptui.domain.ids import EventId, OfficerId, RoleId
from soptui.domain.message import Message
from soptui.domain.office import Office, Registry
from soptui.domain.replace import replace
from soptui.domain.sop import REGISTRATION, Sop, Sops


def _gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    if case.status is Status.NEW:
        return role_fault(role, case.sop.registration.actor)
    if case.step.number != REGISTRATION or case.status.is_closed:
        return Closed("registered", Message("The letter is registered already."))
    return running_fault(case) or step_fault(case, Register.action) or owner_fault(case, by, role)


def _fits(case: Case, event: Event, details: Register) -> Closed | None:
    letter = details.letter
    if not (letter.number and letter.sender and letter.subject):
        return Closed(
            "letter-incomplete", Message("The letter needs its number, its sender and its subject.")
        )
    return receipt_fault(letter.date, letter.received, event.at)


def receipt_fault(written: date, received: datetime, now: datetime) -> Closed | None:
    """Why a letter of that date cannot have been received then; None when it can."""
    if received.date() < written:
        return Closed(
            "received-before-letter",
            Message("The letter cannot be received before its own date; correct one of the two."),
            field="received",
        )
    if received > now:
        return Closed(
            "received-in-future",
            Message("The letter cannot be received in the future; give the time at which it came."),
            field="received",
        )
    return None


def _effect(case: Case, event_id: EventId, event: Event, details: Register, sops: Sops) -> Case:
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
    return hand_over(replace(case, letter=details.letter), event_id, event)


def _parties(registry: Registry, case: Case, details: Register, day: date) -> Closed | None:
    return sop_withdrawn(registry.office, case.sop) if case.status is Status.NEW else None


def sop_withdrawn(office: Office, sop: Sop) -> Closed | None:
    """Why no case begins under an SOP; None while it is in force."""
    if sop.id not in office.withdrawn_sops:
        return None
    return Closed(
        "sop-withdrawn",
        Message(
            "The SOP {title} ({id}) is withdrawn: no case begins under it any more. Those that "
            "run go on.",
            title=sop.identity.title,
            id=sop.id,
        ),
    )


REGISTER = Rule(
    Register, _gate, _effect,
    fits=_fits, parties=_parties, files=frozenset({AttachmentKind.LETTER}),
)  # fmt: skip
