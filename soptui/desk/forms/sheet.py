"""What is filled in so far: values, what they are understood as, and what is wrong with them.

Knows nothing of widgets, so that a form's behaviour can be tested without a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from soptui.desk.actions.fields import Field, FieldKind, Form, Value
from soptui.desk.desk import Desk
from soptui.desk.forms.dates import fault_of_day
from soptui.desk.forms.drafts import has_input
from soptui.desk.forms.duplicate_letter import duplicate_notice
from soptui.desk.forms.filling import fault_of_time, read_field
from soptui.desk.forms.form_for import follow_up
from soptui.desk.forms.paths import fault_of_file
from soptui.desk.refusals import FieldFault
from soptui.domain.message import N_, Message
from soptui.domain.text import unseen_in
from soptui.locale import _, _n, day, moment, translate, weekday

if TYPE_CHECKING:
    from soptui.domain.case_list import CaseRow

Note = tuple[str, str]
"""A line beside a field and its tone."""

_TYPED = (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.DATA)
_WRONG_TIMES = {
    "received-before-letter": N_("received before the letter's date"),
    "received-in-future": N_("in the future"),
    "due-in-past": N_("in the past"),
}
"""What is wrong with a date while somebody types it, in a few words."""


class Sheet:
    """A form being filled in at a desk."""

    def __init__(self, desk: Desk, form: Form, values: Mapping[str, Value] | None = None) -> None:
        self.desk = desk
        self.form = form
        self._limit = desk.office.attachment_limit
        self._left: set[str] = set()
        self.values: dict[str, Value] = {}
        self.registered: CaseRow | None = None
        """The case under which the letter with this number and sender is registered already."""
        self.fill_with(values or {})

    def fill_with(self, values: Mapping[str, Value]) -> None:
        """Begin anew with the form's defaults, and these values in their place."""
        self.values = {
            field.name: values.get(field.name, field.default) for field in self.form.fields
        }
        for field in self.form.fields:
            if field.follows:
                self.values[field.name] = self._still_offered(field.name)
        self._left.clear()

    @property
    def has_input(self) -> bool:
        """Whether anything was filled in that the form did not begin with."""
        return has_input(self.form, self.values)

    def put(self, name: str, value: Value) -> dict[str, Value]:
        """Take a field's value; returns what other fields hold now because of it."""
        self.values[name] = value
        following = follow_up(self.form, name, value)
        for field in self.form.fields:
            if field.follows == name:
                following[field.name] = self._still_offered(field.name)
        self.values.update(following)
        return following

    def field(self, name: str) -> Field:
        """The field of that name, with the choices it offers beside what is filled in."""
        return self.form.field_beside(name, self.values)

    def _still_offered(self, name: str) -> Value:
        return self.field(name).still_offered(self.values[name])

    def leave(self, name: str) -> None:
        """The field was left: from now on say also that it is still empty."""
        self._left.add(name)

    def leave_all(self) -> None:
        """Every field is to be judged: somebody wants to sign."""
        self._left.update(field.name for field in self.form.fields)

    def fault(self, name: str) -> Message | None:
        """What is wrong with a field's value, or None."""
        unread = self._unread(name)
        if unread is not None:
            return unread
        field, value = self.field(name), self.values[name]
        if field.kind is FieldKind.FILES:
            for path in read_field(self.desk, field, value):
                if (fault_of := self.fault_of_path(path)) is not None:
                    return fault_of
        wrong = fault_of_time(self.desk, self.form, self.values, name)
        return wrong.reason if wrong else None

    def fault_of_path(self, path: str) -> Message | None:
        """Why the file there cannot go along, as far as can be told without reading it."""
        return fault_of_file(Path(path).expanduser(), self._limit)

    def words_of(self, name: str) -> str:
        """A field's value as people read it: what is chosen by its name, a date in full.

        What cannot be read stays as it was typed.
        """
        field, value = self.field(name), self.values[name]
        if field.kind is FieldKind.DATA:
            lines = value if isinstance(value, str) else "\n".join(value)
            return ". ".join(_spoken(line) for line in lines.split("\n") if line.strip())
        if field.kind is FieldKind.FILES:
            paths = (value,) if isinstance(value, str) else value
            return ", ".join(Path(path).name for path in paths if path)
        if field.kind in (FieldKind.DATE, FieldKind.MOMENT) and not self._unread(name):
            return self._understood(field, value)
        if field.choices and not self._unread(name):
            value = read_field(self.desk, field, value)
        values = (value,) if isinstance(value, str) else value
        labels = {choice.value: choice.label for choice in field.choices}
        named = (labels.get(one, one) for one in values)
        texts = (one if isinstance(one, str) else translate(one) for one in named)
        return "; ".join(line for text in texts for line in text.split("\n") if line.strip())

    def _unread(self, name: str) -> Message | None:
        """Why a field's value cannot be read at all, or None."""
        try:
            read_field(self.desk, self.field(name), self.values[name])
        except FieldFault as fault:
            return fault.message
        return None

    def faults(self) -> tuple[str, ...]:
        """The names of the fields that are not filled in as they must be."""
        return tuple(field.name for field in self.form.fields if self.fault(field.name))

    def note(self, name: str) -> Note:
        """What to say beside a field: how it is understood, or what is wrong with it."""
        field = self.field(name)
        value = self.values[name]
        if not value and name not in self._left:
            return "", "plain"
        fault = self.fault(name)
        if fault is not None and name in self._left:
            return translate(fault), "bad"
        if fault is None and name == "number" and self.registered is not None:
            return translate(duplicate_notice(self.registered)), "warn"
        if fault is None and field.kind in _TYPED:
            count = sum(map(unseen_in, (value,) if isinstance(value, str) else value))
            if count:
                return (
                    _n(
                        "{count} character that nobody sees is left out.",
                        "{count} characters that nobody sees are left out.",
                        count,
                    ),
                    "warn",
                )
        if fault is None:
            return self._understood(field, value), "good"
        if field.kind not in (FieldKind.DATE, FieldKind.MOMENT):
            return translate(fault), "warn"
        # A date in the making is no fault yet; a long sentence would only push all about.
        wrong = fault_of_time(self.desk, self.form, self.values, name)
        if wrong is None:
            no_day = fault_of_day(value) if isinstance(value, str) else None
            return translate(no_day) if no_day else _("not understood yet"), "warn"
        return f"{self._understood(field, value)} · {_(_WRONG_TIMES[wrong.code])}", "warn"

    def _understood(self, field: Field, value: Value) -> str:
        if not value or field.kind not in (FieldKind.DATE, FieldKind.MOMENT, FieldKind.DATA):
            return ""
        read = read_field(self.desk, field, value)
        if isinstance(read, datetime):
            return f"{weekday(read)}, {moment(read)}"
        if isinstance(read, date):
            closed = (
                "" if self.desk.calendar.is_working_day(read) else f" · {_('not a working day')}"
            )
            return f"{weekday(read)}, {day(read)}{closed}"
        return _n("{count} line", "{count} lines", len(read))


def _spoken(line: str) -> str:
    """A line of data without its marks: what is empty is left out."""
    return ", ".join(cell.strip() for cell in line.split("|") if cell.strip())
