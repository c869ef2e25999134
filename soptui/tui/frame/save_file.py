"""Saves an attachment to a file of the reader's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from soptui.desk.files import save_as
from soptui.domain.file_name import proper_name
from soptui.domain.message import Refusal
from soptui.locale import _, translate
from soptui.tui.frame.dialogs import AskDialog

if TYPE_CHECKING:
    from soptui.domain.events import Attachment
    from soptui.tui.frame.office_screen import OfficeScreen


class AttachmentSaver:
    """Asks where to write an attachment, and writes it in a thread of its screen."""

    def __init__(self, screen: OfficeScreen) -> None:
        self._screen = screen

    def ask(self, file: Attachment, given: str = "", refused: str = "") -> None:
        """Ask for the path: the file's own name is proposed, or what was `given` and `refused`."""

        def answered(path: str | None) -> None:
            if path:
                self._save(file, path)

        name = given or proper_name(file.name)
        dialog = AskDialog(_("Save as"), name, refused=refused, writes=_("Write"))
        self._screen.app.push_screen(dialog, answered)

    def _save(self, file: Attachment, path: str) -> None:
        def save() -> Path | Refusal:
            content = self._screen.desk.attachment(file.sha256)
            try:
                return save_as(content, Path(path), file.name)
            except Refusal as refusal:
                return refusal

        def saved(place: Path | Refusal) -> None:
            if isinstance(place, Refusal):
                self._ask_again(file, path, place)
            else:
                self._screen.say(_("Saved as {path}.", path=str(place)), "good")

        self._screen.threads.run("save", save, saved)

    def _ask_again(self, file: Attachment, path: str, refusal: Refusal) -> None:
        self._screen.refused(refusal)
        if self._screen.app.screen is self._screen:
            self.ask(file, path, translate(refusal.message))
