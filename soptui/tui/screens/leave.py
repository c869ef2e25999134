"""Asks before soptui is left, and says what has not been sent yet."""

from __future__ import annotations

from collections.abc import Sequence

from soptui.locale import _, _n
from soptui.tui.frame.dialogs import TextDialog
from soptui.tui.text.lines import BLANK, Line, wrap
from soptui.tui.widgets.painted import Pager


class LeaveDialog(TextDialog):
    """The answer is True when soptui is to be left.

    The key of a letter may have stood in pasted text, whose rest would then reach the shell.
    """

    def __init__(self) -> None:
        super().__init__(_("Leave soptui?"), self._lines, consent=_("Quit"))
        self._unsent = 0

    def on_mount(self) -> None:
        """Count what is not sent, while the question stands already."""
        self.threads.run("unsent", self._count, self._show)

    def _count(self) -> int:
        from soptui.desk.sharing.sharing import Sharing

        return Sharing(self.face.desk).state().ahead

    def _show(self, unsent: int) -> None:
        self._unsent = unsent
        self.query_one(Pager).show(self._lines)

    def _lines(self, width: int) -> Sequence[Line]:
        lines: list[Line] = wrap(
            _("What you signed is recorded, and what you typed is kept as a draft."), width
        )
        if self._unsent:
            told = _n(
                "{count} act of yours is not sent yet; it stays here until it is.",
                "{count} acts of yours are not sent yet; they stay here until they are.",
                self._unsent,
            )
            lines += [BLANK, *wrap(told, width, "warn")]
        return lines
