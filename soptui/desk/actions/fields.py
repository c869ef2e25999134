"""What a form is made of: its fields, their kinds, and the choices that they offer.

What each action asks stands in the table beside this, before any case is looked at; `form_for`
makes of it the form for the case at hand, with choices and defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from soptui.domain.events import Action, AttachmentKind
from soptui.domain.message import Message
from soptui.domain.replace import replace


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


class Choice(Struct, frozen=True):
    """One of a field's choices: its value, what people read, and its number on a printed list.

    A text as `label` comes from the records and is not translated. Where the field follows
    another, `beside` are the values of that one with which this choice is offered. `gives` are
    names and values of other fields that go with this choice, until somebody changes them.
    """

    value: str
    label: str | Message
    number: int | None = None
    beside: tuple[str, ...] = ()
    gives: tuple[tuple[str, str | tuple[str, ...]], ...] = ()


def number_of(choice: Choice, place: int) -> str:
    """What is typed for a choice: its printed number, a value that is one, or its place from 0."""
    if choice.number is not None:
        return str(choice.number)
    return choice.value if choice.value.isdigit() else str(place + 1)


class Field(Struct, frozen=True):
    """One thing asked. `name` is that of the event's field that it fills, if it fills one.

    `help` is a msgid, or empty; so is `blank`, which says what the field stands for while it is
    empty. `hint` comes from the records and is not translated. `side` is of a date, for examples
    that fit. `follows` names the field whose value decides which of the choices are offered, if
    there is one.
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
    blank: str = ""

    @property
    def fills(self) -> str:
        """The name of what it fills in the event."""
        return "attachments" if self.kind is FieldKind.FILES else self.name

    def takes_files_of(self, kind: AttachmentKind) -> bool:
        """Whether files of that kind are named here."""
        return self.kind is FieldKind.FILES and self.file_kind is kind

    def still_offered(self, value: Value) -> Value:
        """What of a value is among the choices; all of it where there is nothing to choose."""
        if not self.choices:
            return value
        offered = {choice.value for choice in self.choices}
        if isinstance(value, str):
            return value if value in offered else ""
        return tuple(one for one in value if one in offered)


class Form(Struct, frozen=True):
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
