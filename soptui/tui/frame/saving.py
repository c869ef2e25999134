"""Screens from which an attachment can be written to a file of the reader's own."""

from __future__ import annotations

from pathlib import Path

from soptui.desk.files import save_as
from soptui.domain.events import Attachment
from soptui.domain.file_name import proper_name
from soptui.domain.message import Refusal
from soptui.locale import _, translate
from soptui.tui.frame.dialogs import AskDialog
from soptui.tui.frame.office_screen import OfficeScreen


class KeepingScreen(OfficeScreen):
    """Asks where to write a file, and writes it in a thread."""

    def ask_where(self, file: Attachment, given: str = "", refused: str = "") -> None:
        """Ask for the path: the file's own name is proposed, or what was `given` and `refused`."""
        screen = AskDialog(_("Save as"), given or proper_name(file.name), refused=refused)
        self.app.push_screen(screen, lambda path: self._answered(file, path))

    def _answered(self, file: Attachment, path: str | None) -> None:
        if path:
            self._keep(file, path)

    def _keep(self, file: Attachment, path: str) -> None:
        def keep() -> Path | Refusal:
            content = self.desk.attachment(file.sha256)
            try:
                return save_as(content, Path(path), file.name)
            except Refusal as refusal:
                return refusal

        def kept(place: Path | Refusal) -> None:
            if isinstance(place, Refusal):
                self._ask_again(file, path, place)
            else:
                self.say(_("Saved as {path}.", path=str(place)), "good")

        self.threads.run("save", keep, kept)

    def _ask_again(self, file: Attachment, path: str, refusal: Refusal) -> None:
        self.refused(refusal)
        if self.app.screen is self:
            self.ask_where(file, path, translate(refusal.message))
