"""Reading beside a form: which papers there are, what is told of them, lines that are copied."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, TextArea

from soptui.desk.actions.fields import FieldKind
from soptui.desk.papers import (
    PaperKind,
    document_line,
    papers_for,
    same_notice,
    scans_beside,
    value_of,
)
from soptui.desk.words.terms import step_label
from soptui.domain.events import Action
from soptui.domain.review import passages, returns_of, reviewed_documents
from soptui.locale import _, _n, day_and_month
from soptui.tui.forms.paper_dialog import PaperDialog
from soptui.tui.forms.paper_pane import PaperPane
from soptui.tui.keys.commands import binding_of
from soptui.tui.presentation.board_pipeline import role_word
from soptui.tui.text.lines import Line, Span, first_lines, fit, line, without_tail, wrap
from soptui.tui.widgets.lettered import LetteredText

if TYPE_CHECKING:
    from soptui.desk.forms.sheet import Sheet
    from soptui.tui.forms.sheet_view import SheetView
    from soptui.tui.forms.target import Target
    from soptui.tui.frame.threads import Threads

_GLANCE_LINES = 3
"""So many lines of a document are shown in the form, where there is no room for it beside."""
_ROLE = 12
"""Cells of a role on the way of a document."""
BESIDE_FROM = 120
"""Columns from which a paper stands beside the form."""
_DECIDES = (Action.APPROVE, Action.RETURN)


OF_READING = ("form-copy", "form-sheet", "form-scroll", "form-scroll-back")
"""The commands that are run here. In a field their keys mean something else, so they come first."""


class ReadsBeside(Protocol):
    """What is asked of the form."""

    target: Target
    threads: Threads

    @property
    def sheet(self) -> Sheet:
        """What is filled in."""

    @property
    def is_signing(self) -> bool:
        """Whether a signature is being made."""

    def key_of(self, command_id: str) -> str:
        """The key of a command, as it is printed."""

    def say(self, text: str, tone: str = "plain") -> None:
        """A sentence at the foot."""


class Reading(Horizontal):
    """The sheet of a form and, to its right where there is room, what is read beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding_of(one, is_heard_first=True) for one in OF_READING
    ]

    def __init__(self, form: ReadsBeside, sheet: SheetView, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._form = form
        self._sheet = sheet
        self._pane = PaperPane(form.target.desk, form.threads, id="pane")
        self._field: Widget | None = None
        self._named: tuple[str, ...] | None = None

    def compose(self) -> ComposeResult:
        """Both."""
        yield self._sheet
        yield self._pane

    @property
    def has_papers(self) -> bool:
        """Whether there is anything to be read."""
        return self._pane.paper is not None

    @property
    def silent(self) -> dict[str, bool]:
        """Which of the commands here do nothing now."""
        return {
            "form-copy": not self.has_papers,
            "form-sheet": len(self._pane.papers) < 2,
            "form-scroll": not self.is_beside,
        }

    def renew(self) -> None:
        """Look for the papers of the form as it is filled in now."""
        target = self._form.target
        if target.form.action is Action.REGISTER:
            named = self._named_files()
            if named == self._named:
                return
            self._named = named
            papers = scans_beside(named)
        else:
            papers = papers_for(target.form.action, target.case)
        self.screen.set_class(not papers, "-no-papers")
        # Where no paper stands beside, only the head of a decision tells of one.
        is_told = target.form.action in _DECIDES
        self._pane.show(papers, read=is_told or self.app.size.width >= BESIDE_FROM)

    def _named_files(self) -> tuple[str, ...]:
        sheet = self._form.sheet
        named: list[str] = []
        for field in sheet.form.fields:
            value = sheet.values[field.name]
            if field.kind is FieldKind.FILES and not isinstance(value, str):
                named += value
        return tuple(named)

    @property
    def is_beside(self) -> bool:
        """Whether a paper stands beside the form now."""
        return self.has_papers and bool(self._pane.size.width)

    @property
    def position(self) -> int:
        """The place of the paper in sight among the attachments of the case; -1 for the newest."""
        case, paper = self._form.target.case, self._pane.paper
        if case is None or paper is None or not paper.files:
            return -1
        digests = [one.sha256 for entry in case.entries for one in entry.event.attachments]
        return max(at for at, one in enumerate(digests) if one == paper.files[0].sha256)

    # --- what is told in the form itself --------------------------------------------------------

    def glance(self, width: int) -> list[Line]:
        """What is decided on: each document, whether it is the returned one, how it came here.

        Where no paper stands beside, also how the document begins.
        """
        target = self._form.target
        case = target.case
        if case is None or target.form.action not in _DECIDES:
            return []
        lines: list[Line] = []
        for one in reviewed_documents(case):
            lines += wrap(document_line(target.desk, one), width, "bold", indent="  ")
            if notice := same_notice(one):
                lines += wrap(notice, width, "bad", indent="  ")
        if not lines:
            return []
        if not self.is_beside:
            lines += self._beginning(width)
        way = [
            f"{step_label(one.visit.step)} {role_word(case.sop, step, _ROLE)}"
            f" {day_and_month(one.visit.closed)}"
            for one in passages(case)
            if one.visit.closed is not None and (step := case.sop.step(one.visit.step)) is not None
        ]
        lines += first_lines(wrap(_("Came by: {steps}", steps=" · ".join(way)), width), 2, width)
        returned = list(returns_of(case))
        if returned:
            _entry, details = returned[0]
            reason = case.sop.reason(details.reason)
            text = _n(
                "Returned {count} time: {reason}",
                "Returned {count} times, last: {reason}",
                len(returned),
                reason=reason.text if reason else details.reason,
            )
            lines += first_lines(wrap(f"{text}. {details.note}", width, "warn"), 2, width)
        return lines

    def _beginning(self, width: int) -> list[Line]:
        paper = self._pane.paper
        read = self._pane.lines_of(paper) if paper is not None else None
        if paper is None or paper.kind is not PaperKind.DOCUMENT or read is None:
            return []
        texts = [one for one in read if one.text.strip() and not one.is_heading]
        shown = [
            without_tail(fit((Span(": ", "dim"), *line(one.text)), width))
            for one in texts[:_GLANCE_LINES]
        ]
        rest = len(texts) - len(shown)
        if rest > 0:
            key = self._form.key_of("form-read")
            more = _n("{count} more line: {key}", "{count} more lines: {key}", rest, key=key)
            shown.append(line(Span(f"  {more}", "dim")))
        return shown

    # --- commands -------------------------------------------------------------------------------

    def read_whole(self) -> bool:
        """Show the paper in sight on the whole screen; False where there is none."""
        paper = self._pane.paper
        if paper is None:
            return False
        field = self._field_in_hand()
        dialog = PaperDialog(self._form.target.desk, self._pane, picks=field is not None)
        self.app.push_screen(dialog, partial(self._copy_from_dialog, field))
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to the field in hand where there is nothing to be read."""
        if action in ("scroll_paper", "copy_line", "next_sheet"):
            return self.has_papers and not self._form.is_signing
        return super().check_action(action, parameters)

    def action_scroll_paper(self, halves: int) -> None:
        """Read on in what stands beside."""
        self._pane.page.scroll_pages(halves)

    def action_next_sheet(self) -> None:
        """To the next of the papers, on the whole screen where none stands beside."""
        self._pane.turn(1)
        if not self.is_beside:
            self.read_whole()

    def action_copy_line(self) -> None:
        """Copy a line into the field in hand: the next key names it."""
        self._field = self._field_in_hand()
        if self._field is None:
            self._form.say(_("Go to a field for text first: the line is copied there."), "warn")
        elif not self.is_beside:
            self.read_whole()
        elif not self._pane.page.begin_picking():
            self._form.say(_("There is no text to copy from."), "warn")

    def on_lettered_text_picked(self, event: LetteredText.Picked) -> None:
        """The line is named: into the field with it."""
        event.stop()
        self._copy(event.line)

    def _field_in_hand(self) -> Widget | None:
        focused = self.screen.focused
        return focused if isinstance(focused, Input | TextArea) else None

    def _copy(self, text: str | None) -> None:
        """Put the line into the field where the cursor was, as if it had been typed."""
        field, self._field = self._field, None
        if field is None or not field.is_attached:
            return
        field.focus()
        if text is None:
            return
        value = value_of(text)
        if isinstance(field, Input):
            field.insert_text_at_cursor(value)
        elif isinstance(field, TextArea):
            field.insert(value)

    def _copy_from_dialog(self, field: Widget | None, text: str | None) -> None:
        self._field = field
        self._copy(text)
