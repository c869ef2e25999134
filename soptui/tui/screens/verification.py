"""Verification: whether every signature and every rule holds, and what was found if not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message as Event
from textual.worker import get_current_worker

from soptui.domain.message import N_
from soptui.locale import _, number, translate
from soptui.records.findings import Finding, Report, Severity
from soptui.records.trust import Trust
from soptui.tui.commands import Situation, bindings_for
from soptui.tui.facts import Facts
from soptui.tui.lines import Line, Span, labelled, line, wrap
from soptui.tui.screens.base import OfficeScreen
from soptui.tui.widgets.columns import Column
from soptui.tui.widgets.painted import LineView
from soptui.tui.widgets.sources import Row, Rows
from soptui.tui.widgets.table import Table

_COLUMNS = (
    Column(N_("Weight"), 11),
    Column(N_("Commit"), 10, rank=1),
    Column(N_("Code"), 16, rank=2),
    Column(N_("What was found"), 30, grow=1),
)
_STEPS_OF_PROGRESS = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """What is trusted, how far it is verified, and the last report of this session."""

    trust: Trust
    head: str
    report: Report | None


class VerificationScreen(OfficeScreen):
    """The state of verification; a key checks everything anew."""

    PLACE = "verification"
    HEADING = N_("Verification")
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("verification")]

    @dataclass
    class Progressed(Event):
        """So many commits are checked, of so many."""

        done: int
        total: int

        def can_replace(self, message: Event) -> bool:
            """The newest says all."""
            return isinstance(message, VerificationScreen.Progressed)

    def __init__(self) -> None:
        super().__init__()
        self._standing: Standing | None = None

    def body(self) -> ComposeResult:
        """What is trusted, and the findings."""
        yield LineView(self._summary, id="summary")
        with Container(classes="split"):
            yield Table(
                _COLUMNS, empty=N_("No findings: everything that was checked holds."), id="list"
            )
            yield LineView(self._detail, id="detail")

    def fetch(self, facts: Facts) -> Standing:
        """How things stand; what is new since the last look was verified by looking."""
        repository = self.desk.repository
        return Standing(repository.trust, repository.head(), repository.report)

    def show(self, data: Standing) -> None:
        """Summary and findings."""
        self._standing = data
        self.query_one("#summary", LineView).show(self._summary)
        self.query_one("#list", Table).show(Rows(list(map(_row, enumerate(self._findings())))))

    def retell(self) -> None:
        """Everything again."""
        super().retell()
        if self._standing is not None:
            self.show(self._standing)

    def situation(self) -> Situation:
        """With the finding under the cursor."""
        return Situation(row=self.query_one("#list", Table).key, desks=len(self.face.desks))

    def do_open(self) -> None:
        """The finding stands in full below the list."""
        self.query_one("#detail", LineView).show(self._detail)

    def do_verify_all(self) -> None:
        """Check everything, from the first commit on."""
        self.say(_("Verifying ..."))
        self._verify()

    @work(thread=True, exclusive=True, group="verify", exit_on_error=False)
    def _verify(self) -> None:
        worker = get_current_worker()
        shown = 0

        def progress(done: int, total: int) -> None:
            nonlocal shown
            if not worker.is_cancelled and done - shown >= max(1, total // _STEPS_OF_PROGRESS):
                shown = done
                self.post_message(self.Progressed(done, total))

        self.desk.repository.verify(full=True, progress=progress)
        self.app.call_from_thread(self._verified)

    def on_verification_screen_progressed(self, event: VerificationScreen.Progressed) -> None:
        """Say how far it is."""
        self.say(
            _(
                "Verifying: {done} of {total} commits", done=number(event.done),
                total=number(event.total),
            )
        )  # fmt: skip

    def _verified(self) -> None:
        self.say("")
        self.look()

    def _findings(self) -> Sequence[Finding]:
        report = self._standing.report if self._standing else None
        return report.findings if report else ()

    def _summary(self, width: int) -> Sequence[Line]:
        standing = self._standing
        if standing is None:
            return [line(" ", Span(_("Looking ..."), "dim"))]
        trust, report = standing.trust, standing.report
        is_whole = trust.tip == standing.head and (report is None or report.ok)
        words = (
            _("OK: every record that is shown is signed and keeps the rules.")
            if is_whole
            else _("NOT OK: newer records fail verification; what is shown ends before them.")
        )
        lines: list[Line] = [*wrap(words, width - 2, "good" if is_whole else "bad")]
        size = 22
        lines += labelled(_("Verified up to"), trust.tip[:16], width, label_width=size)
        lines += labelled(
            _("Place on the main line"), number(trust.position), width, label_width=size
        )
        lines += labelled(_("First commit"), trust.genesis[:16], width, label_width=size)
        lines += labelled(_("Its signer"), trust.signer, width, label_width=size)
        if report is not None:
            checked = _(
                "{commits} commits, {events} events, {files} files",
                commits=number(report.commits), events=number(report.events),
                files=number(report.attachments),
            )  # fmt: skip
            lines += labelled(_("Checked just now"), checked, width, label_width=size)
        return [(Span(" "), *one) for one in lines]

    def _detail(self, width: int) -> Sequence[Line]:
        key = self.query_one("#list", Table).key
        if not key:
            return wrap(_("v checks the whole history anew, from the first commit."), width, "dim")
        finding = self._findings()[int(key)]
        lines = wrap(translate(finding.message), width)
        lines += labelled(_("Code"), finding.code, width)
        lines += labelled(_("Commit"), finding.commit, width)
        lines += labelled(_("Path"), finding.path, width)
        return lines

    @on(Table.Moved)
    def _show_detail(self) -> None:
        self.query_one("#detail", LineView).show(self._detail)


def _row(numbered: tuple[int, Finding]) -> Row:
    position, finding = numbered
    is_error = finding.severity is Severity.ERROR
    weight = Span(_("Error"), "bad") if is_error else Span(_("Warning"), "warn")
    cells = (
        line(weight),
        line(finding.commit[:10]),
        line(finding.code),
        line(translate(finding.message)),
    )
    return Row(str(position), cells)
