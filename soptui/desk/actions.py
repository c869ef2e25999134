"""The one table of what can be done to a case: its name for commands, screens, help and manual.

Whether an action is open, and why not, is the gate's answer and not kept here.
"""

from __future__ import annotations

from dataclasses import dataclass

from soptui.domain.events import Action
from soptui.domain.message import N_


@dataclass(frozen=True, slots=True)
class ActionInfo:
    """An action as people meet it: msgids of its label and help, and its key on the case screen.

    The command's name is the action's own.
    """

    action: Action
    label: str
    help: str
    key: str


ACTIONS: tuple[ActionInfo, ...] = (
    ActionInfo(
        Action.RECEIVE, N_("Receive"),
        N_("Take the case in hand; your signature is the receipt, and the clock starts."), "t",
    ),
    ActionInfo(
        Action.DISPOSE, N_("Dispose"),
        N_("Fill in the disposition sheet and hand the case on."), "d",
    ),
    ActionInfo(
        Action.REQUEST, N_("Request data"),
        N_("Ask sections for data; each answers on its own."), "m",
    ),
    ActionInfo(
        Action.SUBMIT, N_("Submit data"),
        N_("Answer the request made of your section, with figures and files."), "s",
    ),
    ActionInfo(
        Action.COMPLETE, N_("Complete"),
        N_("Finish the step: tick what was required, attach its output, hand the case on."), "l",
    ),
    ActionInfo(
        Action.APPROVE, N_("Approve"),
        N_("Find the document right; its content is fixed by its digest."), "a",
    ),
    ActionInfo(
        Action.RETURN, N_("Return"),
        N_("Send the work back to an earlier step, with a reason."), "b",
    ),
    ActionInfo(
        Action.ARCHIVE, N_("Archive"),
        N_("File the case: code, list of contents, place, retention. It can then only be read."),
        "p",
    ),
    ActionInfo(
        Action.NOTE, N_("Note"), N_("Write a comment that everybody can read."), "c",
    ),
    ActionInfo(
        Action.ATTACH, N_("Attach"), N_("Add files as supporting evidence."), "i",
    ),
    ActionInfo(
        Action.CORRECT, N_("Correct"),
        N_("Say what is wrong in an earlier event; the event itself stays."), "o",
    ),
    ActionInfo(
        Action.RECALL, N_("Recall"),
        N_("Take your hand-over back while nobody has received it."), "z",
    ),
    ActionInfo(
        Action.REASSIGN, N_("Reassign"),
        N_("Hand the step to another holder of its role."), "h",
    ),
    ActionInfo(
        Action.SUSPEND, N_("Suspend"), N_("Stop the clock, with a reason."), "u",
    ),
    ActionInfo(
        Action.RESUME, N_("Resume"), N_("Let the clock run again."), "e",
    ),
    ActionInfo(
        Action.CANCEL, N_("Cancel the case"),
        N_("End the case without result, with a reason."), "X",
    ),
    ActionInfo(
        Action.REOPEN, N_("Reopen"),
        N_("Take a closed case up again at one of its steps."), "R",
    ),
    ActionInfo(
        Action.MIGRATE, N_("Migrate"),
        N_("Move the case to another version of its SOP."), "G",
    ),
    ActionInfo(
        Action.REGISTER, N_("Register a letter"),
        N_("Record an incoming letter and open its case."), "n",
    ),
)  # fmt: skip
"""In the order in which menus list them."""

_BY_ACTION = {info.action: info for info in ACTIONS}


def info_of(action: Action) -> ActionInfo:
    """What the table says of an action."""
    return _BY_ACTION[action]


FOR_SEVERAL = (Action.RECEIVE, Action.DISPOSE)
"""What can be done to several cases at once, because nothing in it is of one case alone."""


DONE = {
    Action.REGISTER: N_("Registered"),
    Action.RECEIVE: N_("Received"),
    Action.DISPOSE: N_("Disposed"),
    Action.REQUEST: N_("Requested data"),
    Action.SUBMIT: N_("Submitted data"),
    Action.COMPLETE: N_("Completed"),
    Action.APPROVE: N_("Approved"),
    Action.RETURN: N_("Returned"),
    Action.RECALL: N_("Recalled"),
    Action.REASSIGN: N_("Reassigned"),
    Action.SUSPEND: N_("Suspended"),
    Action.RESUME: N_("Resumed"),
    Action.ATTACH: N_("Attached"),
    Action.NOTE: N_("Noted"),
    Action.CORRECT: N_("Corrected"),
    Action.ARCHIVE: N_("Archived"),
    Action.CANCEL: N_("Cancelled"),
    Action.REOPEN: N_("Reopened"),
    Action.MIGRATE: N_("Migrated"),
}
