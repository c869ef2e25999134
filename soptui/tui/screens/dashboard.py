"""The dashboard (*papan kendali*): a picture of where the cases are and of how the time went."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from soptui.desk.board import Board, sop_of_board, span_of
from soptui.desk.board import Span as DaySpan
from soptui.desk.counting import Counted, Stopped, counted_over
from soptui.desk.standing import Standing, standing_of
from soptui.domain.case_list import CaseRow
from soptui.domain.ids import CommitId
from soptui.domain.message import N_, Refusal
from soptui.locale import _
from soptui.tui.design.header import Part
from soptui.tui.frame.office_screen import Handlers, OfficeScreen, still_looking
from soptui.tui.frame.progress import Progress
from soptui.tui.frame.settling import Settling
from soptui.tui.keys.commands import Situation, bindings_for
from soptui.tui.presentation.board_behind import behind_lines, told_of
from soptui.tui.presentation.board_picture import Picture, board_picture
from soptui.tui.presentation.dashboard import Behind, board_rows, span_title
from soptui.tui.text.drawn import Drawn
from soptui.tui.text.lines import Line
from soptui.tui.widgets.figures import FigureTable
from soptui.tui.widgets.painted import LineView
from soptui.tui.widgets.sources import Rows
from soptui.tui.widgets.spot_view import SpotView
from soptui.tui.widgets.table import Table

if TYPE_CHECKING:
    from soptui.tui.presentation.facts import Facts

_MOST_BEHIND = 60
"""How many cases are listed beside the picture at most."""


class _Now(Struct, frozen=True):
    """What stands at a commit, for the span that is looked at."""

    tip: CommitId
    span: DaySpan
    standing: Standing


class DashboardScreen(OfficeScreen):
    """A picture at first; another key shows all figures as tables. Enter opens what is meant.

    Where the cases are now is there at once. What must be counted follows, and stays until there
    is something new to count.
    """

    PLACE = "board"
    HEADING = N_("Dashboard")
    AUTO_FOCUS = "#picture"
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012 (Textual's own type)
        (0, "-narrow"), (80, "-normal"), (180, "-broad"),
    ]  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("board")]

    def __init__(self) -> None:
        super().__init__()
        self._settling = Settling(self, self.tell_now)
        self._now: _Now | None = None
        self._span: DaySpan | None = None
        self._counted: Counted | None = None
        self._counted_of: tuple[CommitId, DaySpan] | None = None
        self._cancelled = threading.Event()
        self._behind: Sequence[CaseRow] = ()

    def body(self) -> ComposeResult:
        """The picture with what there is to say of the spot in hand; the tables, out of sight."""
        with Horizontal(id="board"):
            yield SpotView(self._picture, id="picture")
            yield LineView(self._behind_lines, id="behind")
        yield LineView(self._told, id="told")
        yield FigureTable(id="list")

    @property
    def picture(self) -> SpotView:
        """The picture."""
        return self.query_one("#picture", SpotView)

    @property
    def table(self) -> FigureTable:
        """The figures as tables."""
        return self.query_one("#list", FigureTable)

    @property
    def shows_tables(self) -> bool:
        """Whether the tables are in sight, and not the picture."""
        return self.has_class("-tables")

    def title_parts(self) -> tuple[Part, ...]:
        """With the time that is looked at, and the SOP whose cases these are."""
        parts = super().title_parts()
        if self._now is None:
            return parts
        title = self._now.standing.sop.identity.title
        return (*parts, Part(span_title(self._now.span)), Part(title, yields=True))

    def situation(self) -> Situation:
        """With what is under the cursor."""
        spot = self.picture.spot
        row = self.table.key if self.shows_tables else spot.key if spot is not None else ""
        return Situation(row=row, desks=len(self.face.desks))

    # --- looking and counting -------------------------------------------------------------------

    def fetch(self, facts: Facts) -> _Now:
        """Where the cases lie now."""
        span = self._span or span_of(facts.now.date())
        tip, sop = self.desk.tip(), sop_of_board(self.desk)
        return _Now(tip, span, standing_of(self.desk, sop, span.days))

    def show(self, data: _Now) -> None:
        """The picture, and what was counted once it is there."""
        if self._counted is not None and self._now is not None and self._now.span != data.span:
            self._counted = None
        self._now, self._span = data, data.span
        self._draw()
        if self._counted_of != (data.tip, data.span):
            self._count(data)

    def _count(self, now: _Now) -> None:
        """Count in a thread, and let go of a count that nobody waits for any more."""
        self._cancelled.set()
        self._cancelled = cancelled = threading.Event()
        desk, sop, days = self.desk, now.standing.sop, now.span.days

        def count() -> Counted:
            progress = Progress(self, N_("Counting: {done} of {total} cases"))
            return counted_over(desk, sop, days, progress=progress, cancelled=cancelled)

        self.threads.run("count", count, partial(self._take_counted, now))

    def _take_counted(self, now: _Now, counted: Counted) -> None:
        self._counted, self._counted_of = counted, (now.tip, now.span)
        self._draw()
        self.say("")

    def on_unmount(self) -> None:
        """Nobody waits for the count any more."""
        self._cancelled.set()

    def refused(self, refusal: Refusal) -> None:
        """A count that was let go is no news."""
        if not isinstance(refusal, Stopped):
            super().refused(refusal)

    # --- drawing --------------------------------------------------------------------------------

    def _draw(self) -> None:
        self.picture.renew()
        facts = self.face.facts
        if self._now is not None and self._counted is not None and facts is not None:
            board = Board(self._now.standing, self._counted)
            self.table.show(Rows(list(board_rows(board, facts))))

    def _picture(self, width: int) -> Drawn:
        facts = self.face.facts
        if self._now is None or facts is None:
            return Drawn(tuple(still_looking()))
        shown = Picture(self._now.standing, self._counted, self._now.span, facts)
        return board_picture(shown, width, self.picture.size.height)

    def _told(self, width: int) -> Sequence[Line]:
        facts, spot = self.face.facts, self.picture.spot
        if facts is None or spot is None:
            return ()
        return told_of(spot.value, facts, width)

    def _behind_lines(self, width: int) -> Sequence[Line]:
        facts, spot = self.face.facts, self.picture.spot
        if facts is None or spot is None:
            return ()
        return behind_lines(spot.value, self._behind, facts, width)

    @on(SpotView.Moved)
    def _tell_soon(self) -> None:
        """Say what is in hand once no key follows for a moment."""
        self.renew_keys()
        self._settling.begin()

    def tell_now(self) -> None:
        """Say what is in hand, and list its cases where there is room."""
        self.query_one("#told", LineView).show(self._told)
        self._look_behind()

    def _look_behind(self) -> None:
        """List the cases behind the spot in hand, where there is room beside the picture."""
        spot = self.picture.spot
        if spot is None or not self.query_one("#behind").display:
            return
        self.threads.run("behind", self._ask_behind(spot.value), self._take_behind)

    def _ask_behind(self, value: object) -> Callable[[], Sequence[CaseRow]]:
        if isinstance(value, CaseRow):
            return lambda: (value,)
        if isinstance(value, Behind):
            return lambda: self.desk.cases(value.cases, value.order).page(_MOST_BEHIND)
        return lambda: ()

    def _take_behind(self, rows: Sequence[CaseRow]) -> None:
        self._behind = rows
        self.query_one("#behind", LineView).show(self._behind_lines)

    # --- commands -------------------------------------------------------------------------------

    @on(SpotView.Chosen)
    @on(Table.Chosen)
    def _open_chosen(self, event: SpotView.Chosen | Table.Chosen) -> None:
        from soptui.tui.screens.cases import CasesScreen

        if isinstance(event.value, CaseRow):
            self.face.open_case(event.value.id)
        elif isinstance(event.value, Behind):
            self.app.push_screen(CasesScreen(event.value))

    def handlers(self) -> Handlers:
        """Also what goes through the picture and the tables, and the spans they are of."""
        return {
            **super().handlers(),
            "open": self._open,
            "tables": self.show_tables,
            "next-part": partial(self._next_part, 1),
            "previous-part": partial(self._next_part, -1),
            "earlier": partial(self._move, -1),
            "later": partial(self._move, 1),
            "span": self.change_span,
        }

    def _open(self) -> None:
        if self.shows_tables:
            self.table.choose()
        else:
            self.picture.choose()

    def _next_part(self, steps: int) -> None:
        if self.shows_tables:
            self.table.next_group(steps)
        else:
            self.picture.next_group(steps)

    def show_tables(self) -> None:
        """The tables in place of the picture, or the other way round."""
        self.toggle_class("-tables")
        (self.table if self.shows_tables else self.picture).focus()
        self.renew_keys()

    @on(Table.Moved)
    def _renew_keys(self) -> None:
        self.renew_keys()

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
        self._counted_of = None
        self.look()
