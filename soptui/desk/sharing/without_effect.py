"""What an officer signed and a sync found without effect: said by case, kept until it was shown.

Others had acted first where the officer could not see it yet. The events stay in the case; here is
only remembered that the officer has not looked at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from soptui.desk.reading import ReadingDesk
from soptui.desk.words.acts import info_of_entry
from soptui.desk.words.names import role_titles
from soptui.desk.words.terms import step_label
from soptui.domain.case import Case, Closed, Entry
from soptui.domain.gate import commutes
from soptui.domain.ids import CaseId, EventId, OfficerId
from soptui.domain.message import Message, Refusal
from soptui.records.sharing.result import WithoutEffect
from soptui.records.sharing.state import EventsByCase, load_without_effect, save_without_effect


def remember(desk: ReadingDesk, found: Iterable[WithoutEffect]) -> None:
    """Keep in mind what a sync found without effect. Raises `OSError`."""
    events = not_seen(desk)
    for one in found:
        known = (event for event in events.get(one.case, ()) if event != one.event)
        events[one.case] = (*known, one.event)
    if events:
        save_without_effect(desk.repository, desk.officer_id, events)


def not_seen(desk: ReadingDesk) -> EventsByCase:
    """By case the events without effect that the officer has not been shown since."""
    return load_without_effect(desk.repository, desk.officer_id)


def mark_seen(desk: ReadingDesk, case_id: CaseId, shown: Iterable[EventId]) -> None:
    """Do not tell of these events again: the officer was shown what became of them."""
    events = not_seen(desk)
    seen = frozenset(shown)
    left = tuple(one for one in events.pop(case_id, ()) if one not in seen)
    if left:
        events[case_id] = left
    # Who cannot write there is told again the next time, which does no harm.
    with suppress(OSError):
        save_without_effect(desk.repository, desk.officer_id, events)


def by_case(found: Iterable[WithoutEffect]) -> EventsByCase:
    """The events that a sync found without effect, by their cases."""
    events: EventsByCase = {}
    for one in found:
        events[one.case] = (*events.get(one.case, ()), one.event)
    return events


def sentences_for(desk: ReadingDesk, events: EventsByCase) -> tuple[Message, ...]:
    """One sentence for each case: what took no effect, why, and what can be done now."""
    return tuple(_sentences(desk, events))


def numbers_of(desk: ReadingDesk, cases: Iterable[CaseId]) -> tuple[str, ...]:
    """The cases as the mail register counts them, such as 12/2026; by id while it does not."""
    return tuple(desk.agenda_of(case) or case for case in cases)


def _sentences(desk: ReadingDesk, events: EventsByCase) -> Iterator[Message]:
    for case_id, ids in events.items():
        try:
            case = desk.case(case_id)
        except Refusal:
            continue
        entries = [(one, one.closed) for one in case.entries if one.id in ids and one.closed]
        if entries:
            yield _sentence(desk, case, entries)


def _sentence(desk: ReadingDesk, case: Case, entries: Sequence[tuple[Entry, Closed]]) -> Message:
    acts = tuple(dict.fromkeys(one.event.action for one, _closed in entries))
    infos = {info.label: info for info in (info_of_entry(one) for one, _closed in entries)}
    named = [Message(info.label) for info in infos.values()]
    (number,) = numbers_of(desk, [case.id])
    reason = _reason(desk, case, *entries[0])
    if any(one.action in acts and one.closed is None for one in desk.openings(case)):
        return Message(
            "What you signed in {number} ({acts}) took no effect: {reason} Look at the case; you "
            "may do it again.",
            number=number, acts=named, reason=reason,
        )  # fmt: skip
    return Message(
        "What you signed in {number} ({acts}) took no effect: {reason} {place}",
        number=number, acts=named, reason=reason, place=_place(desk, case),
    )  # fmt: skip


def _reason(desk: ReadingDesk, case: Case, entry: Entry, closed: Closed) -> Message:
    first = _overtaker(case, entry)
    if first is None:
        return closed.reason
    return Message(
        "{officer} acted first: {act}, {at}.",
        officer=_name(desk, first.event.by),
        act=Message(info_of_entry(first).label),
        at=first.event.at,
    )


def _overtaker(case: Case, entry: Entry) -> Entry | None:
    """Whose act came before one that its author had signed without having seen it."""
    for earlier in reversed(case.entries[: case.entries.index(entry)]):
        if earlier.id == entry.event.after:
            return None
        if earlier.effective and not commutes(entry.event, earlier.event):
            return earlier
    return None


def _place(desk: ReadingDesk, case: Case) -> Message:
    if case.status.is_closed or not case.visits:
        return Message("The case is closed now.")
    visit = case.visits[-1]
    holder = visit.owner or visit.assignee
    role = case.step.actor
    return Message(
        "The case is now at step {step}, with {holder}.",
        step=step_label(visit.step),
        holder=_name(desk, holder) if holder else role_titles([case.sop]).get(role, role),
    )


def _name(desk: ReadingDesk, officer_id: OfficerId) -> str:
    officer = desk.registry.officers.get(officer_id)
    return officer.name if officer else officer_id
