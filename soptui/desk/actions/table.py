"""The one table of what can be done to a case: its names, its key, and what it asks.

Commands, screens, forms, help and manual are made of it; they need no records for that. Whether an
action is open, and why not, is the gate's answer and not kept here; choices and defaults come from
the case at hand, by `soptui.desk.forms.form_for`.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from soptui.desk.actions.fields import Field, FieldKind, Side
from soptui.desk.actions.labels import LABELS, RETURN_LABELS
from soptui.domain.events import Action, AttachmentKind
from soptui.domain.message import N_
from soptui.domain.replace import replace


class ActionInfo(Struct, frozen=True):
    """An action as people meet it. Its texts are msgids; the command's name is the action's own.

    `label` names it and `done` says that it was done; `key` is its key on the case screen.
    `fields` are all that it may ask; the form for a case can ask less. `sheet` heads its form
    where the office has a printed sheet for it. `for_several` says that one form can serve several
    cases at once, because nothing in it is of one case alone. `ends_case` says that the case goes
    on no more after it.
    """

    action: Action
    label: str
    done: str
    key: str
    help: str
    fields: tuple[Field, ...] = ()
    sheet: str = ""
    for_several: bool = False
    ends_case: bool = False


_TEXT, _LONG = FieldKind.TEXT, FieldKind.LONG_TEXT
_DATE, _NUMBER = FieldKind.DATE, FieldKind.NUMBER
_CHOICE, _CHOICES, _FILES = FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.FILES


def _asked(
    name: str,
    kind: FieldKind,
    tip: str = "",
    *,
    required: bool = False,
    side: Side = Side.EITHER,
    blank: str = "",
) -> Field:
    """A field of the event, under the label that it has wherever it is shown."""
    return Field(name, kind, LABELS[name], tip, required, side=side, blank=blank)


def _why(label: str) -> Field:
    return Field("note", _LONG, label, required=True)


_WAY = _asked(
    "way", _CHOICE, N_("The SOP has several ways from here; choose by what was decided."),
    required=True,
)  # fmt: skip
_NOTE = _asked("note", _LONG)
_EVIDENCE = Field("file", _FILES, N_("Files"), N_("Supporting evidence (bukti dukung)."))
_DUE = _asked(
    "due", _DATE, N_("Day/month/year, or for example besok, Jumat, +3 hari kerja."),
    side=Side.COMING,
)  # fmt: skip
_REASON = _why(LABELS["reason"])
_UPLOAD = (
    _asked("application", _TEXT),
    _asked("reference", _TEXT, N_("Receipt number, account and time that the application showed.")),
)

ACTIONS: tuple[ActionInfo, ...] = (
    ActionInfo(
        Action.RECEIVE, N_("Receive"), N_("Received"), "t",
        N_("Take the case in hand; your signature is the receipt, and the clock starts."),
        for_several=True,
    ),
    ActionInfo(
        Action.DISPOSE, N_("Dispose"), N_("Disposed"), "d",
        N_("Fill in the disposition sheet and hand the case on."),
        fields=(
            _WAY,
            _asked(
                "to", _CHOICES,
                N_("The next role of the SOP must be among them; others are informed."),
                required=True,
            ),
            _asked(
                "instructions", _CHOICES, N_("The numbered instructions of the disposition sheet."),
            ),
            _NOTE,
            _DUE,
            _EVIDENCE,
        ),
        for_several=True,
        sheet=N_("DISPOSITION SHEET"),
    ),
    ActionInfo(
        Action.REQUEST, N_("Request data"), N_("Requested data"), "m",
        N_("Ask sections for data; each answers on its own."),
        fields=(_asked("units", _CHOICES, required=True), _NOTE, _DUE, _EVIDENCE),
    ),
    ActionInfo(
        Action.SUBMIT, N_("Submit data"), N_("Submitted data"), "s",
        N_("Answer the request made of your section, with figures and files."),
        fields=(
            _asked("unit", _CHOICE, required=True),
            _asked(
                "data", FieldKind.DATA,
                N_("One line each: indicator | unit | target | actual | note"),
            ),
            _EVIDENCE,
            _NOTE,
        ),
    ),
    ActionInfo(
        Action.COMPLETE, N_("Complete"), N_("Completed"), "l",
        N_("Finish the step: tick what was required, attach its output, hand the case on."),
        fields=(
            _WAY,
            _asked(
                "requirements", _CHOICES, N_("Tick what is at hand; all are needed."),
                required=True,
            ),
            Field("output", _FILES, N_("Output"), required=True, file_kind=AttachmentKind.OUTPUT),
            _NOTE,
            _EVIDENCE,
            _asked("early_reason", _LONG, N_("Needed while a section has not answered.")),
            *_UPLOAD,
        ),
    ),
    ActionInfo(
        Action.APPROVE, N_("Approve"), N_("Approved"), "a",
        N_("Find the document right; its content is fixed by its digest."),
        fields=(
            _WAY,
            _asked("documents", _CHOICES, N_("What you approve, by its digest."), required=True),
            _NOTE,
            _EVIDENCE,
        ),
    ),
    ActionInfo(
        Action.RETURN, N_("Return"), N_("Returned"), "b",
        N_("Send the work back to an earlier step, with a reason."),
        fields=(
            Field("to_step", _CHOICE, RETURN_LABELS["to_step"], required=True),
            _asked("reason", _CHOICE, required=True),
            _why(N_("What is to be mended")),
            _EVIDENCE,
        ),
        sheet=N_("RETURN SHEET"),
    ),
    ActionInfo(
        Action.ARCHIVE, N_("Archive"), N_("Archived"), "p",
        N_("File the case: code, list of contents, place, retention. It can then only be read."),
        fields=(
            _asked("classification", _CHOICE, required=True),
            _asked("file_number", _TEXT, required=True),
            _asked("title", _TEXT, required=True),
            _asked("items", _LONG, N_("One item a line."), required=True),
            _asked("place", _TEXT, N_("Cabinet and folder, or where it is kept."), required=True),
            _asked("active_years", _NUMBER, required=True),
            _asked("inactive_years", _NUMBER, required=True),
            _asked("fate", _CHOICE, required=True),
            _NOTE,
            *_UPLOAD,
            _EVIDENCE,
        ),
        sheet=N_("FILING"),
        ends_case=True,
    ),
    ActionInfo(
        Action.NOTE, N_("Note"), N_("Noted"), "c",
        N_("Write a comment that everybody can read."),
        fields=(_why(LABELS["note"]),),
    ),
    ActionInfo(
        Action.ATTACH, N_("Attach"), N_("Attached"), "i",
        N_("Add files as supporting evidence."),
        fields=(Field("file", _FILES, N_("Files"), required=True), _NOTE),
    ),
    ActionInfo(
        Action.CORRECT, N_("Correct"), N_("Corrected"), "o",
        N_("Say what is wrong in an earlier event; the event itself stays."),
        fields=(
            Field("event", _CHOICE, N_("Event"), required=True),
            _why(N_("What is wrong, and what is right")),
            Field(
                "output", _FILES, N_("Replaced output"),
                N_("Only for a step that you completed; it voids an approval."),
                file_kind=AttachmentKind.OUTPUT,
            ),
        ),
    ),
    ActionInfo(
        Action.RECALL, N_("Recall"), N_("Recalled"), "z",
        N_("Take your hand-over back while nobody has received it."),
        fields=(_NOTE,),
    ),
    ActionInfo(
        Action.REASSIGN, N_("Reassign"), N_("Reassigned"), "h",
        N_("Hand the step to another holder of its role."),
        fields=(_asked("officer", _CHOICE, required=True), _REASON),
    ),
    ActionInfo(
        Action.SUSPEND, N_("Suspend"), N_("Suspended"), "u",
        N_("Stop the clock, with a reason."),
        fields=(_REASON,),
    ),
    ActionInfo(
        Action.RESUME, N_("Resume"), N_("Resumed"), "e",
        N_("Let the clock run again."),
        fields=(_NOTE,),
    ),
    ActionInfo(
        Action.CANCEL, N_("Cancel the case"), N_("Cancelled"), "X",
        N_("End the case without result, with a reason."),
        fields=(_REASON,),
        ends_case=True,
    ),
    ActionInfo(
        Action.REOPEN, N_("Reopen"), N_("Reopened"), "R",
        N_("Take a closed case up again at one of its steps."),
        fields=(_asked("to_step", _CHOICE, required=True), _REASON),
    ),
    ActionInfo(
        Action.MIGRATE, N_("Migrate"), N_("Migrated"), "G",
        N_("Move the case to another version of its SOP."),
        fields=(
            _asked("sop_version", _CHOICE, required=True),
            _asked(
                "steps", _LONG,
                N_("Old and new number of each passed step, one pair a line, as 3=4."),
                required=True,
            ),
            _REASON,
        ),
    ),
    ActionInfo(
        Action.REGISTER, N_("Register a letter"), N_("Registered"), "n",
        N_("Record an incoming letter and open its case."),
        fields=(
            Field("sop", _CHOICE, N_("SOP"), required=True),
            _asked("number", _TEXT, required=True),
            _asked(
                "date", _DATE,
                N_("Day/month/year as on the letter, or for example kemarin, -3 hari."),
                required=True, side=Side.PAST,
            ),
            _asked("sender", _TEXT, required=True),
            _asked("subject", _TEXT, required=True),
            _asked("summary", _LONG),
            _asked("urgency", _CHOICE),
            _asked("security", _CHOICE),
            _asked(
                "received", FieldKind.MOMENT, N_("Date and time; empty means now."),
                side=Side.PAST, blank=N_("now"),
            ),
            Field("file", _FILES, N_("Scan of the letter"), file_kind=AttachmentKind.LETTER),
        ),
    ),
)  # fmt: skip
"""In the order in which menus list them."""

_REVIEW_HELP = N_("Look the document over and initial it; only an approval fixes its content.")

_BY_ACTION: Mapping[Action, ActionInfo] = {info.action: info for info in ACTIONS}
_REVIEW = replace(
    _BY_ACTION[Action.APPROVE], label=N_("Review"), done=N_("Reviewed"), help=_REVIEW_HELP
)


def info_of(action: Action, *, is_review: bool = False) -> ActionInfo:
    """What the table says of an action.

    An approval at a step that only reviews is called so: its signature is a *paraf*.
    """
    return _REVIEW if is_review else _BY_ACTION[action]


FOR_SEVERAL = tuple(info.action for info in ACTIONS if info.for_several)
"""What can be done to several cases at once."""
