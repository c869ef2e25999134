"""Saved filters: applies one, saves the present one, or removes one."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from soptui.desk.settings.saved_filters import SavedFilter, forget_filter
from soptui.domain.case_filter import CaseOrder
from soptui.domain.message import N_, Refusal
from soptui.locale import _, translate
from soptui.tui.design.columns import Column
from soptui.tui.design.foot import Hint
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.text.lines import Line, Span, line
from soptui.tui.widgets.sources import Row, Rows
from soptui.tui.widgets.table import Table

ORDERS = {
    CaseOrder.DEADLINE: N_("by due time"),
    CaseOrder.URGENCY: N_("by urgency"),
    CaseOrder.SENT: N_("by hand-over, newest first"),
    CaseOrder.LAST: N_("by last act, newest first"),
    CaseOrder.AGENDA: N_("by agenda number, newest first"),
    CaseOrder.SUBJECT: N_("by subject"),
}
"""The orders that a key goes through, with what they are called."""

BRIEF_ORDERS = {
    CaseOrder.DEADLINE: N_("due time first"),
    CaseOrder.URGENCY: N_("urgent first"),
    CaseOrder.SENT: N_("last handed over first"),
    CaseOrder.LAST: N_("last act first"),
    CaseOrder.AGENDA: N_("last agenda number first"),
    CaseOrder.SUBJECT: N_("sorted by subject"),
}
"""The same for a header."""

_COLUMNS = (
    Column(N_("Name"), 20, grow=1),
    Column(N_("Words"), 14, grow=2),
    Column(N_("Order"), 18, grow=3),
)
_KEY_OF_NOW = "\n"
"""No saved filter has such a name."""
_NOTHING_YET = N_("No filter is saved yet. / filters the list; then this saves it under a name.")


class SavedFiltersDialog(Dialog[SavedFilter]):
    """The saved filters; the answer is one of them, without a name when `now` is to be saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # No letter: what is taken away is gone, and letters can stand in pasted text.
        Binding("delete", "forget", N_("Take away"), show=False)
    ]

    def __init__(self, now: SavedFilter) -> None:
        super().__init__(_("Saved filters"))
        self._now = now

    def inside(self) -> ComposeResult:
        """The present filter first, if it has words, then those saved."""
        yield Table(_COLUMNS, empty=_NOTHING_YET, id="filters")

    def acts(self) -> tuple[Hint, ...]:
        """How to take one, and how to get rid of it."""
        return self.hint("open"), (_("Del"), _("Take away")), ("↑↓", _("Choose"))

    def on_mount(self) -> None:
        """List them."""
        self._list()

    def _list(self) -> None:
        rows = [_row(one.name, line(one.name), one) for one in self.face.settings.filters]
        if self._now.words:
            label = line(Span(_("Save the present one ..."), "accent"))
            rows.insert(0, _row(_KEY_OF_NOW, label, self._now))
        self.query_one(Table).show(Rows(rows))

    @on(Table.Chosen)
    def _chosen(self, event: Table.Chosen) -> None:
        if isinstance(event.value, SavedFilter):
            self.dismiss(event.value)

    def choose(self) -> None:
        """Take what is under the cursor."""
        self.query_one(Table).choose()

    def action_forget(self) -> None:
        """Take the filter under the cursor out of the configuration."""
        chosen = self.query_one(Table).value
        if not isinstance(chosen, SavedFilter) or not chosen.name:
            return
        try:
            forget_filter(chosen.name)
        except Refusal as refusal:
            self.query_one(Table).show(Rows(), empty=translate(refusal.message))
            return
        self.face.take_settings()
        self._list()


def _row(key: str, label: Line, one: SavedFilter) -> Row[SavedFilter]:
    order = _(ORDERS[one.order]) if one.order else ""
    return Row(key, (label, line(one.words), line(Span(order, "dim"))), one)
