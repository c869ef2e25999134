"""What the audit trail and the settings share: pages of one list, and what is under the cursor."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from soptui.tui.commands import Situation
from soptui.tui.lines import Line
from soptui.tui.screens.turning import TurningScreen
from soptui.tui.widgets.painted import LineView
from soptui.tui.widgets.sections import Section, SectionBar
from soptui.tui.widgets.table import Table


class PagesScreen(TurningScreen):
    """A summary, the names of the pages, the list of the page in sight, and one row in full."""

    SECTIONS: ClassVar[tuple[Section, ...]]
    AUTO_FOCUS: ClassVar[str] = "#list"

    def body(self) -> ComposeResult:
        """The four of them."""
        yield LineView(self.summary, id="summary")
        yield SectionBar(self.SECTIONS, id="sections")
        with Container(classes="split"):
            yield Table(id="list")
            yield LineView(self.detail, id="detail")

    @abstractmethod
    def summary(self, width: int) -> Sequence[Line]:
        """What stands over the pages."""

    @abstractmethod
    def detail(self, width: int) -> Sequence[Line]:
        """What is under the cursor, in full."""

    @abstractmethod
    def show_section(self) -> None:
        """List what the page in sight has."""

    @property
    def table(self) -> Table:
        """The list of the page in sight."""
        return self.query_one("#list", Table)

    def situation(self) -> Situation:
        """With the row under the cursor."""
        return Situation(row=self.table.key, desks=len(self.face.desks))

    def retell(self) -> None:
        """Everything again."""
        super().retell()
        self.show_summary()
        self.query_one(SectionBar).refresh()
        self.show_section()

    def show_summary(self) -> None:
        """Draw what stands over the pages again."""
        self.query_one("#summary", LineView).show(self.summary)

    @on(Table.Moved)
    def show_detail(self) -> None:
        """Draw what is under the cursor again, and ask for the keys."""
        self.query_one("#detail", LineView).show(self.detail)
        self.renew_keys()

    def do_open(self) -> None:
        """Open or change what is under the cursor."""
        self.table.choose()

    def turned(self) -> None:
        """Show the page that has come in sight, from its beginning."""
        self.show_section()
        self.table.action_first()
        self.show_detail()
