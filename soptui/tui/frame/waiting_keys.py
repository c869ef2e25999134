"""Keys pressed before that is there which they are about: kept, and obeyed once it is."""

from __future__ import annotations

from typing import Any

from soptui.domain.events import Action
from soptui.domain.message import Refusal
from soptui.locale import _
from soptui.tui.frame.office_screen import Fetched, OfficeScreen
from soptui.tui.keys.commands import Command, Situation, command_of


class WaitingScreen(OfficeScreen):
    """A screen whose keys wait while it looks for the first time, or for something else."""

    def __init__(self) -> None:
        super().__init__()
        self.is_looking = True
        self._kept = ""

    def has_come(self, data: Any) -> bool:
        """Whether what was fetched is what the screen looks for now."""
        return True

    def may_keep(self, command: Command) -> bool:
        """Whether a command may be obeyed once the screen is there.

        A receipt is signed at once, and nobody signs for what they have not seen.
        """
        return command.action is not Action.RECEIVE

    def action_run_command(self, command_id: str) -> None:
        """Run a command, or say that the screen still looks; only the last one is kept."""
        self._kept = ""
        command = command_of(command_id)
        if self.is_looking and command.is_about_row:
            self._kept = command_id if self.may_keep(command) else ""
            self.say(_("Looking ..."), "dim")
        else:
            super().action_run_command(command_id)

    def hinted(self, command: Command, situation: Situation) -> bool:
        """Nothing that waits, as long as nothing can be said of it."""
        if command.is_about_row and self.is_looking and not situation.row:
            return False
        return super().hinted(command, situation)

    def take_fetched(self, fetched: Fetched) -> None:
        """Obey what waits, once all is shown."""
        super().take_fetched(fetched)
        if self.has_come(fetched.data):
            self.is_looking = False
            self.call_next(self._obey_kept)

    def _obey_kept(self) -> None:
        kept, self._kept = self._kept, ""
        if kept:
            self.action_run_command(kept)
        elif self.news == _("Looking ..."):
            self.say("")

    def refused(self, refusal: Refusal) -> None:
        """What waits is not obeyed; the reason is said."""
        self.is_looking = False
        self._kept = ""
        super().refused(refusal)
