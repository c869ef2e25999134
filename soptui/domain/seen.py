"""What the author of an event had seen of its case, as far as the file can tell.

`after` names one block, and the author had seen all up to it. But whoever does several things in a
row and then rebases finds others' blocks before the first of them, and between them after a second
time: so they may have seen less. The verifier lets an event in if the gate allows it in one of
these views; whether it takes effect is judged at its turn, in the case as it then is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from soptui.domain.case import Case, Entry
from soptui.domain.events import Event
from soptui.domain.fold import Sops, fold, new_case

_MOST_LESSER_VIEWS = 16
"""Each costs a fold of the case, and stands for one time that own acts were put behind others'."""


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


def lesser_views(case: Case, event: Event, sops: Sops) -> Iterator[Case]:
    """What the author may have seen instead, each less than the one before.

    Of their own events in a row, on the last of which `event` builds, the later ones stand in the
    view by themselves, and others' blocks only as far as one of the earlier ones, or as what the
    first of the row builds on.
    """
    entries = case.entries
    places = {entry.id: place for place, entry in enumerate(entries)}
    own: list[int] = []
    at = event.after
    while at in places and entries[places[at]].event.by == event.by:
        own.append(places[at])
        at = entries[places[at]].event.after
    earlier = [*own[1:], places.get(at, -1)]
    cuts = (count for count, (place, before) in enumerate(zip(own, earlier, strict=False), 1)
            if before + 1 < place)  # fmt: skip
    for count in islice(cuts, _MOST_LESSER_VIEWS):
        shared = entries[: earlier[count - 1] + 1]
        seen = _folded(case, (*shared, *(entries[place] for place in reversed(own[:count]))), sops)
        if seen is not None:
            yield seen


def _folded(case: Case, entries: Iterable[Entry], sops: Sops) -> Case | None:
    start = new_case(case.header, case.head_id, sops)
    return start and fold(start, ((entry.id, entry.event) for entry in entries), sops)
