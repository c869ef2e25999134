"""The tray as rows: in groups under headings, the most pressing first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from soptui.domain.message import N_
from soptui.locale import _
from soptui.tui.presentation.facts import Facts
from soptui.tui.presentation.rows import TrayGroup, TrayItem, request_row, tray_row
from soptui.tui.text.lines import Span, line
from soptui.tui.widgets.sources import LazyRows, Row

if TYPE_CHECKING:
    from soptui.domain.case_list import CaseRow, Tray

_HEADINGS = {
    TrayGroup.WITHOUT_EFFECT: N_("Signed by you without effect: open it to see why"),
    TrayGroup.LATE: N_("Late"),
    TrayGroup.SOON: N_("Due soon"),
    TrayGroup.RECEIVE: N_("To receive"),
    TrayGroup.WORK: N_("In work"),
    TrayGroup.LEFT_BEHIND: N_("With somebody whose post ended: reassign"),
    TrayGroup.REQUESTS: N_("Data asked of your section"),
    TrayGroup.INFORMED: N_("For your information"),
}

_Keyed = tuple[str, Callable[[], Row[TrayItem]]]
"""A row's key, and what draws it once it comes in sight."""


def tray_rows(tray: Tray, without_effect: Sequence[CaseRow], facts: Facts) -> LazyRows[TrayItem]:
    """Everything in the tray; `without_effect` are cases in which something was."""
    unseen = _group(TrayGroup.WITHOUT_EFFECT, without_effect, len(without_effect), facts)
    return LazyRows([*unseen, *_rows(tray, facts)])


def _rows(tray: Tray, facts: Facts) -> Iterator[_Keyed]:
    counts = tray.counts
    totals = {
        TrayGroup.LATE: counts.late,
        TrayGroup.SOON: counts.due_soon,
        TrayGroup.RECEIVE: counts.receive_in_time,
        TrayGroup.WORK: counts.work_in_time,
    }
    pressing: dict[TrayGroup, list[CaseRow]] = {group: [] for group in totals}
    for group, cases in (
        (TrayGroup.RECEIVE, tray.to_receive),
        (TrayGroup.WORK, tray.in_work),
    ):
        for case in cases:
            if case.is_late(facts.overdue_before):
                pressing[TrayGroup.LATE].append(case)
            elif case.is_due_soon(facts.overdue_before):
                pressing[TrayGroup.SOON].append(case)
            else:
                pressing[group].append(case)
    for group, listed in pressing.items():
        yield from _group(group, listed, totals[group], facts)
    yield from _group(TrayGroup.LEFT_BEHIND, tray.left_behind, counts.left_behind, facts)
    if tray.requests:
        yield _heading(TrayGroup.REQUESTS, counts.requests)
        for request in tray.requests:
            key = f"{TrayGroup.REQUESTS} {request.case.id} {request.unit}"
            yield key, partial(request_row, key, request, facts)
    yield from _group(TrayGroup.INFORMED, tray.informed, counts.informed, facts)


def _group(
    group: TrayGroup, cases: Sequence[CaseRow], count: int, facts: Facts
) -> Iterator[_Keyed]:
    # A case that becomes late or is received keeps its key, and so the cursor stays on it.
    kind = group if group in (TrayGroup.INFORMED, TrayGroup.WITHOUT_EFFECT) else "mine"
    if cases:
        yield _heading(group, count)
        for case in cases:
            key = f"{kind} {case.id}"
            yield key, partial(tray_row, key, TrayItem(group, case), facts)


def _heading(group: TrayGroup, count: int) -> _Keyed:
    label = Span(_(_HEADINGS[group]), "head")
    key = f"= {group}"
    row: Row[TrayItem] = Row(key, (line(label, Span(f" ({count})", "dim")),), is_heading=True)
    return key, lambda: row
