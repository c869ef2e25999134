"""Screens of several pages, one in sight, that are turned by the same keys."""

from __future__ import annotations

from abc import abstractmethod

from soptui.tui.frame.lists import DetailedScreen
from soptui.tui.widgets.sections import SectionBar
from soptui.tui.widgets.sources import Rows


class TurningScreen(DetailedScreen):
    """A screen with a `SectionBar`; its list is that of the page in sight."""

    @abstractmethod
    def show_section(self) -> None:
        """Show what the page in sight has."""

    @property
    def section(self) -> str:
        """The page in sight."""
        return self.query_one(SectionBar).current

    def do_next_section(self) -> None:
        """To the next page."""
        self.turn(1)

    def do_previous_section(self) -> None:
        """To the page before."""
        self.turn(-1)

    def turn(self, steps: int) -> None:
        """Show the page so many further, from its beginning."""
        self.query_one(SectionBar).turn(steps)
        self.table.show(Rows())
        self.show_section()
