"""The alarm below the title of a screen, for as long as the clock of this computer is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.screen import Screen

from soptui.domain.message import Message
from soptui.locale import translate
from soptui.tui.text.lines import Line, Span, wrap
from soptui.tui.widgets.painted import LineView


def show_alarm(screen: Screen[Any], fault: Message | None) -> None:
    """Say it below the widget `#title`; take it away where there is no fault any longer."""
    shown = screen.query("#alarm")
    if fault is None:
        shown.remove()
        return

    def picture(width: int) -> Sequence[Line]:
        return [(Span(" "), *one) for one in wrap(translate(fault), width - 2, "bad")]

    if shown:
        shown.first(LineView).show(picture)
    else:
        screen.mount(LineView(picture, id="alarm"), after="#title")
