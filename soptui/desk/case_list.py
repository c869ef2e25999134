"""A list of cases that somebody scrolls through: counted at once, asked for in pages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from soptui.domain.case_filter import ALL_CASES, CaseFilter, CaseOrder

if TYPE_CHECKING:
    from soptui.domain.case_list import CaseRow
    from soptui.records.index.index import Index


class CaseList:
    """The cases that are wanted, in order, as the records stood when the list was asked for.

    Threads may share a list; a page costs no look at what was recorded since.
    """

    def __init__(
        self,
        index: Index,
        wanted: CaseFilter = ALL_CASES,
        order: CaseOrder = CaseOrder.LAST,
    ) -> None:
        self._index = index
        self._wanted = wanted
        self._order = order

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return self._index.ask(lambda queries: queries.count(self._wanted))

    def page(self, limit: int, offset: int = 0) -> tuple[CaseRow, ...]:
        """At most `limit` of them, from place `offset` on."""
        return self._index.ask(
            lambda queries: queries.cases(self._wanted, self._order, limit=limit, offset=offset)
        )
