"""Screens with a list, and the tabs that some of them have over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on

from soptui.domain.replace import replace
from soptui.locale import number
from soptui.tui.design.header import Header, Part
from soptui.tui.frame.office_screen import Fetched, Handlers, OfficeScreen
from soptui.tui.frame.settling import Settling
from soptui.tui.keys.command import PaneState
from soptui.tui.keys.commands import Situation, commands_on
from soptui.tui.widgets.sources import Rows
from soptui.tui.widgets.split import Pane, Split
from soptui.tui.widgets.table import Table
from soptui.tui.widgets.tabs import Tab, TabBar


class ListScreen(OfficeScreen):
    """A screen with a table `#list`, to which its keys go, and perhaps a pane of its row.

    While the cursor moves only its rows are drawn; foot and pane follow once it rests.
    """

    AUTO_FOCUS: ClassVar[str] = "#list"

    def __init__(self) -> None:
        super().__init__()
        self.settling = Settling(self, self.settled)

    @property
    def table(self) -> Table:
        """The list."""
        return self.query_one("#list", Table)

    def situation(self) -> Situation:
        """With the row under the cursor."""
        return Situation(row=self.table.key, desks=len(self.face.desks), pane=self.pane_state)

    @property
    def pane_state(self) -> PaneState:
        """How it is with the preview of the row under the cursor."""
        return next((split.state for split in self.query(Split)), PaneState.NONE)

    def handlers(self) -> Handlers:
        """Also what opens the row under the cursor, and the pane of it."""
        pane: Handlers = {
            "pane": self.change_pane,
            "pane-larger": partial(self._resize_pane, 1),
            "pane-smaller": partial(self._resize_pane, -1),
            "pane-down": partial(self.scroll_pane, 1),
            "pane-up": partial(self.scroll_pane, -1),
        }
        here = {one.id for one in commands_on(self.PLACE)}
        mine = {name: run for name, run in pane.items() if name in here}
        return {**super().handlers(), "open": self.open_row, **mine}

    def open_row(self) -> None:
        """Open the row under the cursor."""
        self.table.choose()

    @on(Table.Moved)
    def _begin_settling(self) -> None:
        self.settling.begin()

    def header(self) -> Header:
        """Also which of the rows is under the cursor, where not all are in sight."""
        header = super().header()
        place = self.table.place_in_all if self.is_mounted else None
        if place is None:
            return header
        told = Part(f"{number(place[0])}/{number(place[1])}", "dim")
        return replace(header, parts=(*header.parts, told))

    def settled(self) -> None:
        """No key was pressed for a moment: what depends on the row under the cursor is drawn."""
        self.renew_keys()
        self.renew_header()
        for split in self.query(Split):
            split.show_detail()

    def take_fetched(self, fetched: Fetched) -> None:
        """Also lay out the pane as it was left elsewhere."""
        self._fit_pane()
        super().take_fetched(fetched)

    # --- the pane -------------------------------------------------------------------------------

    def change_pane(self) -> None:
        """Show the pane, or hide it."""
        self._lay_out(replace(self.face.pane, is_shown=not self.face.pane.is_shown))

    def _resize_pane(self, steps: int) -> None:
        pane = self.face.pane
        size = min(len(Pane.SIZES) - 1, max(0, pane.size + steps))
        self._lay_out(replace(pane, size=size, is_shown=True))

    def _lay_out(self, pane: Pane) -> None:
        self.face.pane = pane
        self.face.keep_place()
        self._fit_pane()
        # Drawn once it has its place.
        self.call_after_refresh(self.settled)

    def _fit_pane(self) -> None:
        for split in self.query(Split):
            split.fit(self.face.pane)

    def scroll_pane(self, pages: int) -> None:
        """Scroll the pane by half its height, and leave the cursor of the list where it is."""
        self.settling.hurry()
        for split in self.query(Split):
            split.scroll(pages)


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
