"""The tray (*Menunggu saya*): what waits for the officer, and what they have in work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from soptui.desk.forms.drafts import Draft, letter_drafts
from soptui.desk.tray import awaited_acts
from soptui.desk.words.moments import kept_ago
from soptui.domain.case_list import Tray, TrayCounts
from soptui.domain.events import Action
from soptui.domain.ids import NO_CASE, CaseId
from soptui.domain.message import N_
from soptui.locale import _
from soptui.tui.design.header import Part
from soptui.tui.frame.office_screen import Handlers, still_looking
from soptui.tui.keys.commands import Command, Situation, bindings_for
from soptui.tui.presentation.facts import Facts
from soptui.tui.presentation.rows import TRAY_COLUMNS, TrayItem
from soptui.tui.presentation.signed import signed_lines
from soptui.tui.presentation.tray import tray_rows
from soptui.tui.screens.case_list import CaseListScreen, some_of
from soptui.tui.screens.saved_filters import BRIEF_ORDERS
from soptui.tui.text.lines import BLANK, Line, Span, fit, one_line, width_of, without_tail
from soptui.tui.widgets.painted import LineView

if TYPE_CHECKING:
    from soptui.desk.history.signed_today import SignedToday
    from soptui.domain.case_list import CaseRow

    _Shown = tuple[Tray, TrayCounts, Sequence[Draft], Sequence[CaseRow]]


_FIRST_OF_A_GROUP = 64
"""What fills any screen: so much is shown at first, before all that follows is fetched."""
_REST_AFTER_SECONDS = 0.1
_MOST_OF_A_GROUP = 500

_SIGNED_SHOWN = 6
"""How many lines of what was signed today stand below the tray."""

_NAMES = ("number", "subject", "sender", "summary")
"""What a letter that was begun is called by, the first of them that is filled in."""

_NOBODYS = N_(
    "This tray is empty: the records do not know you as an officer. Everything else can be read; 2 "
    "shows all cases."
)


class TrayScreen(CaseListScreen):
    """The first screen of the day."""

    PLACE = "tray"
    HEADING = N_("Waiting for me")
    COLUMNS = TRAY_COLUMNS
    EMPTY = N_("Nothing waits for you. 2 shows all cases.")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("tray")]

    def __init__(self) -> None:
        super().__init__()
        self._counts: TrayCounts | None = None
        self._fitting: TrayCounts | None = None
        self._drafts: Sequence[Draft] = ()
        self._limit = _FIRST_OF_A_GROUP
        self._shown: _Shown | None = None
        self._signed: SignedToday | None = None

    def list_with_more(self) -> Widget:
        """The tray, and where there is room what one has signed today."""
        log = LineView(self._signed_lines, id="signed")
        log.add_class("-empty")
        return Container(self.table, log, id="side")

    def over_list(self) -> ComposeResult:
        """The counters."""
        yield LineView(self._counters, id="counters")

    def fetch(self, facts: Facts) -> _Shown:
        """What fits the filter, the counts of the whole tray, drafts, and what took no effect.

        Nothing for who is no officer.
        """
        from soptui.desk.sharing.without_effect import not_seen
        from soptui.desk.tray import tray_of

        if facts.officer is None:
            nothing = TrayCounts(0, 0, 0, 0, 0, 0, 0, 0)
            return Tray((), (), (), (), nothing), nothing, (), ()
        found = tray_of(self.desk, text=self.text, order=self.order, limit=self._limit)
        counts = tray_of(self.desk, limit=0).counts if self.text else found.counts
        drafts = () if facts.closed_to_register else letter_drafts(self.desk)
        cases = () if self.text else not_seen(self.desk)
        rows = [row for one in cases if (row := self.desk.row(one)) is not None]
        return found, counts, drafts, rows

    def show(self, data: _Shown) -> None:
        """Groups under headings, the most pressing first."""
        facts = self.face.facts
        if facts is None:
            return
        self._shown = data
        tray, self._counts, self._drafts, _without_effect = data
        self._fitting = tray.counts
        self.query_one("#counters", LineView).show(self._counters)
        self._show_rows()
        if facts.officer is not None:
            self.threads.run("signed", self._look_at_signed, self._take_signed)
        if self._limit < _MOST_OF_A_GROUP:
            self._limit = _MOST_OF_A_GROUP
            shown = (
                tray.to_receive, tray.in_work, tray.left_behind, tray.requests, tray.informed,
            )  # fmt: skip
            if any(len(group) == _FIRST_OF_A_GROUP for group in shown):
                self.set_timer(_REST_AFTER_SECONDS, self.look)

    def _show_rows(self) -> None:
        facts, shown = self.face.facts, self._shown
        if facts is None or shown is None:
            return
        tray, _counts, _drafts, without_effect = shown
        passed_on = self._signed.passed_on if self._signed and not self.text else ()
        empty = self.EMPTY if facts.officer else _NOBODYS
        rows = tray_rows(tray, without_effect, facts, passed_on)
        self.table.show(rows, empty=self.empty_of(empty))

    def _look_at_signed(self) -> SignedToday:
        """What one has signed today, after what waits: nobody has to wait for it."""
        from soptui.desk.history.signed_today import signed_today

        return signed_today(self.desk)

    def _take_signed(self, signed: SignedToday) -> None:
        before, self._signed = self._signed, signed
        if signed.passed_on != (before.passed_on if before else ()):
            self._show_rows()
        log = self.query_one("#signed", LineView)
        log.set_class(not signed.acts, "-empty")
        log.show(self._signed_lines)

    def _signed_lines(self, width: int) -> Sequence[Line]:
        return signed_lines(self._signed, width, most=_SIGNED_SHOWN) if self._signed else ()

    def show_signed(self) -> None:
        """All that one has signed today."""
        from soptui.tui.screens.signed import SignedDialog

        def chosen(case_id: CaseId | None) -> None:
            self.face.open_case(case_id or NO_CASE, self)

        self.app.push_screen(SignedDialog(), chosen)

    def handlers(self) -> Handlers:
        """Also the log of the day."""
        return {**super().handlers(), "signed": self.show_signed}

    def title_parts(self) -> tuple[Part, ...]:
        """With how much of it the filter shows."""
        parts = super().title_parts()
        if self.order is not self.FIRST_ORDER:
            parts = (*parts, Part(_(BRIEF_ORDERS[self.order]), "dim", yields=True))
        if not self.text or self._counts is None or self._fitting is None:
            return parts
        return (*parts, Part(some_of(self._fitting.all, self._counts.all)))

    def is_due_to_end(self, command: Command) -> bool:
        """Where the case under the cursor waits for just that."""
        return command.action in self._next_acts(self.table.value)

    def rank_of(self, command: Command) -> int:
        """What the case under the cursor waits for comes before what is only read or ordered."""
        rank = super().rank_of(command)
        return min(rank, 20) if command.action in self._next_acts(self.table.value) else rank

    def is_hinted(self, command: Command, situation: Situation) -> bool:
        """Of the acts, those that the case under the cursor waits for."""
        if command.action in (None, Action.REGISTER):
            return super().is_hinted(command, situation)
        return command.action in self._next_acts(self.table.value)

    def marked_acts(self) -> Sequence[Action]:
        """What at least one of the marked cases waits for."""
        return [action for one in self.table.marks.values() for action in self._next_acts(one)]

    def _next_acts(self, item: object) -> tuple[Action, ...]:
        """What a row of the tray waits for."""
        if not isinstance(item, TrayItem):
            return ()
        facts = self.face.facts
        return awaited_acts(item.group, item.case, facts.sop(item.case.sop) if facts else None)

    def _counters(self, width: int) -> Sequence[Line]:
        """The numbers of the groups: each case counts once, where it presses most."""
        counts = self._counts
        if counts is None:
            return still_looking()
        shown = (
            (_("Late"), _("Late"), counts.late, "bad"),
            (_("Due soon"), _("Soon"), counts.due_soon, "warn"),
            (_("To receive"), _("Receive"), counts.receive_in_time, "accent"),
            (_("In work"), _("Work"), counts.work_in_time, "accent"),
            (_("Requests"), _("Asked"), counts.requests, "accent"),
        )
        # What counts nothing says nothing; the order is that of the groups.
        whole = [(label, count, tone) for label, _brief, count, tone in shown if count]
        brief = [(label, count, tone) for _whole, label, count, tone in shown if count]
        drawn = (_counted(whole), _counted(brief))
        counted = next((one for one in drawn if width_of(one) <= width), drawn[-1])
        return [counted, self._draft_line(width)]

    def _draft_line(self, width: int) -> Line:
        """Which letter was begun and not signed, and how one goes on; blank where none was."""
        facts = self.face.facts
        if not self._drafts or facts is None:
            return BLANK
        newest = self._drafts[0]
        what = next((str(newest.values[one]) for one in _NAMES if one in newest.values), "-")
        told = _("Draft of letter {what}", what=what)
        if len(self._drafts) > 1:
            told = _("{count} drafts of letters, last {what}", count=len(self._drafts), what=what)
        age, key = kept_ago(newest.saved, facts.now), self.key_of("register")
        text = _("{drafts}, kept {age}: {key} goes on.", drafts=told, age=age, key=key)
        return without_tail(fit((Span(" "), Span(one_line(text), "dim")), width))


def _counted(counters: Sequence[tuple[str, int, str]]) -> Line:
    spans: list[Span] = [Span(" ")]
    for label, count, tone in counters:
        spans += (Span(f"{label} ", "dim"), Span(str(count), tone if count else "dim"), Span("  "))
    return without_tail(spans)
