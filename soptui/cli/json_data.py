"""Records as JSON: stable keys in English, values as they stand in the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from soptui.desk.history.log import LogLine
    from soptui.desk.views import CaseView
    from soptui.domain.case_list import CaseRow
    from soptui.domain.events import Attachment, Event
    from soptui.domain.office import Officer


def case_data(row: CaseRow) -> dict[str, Any]:
    """A case in a list."""
    return {
        "case": row.id,
        "agenda": row.agenda or None,
        "sop": row.sop,
        "version": row.version,
        "status": row.status,
        "step": row.step,
        "round": row.round,
        "state": row.state,
        "role": row.role,
        "owner": row.owner or row.assignee,
        "letter_number": row.letter_number,
        "letter_date": row.letter_date,
        "letter_received": row.letter_received,
        "letter_sender": row.letter_sender,
        "subject": row.subject,
        "urgency": row.urgency,
        "security": row.security,
        "corrected": row.corrected,
        "migrated": row.migrated,
        "sent": row.sent,
        "received": row.received,
        "deadline": row.deadline,
        "registered": row.registered,
        "closed": row.closed,
        "returns": row.returns,
        "events": row.events,
        "last_by": row.last_by,
        "last_at": row.last_at,
    }


def attachment_data(file: Attachment) -> dict[str, Any]:
    """An attached file."""
    return {"name": file.name, "kind": file.kind, "size": file.size, "sha256": file.sha256}


def details_data(event: Event) -> dict[str, Any]:
    """What an event carries beyond its envelope."""
    details = event.details
    return {name: _as_tables(getattr(details, name)) for name in details.__struct_fields__}


def view_data(view: CaseView) -> dict[str, Any]:
    """A case as one officer sees it."""
    case, letter = view.case, view.case.letter
    return {
        "case": case.id,
        "agenda": view.agenda_number,
        "agenda_provisional": view.agenda_is_provisional,
        "twins": [one for one in view.twins if one != case.id],
        "sop": case.sop.id,
        "version": case.sop.version,
        "status": case.status,
        "step": case.step.number,
        "letter": None if letter is None else _as_tables(letter),
        "deadline": view.deadline,
        "steps": [
            {
                "step": row.step.number,
                "activity": row.step.activity,
                "actor": row.step.actor,
                "norm": row.step.norm_printed,
                "state": row.state,
                "current": row.is_current,
                "visits": [
                    {
                        "round": stay.visit.round,
                        "sent": stay.visit.sent,
                        "received": stay.visit.received,
                        "closed": stay.visit.closed,
                        "owner": stay.visit.owner or stay.visit.assignee,
                        "outcome": stay.visit.outcome,
                        "waited_seconds": stay.timing.waited,
                        "worked": stay.timing.worked,
                        "norm_unit": stay.timing.norm.unit if stay.timing.norm else None,
                        "deadline": stay.timing.deadline,
                        "timeliness": stay.timing.state,
                    }
                    for stay in row.stays
                ],
            }
            for row in view.steps
        ],
        "requests": [_as_tables(request) for request in case.requests],
        "informed": list(case.informed),
        "approvals": [_as_tables(approval) for approval in case.approvals],
        "archive": None if case.archive is None else _as_tables(case.archive),
        "attachments": [
            attachment_data(file) | {"event": entry.id} for file, entry in view.attachments
        ],
        "open": [one.action for one in view.openings if one.is_open],
        "closed": [
            {
                "action": one.action,
                "code": one.closed.code,
                "reason": one.closed.reason,
                "roles": list(one.closed.roles),
                "officers": list(one.closed.officers),
                "units": list(one.closed.units),
            }
            for one in view.openings
            if one.closed is not None
        ],
        "missing_years": list(view.missing_years),
    }


def log_data(line: LogLine) -> dict[str, Any]:
    """A line of a case's history."""
    event, closed = line.entry.event, line.entry.closed
    return {
        "event": line.entry.id,
        "action": event.action,
        "step": event.step,
        "round": event.round,
        "by": event.by,
        "role": event.role,
        "capacity": event.capacity,
        "at": event.at,
        "details": details_data(event),
        "attachments": [attachment_data(file) for file in event.attachments],
        "effective": line.entry.effective,
        "why_not": None if closed is None else {"code": closed.code, "reason": closed.reason},
        "commit": line.commit,
        "signer": line.signer,
        "fingerprint": line.fingerprint,
        "key_revoked": line.is_revoked,
        "needs_review": line.needs_review,
    }


def officer_data(officer: Officer) -> dict[str, Any]:
    """A person, with all posts and keys they ever had."""
    from soptui.desk.keys import fingerprint_of

    return {
        "id": officer.id,
        "name": officer.name,
        "mail": officer.mail,
        "nip": officer.nip,
        "rank": officer.rank,
        "posts": [_as_tables(post) for post in officer.posts],
        "keys": [
            _as_tables(key) | {"fingerprint": fingerprint_of(key.public)} for key in officer.keys
        ],
    }


def _as_tables(value: Any) -> Any:
    """Records as tables, tuples as lists; the rest as it is."""
    if isinstance(value, Struct):
        return {name: _as_tables(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple):
        return [_as_tables(one) for one in value]
    return value
