"""The cases behind a figure: the list of all cases, kept to those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soptui.domain.case_filter import CaseFilter, CaseOrder
from soptui.tui.screens.cases import CasesScreen

if TYPE_CHECKING:
    from soptui.tui.presentation.board import Behind


class BehindScreen(CasesScreen):
    """Lies above the screen with the figure; going back comes to the figure again."""

    FIRST_ORDER = CaseOrder.DEADLINE

    def __init__(self, behind: Behind) -> None:
        super().__init__()
        self._behind = behind

    def every_case(self) -> CaseFilter:
        """The cases that the figure stands for."""
        return self._behind.cases

    def title_text(self) -> str:
        """With what the cases have in common."""
        return f"{super().title_text()} {self._behind.title}"
