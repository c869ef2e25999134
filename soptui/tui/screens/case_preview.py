"""The case under the cursor of a list, beside the list: read in threads once the cursor rests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from soptui.desk.views import CaseView
from soptui.domain.attachment_text import NoText
from soptui.domain.ids import NO_CASE, CaseId
from soptui.domain.message import Refusal
from soptui.locale import _, translate
from soptui.tui.presentation.preview import SHEETS, Previewed, preview_lines
from soptui.tui.text.lines import Line, Span, line, wrap
from soptui.tui.widgets.split import Split

if TYPE_CHECKING:
    from soptui.domain.attachment_text import AttachmentText
    from soptui.tui.frame.lists import ListScreen


class CasePreview:
    """What stands beside a list of cases, which holds it.

    The case is drawn at once and, where its attachment was not read before, the text after it. On
    a line that is to be spared nothing is read or drawn before somebody asks.
    """

    def __init__(self, screen: ListScreen, case_in_hand: Callable[[], CaseId]) -> None:
        self._screen = screen
        self._case_in_hand = case_in_hand
        self._found: tuple[CaseId, Previewed | Refusal] | None = None
        self._case_id = NO_CASE
        """The case that is drawn, or is on its way."""
        self._sheet = 0
        self._is_unrolled = False
        self._reading = threading.Lock()

    # --- what is asked ------------------------------------------------------------------------

    @property
    def is_of_cursor(self) -> bool:
        """Whether what is drawn is the case under the cursor."""
        return self._case_id == self._case_in_hand()

    def follow(self) -> None:
        """The cursor rests: show its case, but on a line that is to be spared."""
        if self._screen.face.settings.spares_line and not self.is_of_cursor:
            self._split.show_detail()
        else:
            self.read()

    def read(self) -> None:
        """Show the case under the cursor."""
        case_id = self._case_in_hand()
        if case_id != self._case_id:
            self._is_unrolled = False
        self._case_id = case_id
        if not case_id:
            self._found = None
            self._split.show_detail()
            return
        self._screen.threads.run(
            "preview", lambda: self._look(case_id), lambda found: self._take(case_id, found)
        )

    def turn(self, steps: int) -> None:
        """To the sheet so many further, round and round."""
        self._sheet = (self._sheet + steps) % len(SHEETS)
        self._split.show_detail()

    def scroll(self, pages: int) -> None:
        """Scroll by half the height; what was held back for the line's sake comes first."""
        if pages > 0 and not self._is_unrolled:
            self._is_unrolled = True
            self._split.show_detail()
        self._split.scroll(pages)

    # --- reading, in threads --------------------------------------------------------------------

    def _look(self, case_id: CaseId) -> Previewed | Refusal:
        desk = self._screen.desk
        try:
            view = desk.view(case_id)
        except Refusal as refusal:
            return refusal
        if not view.attachments:
            return Previewed(view)
        text = desk.known_text(_newest(view))
        return Previewed(view, text, is_reading=text is None)

    def _take(self, case_id: CaseId, found: Previewed | Refusal) -> None:
        is_other = self._found is None or self._found[0] != case_id
        self._found = case_id, found
        self._draw(from_top=is_other)
        if isinstance(found, Previewed) and found.is_reading:
            view = found.view
            self._screen.threads.run("preview-text", lambda: self._read(view), self._take_text)

    def _read(self, view: CaseView) -> Previewed | None:
        """The case with its text; None where the cursor went on while others were read."""
        with self._reading:
            if view.case.id != self._case_id:
                return None
            text: AttachmentText | Refusal
            try:
                text = self._screen.desk.attachment_text(_newest(view))
            except (NoText, Refusal) as refusal:
                text = refusal
        return Previewed(view, text)

    def _take_text(self, found: Previewed | None) -> None:
        if found is not None and found.view.case.id == self._case_id:
            self._found = self._case_id, found
            self._draw(from_top=False)

    # --- drawing ------------------------------------------------------------------------------

    @property
    def _split(self) -> Split:
        return self._screen.query_one(Split)

    def _draw(self, *, from_top: bool) -> None:
        if from_top:
            self._split.show_detail()
        else:
            self._split.renew_detail()

    def picture(self, width: int) -> Sequence[Line]:
        """The case, or why it is not there."""
        facts, case_id = self._screen.face.facts, self._case_in_hand()
        if facts is None or not case_id:
            return ()
        if self._found is None or self._found[0] != case_id:
            return self._waiting(width)
        _case_id, found = self._found
        if isinstance(found, Refusal):
            return wrap(translate(found.message), width, "bad")
        sheet = SHEETS[self._sheet].name if self._screen.has_class("-broad") else ""
        return preview_lines(found, facts, width, sheet=sheet, unrolled=self._is_unrolled)

    def _waiting(self, width: int) -> Sequence[Line]:
        """What stands there before the case does."""
        if self._screen.face.settings.spares_line and not self.is_of_cursor:
            key = self._screen.key_of("pane")
            return wrap(_("{key} shows this case here.", key=key), width, "dim")
        return [line(Span(_("Looking ..."), "dim"))]


def _newest(view: CaseView) -> str:
    return view.attachments[-1][0].sha256
