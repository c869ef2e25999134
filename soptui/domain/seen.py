"""What the author of an event had seen of its case, as far as the file can tell.

`after` names one block, and the author had seen all up to it. But whoever does several things in a
row and then rebases finds others' blocks before the first of them, and between them after a second
time: so they may have seen less. The verifier lets an event in if the gate allows it in one of
these views; whether it takes effect is judged at its turn, in the case as it then is.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from itertools import islice

from soptui.domain.case import Case, Entry
from soptui.domain.events import Event
from soptui.domain.fold import fold, new_case
from soptui.domain.ids import EventId
from soptui.domain.sop import Sops

_MOST_LESSER_VIEWS = 16
"""Each costs a fold, and stands for one time that own acts were put behind others'."""

_MOST_OWN = 64
"""Most own acts in such a view; nobody does as many in one case before the others hear of it."""

_KEPT_STEPS = 256
"""About how many states of one case are kept on the way to the one that was asked for."""

_KEPT_BYTES = 16 * 1024 * 1024
_BYTES_OF_A_CASE = 4096


class Earlier:
    """Cases as they stood earlier, so that no case is folded from nothing for each of its events.

    What is kept is no more than what folding would give, and limited by the memory that it takes.
    """

    def __init__(self) -> None:
        self._cases: OrderedDict[EventId, Case] = OrderedDict()
        self._bytes = 0

    def case_after(self, case: Case, count: int, sops: Sops) -> Case | None:
        """`case` as it stood after the first `count` of its events; None without its SOP."""
        entries = case.entries
        found = self._nearest(case, count) or new_case(case.header, case.head_id, sops)
        if found is None:
            return None
        stride = max(1, count // _KEPT_STEPS)
        for start in range(len(found.entries), count, stride):
            part = entries[start : min(start + stride, count)]
            found = fold(found, map(_with_id, part), sops)
            self._keep(found)
        return found

    def _nearest(self, case: Case, count: int) -> Case | None:
        """What is kept of the case after `count` events, or else after as many as there is."""
        for place in range(count, 0, -1):
            kept = self._cases.get(case.entries[place - 1].id)
            if kept is None:
                continue
            # Where histories were merged, other events may stand before the same one.
            same = (kept.header, kept.head_id) == (case.header, case.head_id)
            if same and kept.entries == case.entries[:place]:
                self._cases.move_to_end(kept.last_id)
                return kept
            self._forget(kept.last_id)
        return None

    def _keep(self, case: Case) -> None:
        self._forget(case.last_id)
        self._cases[case.last_id] = case
        self._bytes += _weight(case)
        while self._bytes > _KEPT_BYTES:
            self._forget(next(iter(self._cases)))

    def _forget(self, last_id: EventId) -> None:
        dropped = self._cases.pop(last_id, None)
        if dropped is not None:
            self._bytes -= _weight(dropped)


def _weight(case: Case) -> int:
    return _BYTES_OF_A_CASE + 8 * len(case.entries)


def seen_by_author(
    case: Case, event: Event, sops: Sops, earlier: Earlier | None = None
) -> Case | None:
    """The case up to the block that `event` names; None when `after` names nothing in the case.

    It is `case` itself where the event builds on its last block.
    """
    if event.after == case.last_id:
        return case
    earlier = earlier or Earlier()
    if event.after == case.head_id:
        return earlier.case_after(case, 0, sops)
    for position, entry in enumerate(case.entries, 1):
        if entry.id == event.after:
            return earlier.case_after(case, position, sops)
    return None


def lesser_views(
    case: Case, event: Event, sops: Sops, earlier: Earlier | None = None
) -> Iterator[Case]:
    """What the author may have seen instead, each less than the one before.

    Of their own events in a row, on the last of which `event` builds, the later ones stand in the
    view by themselves, and others' blocks only as far as one of the earlier ones, or as what the
    first of the row builds on.
    """
    earlier = earlier or Earlier()
    entries = case.entries
    places = {entry.id: place for place, entry in enumerate(entries)}
    own: list[int] = []
    at = event.after
    while at in places and entries[places[at]].event.by == event.by and len(own) < _MOST_OWN:
        own.append(places[at])
        at = entries[places[at]].event.after
    bases = [*own[1:], places.get(at, -1)]
    cuts = (count for count, (place, base) in enumerate(zip(own, bases, strict=False), 1)
            if base + 1 < place)  # fmt: skip
    for count in islice(cuts, _MOST_LESSER_VIEWS):
        shared = earlier.case_after(case, bases[count - 1] + 1, sops)
        if shared is None:
            return
        yield fold(shared, map(_with_id, (entries[place] for place in reversed(own[:count]))), sops)


def _with_id(entry: Entry) -> tuple[EventId, Event]:
    return entry.id, entry.event
