"""How one office file differs from another, what follows, and two changes of it joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from soptui.domain.administration.office_parts import PARTS, Entry, Part, entries_of
from soptui.domain.message import N_, Message
from soptui.domain.office import Classification, Office
from soptui.domain.replace import replace
from soptui.domain.size import Size

FIELD_LABELS: Mapping[str, str] = {
    "name": N_("Name"),
    "regency": N_("Regency"),
    "address": N_("Address"),
    "utc_offset": N_("Time zone"),
    "attachment_limit": N_("Largest attachment"),
    "week_days": N_("Working days a week"),
    "register_role": N_("Signs registers of indicators"),
}
"""What people call the facts of an office that are one value."""

_TOLD = {
    "new": N_("New: {what}"),
    "removed": N_("Removed: {what}"),
    "withdrawn": N_("Withdrawn: {what}"),
    "offered": N_("Offered again: {what}"),
}
_LABELS = {"application": N_("application"), "sop": "SOP"}
_NAMES = {
    "applications": ("application", "new", "removed"),
    "withdrawn_sops": ("sop", "withdrawn", "offered"),
}
"""Of a list of bare names: what a name is, and what it means that one comes or goes."""

_MOST_NAMED = 12
"""So many entries of one list are named in a preview; of more, only their number is told."""


def zone_text(minutes: int) -> str:
    """An offset from UTC as people write it: `WIB (UTC+7)`."""
    names = {420: "WIB", 480: "WITA", 540: "WIT"}
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    text = f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
    return f"{names[minutes]} ({text})" if minutes in names else text


def field_value(office: Office, field: str) -> object:
    """A fact of an office as sentences say it; a dash where it has none."""
    value = getattr(office, field)
    if field == "utc_offset":
        return zone_text(value)
    return Size(value) if field == "attachment_limit" else value or "-"


def differences(old: Office, new: Office) -> tuple[Message, ...]:
    """What `new` says otherwise than `old`, one sentence each."""
    return (*_of_fields(old, new), *_of_entries(old, new), *_of_names(old, new))


def slips_of_office(old: Office, new: Office) -> tuple[Message, ...]:
    """What follows from a change that is easily a slip, and is asked about before it is signed."""
    if old.utc_offset == new.utc_offset:
        return ()
    return (
        Message(
            "The office's clock changes from {old} to {new}: every day, deadline and post counts "
            "by it from then on, also in the cases that run.",
            old=zone_text(old.utc_offset),
            new=zone_text(new.utc_offset),
        ),
    )


def joined(base: Office, mine: Office, theirs: Office) -> tuple[Office, tuple[Message, ...]]:
    """The office file `theirs` with what `mine` changed about `base`, and what both changed.

    What both changed, each otherwise, is told and stays as `theirs` has it.
    """
    clashes: list[Message] = []
    changes: dict[str, Any] = {}
    for field in FIELD_LABELS:
        one, two, three = (getattr(office, field) for office in (base, mine, theirs))
        if two != one and three not in (one, two):
            clashes.append(
                _clash(
                    Message(FIELD_LABELS[field]),
                    field_value(mine, field),
                    field_value(theirs, field),
                )
            )
        elif two != one:
            changes[field] = two
    for field in ("applications", "withdrawn_sops", "inferred"):
        one, two, three = (getattr(office, field) for office in (base, mine, theirs))
        kept = tuple(value for value in three if value in two or value not in one)
        changes[field] = (*kept, *(new for new in two if new not in one and new not in kept))
    own, other, was = entries_of(mine), entries_of(theirs), entries_of(base)
    result = dict(other)
    for entry in dict.fromkeys((*was, *own)):
        one, two, three = was.get(entry), own.get(entry), other.get(entry)
        if two in (one, three):
            continue
        if three != one:
            clashes.append(_clash(_name_of(entry), _text_of(two), _text_of(three)))
        elif two is None:
            del result[entry]
        else:
            result[entry] = two
    for part in PARTS.values():
        lines = [one for (word, _), one in result.items() if word == part.word]
        if part.word == "instruction":
            lines.sort(key=lambda line: int(line.number))
        changes[part.key] = tuple(lines)
    return replace(theirs, **changes), tuple(clashes)


def _clash(name: Message, mine: object, theirs: object) -> Message:
    return Message("{what}: yours {mine}, theirs {theirs}.", what=name, mine=mine, theirs=theirs)


def _of_fields(old: Office, new: Office) -> Iterator[Message]:
    for field in FIELD_LABELS:
        if getattr(old, field) != getattr(new, field):
            yield Message(
                "{what}: {old} -> {new}",
                what=Message(FIELD_LABELS[field]),
                old=field_value(old, field),
                new=field_value(new, field),
            )


def _of_entries(old: Office, new: Office) -> Iterator[Message]:
    was, now = entries_of(old), entries_of(new)
    for part in PARTS.values():
        added, removed, changed = (
            [entry for entry in entries if entry[0] == part.word]
            for entries in (
                (one for one in now if one not in was),
                (one for one in was if one not in now),
                (one for one in now if one in was and now[one] != was[one]),
            )
        )
        for entries, told in ((added, "new"), (removed, "removed")):
            if len(entries) > _MOST_NAMED:
                yield Message(_TOLD[told], what=_many(part, len(entries)))
                continue
            for entry in entries:
                yield Message(_TOLD[told], what=_said(entry, now.get(entry) or was[entry]))
        if len(changed) > _MOST_NAMED:
            yield Message("Changed: {what}", what=_many(part, len(changed)))
            continue
        for entry in changed:
            before, after = was[entry], now[entry]
            if before.withdrawn != after.withdrawn:
                told = "withdrawn" if after.withdrawn else "offered"
                yield Message(_TOLD[told], what=_said(entry, after))
            else:
                yield Message(
                    "{what}: {old} -> {new}",
                    what=_name_of(entry),
                    old=_text_of(before),
                    new=_text_of(after),
                )
    if was == now and list(was) != list(now):
        yield Message("The order of the lists changes.")


def _of_names(old: Office, new: Office) -> Iterator[Message]:
    for field, (label, added, removed) in _NAMES.items():
        before, after = getattr(old, field), getattr(new, field)
        for told, names, others in ((added, after, before), (removed, before, after)):
            for name in names:
                if name not in others:
                    what = Message("{label} {id}", label=Message(_LABELS[label]), id=name)
                    yield Message(_TOLD[told], what=what)
    left = {one.field for one in new.inferred}
    for one in old.inferred:
        if one.field not in left:
            yield Message("No longer marked as an example: {field}", field=one.field)


def _many(part: Part, count: int) -> Message:
    return Message("{count} of the list: {label}", count=count, label=Message(part.label))


def _name_of(entry: Entry) -> Message:
    return Message("{label} {id}", label=Message(PARTS[entry[0]].label), id=entry[1])


def _said(entry: Entry, one: Any) -> Message:
    return Message(
        "{label} {id} ({text})",
        label=Message(PARTS[entry[0]].label),
        id=entry[1],
        text=_text_of(one),
    )


def _text_of(one: Any) -> str:
    """What an entry says, in one line; a dash where there is none."""
    if one is None:
        return "-"
    text = str(getattr(one, "title", "") or getattr(one, "text", ""))
    if isinstance(one, Classification) and one.retention is not None:
        kept = one.retention
        text = f"{text}; {kept.active_years} + {kept.inactive_years}, {kept.fate}"
    number = getattr(one, "number", None)
    return f"{number}. {text}" if number is not None else text
