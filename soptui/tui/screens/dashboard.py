"""The dashboard (*papan kendali*): where the cases are, and how the SOP was kept in a time."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from soptui.desk.board import Board, Stopped, board_now, board_of, span_of
from soptui.desk.board import Span as DaySpan
from soptui.domain.message import N_, Refusal
from soptui.locale import _
from soptui.tui.frame.lists import ListScreen
from soptui.tui.frame.office_screen import Handlers
from soptui.tui.frame.progress import Progress
from soptui.tui.keys.commands import bindings_for
from soptui.tui.presentation.dashboard import Behind, board_rows, span_title, summary
from soptui.tui.text.lines import Line, Span, line
from soptui.tui.widgets.figures import FigureTable
from soptui.tui.widgets.painted import LineView
from soptui.tui.widgets.sources import Rows
from soptui.tui.widgets.table import Table

if TYPE_CHECKING:
    from soptui.tui.presentation.facts import Facts


class DashboardScreen(ListScreen):
    """Figures in groups; Enter opens the cases behind the one under the cursor."""

    PLACE = "board"
    HEADING = N_("Dashboard")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("board")]

    def __init__(self) -> None:
        super().__init__()
        self._span: DaySpan | None = None
        self._board: Board | None = None
        self._counted: tuple[str, DaySpan] | None = None
        self._cancelled = threading.Event()

    def body(self) -> ComposeResult:
        """The range with its totals, and the figures."""
        yield LineView(self._summary, id="summary")
        yield FigureTable(id="list")

    @property
    def table(self) -> FigureTable:
        """The figures."""
        return self.query_one("#list", FigureTable)

    # --- counting -------------------------------------------------------------------------------

    def look(self) -> None:
        """Count, and let go of a count that nobody waits for any more."""
        self._cancelled.set()
        self._cancelled = threading.Event()
        super().look()

    def fetch(self, facts: Facts) -> tuple[DaySpan, Board]:
        """The figures of the range; those counted already when no record was added since."""
        cancelled = self._cancelled
        span = self._span or span_of(facts.now.date())
        state = (self.desk.tip(), span)
        if self._board is not None and self._counted == state:
            return span, board_now(self.desk, self._board)
        progress = Progress(self, N_("Counting: {done} of {total} cases"))
        board = board_of(self.desk, span.days, progress=progress, cancelled=cancelled)
        self._counted = state
        return span, board

    def refused(self, refusal: Refusal) -> None:
        """A count that was let go is no news."""
        if not isinstance(refusal, Stopped):
            super().refused(refusal)

    def show(self, data: tuple[DaySpan, Board]) -> None:
        """Summary and figures."""
        facts = self.face.facts
        if facts is None:
            return
        self._span, self._board = data
        rows = list(board_rows(self._board, facts))
        self.query_one("#summary", LineView).show(self._summary)
        self.table.show(Rows(rows))
        self.say("")

    def _summary(self, width: int) -> Sequence[Line]:
        if self._board is None or self._span is None:
            return [line(" ", Span(_("Counting ..."), "dim"))]
        return summary(self._board, self._span, width)

    # --- commands -------------------------------------------------------------------------------

    @on(Table.Chosen)
    def _open_chosen(self, event: Table.Chosen) -> None:
        from soptui.tui.screens.cases import CasesScreen

        if isinstance(event.value, Behind):
            self.app.push_screen(CasesScreen(event.value))

    def handlers(self) -> Handlers:
        """Also what goes through the groups of figures, and the spans they are of."""
        return {
            **super().handlers(),
            "next-tab": lambda: self.table.next_group(1),
            "previous-tab": lambda: self.table.next_group(-1),
            "earlier": partial(self._move, -1),
            "later": partial(self._move, 1),
            "span": self.change_span,
        }

    def change_span(self) -> None:
        """A whole year, or the quarter that is going on or ended the year."""
        if self._span is None or self.face.facts is None:
            return
        today = span_of(self.face.facts.now.date())
        last = today.quarter if self._span.year == today.year else 4
        self._take(DaySpan(self._span.year, 0 if self._span.quarter else last))

    def _move(self, steps: int) -> None:
        """To the quarter or year so many further."""
        if self._span is not None:
            self._take(self._span.moved(steps))

    def _take(self, span: DaySpan) -> None:
        self._span = span
        self.say(_("Counting: {span}", span=span_title(span)))
        self.look()

    def reload(self) -> None:
        """Count anew."""
        self._counted = None
        self.look()
