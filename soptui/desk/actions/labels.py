"""What people call the fields of an event: in forms, in the trail, of a case and on its sheets."""

from __future__ import annotations

from collections.abc import Mapping

from soptui.domain.events import Details, Return
from soptui.domain.message import N_

LABELS: Mapping[str, str] = {
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
    "way": N_("How it goes on"),
    "sop_version": N_("Version"),
    "steps": N_("Steps"),
}
"""Msgids by the name of the field; a field that is not here is not for people."""

RETURN_LABELS: Mapping[str, str] = {**LABELS, "to_step": N_("Back to")}
"""The labels of a return, which names the step to which work goes back."""

DATUM_LABELS: Mapping[str, str] = {
    "indicator": N_("Indicator"),
    "unit": N_("Unit"),
    "target": N_("Target"),
    "actual": N_("Actual"),
    "note": N_("Note"),
}
"""Msgids of the columns of a line of data."""


def labels_of(details: Details) -> Mapping[str, str]:
    """The labels of what an event carries, as msgids by the name of the field."""
    return RETURN_LABELS if isinstance(details, Return) else LABELS
