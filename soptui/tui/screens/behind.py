"""The cases behind a figure: the list of all cases, kept to those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from soptui.tui.presentation.rows import case_row
from soptui.tui.screens.cases import CasesScreen
from soptui.tui.widgets.sources import Pages

if TYPE_CHECKING:
    from soptui.records.index.rows import CaseRow
    from soptui.tui.presentation.board import Behind
    from soptui.tui.presentation.facts import Facts


class BehindScreen(CasesScreen):
    """Lies above the screen with the figure; going back comes to the figure again."""

    FIRST_SORT = "deadline"

    def __init__(self, behind: Behind) -> None:
        super().__init__()
        self._behind = behind

    def fetch(self, facts: Facts) -> tuple[Pages[CaseRow], int]:
        """Only those cases, filtered further by what is typed."""
        index = self.desk.index
        conditions: dict[str, Any] = {**self._behind.conditions, "text": self.text}
        sort = self.sort
        pages = Pages(
            index.count(**conditions),
            lambda limit, offset: index.cases(sort=sort, limit=limit, offset=offset, **conditions),
            lambda case: case_row(case, facts),
        )
        if len(pages):
            pages.item(0)
        return pages, self.count_all() if self.text else len(pages)

    def count_all(self) -> int:
        """How many cases the figure stands for."""
        return self.desk.index.count(**self._behind.conditions)

    def title_text(self) -> str:
        """With what the cases have in common."""
        return f"{super().title_text()} {self._behind.title}"
