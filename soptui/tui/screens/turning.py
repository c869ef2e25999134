"""Screens of several pages, one in sight, that are turned by the same keys."""

from __future__ import annotations

from abc import abstractmethod

from soptui.tui.screens.base import OfficeScreen
from soptui.tui.widgets.sections import SectionBar


class TurningScreen(OfficeScreen):
    """A screen with a `SectionBar`."""

    @abstractmethod
    def turned(self) -> None:
        """Show the page that has come in sight."""

    @property
    def section(self) -> str:
        """The page in sight."""
        return self.query_one(SectionBar).current

    def do_next_section(self) -> None:
        """To the next page."""
        self._turn(1)

    def do_previous_section(self) -> None:
        """To the page before."""
        self._turn(-1)

    def _turn(self, steps: int) -> None:
        self.query_one(SectionBar).turn(steps)
        self.turned()
