"""What lies before whoever decides on a document: it, what it takes the place of, and its way here.

Everything follows from the case; nothing is read of the files but their digests.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from soptui.domain.case import Case, Document, Entry, Visit
from soptui.domain.events import Action, Return


class Reviewed(Struct, frozen=True):
    """A document to be decided on.

    `before` is what the last round of the step had in its place, None where there was no round
    before. `same_round` is the last round that brought the very same file, by its digest; 0 where
    none did.
    """

    document: Document
    entry: Entry | None
    before: Document | None
    same_round: int


class Passage(Struct, frozen=True):
    """A step that the document passed on its way: who did it, and by which act it went on."""

    visit: Visit
    outcome: Action


def reviewed_documents(case: Case) -> tuple[Reviewed, ...]:
    """The newest output of the case, each document with what the round before had in its place."""
    return tuple(_reviewed(case, place) for place in range(len(case.current_documents)))


def _reviewed(case: Case, place: int) -> Reviewed:
    document = case.current_documents[place]
    earlier = [
        one for one in case.documents if one.step == document.step and one.round < document.round
    ]
    last = max((one.round for one in earlier), default=0)
    there = [one for one in earlier if one.round == last]
    named = [one for one in there if one.file.name == document.file.name]
    before = named[-1] if named else there[place] if place < len(there) else None
    same = (one.round for one in earlier if one.file.sha256 == document.file.sha256)
    return Reviewed(document, case.entry(document.event), before, max(same, default=0))


def passages(case: Case) -> tuple[Passage, ...]:
    """The steps that were finished since the newest output was made, that step the first."""
    documents = case.current_documents
    if not documents:
        return ()
    made = documents[0]
    ended = [(one, one.outcome) for one in case.visits if one.outcome is not None]
    start = next(
        (
            at
            for at, (visit, _outcome) in enumerate(ended)
            if (visit.step, visit.round) == (made.step, made.round)
        ),
        len(ended),
    )
    return tuple(Passage(visit, outcome) for visit, outcome in ended[start:])


def returns_of(case: Case) -> Iterator[tuple[Entry, Return]]:
    """Each return of the case that took effect, the last one first."""
    for entry in reversed(case.entries):
        details = entry.event.details
        if isinstance(details, Return) and entry.effective:
            yield entry, details
