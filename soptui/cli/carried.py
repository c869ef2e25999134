"""What an event carries, in words: the labels of the forms and the values as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from soptui.desk.words import FATE, SECURITY, URGENCY
from soptui.domain.events import Datum, Event, Letter
from soptui.domain.message import N_
from soptui.locale import _, day, moment

if TYPE_CHECKING:
    from soptui.desk.desk import Desk

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
    "event": N_("Event"),
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


def carried(desk: Desk, event: Event) -> Iterator[tuple[str, str]]:
    """Label and value of everything that the event's details hold."""
    yield from _of(desk, event, event.details)


def _of(desk: Desk, event: Event, details: Any) -> Iterator[tuple[str, str]]:
    for field in fields(details):
        value = getattr(details, field.name)
        if isinstance(value, Letter):
            yield from _of(desk, event, value)
        elif field.name in _LABELS and value not in ("", (), None):
            yield _(_LABELS[field.name]), _shown(desk, field.name, value)


def _shown(desk: Desk, name: str, value: Any) -> str:
    from soptui.cli.words import role_title
    from soptui.desk.words import step_label

    if name in _WORDS:
        return _(_WORDS[name][value])
    if name == "to_step":
        return step_label(value)
    if name == "reason":
        reasons = (sop.reason(value) for sop in desk.sops())
        return next((reason.text for reason in reasons if reason), str(value))
    if name in ("documents", "event"):
        digests = (value,) if isinstance(value, str) else value
        return ", ".join(digest[:_DIGEST_SHOWN] for digest in digests)
    match value:
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case tuple():
            return _several(desk, name, value, role_title)
    return str(value)


def _several(desk: Desk, name: str, values: tuple[Any, ...], role_title: Any) -> str:
    if name == "to":
        return ", ".join(role_title(desk, role) for role in values)
    if name == "instructions":
        known = {line.code: line.text for line in desk.office.instructions}
        return "; ".join(known.get(code, code) for code in values)
    if name == "steps":
        return ", ".join(f"{old}={new}" for old, new in values)
    if all(isinstance(one, Datum) for one in values):
        return "\n".join(
            " | ".join((one.indicator, one.unit, one.target, one.actual, one.note)).rstrip(" |")
            for one in values
        )
    return ", ".join(values) if name == "units" else "\n".join(map(str, values))
