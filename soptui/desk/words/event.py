"""What an event carries, in words: its labels, and the values as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from soptui.desk.actions.labels import labels_of
from soptui.desk.words.terms import FATE, SECURITY, URGENCY, step_label
from soptui.domain.case import Case
from soptui.domain.events import Action, Correct, Datum, Event, Letter, Migrate
from soptui.domain.ids import EventId
from soptui.domain.office import Registry
from soptui.locale import _, day, moment

_WORDS = {"urgency": URGENCY, "security": SECURITY, "fate": FATE}
_DIGEST_SHOWN = 12


def event_fields(case: Case, event: Event, registry: Registry) -> Iterator[tuple[str, str]]:
    """Label and value of everything that an event of the case carries beyond its envelope.

    In the reader's language; what is empty is left out, and a value may have several lines.
    """
    yield from _of(case, registry, event.details)


def effect_label(action: str, *, effective: bool) -> str:
    """Whether an event takes effect, in a word or two; a migration is told from all others."""
    if not effective:
        return _("no effect")
    return _("other SOP") if action == Action.MIGRATE.value else _("in effect")


def migration_told(details: Migrate) -> str:
    """What a migration did to the rules of its case, in the reader's language."""
    return _(
        "From here on the case runs under version {version} of its SOP. Whoever finished a step "
        "before stays kept from the steps that the version so far kept from them.",
        version=details.sop_version,
    )


def correction_lines(case: Case, registry: Registry) -> Iterator[str]:
    """What is corrected in the letter, by whom and when, in the reader's language."""
    for entry in case.letter_corrections:
        event = entry.event
        officer = registry.officers.get(event.by)
        note = event.details.note if isinstance(event.details, Correct) else ""
        yield " · ".join((note, officer.name if officer else event.by, moment(event.at)))


def _of(case: Case, registry: Registry, details: Any) -> Iterator[tuple[str, str]]:
    labels = labels_of(details)
    for name in details.__struct_fields__:
        value = getattr(details, name)
        if isinstance(value, Letter):
            yield from _of(case, registry, value)
        elif name in labels and value not in ("", (), None):
            yield _(labels[name]), _shown(case, registry, name, value)


def shown(name: str, value: Any) -> str:
    """A value as people read it, where that asks neither the case nor the office."""
    words = _WORDS.get(name, {})
    if value in words:
        return _(words[value])
    match value:
        case datetime():
            return moment(value)
        case date():
            return day(value)
    return str(value)


def _shown(case: Case, registry: Registry, name: str, value: Any) -> str:
    match name:
        case "to_step":
            return step_label(value)
        case "reason":
            reason = case.sop.reason(value)
            return reason.text if reason else str(value)
        case "unit":
            return registry.office.unit_title(value)
        case "officer":
            officer = registry.officers.get(value)
            return officer.name if officer else str(value)
        case "event":
            return _corrected(case, value)
    if isinstance(value, tuple):
        return _several(case, registry, name, value)
    return shown(name, value)


def _several(case: Case, registry: Registry, name: str, values: tuple[Any, ...]) -> str:
    match name:
        case "to":
            roles = (case.sop.role(role) for role in values)
            return ", ".join(
                role.title if role else id_ for role, id_ in zip(roles, values, strict=True)
            )
        case "units":
            return ", ".join(map(registry.office.unit_title, values))
        case "instructions":
            return "; ".join(_instruction(registry, code) for code in values)
        case "documents":
            return ", ".join(digest[:_DIGEST_SHOWN] for digest in values)
        case "steps":
            return ", ".join(f"{step_label(old)} → {step_label(new)}" for old, new in values)
    return "\n".join(_datum(one) if isinstance(one, Datum) else str(one) for one in values)


def _datum(datum: Datum) -> str:
    parts = (datum.indicator, datum.unit, datum.target, datum.actual, datum.note)
    return " | ".join(parts).rstrip(" |")


def _instruction(registry: Registry, code: str) -> str:
    found = registry.office.instruction(code)
    return f"{found.number}. {found.text}" if found else code


def _corrected(case: Case, event_id: EventId) -> str:
    """What was done and when, of the event that is corrected; its id where the case lacks it."""
    from soptui.desk.words.acts import info_of_entry

    entry = case.entry(event_id)
    if entry is None:
        return event_id[:_DIGEST_SHOWN]
    return f"{_(info_of_entry(entry).label)} · {moment(entry.event.at)}"
