"""All cases: where each lies now, with whom, since when, and how much time it has left."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from soptui.domain.case_filter import ALL_CASES, CaseOrder
from soptui.domain.case_list import CaseRow
from soptui.domain.events import Action
from soptui.domain.message import N_
from soptui.domain.replace import replace
from soptui.locale import _, _n
from soptui.tui.design.header import Part
from soptui.tui.keys.commands import Command, Situation, bindings_for
from soptui.tui.presentation.facts import Facts
from soptui.tui.presentation.rows import CASE_COLUMNS, case_row
from soptui.tui.screens.case_list import CaseListScreen, some_of
from soptui.tui.screens.saved_filters import BRIEF_ORDERS
from soptui.tui.widgets.sources import PagedRows

if TYPE_CHECKING:
    from soptui.tui.presentation.dashboard import Behind


class CasesScreen(CaseListScreen):
    """Every case of the office, or those behind a figure; a hundred thousand scroll as ten do.

    With a figure's cases it lies above the screen with the figure, to which the way back leads.
    """

    PLACE = "cases"
    HEADING = N_("All cases")
    COLUMNS = CASE_COLUMNS
    EMPTY = N_("There are no cases yet.")
    FIRST_ORDER = CaseOrder.LAST
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("cases")]

    def __init__(self, behind: Behind | None = None) -> None:
        super().__init__()
        self._behind = behind
        if behind is not None:
            self.order = behind.order
        self._count = self._all = -1

    def is_hinted(self, command: Command, situation: Situation) -> bool:
        """No act but registering: most of these cases wait for somebody else."""
        is_act = command.action not in (None, Action.REGISTER)
        return not is_act and super().is_hinted(command, situation)

    def fetch(self, facts: Facts) -> tuple[PagedRows[CaseRow], int]:
        """What fits the filter, to be asked for in pages of which the first is read; all cases."""
        every_case = self._behind.cases if self._behind else ALL_CASES
        found = self.desk.cases(replace(every_case, text=self.text), self.order)
        pages = PagedRows(found.count, found.page, lambda case: case_row(case, facts))
        if len(pages):
            pages.item(0)
        return pages, self.desk.cases(every_case).count if self.text else len(pages)

    def show(self, data: tuple[PagedRows[CaseRow], int]) -> None:
        """The list."""
        pages, self._all = data
        self._count = len(pages)
        self.table.show(pages, empty=self.empty_of(self.EMPTY))

    def title_parts(self) -> tuple[Part, ...]:
        """With what they have in common, and how many there are."""
        parts = super().title_parts()
        if self._behind:
            parts = (*parts, Part(self._behind.title, yields=True))
        if self._count < 0:
            return parts
        found = _n("{count} case", "{count} cases", self._all)
        order = Part(_(BRIEF_ORDERS[self.order]), "dim", yields=True)
        return (*parts, Part(some_of(self._count, self._all) if self.text else found), order)
