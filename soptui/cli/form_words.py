"""A form in words, where commands ask nothing: what can be chosen, and what would be signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soptui.cli import output
from soptui.cli.base import option_name
from soptui.desk.actions.fields import Choice, Form, Value
from soptui.locale import _, translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from soptui.cli.session import Session
    from soptui.desk.desk import Desk
    from soptui.desk.forms.filling import Filled
    from soptui.domain.case import Case


def name_choices(session: Session, form: Form) -> None:
    """Write what can be chosen for each option, a line each: its value, and what it is called."""
    fields = [field for field in form.fields if field.choices]
    if session.json:
        output.as_json(
            {
                option_name(field.name): [
                    {"value": one.value, "number": one.number, "label": _label_of(one)}
                    for one in field.choices
                ]
                for field in fields
            }
        )
        return
    for field in fields:
        for choice in field.choices:
            number = "" if choice.number is None else f" ({choice.number})"
            value = f"{option_name(field.name)} {choice.value}{number}"
            output.sentence(f"{value}: {_label_of(choice)}")
    if not fields:
        output.sentence(_("There is nothing to choose."))


def tell_filled(
    desk: Desk,
    form: Form,
    values: Mapping[str, Value],
    filled: Filled,
    case: Case | None,
    *,
    receive: bool,
) -> None:
    """Say in sentences what would be signed, before its exact lines."""
    from soptui.desk.forms.sheet import Sheet
    from soptui.desk.forms.signed_text import preview_text

    number = (desk.agenda_of(case.id) or case.id) if case else ""
    output.say(preview_text(desk, filled, case, number, receive_first=receive))
    sheet = Sheet(desk, form, values)
    for field in form.fields:
        words = sheet.words_of(field.name) if sheet.values[field.name] else ""
        if words:
            output.say(f"{_(field.label)}: {words}")


def _label_of(choice: Choice) -> str:
    return choice.label if isinstance(choice.label, str) else translate(choice.label)
