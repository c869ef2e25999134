"""What the audit trail and the settings share: pages of one list, and what is under the cursor."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from soptui.tui.screens.turning import TurningScreen
from soptui.tui.text.lines import Line
from soptui.tui.widgets.painted import LineView
from soptui.tui.widgets.sections import Section, SectionBar
from soptui.tui.widgets.table import Table


class PagesScreen(TurningScreen):
    """A summary, the names of the pages, the list of the page in sight, and one row in full."""

    SECTIONS: ClassVar[tuple[Section, ...]]

    def body(self) -> ComposeResult:
        """The four of them."""
        yield LineView(self.summary, id="summary")
        yield SectionBar(self.SECTIONS, id="sections")
        yield from self.split(Table(id="list"))

    @abstractmethod
    def summary(self, width: int) -> Sequence[Line]:
        """What stands over the pages."""

    def retell(self) -> None:
        """Also what `show` leaves as it is where nothing is new."""
        super().retell()
        self.query_one(SectionBar).refresh()
        self.show_section()

    def show_summary(self) -> None:
        """Draw what stands over the pages again."""
        self.query_one("#summary", LineView).show(self.summary)
