"""The SOP: its identity page, its table with the flowchart, what was inferred, and its defects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from soptui.desk.words.sop import readings
from soptui.desk.words.terms import sop_field
from soptui.domain.message import N_
from soptui.domain.replace import replace
from soptui.domain.sop import Sop
from soptui.domain.sop_check.check import check
from soptui.domain.sop_check.defect import Defect, Severity
from soptui.locale import _, translate
from soptui.tui.design.header import Part
from soptui.tui.frame.lists import ListScreen, Tabs
from soptui.tui.frame.office_screen import Handlers
from soptui.tui.keys.commands import Situation, bindings_for
from soptui.tui.presentation import sop as picture
from soptui.tui.presentation.facts import Facts
from soptui.tui.presentation.flowchart import HEAD_LINES, flowchart
from soptui.tui.presentation.sop import Reading
from soptui.tui.text.lines import Line, Span, line, wrap
from soptui.tui.widgets.painted import Pager
from soptui.tui.widgets.split import Split
from soptui.tui.widgets.table import Table
from soptui.tui.widgets.tabs import Tab

_TABS = (
    Tab("table", N_("Table")),
    Tab("identity", N_("Identity")),
    Tab("readings", N_("Inferred")),
    Tab("defects", N_("Check")),
)


class SopScreen(ListScreen):
    """One SOP in its newest version; Enter goes to the next where there are several."""

    PLACE = "sop"
    HEADING = N_("SOP")
    AUTO_FOCUS = "#page"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("sop")]

    def __init__(self) -> None:
        super().__init__()
        self.tabs = Tabs(self, _TABS, self.show_tab)
        self._sops: Sequence[Sop] = ()
        self._position = 0
        self._defects: Sequence[Defect] = ()

    def body(self) -> ComposeResult:
        """The pages."""
        yield self.tabs.bar
        yield Pager(self._page, id="page")
        table = Table(empty=N_("Nothing was found."), id="list")
        yield Split(table, self.detail, id="lists")

    @property
    def sop(self) -> Sop | None:
        """The SOP in sight."""
        return self._sops[self._position] if self._sops else None

    def fetch(self, facts: Facts) -> tuple[Sop, ...]:
        """The newest versions."""
        return facts.sops

    def show(self, data: tuple[Sop, ...]) -> None:
        """The page that is in sight."""
        self._sops = data
        self._position = min(self._position, max(0, len(data) - 1))
        found = check(self.sop, data) if self.sop else ()
        # What awaits confirmation has a page of its own.
        self._defects = [one for one in found if one.severity is not Severity.INFO]
        if self.sop is not None:
            counts = {"defects": len(self._defects), "readings": len(readings(self.sop))}
            self.tabs.bar.count(**counts)
        self.show_tab()

    def title_parts(self) -> tuple[Part, ...]:
        """With its name."""
        if self.sop is None:
            return super().title_parts()
        name = self.sop.identity.title.capitalize()
        return (*super().title_parts(), Part(name, yields=True))

    def situation(self) -> Situation:
        """Enter does something where there are several SOPs."""
        row = "sop" if len(self._sops) > 1 else ""
        return replace(super().situation(), row=row)

    def show_tab(self) -> None:
        """A page to scroll, or a list."""
        tab, sop = self.tabs.current, self.sop
        is_list = tab in ("readings", "defects")
        self.query_one("#lists").display = is_list
        pager = self.query_one("#page", Pager)
        pager.display = not is_list
        if not is_list:
            pager.show(self._page, fixed=HEAD_LINES if tab == "table" else 0)
            pager.focus()
            return
        if sop is not None and tab == "readings":
            self.table.show(picture.reading_rows(sop), picture.READING_COLUMNS)
        else:
            self.table.show(picture.defect_rows(self._defects), picture.DEFECT_COLUMNS)
        self.table.focus()
        self.query_one(Split).show_detail()

    def _page(self, width: int) -> Sequence[Line]:
        if self.sop is None:
            return [line(Span(_("The records hold no SOP."), "dim"))]
        if self.tabs.current == "identity":
            return picture.identity(self.sop, width)
        return flowchart(self.sop, width)

    def detail(self, width: int) -> Sequence[Line]:
        """The defect under the cursor in full, or why something is read as it is."""
        found, sop = self.table.value, self.sop
        if isinstance(found, Defect):
            return wrap(translate(found.message), width)
        if not isinstance(found, Reading) or sop is None:
            return ()
        step = sop.step(found.row) if found.row is not None else None
        return [
            *(wrap(step.activity, width, "dim") if step else []),
            line(Span(sop_field(found.inference.field), "bold")),
            *wrap(found.inference.reason, width),
        ]

    def handlers(self) -> Handlers:
        """Also what turns the tabs."""
        return {**super().handlers(), **self.tabs.handlers()}

    def open_row(self) -> None:
        """The next SOP."""
        self._position = (self._position + 1) % len(self._sops)
        self.show(tuple(self._sops))
        self.renew_bars()
