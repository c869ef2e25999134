"""An officer's desk: what waits for them, and what nobody but they can set going again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from soptui.desk.reading import ReadingDesk

if TYPE_CHECKING:
    from soptui.records.index.rows import Tray


def tray_of(desk: ReadingDesk, *, limit: int, text: str = "", sort: str = "deadline") -> Tray:
    """What lies on the officer's desk now; `limit` holds for each group. Raises `Refusal`."""
    index, today = desk.index, desk.now().date()
    tray = index.tray(desk.officer, today, desk.overdue_before, text=text, sort=sort, limit=limit)
    conditions = _left_behind(desk)
    count = index.count(text=text, **conditions) if conditions else 0
    if not count:
        return tray
    rows = index.cases(text=text, sort=sort, limit=limit, **conditions)
    return replace(tray, left_behind=rows, counts=replace(tray.counts, left_behind=count))


def _left_behind(desk: ReadingDesk) -> dict[str, Any]:
    """Which open cases are with somebody whose post ended and in whose SOP this officer is head.

    Whoever has such a case in hand cannot go on with it, and nobody else before it is reassigned.
    Empty where there are none.
    """
    roles, today, officers = desk.roles(), desk.now().date(), desk.registry.officers
    versions = [
        (sop.id, sop.version)
        for newest in desk.sops()
        for sop in desk.sop_versions(newest.id)
        if sop.head in roles
    ]
    if not versions:
        return {}
    former = [
        (role, keeper)
        for role, keeper in desk.index.keepers()
        if keeper not in officers or officers[keeper].post_for(role, today) is None
    ]
    return {"kept_by": former, "versions": versions, "is_open": True} if former else {}
