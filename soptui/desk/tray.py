"""An officer's desk: what waits for them, and what nobody but they can set going again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soptui.desk.reading import ReadingDesk
from soptui.domain.case_filter import CaseFilter, CaseOrder
from soptui.domain.replace import replace

if TYPE_CHECKING:
    from soptui.domain.case_list import Tray


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
