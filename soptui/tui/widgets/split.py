"""A list, and beside it or below all there is to say of the row under its cursor."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container

from soptui.tui.widgets.painted import LineView, Picture
from soptui.tui.widgets.table import Table


class Split(Container):
    """A table and a picture of its row, laid out as there is room."""

    def __init__(self, table: Table, detail: Picture, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._table = table
        self._detail = detail

    def compose(self) -> ComposeResult:
        """Both."""
        yield self._table
        yield LineView(self._detail, id="detail")

    def on_table_moved(self) -> None:
        """Another row is under the cursor."""
        self.show_detail()

    def show_detail(self) -> None:
        """Draw again what is under the cursor."""
        self.query_one("#detail", LineView).show(self._detail)
