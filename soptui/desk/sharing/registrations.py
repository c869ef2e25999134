"""What a sync changed about letters in the mail register: letters in it twice, numbers that moved.

Who registers a letter in a clone of their own cannot see what others register meanwhile. Whose
agenda number moved is told until they have looked at the case: they may have written the number on
the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from soptui.desk.reading import ReadingDesk
from soptui.domain.ids import CaseId, CommitId, OfficerId
from soptui.domain.message import Message, Refusal
from soptui.records.platform.private_files import load_kept, save_kept, state_path
from soptui.records.sharing.result import Renumbered

_RENUMBERED = ".renumbered"


class Before:
    """How the register stood before a sync: ask `twins` and `renumbered` after it."""

    def __init__(self, desk: ReadingDesk) -> None:
        """Raises what reading the records does."""
        self._desk = desk
        self._tip: CommitId = desk.tip()
        # What the hub has keeps its number; without a hub, whatever may come first.
        shared = desk.repository.trust.shared
        self._movable = desk.provisional() if shared else None
        self._numbers = _numbers(desk, self._movable)

    def twins(self) -> tuple[tuple[CaseId, ...], ...]:
        """The cases of each letter that is registered more than once, if one of them is new."""
        new = self._desk.index.provisional(self._tip) | (self._movable or frozenset())
        return twins_among(self._desk, new)

    def renumbered(self) -> tuple[Renumbered, ...]:
        """The cases whose agenda number is another than before; they are kept in mind."""
        now = _numbers(self._desk, self._movable)
        moved = tuple(
            Renumbered(case, number, now[case], _registrar(self._desk, case))
            for case, number in self._numbers.items()
            if case in now and now[case] != number
        )
        if moved:
            _remember(self._desk, moved)
        return moved


def before_sync(desk: ReadingDesk) -> Before | None:
    """How the register stands; None where the records cannot be read, which sync may mend.

    What is in the way, the sync itself meets and tells.
    """
    from soptui.desk.causes import refusal_of

    try:
        return Before(desk)
    except Exception as error:
        if refusal_of(error) is None:
            raise
        return None


def twins_among(desk: ReadingDesk, cases: Iterable[CaseId]) -> tuple[tuple[CaseId, ...], ...]:
    """The cases, not cancelled, of each letter registered more than once, one of which is named."""
    wanted = tuple(cases)
    if not wanted:
        return ()
    return desk.index.ask(lambda queries: queries.twins(wanted))


def twins_message(desk: ReadingDesk, cases: Iterable[CaseId]) -> Message:
    """What to say of cases that are of one letter."""
    return Message(
        "The same letter is registered more than once: {numbers}. If it is one letter, keep one "
        "case and let the other be cancelled (soptui cancel).",
        numbers=[desk.agenda_of(case) or case for case in cases],
    )


def renumbered_message(case: CaseId, before: str, now: str) -> Message:
    """What to say of a case whose agenda number moved."""
    return Message(
        "Others shared letters first: the agenda number {before} that you gave ({case}) is {now} "
        "now. Correct it wherever it was written down.",
        before=before, now=now, case=case,
    )  # fmt: skip


def renumbered_not_seen(desk: ReadingDesk) -> dict[CaseId, Message]:
    """By case what the officer was not shown since its agenda number moved."""
    found = _remembered(desk).get(desk.officer_id, {})
    return {
        case: renumbered_message(case, before, now)
        for case, before in found.items()
        if (now := desk.agenda_of(case)) and now != before
    }


def mark_renumbered_seen(desk: ReadingDesk, case: CaseId) -> None:
    """Do not tell of this case's number again."""
    kept = _remembered(desk)
    if kept.get(desk.officer_id, {}).pop(case, None) is not None:
        _save(desk, kept)


def _numbers(desk: ReadingDesk, cases: Iterable[CaseId] | None) -> Mapping[CaseId, str]:
    return desk.index.ask(lambda queries: queries.agenda_numbers(cases))


def _registrar(desk: ReadingDesk, case: CaseId) -> OfficerId:
    try:
        return desk.case(case).entries[0].event.by
    except Refusal:
        return OfficerId("")


def _remember(desk: ReadingDesk, moved: Iterable[Renumbered]) -> None:
    kept = _remembered(desk)
    for one in moved:
        # Several moves are one: what counts is the number that was written down.
        kept.setdefault(one.by, {}).setdefault(one.case, one.before)
    _save(desk, kept)


def _save(desk: ReadingDesk, kept: Mapping[OfficerId, Mapping[CaseId, str]]) -> None:
    # Who cannot write there was told by the sync itself.
    with suppress(OSError):
        save_kept(state_path(desk.repository.root, _RENUMBERED), kept, desk.genesis)


def _remembered(desk: ReadingDesk) -> dict[OfficerId, dict[CaseId, str]]:
    fields = load_kept(state_path(desk.repository.root, _RENUMBERED), desk.genesis)
    with suppress(ValueError, TypeError, AttributeError):
        return {
            OfficerId(officer): {CaseId(case): str(number) for case, number in cases.items()}
            for officer, cases in fields.items()
        }
    return {}


def sentences_of(
    desk: ReadingDesk, twins: Iterable[Iterable[CaseId]], renumbered: Iterable[Renumbered]
) -> Iterator[Message]:
    """What to say of the letters that a sync found registered twice, or numbered anew."""
    for cases in twins:
        yield twins_message(desk, cases)
    for one in renumbered:
        if one.by == desk.officer_id:
            yield renumbered_message(one.case, one.before, one.now)
