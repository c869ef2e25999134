"""The attachments of a case, one at a time, as text to be read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from soptui.desk.words import terms
from soptui.domain.attachment_text import AttachmentText, NoText
from soptui.domain.ids import CaseId
from soptui.domain.message import N_, Message, Refusal
from soptui.locale import _, translate
from soptui.tui.design.header import Part
from soptui.tui.frame.office_screen import Handlers, OfficeScreen
from soptui.tui.frame.save_file import AttachmentSaver
from soptui.tui.keys.commands import Situation, bindings_for
from soptui.tui.presentation.case_tabs import attached_file, file_detail
from soptui.tui.text.lines import BLANK, Line, Span, line, wrap
from soptui.tui.widgets.painted import LineView, Pager

if TYPE_CHECKING:
    from soptui.desk.views import CaseView
    from soptui.tui.presentation.facts import Facts

NO_FILES = Message("No files are attached to this case.")


class ReaderScreen(OfficeScreen):
    """Lies above a case or the form of an act. Begins with the newest file, unless one is named."""

    PLACE = "reader"
    HEADING = N_("Attachment")
    AUTO_FOCUS = "#page"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("reader")]

    def __init__(self, case_id: CaseId, position: int = -1) -> None:
        """`position` is that of a file among the attachments of the case, -1 for the newest."""
        super().__init__()
        self._saver = AttachmentSaver(self)
        self.case_id = case_id
        self.view: CaseView | None = None
        self._position = position
        self._text_found: AttachmentText | Refusal | None = None

    def body(self) -> ComposeResult:
        """What is known of the file, and its text."""
        yield LineView(self._head, id="head")
        yield Pager(self._text, id="page")

    def title_parts(self) -> tuple[Part, ...]:
        """Which of how many."""
        if self.view is None or not self.view.attachments:
            return super().title_parts()
        place = f"{_(self.HEADING)} {self._position + 1}/{len(self.view.attachments)}"
        return (Part(place, "head"),)

    def fetch(self, facts: Facts) -> tuple[CaseView, int, AttachmentText | Refusal]:
        """The case, which file is in sight, and its text or why there is none."""
        view = self.desk.view(self.case_id)
        position = self._position % max(1, len(view.attachments))
        return view, position, self._read(view, position)

    def _read(self, view: CaseView, position: int) -> AttachmentText | Refusal:
        if not view.attachments:
            return Refusal(NO_FILES)
        try:
            return self.desk.attachment_text(view.attachments[position][0].sha256)
        except NoText as none:
            return none

    def show(self, data: tuple[CaseView, int, AttachmentText | Refusal]) -> None:
        """The file, from its beginning."""
        self.view, self._position, self._text_found = data
        self._draw()

    def situation(self) -> Situation:
        """With the file in sight."""
        files = self.view.attachments if self.view else ()
        return Situation(
            files[self._position][0].sha256 if files else "",
            desks=len(self.face.desks),
            neighbours=len(files) > 1,
        )

    # --- commands -----------------------------------------------------------------------------

    def handlers(self) -> Handlers:
        """Also what goes through the files, and saves one."""
        return {
            **super().handlers(),
            "next-file": partial(self._turn, 1),
            "previous-file": partial(self._turn, -1),
            "save": self.save,
        }

    def _turn(self, steps: int) -> None:
        """To the file that came so many later; after the newest the oldest."""
        if self.view is not None:
            self._position = (self._position + steps) % len(self.view.attachments)
            self._text_found = None
            self.renew_bars()
            self._draw()
            self.look()

    def save(self) -> None:
        """Ask where to write the file in sight."""
        if self.view is not None:
            self._saver.ask(self.view.attachments[self._position][0])

    # --- drawing ------------------------------------------------------------------------------

    def _draw(self) -> None:
        self.query_one("#head", LineView).show(self._head)
        self.query_one("#page", Pager).show(self._text)

    def _head(self, width: int) -> Sequence[Line]:
        if self.view is None or self.face.facts is None:
            return ()
        if not self.view.attachments:
            return ()
        return file_detail(
            self.view, attached_file(self.view, self._position), self.face.facts, width
        )

    def _text(self, width: int) -> Sequence[Line]:
        found = self._text_found
        if found is None:
            return [line(Span(_("Looking ..."), "dim"))]
        if isinstance(found, Refusal):
            return wrap(translate(found.message), width, "warn")
        rest = [] if found.is_whole else [BLANK, *wrap(_(terms.LEFT_OUT), width, "warn")]
        return [*wrap(found.text.rstrip(), width), *rest]
