"""Keys pressed before the screen has loaded: the last one is kept, and run once it has."""

from __future__ import annotations

from soptui.tui.keys.commands import Command


class WaitingKeys:
    """The keys that wait for one screen.

    Only a command about a row waits, for only it can mean another row than the person thought of;
    and only the last is kept, so that what runs is what was wanted last, once, and never a queue
    of acts. It is checked then as if it had been pressed then: the gate is asked of what is shown.
    """

    def __init__(self) -> None:
        self.is_loading = True
        self._kept = ""

    def keep(self, command: Command) -> bool:
        """Whether a command that was just called has to wait; it takes the place of any before."""
        self._kept = ""
        if not (self.is_loading and command.is_about_row):
            return False
        self._kept = command.id
        return True

    def take(self) -> str:
        """The id of the command that waits, or an empty string; it waits no longer."""
        kept, self._kept = self._kept, ""
        return kept

    def give_up(self) -> None:
        """Nothing will come that it could wait for."""
        self.is_loading = False
        self._kept = ""
