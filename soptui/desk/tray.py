"""An officer's desk: what waits for them, and what nobody but they can set going again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.reading import ReadingDesk
from soptui.domain.actions.guards import STEP_ACTIONS
from soptui.domain.case_filter import CaseFilter, CaseOrder
from soptui.domain.events import Action
from soptui.domain.message import N_
from soptui.domain.replace import replace
from soptui.domain.sop import Sop

if TYPE_CHECKING:
    from soptui.domain.case_list import CaseRow, RequestRow, Tray


class TrayGroup(StrEnum):
    """The groups of the tray, the most pressing first."""

    WITHOUT_EFFECT = "without-effect"
    LATE = "late"
    SOON = "soon"
    RECEIVE = "receive"
    WORK = "work"
    LEFT_BEHIND = "left-behind"
    REQUESTS = "requests"
    INFORMED = "informed"
    PASSED_ON = "passed-on"


HEADINGS = {
    TrayGroup.WITHOUT_EFFECT: N_("Signed by you without effect: open it to see why"),
    TrayGroup.LATE: N_("Late"),
    TrayGroup.SOON: N_("Due soon"),
    TrayGroup.RECEIVE: N_("To receive"),
    TrayGroup.WORK: N_("In work"),
    TrayGroup.LEFT_BEHIND: N_("With somebody whose post ended: reassign"),
    TrayGroup.REQUESTS: N_("Data asked of your section"),
    TrayGroup.INFORMED: N_("For your information"),
    TrayGroup.PASSED_ON: N_("From you, today"),
}
"""What each group is called: msgids."""


class TrayPart(Struct, frozen=True):
    """A group with something in it: how many there are, and those that were fetched of them.

    Only the requests have `requests`; all else is `cases`.
    """

    group: TrayGroup
    count: int
    cases: tuple[CaseRow, ...] = ()
    requests: tuple[RequestRow, ...] = ()


def tray_of(
    desk: ReadingDesk, *, limit: int, text: str = "", order: CaseOrder = CaseOrder.DEADLINE
) -> Tray:
    """What lies on the officer's desk now; `limit` holds for each group. Raises `Refusal`."""
    officer, today, overdue_before = desk.officer, desk.now().date(), desk.overdue_before
    tray = desk.index.ask(
        lambda queries: queries.tray(
            officer, today, overdue_before, text=text, order=order, limit=limit
        )
    )
    wanted = _left_behind(desk)
    left_behind = desk.cases(replace(wanted, text=text), order) if wanted else None
    if left_behind is None or not left_behind.count:
        return tray
    counts = replace(tray.counts, left_behind=left_behind.count)
    return replace(tray, left_behind=left_behind.page(limit), counts=counts)


def _left_behind(desk: ReadingDesk) -> CaseFilter | None:
    """Which open cases are with somebody whose post ended and in whose SOP this officer is head.

    Whoever has such a case in hand cannot go on with it, and nobody else before it is reassigned.
    None where there can be none.
    """
    roles, today, officers = desk.roles(), desk.now().date(), desk.registry.officers
    versions = tuple(
        (sop.id, sop.version)
        for newest in desk.sops()
        for sop in desk.sop_versions(newest.id)
        if sop.head in roles
    )
    if not versions:
        return None
    former = tuple(
        (role, keeper)
        for role, keeper in desk.index.ask(lambda queries: queries.keepers())
        if keeper not in officers or officers[keeper].post_for(role, today) is None
    )
    return CaseFilter(kept_by=former, versions=versions, is_open=True) if former else None


def tray_parts(
    tray: Tray,
    without_effect: Sequence[CaseRow],
    overdue_before: datetime,
    passed_on: Sequence[CaseRow] = (),
) -> Iterator[TrayPart]:
    """The tray in its groups, the most pressing first; empty ones are left out.

    `without_effect` are the cases in which something that the officer signed took none, and
    `passed_on` those that they handed on today. Of its own a case counts once, where it presses
    most: late, due soon, to be received, in work.
    """
    if without_effect:
        group = TrayGroup.WITHOUT_EFFECT
        yield TrayPart(group, len(without_effect), tuple(without_effect))
    counts = tray.counts
    totals = {
        TrayGroup.LATE: counts.late,
        TrayGroup.SOON: counts.due_soon,
        TrayGroup.RECEIVE: counts.receive_in_time,
        TrayGroup.WORK: counts.work_in_time,
        TrayGroup.LEFT_BEHIND: counts.left_behind,
    }
    listed: dict[TrayGroup, list[CaseRow]] = {group: [] for group in totals}
    listed[TrayGroup.LEFT_BEHIND] += tray.left_behind
    for group, cases in ((TrayGroup.RECEIVE, tray.to_receive), (TrayGroup.WORK, tray.in_work)):
        for case in cases:
            if case.is_late(overdue_before):
                listed[TrayGroup.LATE].append(case)
            elif case.is_due_soon(overdue_before):
                listed[TrayGroup.SOON].append(case)
            else:
                listed[group].append(case)
    for group, count in totals.items():
        if listed[group]:
            yield TrayPart(group, count, tuple(listed[group]))
    if tray.requests:
        yield TrayPart(TrayGroup.REQUESTS, counts.requests, requests=tray.requests)
    if tray.informed:
        yield TrayPart(TrayGroup.INFORMED, counts.informed, tray.informed)
    if passed_on:
        yield TrayPart(TrayGroup.PASSED_ON, len(passed_on), tuple(passed_on))


def awaited_acts(group: TrayGroup, case: CaseRow, sop: Sop | None) -> tuple[Action, ...]:
    """What a case in a group of the tray waits for, the likeliest first; `sop` is the case's."""
    match group:
        case TrayGroup.REQUESTS:
            return (Action.SUBMIT,)
        case TrayGroup.LEFT_BEHIND:
            return (Action.REASSIGN,)
        case TrayGroup.WITHOUT_EFFECT | TrayGroup.INFORMED | TrayGroup.PASSED_ON:
            return ()
    step = sop.step(case.step) if sop else None
    if step is None:
        return ()
    received = () if case.received else (Action.RECEIVE,)
    return (*received, *STEP_ACTIONS[step.kind])
