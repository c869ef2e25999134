"""What the author of an event had seen of its case, as far as the file can tell.

`after` names one block, and the author had seen all up to it. But whoever does several things in a
row and then rebases finds others' blocks before the first of them: so what they had *surely* seen
is less. The verifier lets an event in if the gate allows it in either view; whether it takes effect
is judged at its turn, in the case as it then is.
"""

from __future__ import annotations

from collections.abc import Iterable

from soptui.domain.case import Case, Entry
from soptui.domain.events import Event
from soptui.domain.fold import Sops, fold, new_case


def seen_by_author(case: Case, event: Event, sops: Sops) -> Case | None:
    """The case up to the block that `event` names; None when `after` names nothing in the case.

    It is `case` itself where the event builds on its last block.
    """
    if event.after == case.last_id:
        return case
    if event.after == case.head_id:
        return _folded(case, (), sops)
    for position, entry in enumerate(case.entries, 1):
        if entry.id == event.after:
            return _folded(case, case.entries[:position], sops)
    return None


def surely_seen_by_author(case: Case, event: Event, sops: Sops) -> Case | None:
    """What the first of the author's own events in a row builds on, and those of their own.

    None where that is all up to the block that `event` names, or names nothing in the case.
    """
    places = {entry.id: place for place, entry in enumerate(case.entries)}
    own: list[int] = []
    at = event.after
    while at in places and case.entries[places[at]].event.by == event.by:
        own.append(places[at])
        at = case.entries[places[at]].event.after
    shared = places.get(at, -1) + 1
    if not own or shared + len(own) == own[0] + 1:
        return None
    entries = (*case.entries[:shared], *(case.entries[place] for place in reversed(own)))
    return _folded(case, entries, sops)


def _folded(case: Case, entries: Iterable[Entry], sops: Sops) -> Case | None:
    start = new_case(case.header, case.head_id, sops)
    return start and fold(start, ((entry.id, entry.event) for entry in entries), sops)
