"""A list, and beside it or below all there is to say of the row under its cursor."""

from __future__ import annotations

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from soptui.tui.keys.command import PaneState
from soptui.tui.widgets.painted import LineView, Picture
from soptui.tui.widgets.table import Table


class Pane(Struct, frozen=True):
    """How a person wants what stands beside their lists: shown or not, and how large."""

    is_shown: bool = True
    size: int = 1

    SIZES = ("-pane-small", "-pane-middle", "-pane-large")
    """The classes of a split by size."""


class Split(Container):
    """A list and a picture of its row, laid out as there is room.

    With `only_beside`, the picture is there where it fits beside the list, and never below.
    """

    def __init__(
        self,
        list_: Widget,
        detail: Picture,
        *,
        only_beside: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._list = list_
        self._list.add_class("list")
        self._detail = detail
        self.set_class(only_beside, "-only-beside")

    def compose(self) -> ComposeResult:
        """Both."""
        yield self._list
        yield LineView(self._detail, id="detail")

    @property
    def detail(self) -> LineView:
        """What stands beside the list or below."""
        return self.query_one("#detail", LineView)

    @property
    def state(self) -> PaneState:
        """Whether the detail is shown, hidden, has no room, or does not belong here now."""
        if not self.display or self.has_class("-bare") or self.has_class("-void"):
            return PaneState.NONE
        if self.has_class("-only-beside") and not self.screen.has_class("-wide"):
            return PaneState.NARROW
        return PaneState.HIDDEN if self.has_class("-shut") else PaneState.SHOWN

    def on_table_moved(self, event: Table.Moved) -> None:
        """Beside a list with nothing in it stands nothing."""
        if isinstance(event.control, Table):
            self.set_class(not len(event.control.source), "-void")

    def offer_detail(self, is_offered: bool) -> None:
        """Whether the rows of now have anything to be told of beside them."""
        self.set_class(not is_offered, "-bare")

    def fit(self, pane: Pane) -> None:
        """Lay out as a person wants it."""
        self.set_class(not pane.is_shown, "-shut")
        for size, name in enumerate(Pane.SIZES):
            self.set_class(size == pane.size, name)

    def show_detail(self) -> None:
        """Draw again what is under the cursor."""
        self.detail.show(self._detail)

    def renew_detail(self) -> None:
        """Draw it again where it was scrolled to: more is known of the same row."""
        self.detail.renew()

    def scroll(self, pages: int) -> bool:
        """Scroll the detail by half pages; whether it moved."""
        detail = self.detail
        before = detail.scroll_offset.y
        step = max(1, detail.size.height // 2)
        detail.scroll_to(y=before + pages * step, animate=False)
        return detail.scroll_offset.y != before
