"""What the office calls things, for screens, commands and forms alike: msgids by their value.

The words are those of the glossary (`domain.md` 10); whoever shows one translates it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from soptui.domain.case import Status, StepState
from soptui.domain.events import AttachmentKind, Security, Urgency
from soptui.domain.message import N_
from soptui.domain.sop import FIELD_LABELS, FILING, REGISTRATION
from soptui.domain.time.worktime import TimeState

if TYPE_CHECKING:
    from soptui.desk.views import CaseView

STATUS: Mapping[str, str] = {
    Status.NEW: N_("Draft"),
    Status.RUNNING: N_("Running"),
    Status.SUSPENDED: N_("Suspended"),
    Status.DONE: N_("Finished"),
    Status.CANCELLED: N_("Cancelled"),
}
"""How a case stands as a whole."""

STEP_STATE: Mapping[str, str] = {
    StepState.NOT_STARTED: N_("Not begun"),
    StepState.TO_RECEIVE: N_("To be received"),
    StepState.IN_WORK: N_("In work"),
    StepState.RETURNED: N_("Returned"),
    StepState.DONE: N_("Done"),
}
"""How a step stands."""

TIME_STATE: Mapping[str, str] = {
    TimeState.ON_TIME: N_("On time"),
    TimeState.DUE_SOON: N_("Due soon"),
    TimeState.LATE: N_("Late"),
}
"""How a stay stands against its norm."""

URGENCY: Mapping[str, str] = {
    Urgency.ORDINARY: N_("Ordinary"),
    Urgency.URGENT: N_("Urgent"),
    Urgency.MOST_URGENT: N_("Most urgent"),
}

SECURITY: Mapping[str, str] = {
    Security.OPEN: N_("Open (B)"),
    Security.LIMITED: N_("Limited (T)"),
    Security.SECRET: N_("Secret (R)"),
    Security.TOP_SECRET: N_("Top secret (SR)"),
}

FATE: Mapping[str, str] = {"permanen": N_("Permanent"), "musnah": N_("Destroy")}
"""What becomes of an archived file at the end of its retention."""

SEVERITY: Mapping[str, str] = {
    "error": N_("error"),
    "warning": N_("warning"),
    "info": N_("to confirm"),
}
"""How much it matters what a verification or a check of an SOP finds."""

LEFT_OUT = N_("The rest is left out here. Save the file to read on.")
"""Under the text of a long attachment."""

FILE_KIND: Mapping[str, str] = {
    AttachmentKind.LETTER: N_("Letter"),
    AttachmentKind.OUTPUT: N_("Output"),
    AttachmentKind.SUPPORT: N_("Evidence"),
}
"""What a file is to its case."""


_PLACES = {REGISTRATION: "1a", FILING: "A"}


def step_label(number: int) -> str:
    """A step as the SOP's table counts it.

    The registration is 1a, a sub-step of row 1; A is the filing behind the last row.
    """
    return _PLACES.get(number, str(number))


def state_label(state: StepState | str, step: int) -> str:
    """How a case stands at a step, in the reader's language: in the filing, that it is through."""
    from soptui.locale import _

    if step == FILING and state in (StepState.TO_RECEIVE, StepState.IN_WORK):
        return _("Finished, not yet filed")
    return _(STEP_STATE[state])


def sop_field(field: str) -> str:
    """A field of an SOP as people call it, in the reader's language; else by its own name."""
    from soptui.locale import _

    return _(FIELD_LABELS[field]) if field in FIELD_LABELS else field


def agenda_number(view: CaseView) -> str:
    """A case's number in the mail register with its year, and whether that may still change."""
    from soptui.locale import _

    number = f"{view.agenda_number or '-'}/{view.case.year}"
    if view.agenda_is_provisional:
        return _("{number} (provisional until shared)", number=number)
    return number
