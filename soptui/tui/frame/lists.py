"""Screens with a list, and those on which the row under the cursor is also shown in full."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from soptui.tui.frame.office_screen import OfficeScreen
from soptui.tui.keys.commands import Situation
from soptui.tui.text.lines import Line
from soptui.tui.widgets.painted import LineView
from soptui.tui.widgets.table import Table


class ListingScreen(OfficeScreen):
    """A screen with a table `#list`, to which its keys go."""

    AUTO_FOCUS: ClassVar[str] = "#list"

    @property
    def table(self) -> Table:
        """The list."""
        return self.query_one("#list", Table)

    def situation(self) -> Situation:
        """With the row under the cursor."""
        return Situation(row=self.table.key, desks=len(self.face.desks))

    def do_open(self) -> None:
        """Open the row under the cursor."""
        self.table.choose()

    @on(Table.Moved)
    def _renew_keys(self) -> None:
        self.renew_keys()


class DetailedScreen(ListingScreen):
    """A screen whose list stands beside, or above, all there is to say of one row."""

    def split(self, table: Table, *, id: str | None = None) -> ComposeResult:  # noqa: A002
        """The list and what is under its cursor, laid out as there is room."""
        with Container(classes="split", id=id):
            yield table
            yield LineView(self.detail, id="detail")

    @abstractmethod
    def detail(self, width: int) -> Sequence[Line]:
        """What is under the cursor, in full."""

    @on(Table.Moved)
    def show_detail(self) -> None:
        """Draw again what is under the cursor."""
        self.query_one("#detail", LineView).show(self.detail)
