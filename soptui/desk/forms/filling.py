"""From what people typed into a form to the details of an event."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from soptui.desk.actions.fields import Field, FieldKind, Form, Value
from soptui.desk.desk import Desk
from soptui.desk.files import DoubtfulFile
from soptui.desk.forms.dates import parse_date, parse_moment
from soptui.desk.refusals import FieldFault, NotOpen
from soptui.desk.views import FileToAttach
from soptui.domain.actions.contents import due_fault
from soptui.domain.actions.register import receipt_fault
from soptui.domain.case import Closed
from soptui.domain.events import (
    DETAILS,
    Action,
    Datum,
    Details,
    Letter,
    Migrate,
    Register,
    Security,
    Urgency,
)
from soptui.domain.ids import ANY_SOP, SopId
from soptui.domain.message import Message, Refusal
from soptui.domain.text import tidy, tidy_line

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SHORTEST_DIGEST = 6
_NOTHING = ("", (), None)

_TIMES = ("date", "received", "due")


class Filled(Struct, frozen=True):
    """A filled-in form, ready for the desk; `sop` only where a letter is registered."""

    details: Details
    files: tuple[FileToAttach, ...]
    sop: SopId = ANY_SOP


def fill(desk: Desk, form: Form, values: Mapping[str, Value]) -> Filled:
    """What the values, as typed, make of the form. Raises `FieldFault` at the first fault."""
    offered = (form.field_beside(field.name, values) for field in form.fields)
    read = {field.name: read_field(desk, field, values.get(field.name, "")) for field in offered}
    files = tuple(
        FileToAttach(Path(name).expanduser(), field.file_kind)
        for field in form.fields
        if field.kind is FieldKind.FILES
        for name in read[field.name]
    )
    return Filled(_details(desk, form, read), files, read.get("sop", ""))


def read_field(desk: Desk, field: Field, value: Value) -> Any:
    """The value of one field, typed: what screens ask while somebody types. Raises `FieldFault`."""
    try:
        read = _READERS[field.kind](desk, field, value)
    except FieldFault:
        raise
    except Refusal as refusal:
        fault = Message("{label}: {fault}", label=Message(field.label), fault=refusal.message)
        raise FieldFault(field.name, fault) from None
    if field.required and read in _NOTHING:
        raise FieldFault(field.name, Message("Fill in: {label}.", label=Message(field.label)))
    return read


def fault_of_time(desk: Desk, form: Form, values: Mapping[str, Value], name: str) -> Closed | None:
    """What is wrong with when a letter came or something is due, as the gate will judge it.

    None when nothing is, or when a date cannot be read: `read_field` says that of its own field.
    """
    try:
        read = {
            field.name: read_field(desk, field, values[field.name])
            for field in form.fields
            if field.name in _TIMES
        }
    except FieldFault:
        return None
    now = desk.now()  # not before a letter's receipt was read, which may be now
    if name == "due":
        return due_fault(read["due"], now.date())
    if form.action is Action.REGISTER and name == ("received" if values["received"] else "date"):
        return receipt_fault(read["date"], read["received"], now)
    return None


def field_at_fault(form: Form, refusal: Refusal) -> str:
    """The field by which a refusal can be mended; empty where it is of no field of the form."""
    if isinstance(refusal, FieldFault):
        return refusal.field
    if isinstance(refusal, DoubtfulFile):
        kind = refusal.file.kind
        return next((one.name for one in form.fields if one.takes_files_of(kind)), "")
    wanted = refusal.closed.field if isinstance(refusal, NotOpen) else ""
    return next((field.name for field in form.fields if field.fills == wanted), "")


def _read_text(desk: Desk, field: Field, value: Value) -> str:
    return tidy(_one(value))


def _read_line(desk: Desk, field: Field, value: Value) -> str:
    return tidy_line(_one(value))


def _read_choice(desk: Desk, field: Field, value: Value) -> str:
    text = _one(value).strip()
    return _chosen(field, text) if text else ""


def _read_choices(desk: Desk, field: Field, value: Value) -> tuple[str, ...]:
    """The choices in the order of the form, each once; `*` stands for all of them."""
    known = [choice.value for choice in field.choices]
    texts = [text.strip() for text in ((value,) if isinstance(value, str) else value)]
    if "*" in texts:
        return tuple(known)
    chosen = {_chosen(field, text) for text in texts if text}
    return tuple(one for one in known if one in chosen)


def _chosen(field: Field, text: str) -> str:
    """The value of a choice that `text` names: by value, printed number, or a digest's beginning.

    Raises `FieldFault`.
    """
    values = [choice.value for choice in field.choices]
    if text in values:
        return text
    numbered = [choice.value for choice in field.choices if str(choice.number or "") == text]
    begun = [value for value in values if _DIGEST.fullmatch(value) and value.startswith(text)]
    found = numbered or (begun if len(text) >= _SHORTEST_DIGEST else [])
    if len(found) != 1:
        raise _unknown_choice(field, text)
    return found[0]


def _read_number(desk: Desk, field: Field, value: Value) -> int | None:
    text = _one(value).strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise FieldFault(
            field.name, Message("{label}: write a whole number.", label=Message(field.label))
        )
    return int(text)


def _read_files(desk: Desk, field: Field, value: Value) -> tuple[str, ...]:
    """The paths as they are given: a blank may be part of a name."""
    names = (value,) if isinstance(value, str) else value
    return tuple(name for name in names if name)


def _read_data(desk: Desk, field: Field, value: Value) -> tuple[Datum, ...]:
    lines = (line for line in tidy(_one(value)).split("\n") if line.strip())
    return tuple(_datum(field, line) for line in lines)


def _datum(field: Field, line: str) -> Datum:
    cells = [cell.strip() for cell in line.split("|")]
    if not cells[0] or len(cells) > 5:
        raise FieldFault(
            field.name,
            Message("Write each line as: indicator | unit | target | actual | note"),
        )
    return Datum(*cells)


def _read_date(desk: Desk, field: Field, value: Value) -> Any:
    text = _one(value).strip()
    return parse_date(text, desk.now().date(), desk.calendar, field.side) if text else None


def _read_moment(desk: Desk, field: Field, value: Value) -> Any:
    text = _one(value).strip()
    return parse_moment(text, desk.now(), desk.calendar, field.side) if text else desk.now()


def _one(value: Value) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _unknown_choice(field: Field, text: str) -> FieldFault:
    return FieldFault(
        field.name,
        Message(
            "{label}: there is no choice {text}; choose from: {known}.",
            label=Message(field.label),
            text=text,
            known=", ".join(_shortened(choice.value) for choice in field.choices) or "-",
        ),
    )


def _shortened(value: str) -> str:
    return value[:12] if _DIGEST.fullmatch(value) else value


_READERS: dict[FieldKind, Callable[[Desk, Field, Value], Any]] = {
    FieldKind.TEXT: _read_line,
    FieldKind.LONG_TEXT: _read_text,
    FieldKind.DATE: _read_date,
    FieldKind.MOMENT: _read_moment,
    FieldKind.NUMBER: _read_number,
    FieldKind.CHOICE: _read_choice,
    FieldKind.CHOICES: _read_choices,
    FieldKind.FILES: _read_files,
    FieldKind.DATA: _read_data,
}


def _details(desk: Desk, form: Form, read: Mapping[str, Any]) -> Details:
    """What the event carries of what was read: the fields bear its names, bar the few below."""
    carried = {
        field.name: _MEANINGS.get(field.name, _as_read)(read[field.name])
        for field in form.fields
        if field.kind is not FieldKind.FILES and read[field.name] not in _NOTHING
    }
    builder = _BUILDERS.get(form.action)
    return builder(desk, carried) if builder else DETAILS[form.action](**carried)


def _as_read(value: Any) -> Any:
    return value


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _pairs(text: str) -> tuple[tuple[int, int], ...]:
    pairs = [re.fullmatch(r"(\d{1,3})=(\d{1,3})", pair) for pair in text.split()]
    if not all(pairs):
        raise FieldFault("steps", Message("Write each pair of step numbers as 3=4."))
    return tuple((int(pair[1]), int(pair[2])) for pair in pairs if pair)


_MEANINGS: Mapping[str, Callable[[Any], Any]] = {
    "urgency": Urgency,
    "security": Security,
    "to_step": int,
    "items": _lines,
    "steps": _pairs,
}
"""What an event holds of a field that is typed in another form, by the field's name."""


def _register(desk: Desk, carried: dict[str, Any]) -> Details:
    carried.pop("sop", None)  # it is the case that is under an SOP
    return Register(Letter(**carried))


def _migrate(desk: Desk, carried: dict[str, Any]) -> Details:
    sop_id, _, version = carried.pop("sop_version").rpartition("/")
    sops = (sop for sop in desk.sop_versions(sop_id) if sop.version == int(version))
    return Migrate(sop_version=int(version), sop_sha256=next(sops).digest, **carried)


_BUILDERS: Mapping[Action, Callable[[Desk, dict[str, Any]], Details]] = {
    Action.REGISTER: _register,
    Action.MIGRATE: _migrate,
}
"""The actions whose event holds more than its fields: a letter as a whole, the digest of an SOP."""
