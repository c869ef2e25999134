"""The fold: a case is what its events, in the order of its file, have made of it.

The order of the file is acceptance order. An event takes effect if the gate allows it at its turn
and it commutes with every effective event before it that its author had not seen; otherwise it is
kept, readable, without effect. `fold` is pure, and folding a prefix and then the rest gives the
same case as folding all at once.
"""

from __future__ import annotations

from collections.abc import Iterable

from soptui.domain.actions.table import RULES
from soptui.domain.case import Case, CaseHeader, Closed, Entry
from soptui.domain.events import Event
from soptui.domain.gate import commutes, judge, leaves_state_alone
from soptui.domain.ids import EventId
from soptui.domain.message import Message
from soptui.domain.replace import replace
from soptui.domain.sop import Sops


def new_case(header: CaseHeader, head_id: EventId, sops: Sops) -> Case | None:
    """The case before its first event, or None when the records lack its SOP version."""
    sop = sops.get((header.sop, header.sop_version))
    if sop is None or sop.digest != header.sop_sha256:
        return None
    return Case(header, head_id, sop)


def fold(case: Case, events: Iterable[tuple[EventId, Event]], sops: Sops) -> Case:
    """`case` after the given events, each with its id, in order."""
    for event_id, event in events:
        case = apply(case, event_id, event, sops)
    return case


def apply(case: Case, event_id: EventId, event: Event, sops: Sops) -> Case:
    """`case` after one more event, which may turn out to be without effect."""
    closed = effect_fault(case, event, sops)
    if closed is None:
        return take_effect(case, event_id, event, sops)
    entry = Entry(event_id, event, closed, case.is_review(event))
    return replace(case, entries=(*case.entries, entry))


def take_effect(case: Case, event_id: EventId, event: Event, sops: Sops) -> Case:
    """`case` after one more event of which it is known already that it takes effect."""
    entry = Entry(event_id, event, is_review=case.is_review(event))
    case = RULES[event.action].effect(case, event_id, event, event.details, sops)
    return replace(case, entries=(*case.entries, entry))


def effect_fault(case: Case, event: Event, sops: Sops) -> Closed | None:
    """Why `event`, coming next in `case`, has no effect; None when it has."""
    if event.after != case.last_id:
        overtaken = _overtaken_by(case, event)
        if overtaken is not None:
            return overtaken
    return judge(case, event) or RULES[event.action].known(case, event.details, sops)


def _overtaken_by(case: Case, event: Event) -> Closed | None:
    alone = leaves_state_alone(event)
    for entry in reversed(case.entries):
        if entry.id == event.after:
            return None
        if not alone and entry.effective and not commutes(event, entry.event):
            return Closed(
                "overtaken",
                Message("Another officer acted first, which the author had not yet seen."),
                officers=(entry.event.by,),
            )
    if event.after == case.head_id:
        return None
    return Closed("unknown-after", Message("The event builds on one that the case does not have."))
