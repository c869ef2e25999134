"""Screens from which an attachment can be written to a file of the reader's own."""

from __future__ import annotations

from textual import work

from soptui.domain.events import Attachment
from soptui.locale import _
from soptui.tui.screens.base import OfficeScreen


class KeepingScreen(OfficeScreen):
    """Asks where to write a file, and writes it in a thread."""

    def ask_where(self, file: Attachment) -> None:
        """Ask for the path; the file's own name is proposed."""
        from soptui.tui.screens.ask import AskScreen

        self.app.push_screen(
            AskScreen(_("Save as"), file.name), lambda path: self._answered(file, path)
        )

    def _answered(self, file: Attachment, path: str | None) -> None:
        if path:
            self._keep(file.sha256, path)

    @work(thread=True, exclusive=True, group="save", exit_on_error=False)
    def _keep(self, sha256: str, path: str) -> None:
        from soptui.tui.saving import save

        place = save(self.desk.attachment(sha256), path)
        self.app.call_from_thread(self.say, _("Saved as {path}.", path=str(place)), "good")
