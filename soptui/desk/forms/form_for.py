"""The forms: for each action what is asked of the case at hand, with choices and defaults.

A form knows nothing of how it is shown. A screen draws its fields; a command makes options of
them; both hand the values, as people typed them, to `soptui.desk.forms.filling.fill`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from soptui.desk.actions.fields import Choice, Field, FieldKind, Form, Value
from soptui.desk.actions.table import info_of
from soptui.desk.desk import Desk
from soptui.desk.words.acts import info_of_entry
from soptui.desk.words.terms import FATE, SECURITY, URGENCY, step_label
from soptui.domain.case import Case
from soptui.domain.events import Action, Complete, Security, Urgency
from soptui.domain.ids import NO_ROLE
from soptui.domain.message import Message
from soptui.domain.office import FATES, Classification
from soptui.domain.path import path_of
from soptui.domain.replace import replace
from soptui.domain.separation import separated_from, steps_to_map
from soptui.domain.sop import StepKind

__all__ = [
    "Choice",
    "Field",
    "FieldKind",
    "Form",
    "Value",
    "follow_up",
    "form_for",
]

Changes = Mapping[str, dict[str, Any] | None]
"""What differs from the blank form, by the field's name; None takes a field away."""


def form_for(desk: Desk, action: Action, case: Case | None = None) -> Form:
    """The form of an action, with the choices and defaults that fit `case` (None to register).

    Raises `ValueError` for another action without a case.
    """
    if action is Action.REGISTER:
        changes = _register(desk, case)
    elif case is None:
        raise ValueError(action)
    else:
        changes = _CHANGES[action](desk, case) if action in _CHANGES else {}
    fields = []
    for field in info_of(action).fields:
        change = changes.get(field.name, {})
        if change is not None:
            fields.append(replace(field, **change))
    return Form(action, tuple(fields))


def follow_up(form: Form, name: str, value: Value) -> dict[str, Value]:
    """What other fields should hold once the field `name` has been given `value`.

    Choosing a classification code gives the retention that the office's list has for it; choosing
    a way gives the role to which it leads.
    """
    choices = form.field(name).choices
    return dict(next((choice.gives for choice in choices if choice.value == value), ()))


def _choices(values: Iterable[str], labels: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, Message(labels[value])) for value in values)


def _register(desk: Desk, case: Case | None) -> Changes:
    letter = case.letter if case else None
    sops = desk.sops_in_force()
    only_one = case is not None or len(sops) < 2
    changes: dict[str, dict[str, Any] | None] = {
        "sop": None
        if only_one
        else {"choices": tuple(Choice(sop.id, sop.identity.title) for sop in sops)},
        "urgency": {
            "choices": _choices((one.value for one in Urgency), URGENCY),
            "default": letter.urgency.value if letter else Urgency.ORDINARY.value,
        },
        "security": {
            "choices": _choices((one.value for one in Security), SECURITY),
            "default": letter.security.value if letter else Security.OPEN.value,
        },
    }
    if letter is None:
        return changes
    return changes | {
        "number": {"default": letter.number},
        "date": {"default": letter.date.isoformat()},
        "received": {"default": letter.received.strftime("%Y-%m-%d %H:%M:%S")},
        "sender": {"default": letter.sender},
        "subject": {"default": letter.subject},
        "summary": {"default": letter.summary},
    }


def _dispose(desk: Desk, case: Case) -> Changes:
    following = case.sop.step_after(case.step)
    return {
        "way": _way(case),
        "to": {
            "choices": tuple(Choice(role.id, role.title) for role in case.sop.roles),
            "default": (following.actor,) if following else (),
        },
        "instructions": {
            "choices": tuple(
                Choice(line.code, line.text, line.number)
                for line in desk.office.offered_instructions()
            )
        },
    }


def _request(desk: Desk, case: Case) -> Changes:
    owing = {request.unit for request in case.open_requests}
    asked = case.sop.asked_role(case.step) or NO_ROLE
    today = desk.now().date()
    units = tuple(
        Choice(unit.id, unit.title)
        for unit in desk.office.offered_units()
        if unit.id not in owing
        and next(desk.registry.holders(asked, today, unit=unit.id), None) is not None
    )
    return {"units": {"choices": units, "default": tuple(unit.value for unit in units)}}


def _submit(desk: Desk, case: Case) -> Changes:
    mine = {post.unit for post in desk.posts()}
    titles = {unit.id: unit.title for unit in desk.office.units}
    units = tuple(
        Choice(request.unit, titles.get(request.unit, request.unit))
        for request in case.open_requests
        if request.unit in mine
    )
    return {"unit": {"choices": units, "default": units[0].value if units else ""}}


def _complete(desk: Desk, case: Case) -> Changes:
    step = case.step
    collects = step.kind is StepKind.COLLECT
    return {
        "way": _way(case),
        "requirements": {
            "choices": tuple(
                Choice(name, name, number) for number, name in enumerate(step.requirements, 1)
            ),
            "required": bool(step.requirements),
        },
        "output": {"hint": step.output, "required": bool(step.output)},
        "early_reason": {} if collects else None,
        "reference": None if collects else {},
        "application": None if collects else _applications(desk),
    }


def _way(case: Case) -> dict[str, Any] | None:
    """The ways from which somebody has to choose, by their labels; None where there is but one."""
    ways = case.sop.ways_of(case.step)
    if len(ways) < 2:
        return None
    choices = []
    for number, way in enumerate(ways, 1):
        target = case.sop.target(way)
        given = (("to", (target.actor,)),) if target and case.step.kind is StepKind.DISPOSE else ()
        choices.append(Choice(way.label, way.label, number, gives=given))
    return {"choices": tuple(choices)}


def _applications(desk: Desk) -> dict[str, Any]:
    return {"hint": ", ".join(desk.office.applications)}


def _approve(desk: Desk, case: Case) -> Changes:
    documents = tuple(
        Choice(document.file.sha256, document.file.name) for document in case.current_documents
    )
    return {
        "way": _way(case),
        "documents": {
            "choices": documents,
            "default": tuple(choice.value for choice in documents),
        },
    }


def _return(desk: Desk, case: Case) -> Changes:
    passed = path_of(case.visits)
    edges = tuple(edge for edge in case.step.returns if edge.to in passed)
    steps = tuple(_step_choice(case, edge.to) for edge in edges)
    codes = dict.fromkeys(code for edge in edges for code in edge.reasons)
    reasons = tuple(
        Choice(
            code, reason.text, beside=tuple(str(edge.to) for edge in edges if code in edge.reasons)
        )
        for code in codes
        if (reason := case.sop.reason(code))
    )
    return {
        "to_step": {"choices": steps, "default": steps[0].value if steps else ""},
        "reason": {"choices": reasons, "follows": "to_step"},
    }


def _reassign(desk: Desk, case: Case) -> Changes:
    visit = case.visit
    has_it = {visit.owner, visit.assignee} if visit else set()
    out = has_it | separated_from(case, case.step.number)
    holders = desk.registry.holders(case.step.actor, desk.now().date())
    choices = tuple(Choice(one.id, one.name) for one in holders if one.id not in out)
    return {"officer": {"choices": choices}}


def _correct(desk: Desk, case: Case) -> Changes:
    entries = tuple(
        Choice(
            entry.id,
            Message(
                "{action}, {officer}, {at}",
                action=Message(info_of_entry(entry).label),
                officer=entry.event.by,
                at=entry.event.at,
            ),
        )
        for entry in reversed(case.entries)
    )
    is_replaceable = any(
        isinstance(entry.event.details, Complete) and entry.event.by == desk.officer_id
        for entry in case.entries
    )
    only = entries[0].value if len(entries) == 1 else ""
    return {
        "event": {"choices": entries, "default": only},
        "output": {} if is_replaceable else None,
    }


def _archive(desk: Desk, case: Case) -> Changes:
    lines = desk.office.offered_classifications()
    names = dict.fromkeys(file.name for entry in case.entries for file in entry.event.attachments)
    subject = case.letter.subject if case.letter else ""
    changes: dict[str, dict[str, Any] | None] = {
        "classification": {
            "choices": tuple(
                Choice(
                    line.code,
                    f"{line.code} {line.title}",
                    gives=_retention(line),
                )
                for line in lines
            )
        },
        "title": {"default": subject},
        "items": {"default": "\n".join(names) or subject},
        "fate": {"choices": _choices(FATES, FATE), "default": FATES[0]},
        "application": _applications(desk),
    }
    if lines:
        first = lines[0]
        changes["classification"] = (changes["classification"] or {}) | {"default": first.code}
        if first.retention is not None:
            changes["active_years"] = {"default": str(first.retention.active_years)}
            changes["inactive_years"] = {"default": str(first.retention.inactive_years)}
            changes["fate"] = (changes["fate"] or {}) | {"default": first.retention.fate}
    return changes


def _retention(line: Classification) -> tuple[tuple[str, str], ...]:
    """How long the office's list keeps what has this code, where it says so."""
    kept = line.retention
    if kept is None:
        return ()
    return (
        ("active_years", str(kept.active_years)),
        ("inactive_years", str(kept.inactive_years)),
        ("fate", kept.fate),
    )


def _reopen(desk: Desk, case: Case) -> Changes:
    numbers = path_of(case.visits)
    return {"to_step": {"choices": tuple(_step_choice(case, number) for number in numbers)}}


def _migrate(desk: Desk, case: Case) -> Changes:
    versions = tuple(
        Choice(f"{sop.id}/{sop.version}", f"{sop.identity.title} v{sop.version}")
        for sop in desk.sop_versions(case.sop.id)
        if sop.version != case.sop.version
    )
    numbers = steps_to_map(case)
    return {
        "sop_version": {"choices": versions},
        "steps": {"default": "\n".join(f"{number}={number}" for number in numbers)},
    }


def _step_choice(case: Case, number: int) -> Choice:
    step = case.sop.step(number)
    activity = step.activity if step else ""
    return Choice(str(number), f"{step_label(number)}. {activity}")


_CHANGES: dict[Action, Callable[[Desk, Case], Changes]] = {
    Action.DISPOSE: _dispose,
    Action.REQUEST: _request,
    Action.SUBMIT: _submit,
    Action.COMPLETE: _complete,
    Action.APPROVE: _approve,
    Action.RETURN: _return,
    Action.REASSIGN: _reassign,
    Action.CORRECT: _correct,
    Action.ARCHIVE: _archive,
    Action.REOPEN: _reopen,
    Action.MIGRATE: _migrate,
}
