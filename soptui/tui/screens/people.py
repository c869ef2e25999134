"""People and posts: who holds what, how, until when, and with which keys they sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from soptui.domain.message import N_
from soptui.domain.office import Officer
from soptui.locale import _
from soptui.tui.frame.lists import ListScreen
from soptui.tui.frame.office_screen import Handlers
from soptui.tui.keys.commands import Command, Situation, bindings_for
from soptui.tui.presentation.facts import Facts
from soptui.tui.presentation.people import PEOPLE_COLUMNS, officer_detail, officer_row
from soptui.tui.text.lines import Line
from soptui.tui.widgets.filter import FilterLine
from soptui.tui.widgets.sources import Rows
from soptui.tui.widgets.split import Split
from soptui.tui.widgets.table import Table


class PeopleScreen(ListScreen):
    """The registry, to be read."""

    PLACE = "people"
    HEADING = N_("People and posts")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("people")]

    def __init__(self) -> None:
        super().__init__()
        self._pointed_at = ""
        """The officer on whom the cursor is to be put once they are listed."""
        self._text = ""

    def body(self) -> ComposeResult:
        """The list, and the person under the cursor in full."""
        yield Split(Table(PEOPLE_COLUMNS, empty=N_("Nobody fits."), id="list"), self.detail)
        yield FilterLine(id="filter")

    def show(self, data: None) -> None:
        """Everybody, or those whom the filter leaves."""
        facts = self.face.facts
        if facts is None:
            return
        officers = facts.registry.officers.values()
        rows = [officer_row(one, facts) for one in officers if _fits(self._text, one, facts)]
        self.table.show(Rows(rows))
        if self._pointed_at:
            self.table.go_to(self._pointed_at)
            self._pointed_at = ""

    def point_at(self, key: str) -> None:
        """Put the cursor on an officer."""
        if not (self.is_mounted and self.table.go_to(key)):
            self._pointed_at = key

    def is_hinted(self, command: Command, situation: Situation) -> bool:
        """People are read, not opened."""
        return command.id != "open" and super().is_hinted(command, situation)

    def detail(self, width: int) -> Sequence[Line]:
        """The person under the cursor, in full."""
        facts = self.face.facts
        officer = self.table.value
        return (
            officer_detail(officer, facts, width) if facts and isinstance(officer, Officer) else ()
        )

    def handlers(self) -> Handlers:
        """Also the filter."""
        return {**super().handlers(), "filter": self.begin_filter}

    def open_row(self) -> None:
        """All there is to read stands beside the list already."""
        self.say(_("What the records say of this person stands beside or below the list."))

    def begin_filter(self) -> None:
        """Type whom to look for."""
        self.query_one(FilterLine).begin()

    @on(FilterLine.Typed)
    def _filter(self, event: FilterLine.Typed) -> None:
        self._text = event.text
        self.show(None)

    @on(FilterLine.Left)
    def _leave_filter(self) -> None:
        self.table.focus()

    def go_back(self) -> None:
        """Take the filter away, then back."""
        if self._text:
            self.query_one(FilterLine).clear()
        else:
            super().go_back()


def _fits(text: str, officer: Officer, facts: Facts) -> bool:
    """Whether every word of a filter stands in the person's id, name, posts, sections or NIP."""
    titles = " ".join(post.title for post in officer.posts)
    units = " ".join(
        unit.title for post in officer.posts if (unit := facts.registry.office.unit(post.unit))
    )
    known = f"{officer.id} {officer.name} {titles} {units} {officer.nip}".casefold()
    return all(word in known for word in text.casefold().split())
