"""One commit: the verifier's word, the lines it added, and its raw text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from soptui.desk.history.commit_view import CommitView, view_commit
from soptui.domain.ids import CommitId
from soptui.domain.message import N_
from soptui.locale import _
from soptui.tui.design.header import Part
from soptui.tui.frame.office_screen import Handlers, OfficeScreen
from soptui.tui.keys.commands import Situation, bindings_for
from soptui.tui.presentation.audit import commit_lines
from soptui.tui.text.lines import Line
from soptui.tui.widgets.painted import Pager

if TYPE_CHECKING:
    from soptui.desk.history.trail import Trail
    from soptui.tui.presentation.facts import Facts


class CommitScreen(OfficeScreen):
    """Lies above the audit trail; Enter opens the commit's case."""

    PLACE = "commit"
    HEADING = N_("Commit")
    AUTO_FOCUS = "#page"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("commit")]

    def __init__(self, trail: Trail, commit: CommitId) -> None:
        super().__init__()
        self._trail = trail
        self._commit = commit
        self.view: CommitView | None = None

    def body(self) -> ComposeResult:
        """Everything on one page to scroll."""
        yield Pager(self._lines, id="page")

    def title_parts(self) -> tuple[Part, ...]:
        """With the commit's id."""
        return (Part(f"{_(self.HEADING)} {self._commit[:12]}", "head"),)

    def fetch(self, facts: Facts) -> CommitView:
        """The commit, its files before and after, and the state of its case."""
        return view_commit(self.desk, self._trail, self._commit)

    def show(self, data: CommitView) -> None:
        """The page."""
        self.view = data
        self.query_one("#page", Pager).show(self._lines)

    def situation(self) -> Situation:
        """With the commit's case, if it has one."""
        case = self.view.line.case if self.view else ""
        return Situation(row=case, desks=len(self.face.desks))

    def handlers(self) -> Handlers:
        """Also what opens the commit's case."""
        return {**super().handlers(), "open": self.open_case}

    def open_case(self) -> None:
        """The commit's case."""
        if self.view is not None:
            self.face.open_case(self.view.line.case)

    def _lines(self, width: int) -> Sequence[Line]:
        return commit_lines(self.view, self.face.facts, width) if self.view else ()
