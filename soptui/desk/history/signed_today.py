"""What an officer has signed today: the log beside their tray, sent to the hub or not.

It is read from the verified history each time, and so it also has what the officer signed at
another clone, once that came in.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.words.names import role_title
from soptui.domain.case import Case, Entry, Status
from soptui.domain.case_filter import CaseFilter
from soptui.domain.events import Action, Dispose
from soptui.domain.ids import NO_CASE, NOBODY, CaseId, CommitId
from soptui.domain.message import Refusal
from soptui.records.files.commit_message import Trailers, trailer_line, trailers_of
from soptui.records.files.layout import is_case_id
from soptui.records.sharing.remote import remote_of
from soptui.records.sharing.state import load_contact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from soptui.desk.reading import ReadingDesk
    from soptui.domain.case_list import CaseRow

MOST_ACTS = 50
"""How many of a day are told, the newest: more than anybody reads through."""

_MERGE = "merge"
_OPEN = (Status.RUNNING, Status.SUSPENDED)


class SignedAct(Struct, frozen=True):
    """One act: when it was signed by its own word, what it was, and the commit that holds it.

    `action` is None for a change of the office's own records, which `path` names. `agenda` is the
    case's number in the mail register with its year, `to` the titles of those to whom it was
    disposed. `is_sent` says whether the hub has it; None where there is no hub or nobody can tell.
    `is_review` tells an approval that only reviews.
    """

    at: datetime
    commit: CommitId
    action: Action | None
    path: str = ""
    case: CaseId = NO_CASE
    agenda: str = ""
    to: tuple[str, ...] = ()
    is_sent: bool | None = None
    is_review: bool = False


class SignedToday(Struct, frozen=True):
    """A day's acts, the newest first, and the open cases that they passed on to somebody else."""

    acts: tuple[SignedAct, ...] = ()
    passed_on: tuple[CaseRow, ...] = ()

    @property
    def unsent(self) -> int:
        """How many the hub lacks."""
        return sum(one.is_sent is False for one in self.acts)


def signed_today(desk: ReadingDesk) -> SignedToday:
    """What the officer signed since midnight, at this clone or at another whose work came in.

    Nothing for somebody whom the records do not know. For a thread: it reads the history.
    """
    if desk.officer_id not in desk.registry.officers:
        return SignedToday()
    found = tuple(_commits(desk))
    ids = tuple(dict.fromkeys(says.case for _commit, _at, says in found if says.case))
    rows = {row.id: row for row in _rows(desk, ids)}
    unsent = _unsent(desk, found)
    acts = tuple(
        SignedAct(
            at=at,
            commit=commit,
            action=_action(says),
            path=says.change,
            case=says.case,
            agenda=_agenda(rows.get(says.case)),
            to=_disposed_to(desk, says),
            is_review=_is_review(desk, says),
            is_sent=None if unsent is None else commit not in unsent,
        )
        for commit, at, says in found
    )
    passed_on = tuple(
        row
        for one in ids
        if (row := rows.get(one)) and _is_elsewhere(desk, row) and _took_effect(desk, found, one)
    )
    return SignedToday(acts, passed_on)


def _commits(desk: ReadingDesk) -> Iterator[tuple[CommitId, datetime, Trailers]]:
    """The officer's commits of today but for merges, the newest first."""
    repository, now = desk.repository, desk.now()
    midnight = now.replace(hour=0, minute=0, second=0)
    found = repository.history.with_line(
        trailer_line("officer", desk.officer_id), desk.tip(), since=midnight
    )
    count = 0
    for commit, _nothing in found:
        one = repository.commit(commit)
        says = trailers_of(one.message)
        if says.change == _MERGE or not (says.change or is_case_id(says.case)):
            continue
        at = one.author.moment or midnight
        yield commit, at.astimezone(now.tzinfo), says
        count += 1
        if count == MOST_ACTS:
            return


def _rows(desk: ReadingDesk, ids: Sequence[CaseId]) -> tuple[CaseRow, ...]:
    return desk.cases(CaseFilter(among=tuple(ids))).page(len(ids)) if ids else ()


def _action(says: Trailers) -> Action | None:
    return next((one for one in Action if one.value == says.action), None)


def _agenda(row: CaseRow | None) -> str:
    return f"{row.agenda}/{row.year}" if row is not None and row.agenda else ""


def _disposed_to(desk: ReadingDesk, says: Trailers) -> tuple[str, ...]:
    """The titles of those to whom an act disposed the case; nothing for any other act."""
    if says.action != Action.DISPOSE:
        return ()
    case, entry = _entry(desk, says)
    details = entry.event.details if entry is not None else None
    if case is None or not isinstance(details, Dispose):
        return ()
    return tuple(role_title(case.sop, role) for role in details.to)


def _is_review(desk: ReadingDesk, says: Trailers) -> bool:
    if says.action != Action.APPROVE:
        return False
    _case, entry = _entry(desk, says)
    return entry is not None and entry.is_review


def _entry(desk: ReadingDesk, says: Trailers) -> tuple[Case | None, Entry | None]:
    try:
        case = desk.case(says.case)
    except Refusal:
        return None, None
    return case, case.entry(says.event)


def _is_elsewhere(desk: ReadingDesk, row: CaseRow) -> bool:
    """Whether an open case neither is in the officer's hands nor waits for them."""
    if row.status not in _OPEN:
        return False
    if row.owner:
        return row.owner != desk.officer_id
    return row.role not in desk.roles() or row.assignee not in (NOBODY, desk.officer_id)


def _took_effect(
    desk: ReadingDesk, found: Sequence[tuple[CommitId, datetime, Trailers]], case_id: CaseId
) -> bool:
    """Whether anything of the day did in a case: what took none has passed nothing on."""
    entries = (_entry(desk, says)[1] for _commit, _at, says in found if says.case == case_id)
    return any(entry is not None and entry.effective for entry in entries)


def _unsent(
    desk: ReadingDesk, found: Sequence[tuple[CommitId, datetime, Trailers]]
) -> frozenset[CommitId] | None:
    """Those of the commits that the hub lacks; None without a hub, or where Git cannot tell."""
    repository = desk.repository
    if not found or not remote_of(repository.directory):
        return None
    repository.recall()
    return load_contact(repository).lacked(repository, [commit for commit, *_ in found])
