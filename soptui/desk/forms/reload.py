"""Reloads what a form is about, when somebody acted meanwhile; what was typed stays."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from soptui.desk.actions.fields import Form, Value
from soptui.desk.desk import Desk
from soptui.desk.forms.form_for import form_for
from soptui.desk.words.acts import info_of_entry
from soptui.desk.words.names import officer_name
from soptui.domain.case import Case, Closed, Entry
from soptui.domain.events import Action
from soptui.locale import _, _n


class Reloaded(Struct, frozen=True):
    """The form and its cases as they are now; `closed` when the act is open no longer.

    `since` are the events that came after those the form was opened with; `left_out` is how many
    of several cases the form serves no longer.
    """

    form: Form
    cases: tuple[Case, ...]
    closed: Closed | None
    receive_first: bool = False
    since: tuple[Entry, ...] = ()
    left_out: int = 0


def reload_form(desk: Desk, action: Action, seen: Case | None) -> Reloaded:
    """What an act's form would be now, where `seen` is the case as it was shown."""
    if seen is None:
        return Reloaded(form_for(desk, action), (), desk.closed_to_register())
    case = desk.case(seen.id)
    opening = desk.opening(case, action)
    known = {entry.id for entry in seen.entries}
    return Reloaded(
        form_for(desk, action, case),
        (case,),
        opening.closed_to(receive_first=True),
        opening.needs_receipt,
        tuple(entry for entry in case.entries if entry.id not in known),
    )


def carried_over(typed: Mapping[str, Value], old: Form, new: Form) -> dict[str, Value]:
    """What was typed into a form, for the form as it is now.

    A field nobody touched follows the new form, and a choice that is gone is left out.
    """
    untouched = {field.name for field in old.fields if typed.get(field.name) == field.default}
    return {
        field.name: field.still_offered(typed[field.name])
        for field in new.fields
        if field.name in typed and field.name not in untouched
    }


def reload_sentence(desk: Desk, found: Reloaded) -> str:
    """What happened meanwhile, in a sentence."""
    if found.left_out:
        return _n(
            "{count} case is left out, for it is open no longer. What you typed is kept.",
            "{count} cases are left out, for they are open no longer. What you typed is kept.",
            found.left_out,
        )
    if not found.since:
        return _("Nobody acted meanwhile. What you typed is kept.")
    acts = [
        f"{officer_name(desk.registry, one.event.by)}: {_(info_of_entry(one).done)}"
        for one in found.since
    ]
    return _("Meanwhile: {acts}. What you typed is kept.", acts="; ".join(acts))
