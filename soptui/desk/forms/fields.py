"""What each action asks, before any case is looked at: names, kinds, labels and help of its fields.

`form_for` makes of these the form for the case at hand, with choices and defaults. Commands take
their options from here, so that help and manual need no records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from soptui.desk.words.labels import LABELS, RETURN_LABELS
from soptui.domain.events import Action, AttachmentKind
from soptui.domain.message import N_, Message


class FieldKind(StrEnum):
    """How a field is filled in; the type of its value stands behind it."""

    TEXT = "text"  # str, one line
    LONG_TEXT = "long-text"  # str, several lines
    DATE = "date"  # str, as people write dates
    MOMENT = "moment"  # str, a date with or without a time
    NUMBER = "number"  # str of digits
    CHOICE = "choice"  # str, one of the choices' values
    CHOICES = "choices"  # tuple of str, several of the choices' values
    FILES = "files"  # tuple of str, paths
    DATA = "data"  # str, a line a datum: indicator | unit | target | actual | note


class Side(StrEnum):
    """On which side of today the date of a field lies as a rule."""

    EITHER = "either"
    PAST = "past"
    COMING = "coming"


Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a field's choices: its value, what people read, and its number on a printed list.

    A text as `label` comes from the records and is not translated. Where the field follows
    another, `beside` are the values of that one with which this choice is offered.
    """

    value: str
    label: str | Message
    number: int | None = None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked. `name` is that of the event's field that it fills, if it fills one.

    `help` is a msgid, or empty; `hint` comes from the records and is not translated. `side` is of
    a date, for examples that fit. `follows` names the field whose value decides which of the
    choices are offered, if there is one.
    """

    name: str
    kind: FieldKind
    label: str
    help: str = ""
    required: bool = False
    default: Value = ""
    choices: tuple[Choice, ...] = ()
    file_kind: AttachmentKind = AttachmentKind.SUPPORT
    hint: str = ""
    side: Side = Side.EITHER
    follows: str = ""

    def still_offered(self, value: Value) -> Value:
        """What of a value is among the choices; all of it where there is nothing to choose."""
        if not self.choices:
            return value
        offered = {choice.value for choice in self.choices}
        if isinstance(value, str):
            return value if value in offered else ""
        return tuple(one for one in value if one in offered)


@dataclass(frozen=True, slots=True)
class Form:
    """All that an action asks."""

    action: Action
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of that name, which the form must have."""
        return next(field for field in self.fields if field.name == name)

    def field_beside(self, name: str, values: Mapping[str, Value]) -> Field:
        """The field of that name with the choices that it offers beside these values."""
        field = self.field(name)
        if not field.follows:
            return field
        followed = values.get(field.follows, "")
        choices = tuple(choice for choice in field.choices if followed in choice.beside)
        return replace(field, choices=choices)


_TEXT, _LONG = FieldKind.TEXT, FieldKind.LONG_TEXT
_DATE, _NUMBER = FieldKind.DATE, FieldKind.NUMBER
_CHOICE, _CHOICES, _FILES = FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.FILES


def _asked(
    name: str, kind: FieldKind, told: str = "", *, required: bool = False, side: Side = Side.EITHER
) -> Field:
    """A field of the event, under the label that it has wherever it is shown."""
    return Field(name, kind, LABELS[name], told, required, side=side)


def _why(label: str) -> Field:
    return Field("note", _LONG, label, required=True)


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

BLANK: Mapping[Action, tuple[Field, ...]] = {
    Action.REGISTER: (
        Field("sop", _CHOICE, N_("SOP"), required=True),
        _asked("number", _TEXT, required=True),
        _asked(
            "date", _DATE, N_("Day/month/year as on the letter, or for example kemarin, -3 hari."),
            required=True, side=Side.PAST,
        ),
        _asked(
            "received", FieldKind.MOMENT, N_("Date and time; empty means now."), side=Side.PAST,
        ),
        _asked("sender", _TEXT, required=True),
        _asked("subject", _TEXT, required=True),
        _asked("summary", _LONG),
        _asked("urgency", _CHOICE),
        _asked("security", _CHOICE),
        Field("file", _FILES, N_("Scan of the letter"), file_kind=AttachmentKind.LETTER),
    ),
    Action.RECEIVE: (),
    Action.DISPOSE: (
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
    Action.REQUEST: (_asked("units", _CHOICES, required=True), _NOTE, _DUE, _EVIDENCE),
    Action.SUBMIT: (
        _asked("unit", _CHOICE, required=True),
        _asked(
            "data", FieldKind.DATA, N_("One line each: indicator | unit | target | actual | note"),
        ),
        _EVIDENCE,
        _NOTE,
    ),
    Action.COMPLETE: (
        _asked(
            "requirements", _CHOICES, N_("Tick what is at hand; all are needed."), required=True,
        ),
        Field("output", _FILES, N_("Output"), required=True, file_kind=AttachmentKind.OUTPUT),
        _NOTE,
        _EVIDENCE,
        _asked("early_reason", _LONG, N_("Needed while a section has not answered.")),
        *_UPLOAD,
    ),
    Action.APPROVE: (
        _asked("documents", _CHOICES, N_("What you approve, by its digest."), required=True),
        _NOTE,
        _EVIDENCE,
    ),
    Action.RETURN: (
        Field("to_step", _CHOICE, RETURN_LABELS["to_step"], required=True),
        _asked("reason", _CHOICE, required=True),
        _why(N_("What is to be mended")),
        _EVIDENCE,
    ),
    Action.RECALL: (_NOTE,),
    Action.REASSIGN: (_asked("officer", _CHOICE, required=True), _REASON),
    Action.SUSPEND: (_REASON,),
    Action.RESUME: (_NOTE,),
    Action.ATTACH: (Field("file", _FILES, N_("Files"), required=True), _NOTE),
    Action.NOTE: (_why(LABELS["note"]),),
    Action.CORRECT: (
        Field("event", _CHOICE, N_("Event"), required=True),
        _why(N_("What is wrong, and what is right")),
        Field(
            "output", _FILES, N_("Replaced output"),
            N_("Only for a step that you completed; it voids an approval."),
            file_kind=AttachmentKind.OUTPUT,
        ),
    ),
    Action.ARCHIVE: (
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
    Action.CANCEL: (_REASON,),
    Action.REOPEN: (_asked("to_step", _CHOICE, required=True), _REASON),
    Action.MIGRATE: (
        _asked("sop_version", _CHOICE, required=True),
        _asked(
            "steps", _LONG, N_("Old and new number of each passed step, one pair a line, as 3=4."),
            required=True,
        ),
        _REASON,
    ),
}  # fmt: skip
"""All that an action may ask; the form for a case can ask less."""
