"""A case: its letter and place, its steps, history, files, requests, and what is open to me."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from soptui.desk.forms.drafts import waiting_drafts
from soptui.desk.views import CaseView, Opening, StepView
from soptui.desk.words.acts import info_at
from soptui.domain.actions.guards import STEP_ACTIONS
from soptui.domain.case import Case, Entry, SectionRequest
from soptui.domain.events import Action
from soptui.domain.ids import NO_CASE, CaseId, EventId
from soptui.domain.message import N_, Message
from soptui.domain.receipt import Receipt
from soptui.domain.replace import replace
from soptui.domain.sop import Sop
from soptui.locale import _, translate
from soptui.tui.design.columns import Column
from soptui.tui.design.foot import Hint
from soptui.tui.design.header import Header, Part
from soptui.tui.frame.dialogs import TextDialog
from soptui.tui.frame.face import CaseNeighbours
from soptui.tui.frame.lists import ListScreen, Tabs
from soptui.tui.frame.office_screen import Handlers, still_looking
from soptui.tui.frame.save_file import AttachmentSaver
from soptui.tui.keys.command import FIRST_OF_LIST, LAST_OF_LIST
from soptui.tui.keys.commands import Command, Situation, bindings_for
from soptui.tui.presentation import case as picture
from soptui.tui.presentation import case_tabs as parts
from soptui.tui.presentation.facts import Facts
from soptui.tui.presentation.flowchart import HEAD_LINES, HERE
from soptui.tui.screens.acting import Acting
from soptui.tui.text.lines import Line, text_of
from soptui.tui.widgets.painted import LineView, Pager
from soptui.tui.widgets.sources import Rows
from soptui.tui.widgets.split import Split
from soptui.tui.widgets.table import Table
from soptui.tui.widgets.tabs import Tab

if TYPE_CHECKING:
    from soptui.desk.history.log import LogLine

_TABS = (
    Tab("steps", N_("Steps")),
    Tab("openings", N_("Open to me")),
    Tab("history", N_("History")),
    Tab("files", N_("Files")),
    Tab("requests", N_("Requests")),
    Tab("letter", N_("Letter")),
    Tab("flow", N_("Flow")),
)
_COLUMNS: dict[str, tuple[tuple[Column, ...], str]] = {
    "steps": (picture.step_columns(), N_("The SOP has no steps.")),
    "openings": (parts.OPENING_COLUMNS, N_("Nothing can be done.")),
    "history": (parts.HISTORY_COLUMNS, N_("Nothing happened yet.")),
    "files": (parts.FILE_COLUMNS, N_("No files are attached.")),
    "requests": (parts.REQUEST_COLUMNS, N_("No data was asked for.")),
}


class CaseNow(Struct, frozen=True):
    """A case, and which events of it the officer was not told yet that they took no effect.

    `notice` are the sentences that tell it. `of_letter` tells of its letter in the mail register: a
    number that moved, or that it is there twice.
    """

    view: CaseView
    unseen: tuple[str, ...]
    notice: tuple[Message, ...]
    of_letter: tuple[Message, ...] = ()


class CaseScreen(ListScreen):
    """One case. `opened_from` is the list whose neighbours can be gone to."""

    PLACE = "case"
    HEADING = N_("Case")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("case")]

    def __init__(self, case_id: CaseId, opened_from: CaseNeighbours | None = None) -> None:
        super().__init__()
        self.tabs = Tabs(self, _TABS, self._show_turned)
        self.acting = Acting(self, self)
        self._saver = AttachmentSaver(self)
        self.case_id = case_id
        self.view: CaseView | None = None
        self.log_lines: dict[str, LogLine] | None = None
        self._opened_from = opened_from
        self._drafts: tuple[tuple[Action, datetime], ...] = ()
        self._told: set[str] = set()
        """The events without effect of which this screen has told."""
        self._told_of_letter: set[CaseId] = set()

    # --- what is on it ------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """Head, pages, and beside or under each list the row in full."""
        yield LineView(self._head, id="head")
        yield self.tabs.bar
        yield Split(Table(picture.step_columns(), id="list"), self.detail)
        yield Pager(id="page")

    def fetch(self, facts: Facts) -> CaseNow:
        """The case as this officer sees it, and what they signed in it without effect."""
        from soptui.desk.sharing.registrations import renumbered_not_seen, twins_message
        from soptui.desk.sharing.without_effect import not_seen, sentences_for

        case_id = self.case_id
        view = self.desk.view(case_id)
        unseen = not_seen(self.desk).get(case_id, ())
        notice = sentences_for(self.desk, {case_id: unseen}) if unseen else ()
        moved = renumbered_not_seen(self.desk).get(case_id)
        twins = (twins_message(self.desk, view.twins),) if view.twins else ()
        return CaseNow(view, unseen, notice, (*((moved,) if moved else ()), *twins))

    def show(self, data: CaseNow) -> None:
        """The case, on the page that is in sight."""
        if not self.is_of_now(data):
            return
        view = data.view
        before = self.view.case if self.view else None
        is_first = before is None or before.id != view.case.id
        if before is None or before.last_id != view.case.last_id:
            self.log_lines = None
        self.view = view
        self._show_notice(data)
        self._drafts = waiting_drafts(self.desk, view.case.id)
        self.tabs.bar.count(
            history=len(view.case.entries),
            files=len(view.attachments),
            requests=len(view.case.requests),
        )
        self.query_one("#head", LineView).show(self._head)
        self.show_tab()
        if is_first:
            self._go_to_current_step()

    def _show_notice(self, data: CaseNow) -> None:
        """Say once what took no effect, or what moved; only what was painted is not told again."""
        case_id = data.view.case.id
        if data.of_letter and case_id not in self._told_of_letter:
            self._told_of_letter.add(case_id)
            self.say(" ".join(map(translate, data.of_letter)), "warn")
            self.call_after_refresh(self._mark_number_seen, case_id)
        unseen = [event for event in data.unseen if event not in self._told]
        if unseen:
            self._told.update(unseen)
            self.say(" ".join(map(translate, data.notice)), "bad")
            self.call_after_refresh(self._mark_seen, data.view.case.id, unseen)

    def _mark_number_seen(self, case_id: CaseId) -> None:
        from soptui.desk.sharing.registrations import mark_renumbered_seen

        self.threads.run("seen", lambda: mark_renumbered_seen(self.desk, case_id), exclusive=False)

    def _mark_seen(self, case_id: CaseId, events: Sequence[EventId]) -> None:
        from soptui.desk.sharing.without_effect import mark_seen

        self.threads.run("seen", lambda: mark_seen(self.desk, case_id, events), exclusive=False)

    def _go_to_current_step(self) -> None:
        visit = self.view.case.visit if self.view else None
        if visit is not None:
            self.table.go_to(str(visit.step))

    def show_tab(self) -> None:
        """A list with its row in full, or a page to scroll."""
        tab = self.tabs.current
        picture_of = {"letter": self._letter, "flow": self._flow}.get(tab)
        self.query_one(Split).display = picture_of is None
        pager = self.query_one("#page", Pager)
        pager.display = picture_of is not None
        if picture_of is not None:
            pager.show(picture_of, fixed=HEAD_LINES if tab == "flow" else 0)
            pager.focus()
            if tab == "flow":
                self.call_after_refresh(self._show_current_step)
            return
        columns, empty = _COLUMNS[tab]
        if tab == "steps":
            columns = picture.step_columns(self.view, self.face.facts)
        self.table.show(self._rows(), columns, empty=empty)
        self.table.focus()
        self.query_one(Split).show_detail()
        if tab == "history" and self.log_lines is None and self.view is not None:
            self._find_commits(self.view.case)

    def _rows(self) -> Rows[object]:
        view, facts = self.view, self.face.facts
        if view is None or facts is None:
            return Rows()
        match self.tabs.current:
            case "steps":
                return picture.step_rows(view, facts)
            case "openings":
                return parts.opening_rows(view, facts)
            case "history":
                return parts.history_rows(view, facts, self.log_lines)
            case "files":
                return parts.file_rows(view, facts)
            case "requests":
                return parts.request_rows(view, facts)
        return Rows()

    def detail(self, width: int) -> Sequence[Line]:
        """The row under the cursor, as its page tells it in full."""
        return self._row_in_full(self.table.value, width)

    def _row_in_full(self, value: object, width: int) -> Sequence[Line]:
        view, facts = self.view, self.face.facts
        if view is None or facts is None:
            return ()
        match value:
            case StepView() as step:
                return picture.step_detail(view, step, facts, width)
            case Opening() as opening:
                return parts.opening_detail(view, opening, facts, width)
            case Entry() as entry:
                return parts.entry_detail(view, entry, facts, self.log_lines, width)
            case parts.AttachedFile() as file:
                return parts.file_detail(view, file, facts, width)
            case SectionRequest() as request:
                return parts.request_detail(view, request, facts, width)
        return ()

    def _head(self, width: int) -> Sequence[Line]:
        if self.view is None or self.face.facts is None:
            return still_looking()
        return picture.head(
            self.view, self.face.facts, width, self._drafts,
            shows_subject=self._shows_subject_below(),
        )  # fmt: skip

    def _letter(self, width: int) -> Sequence[Line]:
        if self.view is None or self.face.facts is None:
            return ()
        return parts.letter_lines(self.view, self.face.facts, width)

    def _flow(self, width: int) -> Sequence[Line]:
        return picture.flow(self.view, width) if self.view is not None else ()

    def _show_current_step(self) -> None:
        pager = self.query_one("#page", Pager)
        texts = text_of(pager.lines).split("\n")
        here = next((at for at, text in enumerate(texts) if text.startswith(HERE)), 0)
        # The row before shows where the case came from.
        pager.scroll_to(y=max(0, here - pager.size.height // 2), animate=False)

    def title_parts(self) -> tuple[Part, ...]:
        """The number by which people know the case, what its letter is about, and its time."""
        view = self.view if self.view and self.view.case.id == self.case_id else None
        facts = self.face.facts
        if view is None or facts is None:
            return (Part(f"{_(self.HEADING)} {self.case_id}", "head"),)
        return picture.title_parts(view, facts)

    def header(self) -> Header:
        """Without what the letter is about where that would be cut: then it stands below, whole."""
        header = super().header()
        if header.shows_all(self.app.size.width):
            return header
        return replace(header, parts=tuple(one for one in header.parts if not one.yields))

    def _shows_subject_below(self) -> bool:
        return not super().header().shows_all(self.app.size.width)

    def is_due_to_end(self, command: Command) -> bool:
        """Where the case lies at a step that this very act finishes."""
        view = self.view
        if view is None or view.case.visit is None:
            return False
        return command.action in STEP_ACTIONS[view.case.step.kind]

    def acts(self) -> tuple[Hint, ...]:
        """From the first sheet, also the one key that leads to the last: the flowchart."""
        acts = super().acts()
        forward = self.hint("next-tab")
        if forward not in acts or self.tabs.current != _TABS[0].name:
            return acts
        at = acts.index(forward) + 1
        back = (self.key_of("previous-tab"), _(_TABS[-1].label))
        return (*acts[:at], back, *acts[at:])

    def ways(self) -> tuple[Hint, ...]:
        """Also to the cases before and after it in its list."""
        if self._opened_from is None:
            return super().ways()
        keys = f"{self.key_of('next-case')}/{self.key_of('previous-case')}"
        return (*super().ways(), (keys, _("Cases")))

    # --- history and its commits --------------------------------------------------------------

    def _find_commits(self, case: Case) -> None:
        def find() -> dict[str, LogLine]:
            from soptui.desk.history.log import log_of

            return {line.entry.id: line for line in log_of(self.desk, case)}

        self.threads.run("commits", find, lambda lines: self._show_commits(case.id, lines))

    def _show_commits(self, case_id: CaseId, lines: dict[str, LogLine]) -> None:
        """Show them where the history is in sight."""
        if case_id != self.case_id:
            return
        self.log_lines = lines
        if self.tabs.current == "history":
            self.table.show(self._rows())

    # --- commands -----------------------------------------------------------------------------

    def situation(self) -> Situation:
        """With the case and, for files, the row under the cursor."""
        row = self.table.key if self.tabs.current in _COLUMNS else ""
        if self.view is None and not self.waiting_keys.is_loading:
            # It could not be read: the thread that tries again says why.
            row = self.case_id
        facts = self.face.facts
        return Situation(
            row,
            self.view,
            desks=len(self.face.desks),
            neighbours=self._opened_from is not None,
            closed_to_register=facts.closed_to_register if facts else None,
            last_case=self.acting.last_case,
            pane=self.pane_state,
        )

    def sops(self) -> Sequence[Sop]:
        """Above all the version of the SOP under which the case runs."""
        return (*super().sops(), *((self.view.case.sop,) if self.view else ()))

    def handlers(self) -> Handlers:
        """Also the tabs, acts, the way to other cases, and saving a file."""
        return {
            **super().handlers(),
            **self.tabs.handlers(),
            **self.acting.handlers(),
            "next-case": lambda: self._go_to_neighbour(1),
            "previous-case": lambda: self._go_to_neighbour(-1),
            "save": self.save,
        }

    def case_in_hand(self) -> CaseId:
        """The case."""
        return self.case_id

    def label_of(self, command: Command) -> str:
        """At a step that only reviews, an approval is called so."""
        if command.action is None or self.view is None:
            return super().label_of(command)
        return _(info_at(command.action, self.view.case.step).label)

    def is_hinted(self, command: Command, situation: Situation) -> bool:
        """Saving only where files are; the open acts; the way on only where there is one."""
        if command.id == "save":
            return self.tabs.current == "files" and bool(situation.row)
        return super().is_hinted(command, situation)

    @on(Table.Chosen)
    def _open_row(self, event: Table.Chosen) -> None:
        match event.value:
            case Opening(action=action):
                self.action_run_command(action.value)
            case parts.AttachedFile(position=position):
                self.face.open_reader(self.case_id, position)
            case value:
                self._show_in_full(value)

    def _show_in_full(self, value: object) -> None:
        """What there is no room for under the list."""
        title = f"{self.title_parts()[0].text} · {self.tabs.bar.label}"
        self.app.push_screen(TextDialog(title, partial(self._row_in_full, value)))

    def _show_turned(self) -> None:
        """Of the steps, the one at which the case lies comes under the cursor."""
        self.show_tab()
        if self.tabs.current == "steps":
            self._go_to_current_step()
        self.renew_keys()

    def _go_to_neighbour(self, steps: int) -> bool:
        """To the case so many further in the list from which this was opened."""
        case_id = self._opened_from.go_to_neighbour(steps) if self._opened_from else NO_CASE
        if not case_id:
            self.say_why(LAST_OF_LIST if steps > 0 else FIRST_OF_LIST)
            return False
        self.open(case_id)
        return True

    def open(self, case_id: CaseId) -> None:
        """Show another case instead."""
        self.case_id = case_id
        self.look()

    def look(self) -> None:
        """Look again; keys wait for the case as it is now."""
        self.waiting_keys.is_loading = True
        super().look()

    def is_of_now(self, data: CaseNow) -> bool:
        """Not the case that was shown before."""
        return data.view.case.id == self.case_id

    def open_case_id(self) -> CaseId:
        """The case."""
        return self.case_id

    def marked_cases(self) -> Sequence[CaseId]:
        """None: the case in sight is the one that is meant."""
        return ()

    def go_on_after(self, receipt: Receipt) -> None:
        """Look again, or at the next case when that is asked for."""
        if not (self.face.opens_next_case and self._go_to_neighbour(1)):
            self.case_id = receipt.case
            self.look()

    # --- files --------------------------------------------------------------------------------

    def save(self) -> None:
        """Ask where to write the file under the cursor."""
        chosen = self.table.value
        if isinstance(chosen, parts.AttachedFile):
            self._saver.ask(chosen.file)
        else:
            self.say_why(Message("First choose a file on the page of files."))
