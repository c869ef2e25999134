"""All that one has signed today, sent or not; Enter opens the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from soptui.desk.history.signed_today import SignedAct, SignedToday, signed_today
from soptui.domain.ids import CaseId
from soptui.domain.message import N_
from soptui.locale import _
from soptui.tui.design.foot import Hint
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.presentation.signed import SIGNED_COLUMNS, signed_rows
from soptui.tui.widgets.table import Table

if TYPE_CHECKING:
    pass


class SignedDialog(Dialog[CaseId]):
    """The log of the day; its answer is the case that was chosen."""

    AUTO_FOCUS = "#list"

    def __init__(self) -> None:
        super().__init__(_("Today, by you"))

    def inside(self) -> ComposeResult:
        """The list."""
        yield Table(SIGNED_COLUMNS, empty=N_("You have signed nothing today."), id="list")

    def on_mount(self) -> None:
        """Read it in a thread."""
        self.threads.run("signed", lambda: signed_today(self.face.desk), self._take)

    def _take(self, signed: SignedToday) -> None:
        self.query_one(Table).show(signed_rows(signed))

    def acts(self) -> tuple[Hint, ...]:
        """What opens a case."""
        return self.hint("open"), ("↑↓", _("Choose"))

    def choose(self) -> None:
        """Open the case under the cursor."""
        self.query_one(Table).choose()

    @on(Table.Chosen)
    def _chosen(self, event: Table.Chosen) -> None:
        match event.value:
            case SignedAct(case=case) if case:
                self.dismiss(case)
