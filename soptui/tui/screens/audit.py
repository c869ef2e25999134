"""The audit trail: every commit, whether signatures and rules hold, and what was found if not."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from soptui.desk.files import save_as
from soptui.desk.history.export import exported
from soptui.desk.history.trail import CommitLine, Trail
from soptui.desk.views import Verification
from soptui.domain.findings import Finding
from soptui.domain.ids import CommitId
from soptui.domain.message import N_
from soptui.domain.replace import replace
from soptui.locale import _, _n, number
from soptui.tui.frame.dialogs import AskDialog
from soptui.tui.frame.lists import ListScreen, Tabs
from soptui.tui.frame.office_screen import Handlers, still_looking
from soptui.tui.frame.progress import Progress
from soptui.tui.keys.commands import bindings_for
from soptui.tui.presentation.audit import (
    COMMIT_COLUMNS,
    FINDING_COLUMNS,
    commit_row,
    finding_detail,
    finding_row,
)
from soptui.tui.text.lines import Line, Span, wrap
from soptui.tui.widgets.painted import LineView
from soptui.tui.widgets.sources import PAGE, BackgroundRows, Rows
from soptui.tui.widgets.split import Split
from soptui.tui.widgets.table import Table
from soptui.tui.widgets.tabs import Tab

if TYPE_CHECKING:
    from soptui.domain.findings import Report
    from soptui.tui.presentation.facts import Facts

_MOST_PAGES_WANTED = 4
_TABS = (Tab("history", N_("History")), Tab("findings", N_("Findings")))


class Standing(Struct, frozen=True):
    """How far the records are verified, and the trail; `newest` is its first page."""

    verified: Verification
    trail: Trail
    newest: Sequence[CommitLine]

    def is_of(self, verified: Verification) -> bool:
        """Whether nothing was recorded and nothing verified since."""
        known = self.verified
        return known.head == verified.head and known.report is verified.report


class AuditScreen(ListScreen):
    """The history and the findings; Enter opens a commit, a key checks everything anew."""

    PLACE = "audit"
    HEADING = N_("Audit trail")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("audit")]

    def __init__(self) -> None:
        super().__init__()
        self.tabs = Tabs(self, _TABS, self.show_tab)
        self._standing: Standing | None = None
        self._history: BackgroundRows[CommitLine] | None = None
        self._pages_wanted: deque[int] = deque()
        self._is_reading = False

    def body(self) -> ComposeResult:
        """How things stand, the tabs, and what is under the cursor in full."""
        yield LineView(self.summary, id="summary")
        yield self.tabs.bar
        yield Split(Table(id="list"), self.detail)

    def renew_texts(self) -> None:
        """Also what `show` leaves as it is where nothing is new."""
        super().renew_texts()
        self.show_tab()

    # --- looking --------------------------------------------------------------------------------

    def fetch(self, facts: Facts) -> Standing:
        """How things stand; what is new since the last look was verified by looking."""
        verified, before = self.desk.verification(), self._standing
        if before is not None and before.is_of(verified):
            return replace(before, verified=verified)
        trail = Trail(self.desk)
        return Standing(verified, trail, trail.lines(PAGE))

    def show(self, data: Standing) -> None:
        """Summary, and the page in sight."""
        is_same = self._standing is not None and self._standing.trail is data.trail
        self._standing = data
        self.query_one("#summary", LineView).show(self.summary)
        self.tabs.bar.count(history=len(data.trail), findings=len(data.trail.findings))
        if not is_same:
            self._history = None
            self._pages_wanted.clear()
            self.show_tab()

    def show_tab(self) -> None:
        """The history, its rows to come from a thread; or the findings."""
        standing, facts = self._standing, self.face.facts
        if standing is None or facts is None:
            return
        in_history = self.tabs.current == "history"
        self.query_one(Split).offer_detail(not in_history)
        if in_history:
            self.table.show(self._rows_of(standing, facts), COMMIT_COLUMNS, empty="")
        else:
            rows = [
                finding_row(str(place), one) for place, one in enumerate(standing.trail.findings)
            ]
            empty = N_("No findings: everything that was checked holds.")
            self.table.show(Rows(rows), FINDING_COLUMNS, empty=empty)
            self.query_one(Split).show_detail()
        self.table.focus()

    # --- the rows of the history, read in a thread ------------------------------------------------

    def _rows_of(self, standing: Standing, facts: Facts) -> BackgroundRows[CommitLine]:
        if self._history is None:
            trail, agenda_of = standing.trail, cache(self.desk.agenda_of)
            self._history = BackgroundRows(
                len(trail), trail.ids.at, trail.ids.place_of,
                lambda one: commit_row(one, agenda_of(one.case), facts), self._want,
            )  # fmt: skip
            self._history.take(0, standing.newest)
        return self._history

    def _want(self, number: int) -> None:
        self._pages_wanted.append(number)
        if self._history is not None and len(self._pages_wanted) > _MOST_PAGES_WANTED:
            # Who runs through the list wants what is in sight, not all that went by.
            self._history.give_up(self._pages_wanted.popleft())
        self._read_next()

    def _read_next(self) -> None:
        if self._pages_wanted and self._history and self._standing and not self._is_reading:
            self._is_reading = True
            self._read(self._history, self._standing.trail, self._pages_wanted.pop())

    def _read(self, rows: BackgroundRows[CommitLine], trail: Trail, page: int) -> None:
        self.threads.run(
            "rows",
            lambda: trail.lines(PAGE, page * PAGE),
            lambda lines: self._take_page(rows, page, lines),
            when_back=self._end_reading,
        )

    def _take_page(
        self, rows: BackgroundRows[CommitLine], page: int, lines: Sequence[CommitLine]
    ) -> None:
        """Show the rows, if they are of the history as it is now."""
        if lines:
            rows.take(page, lines)
            if rows is self._history and self.tabs.current == "history":
                self.table.refresh()

    def _end_reading(self) -> None:
        self._is_reading = False
        self._read_next()

    # --- what it says -----------------------------------------------------------------------------

    def summary(self, width: int) -> Sequence[Line]:
        """Whether everything holds, how far, and what is trusted."""
        standing = self._standing
        if standing is None:
            return still_looking()
        words = (
            _("OK: every record that is shown is signed and keeps the rules.")
            if standing.verified.is_whole
            else _("NOT OK: newer records fail verification; what is shown ends before them.")
        )
        verified = standing.verified
        facts = _(
            "Verified up to {commit}, place {place}. First commit {first}, signed by {signer}",
            commit=verified.tip[:12], place=number(verified.position),
            first=verified.genesis[:12], signer=verified.signer,
        )  # fmt: skip
        told = [
            *wrap(words, width - 2, "good" if verified.is_whole else "bad"),
            *wrap(facts, width - 2, "dim"),
        ]
        report = verified.report
        if report is not None and report.commits > 1:
            checked = _(
                "Checked in this session: {commits} commits, {events} events, {files} files",
                commits=number(report.commits), events=number(report.events),
                files=number(report.attachments),
            )  # fmt: skip
            told += wrap(checked, width - 2, "dim")
        return [(Span(" "), *one) for one in told]

    def detail(self, width: int) -> Sequence[Line]:
        """The finding under the cursor in full."""
        finding = self.table.value
        return finding_detail(finding, width) if isinstance(finding, Finding) else ()

    # --- commands -------------------------------------------------------------------------------

    @on(Table.Chosen)
    def _chosen(self, event: Table.Chosen) -> None:
        from soptui.tui.screens.commit import CommitScreen

        if self._standing is None:
            return
        chosen = event.value
        commit = chosen.commit if isinstance(chosen, Finding) else chosen
        if isinstance(commit, str) and commit:
            self.app.push_screen(CommitScreen(self._standing.trail, CommitId(commit)))
        else:
            self.say(_("This finding concerns the history as a whole, not one commit."))

    # --- verifying ------------------------------------------------------------------------------

    def handlers(self) -> Handlers:
        """Also the tabs, verifying and exporting."""
        return {
            **super().handlers(),
            **self.tabs.handlers(),
            "verify-all": self.verify_all,
            "export": self.ask_where,
        }

    def verify_all(self) -> None:
        """Check everything, from the first commit on."""
        self.say(_("Verifying ..."))
        self._verify()

    def _verify(self) -> None:
        def verify() -> tuple[Report, float]:
            progress = Progress(self, N_("Verifying: {done} of {total} commits"))
            started = perf_counter()
            report = self.desk.verify_all(progress)
            return report, perf_counter() - started

        self.threads.run("verify", verify, lambda found: self._verified(*found))

    def _verified(self, report: Report, seconds: float) -> None:
        found = len(report.findings)
        told = _n(
            "Verified anew from the first commit: {commits} commits, {count} finding, {seconds} "
            "seconds.",
            "Verified anew from the first commit: {commits} commits, {count} findings, {seconds} "
            "seconds.",
            found, commits=number(report.commits), seconds=number(seconds, 1),
        )  # fmt: skip
        self.say(told, "warn" if found else "good")
        self.look()

    # --- exporting ------------------------------------------------------------------------------

    def ask_where(self) -> None:
        """Ask where to."""
        if self.face.facts is None:
            return
        name = f"~/soptui-audit-{self.face.facts.now:%Y-%m-%d}.txt"
        title = _("Write the trail to a file; a name that ends in .json gives JSON")
        self.app.push_screen(AskDialog(title, name, writes=_("Write")), self._export_to)

    def _export_to(self, path: str | None) -> None:
        if path:
            self.say(_("Writing ..."))
            self._export(path)

    def _export(self, path: str) -> None:
        def export() -> Path:
            progress = Progress(self, N_("Writing: {done} of {total} commits"))
            pieces = exported(Trail(self.desk), as_json=path.endswith(".json"), progress=progress)
            return save_as("".join(pieces).encode("utf-8"), Path(path))

        self.threads.run("export", export, self._exported)

    def _exported(self, place: Path) -> None:
        self.say(_("Written to {path}.", path=str(place)), "good")
