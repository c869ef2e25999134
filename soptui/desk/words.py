"""What the office calls things, for screens, commands and forms alike: msgids by their value.

The words are those of the glossary (`domain.md` 10); whoever shows one translates it.
"""

from __future__ import annotations

from collections.abc import Mapping

from soptui.domain.case import Status, StepState
from soptui.domain.events import AttachmentKind, Security, Urgency
from soptui.domain.message import N_
from soptui.domain.worktime import TimeState

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

LEFT_OUT = N_("The rest is left out here. Save the file to read on.")
"""Under the text of a long attachment."""

FILE_KIND: Mapping[str, str] = {
    AttachmentKind.LETTER: N_("Letter"),
    AttachmentKind.OUTPUT: N_("Output"),
    AttachmentKind.SUPPORT: N_("Evidence"),
}
"""What a file is to its case."""


def step_label(number: int) -> str:
    """A step as the SOP's table counts it; the registration is 1a, a sub-step of row 1."""
    return str(number) if number else "1a"
