"""Notifications: the screen in sight says what happened in the background; it may ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soptui.locale import _, _n
from soptui.tui.frame.face import Says
from soptui.tui.frame.office_screen import OfficeScreen
from soptui.tui.text.lines import one_line

if TYPE_CHECKING:
    from textual.app import App


class Notifications:
    """What one app says of what nobody sitting at it did."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self.signal = "off"
        """How news rings: `off`, `bell` or `osc9`."""

    @property
    def screen(self) -> OfficeScreen | None:
        """The screen that lies on top, dialogs and forms not counted."""
        found = [one for one in self._app.screen_stack if isinstance(one, OfficeScreen)]
        return found[-1] if found else None

    def answer(self, text: str, tone: str) -> None:
        """Say what came of what a person asked for, and waits to hear."""
        if (screen := self.screen) is not None:
            screen.say(text, tone)

    def tell(self, text: str, tone: str = "bad") -> None:
        """Say it beside what was said of the person's own act."""
        if (screen := self.screen) is not None:
            screen.say_beside(text, tone)

    def say_on_top(self, text: str, tone: str) -> None:
        """Say it where the person types, be it a form or a dialog."""
        if isinstance(self._app.screen, Says):
            self._app.screen.say(text, tone)

    def renew_screen(self) -> None:
        """Let the screen look again if it is in sight, and nobody is typing over it."""
        if (screen := self.screen) is not None and self._app.screen is screen:
            screen.look()

    def ring(self, text: str) -> None:
        """Ring for news, as this person has chosen."""
        if self.signal == "bell":
            self._app.bell()
        elif self.signal == "osc9":
            driver = self._app._driver
            if driver is not None:
                driver.write(f"\x1b]9;{one_line(text)}\x07")


def new_records_text(count: int, waiting: int) -> str:
    """How many records came in, and how many cases wait for the officer now."""
    came = _n("{count} new record came in.", "{count} new records came in.", count)
    return f"{came} {_('Waiting for you: {count}.', count=waiting)}"
