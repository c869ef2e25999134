"""What an event carries, in words: the labels of the forms and the values as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from soptui.desk.words.terms import FATE, SECURITY, URGENCY, step_label
from soptui.domain.case import Case
from soptui.domain.events import Datum, Event, Letter, Return
from soptui.domain.message import N_
from soptui.domain.office import Registry
from soptui.locale import _, day, moment

_LABELS = {
    "number": N_("Letter number"),
    "date": N_("Letter date"),
    "received": N_("Received"),
    "sender": N_("Letter from"),
    "subject": N_("Subject"),
    "summary": N_("Summary"),
    "urgency": N_("Urgency"),
    "security": N_("Security class"),
    "to": N_("Forwarded to"),
    "instructions": N_("Please kindly"),
    "note": N_("Note"),
    "due": N_("Due date"),
    "units": N_("Sections"),
    "unit": N_("Section"),
    "data": N_("Data"),
    "requirements": N_("Requirements"),
    "application": N_("Application"),
    "reference": N_("Proof of upload"),
    "early_reason": N_("Reason to close early"),
    "documents": N_("Documents"),
    "to_step": N_("At step"),
    "reason": N_("Reason"),
    "officer": N_("Officer"),
    "event": N_("Corrects"),
    "classification": N_("Classification code"),
    "file_number": N_("File number"),
    "title": N_("File title"),
    "items": N_("File list"),
    "place": N_("Place"),
    "active_years": N_("Active retention, years"),
    "inactive_years": N_("Inactive retention, years"),
    "fate": N_("Final fate"),
    "sop_version": N_("Version"),
    "steps": N_("Steps"),
}
"""The label of each field of an event's details; a field that is not here is not for people."""

_WORDS = {"urgency": URGENCY, "security": SECURITY, "fate": FATE}
_DIGEST_SHOWN = 12


def carried(case: Case, event: Event, registry: Registry) -> Iterator[tuple[str, str]]:
    """Label and value of everything that an event of the case carries beyond its envelope.

    In the reader's language; what is empty is left out, and a value may have several lines.
    """
    yield from _of(case, registry, event.details)


def told_corrections(case: Case, registry: Registry) -> Iterator[str]:
    """What is corrected in the letter, by whom and when, in the reader's language."""
    for entry in case.letter_corrections:
        event = entry.event
        officer = registry.officers.get(event.by)
        note = dict(carried(case, event, registry)).get(_(_LABELS["note"]), "")
        yield " · ".join((note, officer.name if officer else event.by, moment(event.at)))


def _of(case: Case, registry: Registry, details: Any) -> Iterator[tuple[str, str]]:
    for field in fields(details):
        value = getattr(details, field.name)
        if isinstance(value, Letter):
            yield from _of(case, registry, value)
        elif field.name in _LABELS and value not in ("", (), None):
            goes_back = isinstance(details, Return) and field.name == "to_step"
            label = _("Back to") if goes_back else _(_LABELS[field.name])
            yield label, _shown(case, registry, field.name, value)


def _shown(case: Case, registry: Registry, name: str, value: Any) -> str:
    words = _WORDS.get(name, {})
    if value in words:
        return _(words[value])
    match name:
        case "to_step":
            return step_label(value)
        case "reason":
            reason = case.sop.reason(value)
            return reason.text if reason else str(value)
        case "unit":
            return registry.office.unit_title(value)
        case "officer":
            officer = registry.officers.get(value)
            return officer.name if officer else str(value)
        case "event":
            return _corrected(case, value)
    match value:
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case tuple():
            return _several(case, registry, name, value)
    return str(value)


def _several(case: Case, registry: Registry, name: str, values: tuple[Any, ...]) -> str:
    match name:
        case "to":
            roles = (case.sop.role(role) for role in values)
            return ", ".join(
                role.title if role else id_ for role, id_ in zip(roles, values, strict=True)
            )
        case "units":
            return ", ".join(map(registry.office.unit_title, values))
        case "instructions":
            return "; ".join(_instruction(registry, code) for code in values)
        case "documents":
            return ", ".join(digest[:_DIGEST_SHOWN] for digest in values)
        case "steps":
            return ", ".join(f"{step_label(old)} → {step_label(new)}" for old, new in values)
    return "\n".join(_datum(one) if isinstance(one, Datum) else str(one) for one in values)


def _datum(datum: Datum) -> str:
    parts = (datum.indicator, datum.unit, datum.target, datum.actual, datum.note)
    return " | ".join(parts).rstrip(" |")


def _instruction(registry: Registry, code: str) -> str:
    found = registry.office.instruction(code)
    return f"{found.number}. {found.text}" if found else code


def _corrected(case: Case, event_id: str) -> str:
    """What was done and when, of the event that is corrected; its id where the case lacks it."""
    from soptui.desk.actions import info_of

    entry = case.entry(event_id)
    if entry is None:
        return event_id[:_DIGEST_SHOWN]
    return f"{_(info_of(entry.event.action).label)} · {moment(entry.event.at)}"
