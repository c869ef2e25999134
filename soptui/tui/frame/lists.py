"""Screens with a list, and the tabs that some of them have over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on

from soptui.tui.frame.office_screen import Handlers, OfficeScreen
from soptui.tui.keys.commands import Situation
from soptui.tui.widgets.sources import Rows
from soptui.tui.widgets.table import Table
from soptui.tui.widgets.tabs import Tab, TabBar


class ListScreen(OfficeScreen):
    """A screen with a table `#list`, to which its keys go."""

    AUTO_FOCUS: ClassVar[str] = "#list"

    @property
    def table(self) -> Table:
        """The list."""
        return self.query_one("#list", Table)

    def situation(self) -> Situation:
        """With the row under the cursor."""
        return Situation(row=self.table.key, desks=len(self.face.desks))

    def handlers(self) -> Handlers:
        """Also what opens the row under the cursor."""
        return {**super().handlers(), "open": self.open_row}

    def open_row(self) -> None:
        """Open the row under the cursor."""
        self.table.choose()

    @on(Table.Moved)
    def _renew_keys(self) -> None:
        self.renew_keys()


class Tabs:
    """The tabs of a screen with a list, which is that of the tab in sight."""

    def __init__(self, screen: ListScreen, tabs: Sequence[Tab], show: Callable[[], None]) -> None:
        """`show` shows what the tab in sight has."""
        self.bar = TabBar(tabs, id="tabs")
        self._screen = screen
        self._show = show

    @property
    def current(self) -> str:
        """The name of the tab in sight."""
        return self.bar.current

    def handlers(self) -> Handlers:
        """What turns them."""
        return {"next-tab": partial(self.turn, 1), "previous-tab": partial(self.turn, -1)}

    def turn(self, steps: int) -> None:
        """Show the tab so many further, from its beginning."""
        self.bar.turn(steps)
        self._screen.table.show(Rows())
        self._show()
