"""One act upon several cases: each judged and signed on its own, with an outcome for each."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.actions.table import info_of
from soptui.desk.desk import Desk
from soptui.desk.files import take_in_sure
from soptui.desk.refusals import NotOpen
from soptui.desk.views import FileToAttach, Shown
from soptui.domain.case import Case
from soptui.domain.events import Action, Details
from soptui.domain.ids import CaseId
from soptui.domain.message import Message, Refusal

if TYPE_CHECKING:
    from soptui.domain.receipt import Receipt


class Outcome(Struct, frozen=True):
    """What became of an act in one case: the receipt, or the reason why nothing was recorded."""

    case: CaseId
    subject: str
    receipt: Receipt | None = None
    reason: Message | None = None


class Together(Struct, frozen=True):
    """Cases in which one form can be signed, all at one step of one SOP; and those left out."""

    cases: tuple[Case, ...]
    left_out: tuple[Outcome, ...]


def subject_of(case: Case) -> str:
    """The subject of the case's letter, or an empty string."""
    return case.letter.subject if case.letter else ""


def gather(
    desk: Desk, action: Action, case_ids: Sequence[CaseId], *, receive_first: bool = True
) -> Together:
    """Which of the cases one form can serve: those open to the officer, at the step of the first.

    A form that asks nothing serves them wherever they lie. With `receive_first`, a case that only
    has to be received counts as open. Raises `NotOpen` when none is.
    """
    cases: list[Case] = []
    left_out: list[Outcome] = []
    refusal: NotOpen | None = None
    asks = bool(info_of(action).fields)
    for case_id in case_ids:
        case = desk.case(case_id)
        closed = desk.opening(case, action).closed_to(receive_first=receive_first)
        if closed is not None:
            refusal = refusal or NotOpen(closed)
            left_out.append(Outcome(case_id, subject_of(case), reason=closed.reason))
        elif cases and asks and _place_of(case) != _place_of(cases[0]):
            reason = Message("This case lies at another step than the first. Act in it by itself.")
            left_out.append(Outcome(case_id, subject_of(case), reason=reason))
        else:
            cases.append(case)
    if not cases and refusal is not None:
        raise refusal
    return Together(tuple(cases), tuple(left_out))


def _place_of(case: Case) -> tuple[str, int, int]:
    return case.sop.id, case.sop.version, case.step.number


def act_on_each(
    desk: Desk,
    cases: Sequence[Case],
    details: Details,
    *,
    files: Sequence[FileToAttach] = (),
    receive_first: bool = False,
    shown: Mapping[CaseId, Shown] | None = None,
    cancelled: threading.Event | None = None,
) -> tuple[Outcome, ...]:
    """Record the act in each case as it was seen, in a signed commit of its own.

    `shown` are the previews, by case. A refusal concerns its case alone, but for one of a file
    (`DoubtfulFile` among them), which is raised. Once `cancelled` is set, the cases that follow are
    left.
    """
    take_in_sure(files, desk.office.attachment_limit)
    outcomes = []
    for case in cases:
        receipt: Receipt | None = None
        reason: Message | None = None
        if cancelled is not None and cancelled.is_set():
            reason = Message("Stopped before this case. Nothing was recorded in it.")
        else:
            try:
                receipt = desk.act(
                    case.id, details, files=files, seen=case.last_id,
                    receive_first=receive_first, shown=(shown or {}).get(case.id),
                    cancelled=cancelled,
                )  # fmt: skip
            except Refusal as refusal:
                reason = refusal.message
        outcomes.append(Outcome(case.id, subject_of(case), receipt, reason))
    return tuple(outcomes)


def with_own_receipt(desk: Desk, case: Case) -> Case:
    """The case as it stands now if all that came since is one's own receipt, else as it was seen.

    A receipt that was recorded before the act itself came to nothing overtakes nobody.
    """
    now = desk.case(case.id)
    since = now.entries[len(case.entries) :]
    is_own = all(
        entry.event.by == desk.officer_id and entry.event.action is Action.RECEIVE
        for entry in since
    )
    return now if is_own else case
