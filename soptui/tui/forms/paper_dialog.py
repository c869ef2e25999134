"""A paper of a form on the whole screen; where a field waits, a line is copied from there."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from soptui.desk import Desk
from soptui.locale import _
from soptui.tui.design.foot import Hint
from soptui.tui.forms.paper_pane import PaperPane
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.keys.commands import binding_of
from soptui.tui.widgets.lettered import LetteredText


class PaperDialog(Dialog[str]):
    """Its answer is the line that was picked, or None where none was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding_of("form-copy", "pick"),
        binding_of("form-sheet", "turn(1)"),
        binding_of("form-scroll", "scroll(1)"),
        binding_of("form-scroll-back", "scroll(-1)"),
        binding_of("down", "scroll_by(1)"),
        binding_of("up", "scroll_by(-1)"),
        binding_of("page-down", "scroll(2)"),
        binding_of("page-up", "scroll(-2)"),
        binding_of("form-read", "run_command('back')"),
    ]

    def __init__(self, desk: Desk, beside: PaperPane, *, picks: bool) -> None:
        """With the papers that stand, or would stand, `beside` the form; `picks` offers copying."""
        super().__init__(_("What is read beside the form"))
        self._pane = PaperPane(desk, self.threads, id="paper-pane")
        self._beside = beside
        self._picks = picks

    def inside(self) -> ComposeResult:
        """The papers."""
        yield self._pane

    def on_mount(self) -> None:
        """Show what stands beside, the same first."""
        self._pane.take_from(self._beside)

    def acts(self) -> tuple[Hint, ...]:
        """How to copy, and to read on."""
        copy = (self.hint("form-copy"),) if self._picks else ()
        sheet = (self.hint("form-sheet"),) if len(self._beside.papers) > 1 else ()
        return (*copy, *sheet, self.hint("form-scroll"))

    def action_turn(self, steps: int) -> None:
        """To the next sheet."""
        self._pane.turn(steps)

    def action_pick(self) -> None:
        """Wait for the letter of a line."""
        if self._picks:
            self._pane.page.begin_picking()

    def action_scroll(self, halves: int) -> None:
        """Read on by half pages."""
        self._pane.page.scroll_pages(halves)

    def action_scroll_by(self, lines: int) -> None:
        """Read on by lines."""
        page = self._pane.page
        page.scroll_to(y=page.scroll_offset.y + lines, animate=False)

    @on(LetteredText.Picked)
    def _picked(self, event: LetteredText.Picked) -> None:
        event.stop()
        if event.line is not None:
            self.dismiss(event.line)
