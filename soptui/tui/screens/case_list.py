"""What the lists of cases share: a table of cases, a filter as one types, orders, opening."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from soptui.desk.actions.table import FOR_SEVERAL
from soptui.desk.settings.saved_filters import SavedFilter, save_filter
from soptui.domain.case_filter import CaseOrder
from soptui.domain.case_list import CaseRow
from soptui.domain.events import Action
from soptui.domain.ids import NO_CASE, CaseId
from soptui.domain.message import N_, Refusal
from soptui.domain.receipt import Receipt
from soptui.domain.replace import replace
from soptui.locale import _, _n, number
from soptui.tui.design.columns import Column
from soptui.tui.design.foot import Hint
from soptui.tui.design.header import Header, Part
from soptui.tui.frame.last_place import with_filter
from soptui.tui.frame.lists import ListScreen
from soptui.tui.frame.office_screen import Handlers
from soptui.tui.keys.command import PaneState
from soptui.tui.keys.commands import Command, Situation
from soptui.tui.keys.keymap import printed_keys
from soptui.tui.presentation.rows import TrayItem
from soptui.tui.screens.acting import Acting
from soptui.tui.screens.case_preview import CasePreview
from soptui.tui.screens.saved_filters import ORDERS, SavedFiltersDialog
from soptui.tui.widgets.filter import FilterLine
from soptui.tui.widgets.split import Split
from soptui.tui.widgets.table import Table

NOTHING_FITS = N_("Nothing fits the filter. Esc takes it away.")


def some_of(shown: int, all_: int) -> str:
    """How many of all are shown, for the heading of a list with a filter."""
    return _("{shown} of {all}", shown=number(shown), all=number(all_))


class CaseListScreen(ListScreen):
    """A place that lists cases: its rows stand for a case, or for a case in the tray."""

    COLUMNS: ClassVar[tuple[Column, ...]]
    EMPTY: ClassVar[str]
    FIRST_ORDER: ClassVar[CaseOrder] = CaseOrder.DEADLINE

    def __init__(self) -> None:
        super().__init__()
        self.acting = Acting(self, self)
        self.preview = CasePreview(self, self.case_in_hand)
        self._table = Table(self.COLUMNS, empty=self.EMPTY, markable=True, id="list")
        self.text = ""
        self.order = self.FIRST_ORDER

    def body(self) -> ComposeResult:
        """What stands over the list, the list, and the filter."""
        yield from self.over_list()
        yield Split(self.list_with_more(), self.preview.picture, only_beside=True)
        yield FilterLine(id="filter")

    def empty_of(self, empty: str) -> str:
        """What an empty list says: `empty`, unless it is the filter that leaves nothing."""
        return NOTHING_FITS if self.text else empty

    def list_with_more(self) -> Widget:
        """The list, with what stands below it beside the preview."""
        return self._table

    @property
    def table(self) -> Table:
        """The list, which is asked for before it has its place on the screen."""
        return self._table

    def over_list(self) -> ComposeResult:
        """What stands over the list."""
        yield from ()

    def case_in_hand(self) -> CaseId:
        """The case under the cursor."""
        return _case_of(self.table.value)

    def marked_cases(self) -> Sequence[CaseId]:
        """The cases that are marked."""
        return [_case_of(value) for value in self.table.marks.values()]

    def say(self, text: str, tone: str = "plain") -> None:
        """Also on the case that was opened from here meanwhile."""
        super().say(text, tone)
        self.acting.say_above(text, tone)

    def situation(self) -> Situation:
        """Also with what an act needs to know that is not about a row."""
        facts = self.face.facts
        return replace(
            super().situation(),
            closed_to_register=facts.closed_to_register if facts else None,
            last_case=self.acting.last_case,
            has_sheets=self.has_class("-broad"),
        )

    def marked_acts(self) -> Sequence[Action]:
        """What the marked cases may wait for, of the acts that several can have at once."""
        return FOR_SEVERAL

    def header(self) -> Header:
        """Also how many are marked."""
        header = super().header()
        count = len(self.table.marks)
        if not count:
            return header
        marked = Part(_n("{count} marked", "{count} marked", count), "accent")
        return replace(header, parts=(*header.parts, marked))

    def acts(self) -> tuple[Hint, ...]:
        """While rows are marked, only what can be done to them; the cursor's row is not meant."""
        if not self.table.marks:
            return super().acts()
        acts = () if self.desk.read_only else self.marked_acts()
        return tuple(self.hint(action.value) for action in FOR_SEVERAL if action in acts)

    def kept_hints(self) -> tuple[Hint, ...]:
        """What takes marks away, or the filter, before there is another way back."""
        if not self.table.marks and not self.text:
            return super().kept_hints()
        # Of the keys that go back, the one that the refusals of other acts name.
        keys = printed_keys(self, "back")
        away = "Esc" if "Esc" in keys else keys[0]
        does = _("Clear marks") if self.table.marks else _("Clear filter")
        return (away, does), self.hint("help")

    @on(Table.Marked)
    def _renew_marked(self) -> None:
        self.renew_bars()

    def is_hinted(self, command: Command, situation: Situation) -> bool:
        """Of the acts, only those that a list is used for; the case shows the rest."""
        if command.action is not None:
            return command.id in ("receive", "register") and super().is_hinted(command, situation)
        return super().is_hinted(command, situation)

    def go_on_after(self, receipt: Receipt) -> None:
        """Look again, or open the next case when that is asked for."""
        row = self.table.neighbour(1)
        following = _case_of(row.value) if row is not None else NO_CASE
        is_alone = not self.table.marks
        if self.face.opens_next_case and is_alone and receipt.case != following and following:
            self.face.open_case(following, self)
        self.table.clear_marks()
        self.look()

    @on(Table.Chosen)
    def _open_chosen(self, event: Table.Chosen) -> None:
        self.face.open_case(_case_of(event.value), self)

    def go_to_neighbour(self, steps: int) -> CaseId:
        """Put the cursor so many cases further; that case, or an empty string if there is none."""
        row = self.table.neighbour(steps)
        if row is None:
            return NO_CASE
        self.table.go_to(row.key)
        return _case_of(row.value)

    # --- commands -----------------------------------------------------------------------------

    def handlers(self) -> Handlers:
        """Also acts, the filter and the order."""
        return {
            **super().handlers(),
            **self.acting.handlers(),
            "filter": self.begin_filter,
            "filters": self.show_filters,
            "sort": self.change_order,
            "next-sheet": partial(self.preview.turn, 1),
            "previous-sheet": partial(self.preview.turn, -1),
        }

    # --- the preview ----------------------------------------------------------------------------

    def settled(self) -> None:
        """Also read the case under the cursor, where it is shown beside the list."""
        self.renew_keys()
        self.renew_header()
        if self.pane_state is PaneState.SHOWN:
            self.preview.follow()

    def change_pane(self) -> None:
        """Show the preview or hide it; on a line that is to be spared, show this case first."""
        waits = self.face.settings.spares_line and not self.preview.is_of_cursor
        if self.pane_state is PaneState.SHOWN and waits:
            self.preview.read()
        else:
            super().change_pane()
            if waits and self.face.pane.is_shown:
                self.preview.read()

    def scroll_pane(self, pages: int) -> None:
        """Scroll the preview; what was held back of the attachment comes first."""
        self.settling.hurry()
        self.preview.scroll(pages)

    def begin_filter(self) -> None:
        """Type what to look for."""
        self.query_one(FilterLine).begin(self.face.filters)

    @on(FilterLine.Typed)
    def _filter(self, event: FilterLine.Typed) -> None:
        self.text = event.text
        self.look()

    @on(FilterLine.Kept)
    def _keep_filter(self, event: FilterLine.Kept) -> None:
        self.face.filters = with_filter(self.face.filters, event.text)

    def show_filters(self) -> None:
        """Choose a saved filter, or save the present one."""
        present = SavedFilter("", self.text, self.order)
        self.app.push_screen(SavedFiltersDialog(present), self._take_filter)

    def _take_filter(self, chosen: SavedFilter | None) -> None:
        if chosen is None:
            return
        if not chosen.name:
            self._ask_name(chosen)
            return
        self.order = chosen.order or self.order
        self.query_one(FilterLine).put(chosen.words)
        self.say(
            _("Filter {name}: {order}.", name=chosen.name, order=_(ORDERS[self.order])), "accent"
        )
        self.look()

    def _ask_name(self, chosen: SavedFilter) -> None:
        from soptui.tui.frame.dialogs import AskDialog

        def answered(name: str | None) -> None:
            if name is not None:
                self._save_filter(replace(chosen, name=name.strip()))

        dialog = AskDialog(_("Name of this filter"), chosen.words, writes=_("Save"))
        self.app.push_screen(dialog, answered)

    def _save_filter(self, one: SavedFilter) -> None:
        try:
            save_filter(one)
        except Refusal as refusal:
            self.refused(refusal)
            return
        self.face.take_settings()
        self.say(_("Filter {name} is saved.", name=one.name), "good")

    @on(FilterLine.Left)
    def _leave_filter(self) -> None:
        self.table.focus()

    def go_back(self) -> None:
        """Take away marks, then the filter; then go back."""
        if self.table.clear_marks():
            return
        if self.text:
            self.query_one(FilterLine).clear()
        else:
            super().go_back()

    def change_order(self) -> None:
        """The next order."""
        orders = list(ORDERS)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.say(_("Order: {order}", order=_(ORDERS[self.order])))
        self.look()


def _case_of(value: object) -> CaseId:
    """The case that a row stands for; an empty string where it stands for none."""
    match value:
        case CaseRow(id=case_id) | TrayItem(case=CaseRow(id=case_id)):
            return case_id
    return NO_CASE
