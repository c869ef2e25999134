"""The tray as rows: in groups under headings, the most pressing first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from soptui.desk.tray import HEADINGS, TrayGroup, TrayPart, tray_parts
from soptui.locale import _
from soptui.tui.presentation.facts import Facts
from soptui.tui.presentation.rows import TrayItem, request_row, tray_row
from soptui.tui.text.lines import Span, line
from soptui.tui.widgets.sources import LazyRows, Row

if TYPE_CHECKING:
    from soptui.domain.case_list import CaseRow, Tray

_OTHERS = frozenset({TrayGroup.INFORMED, TrayGroup.WITHOUT_EFFECT, TrayGroup.PASSED_ON})
"""The groups whose cases may be with somebody else, and in another group as well."""

_Keyed = tuple[str, Callable[[], Row[TrayItem]]]
"""A row's key, and what draws it once it comes in sight."""


def tray_rows(
    tray: Tray,
    without_effect: Sequence[CaseRow],
    facts: Facts,
    passed_on: Sequence[CaseRow] = (),
) -> LazyRows[TrayItem]:
    """Everything in the tray; `without_effect` are cases in which something was.

    `passed_on` are those that the officer handed on today: they lie with others now.
    """
    parts = tray_parts(tray, without_effect, facts.overdue_before, passed_on)
    return LazyRows([row for part in parts for row in _rows(part, facts)])


def _rows(part: TrayPart, facts: Facts) -> Iterator[_Keyed]:
    group = part.group
    # A case that becomes late or is received keeps its key, and so the cursor stays on it.
    kind = group if group in _OTHERS else "mine"
    yield _heading(group, part.count)
    for case in part.cases:
        key = f"{kind} {case.id}"
        yield key, partial(tray_row, key, TrayItem(group, case), facts)
    for request in part.requests:
        key = f"{group} {request.case.id} {request.unit}"
        yield key, partial(request_row, key, request, facts)


def _heading(group: TrayGroup, count: int) -> _Keyed:
    label = Span(_(HEADINGS[group]), "head")
    key = f"= {group}"
    row: Row[TrayItem] = Row(key, (line(label, Span(f" {count}", "dim")),), is_heading=True)
    return key, lambda: row
