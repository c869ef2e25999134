"""What room a screen has, known before its first line is drawn."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen


def take_room(screen: Screen[Any]) -> None:
    """Give a screen the classes of the window's size, before its widgets are there.

    Textual gives them once the first frame is drawn, so that it would be drawn and sent twice.
    """
    size = screen.app.size
    across, down = screen.HORIZONTAL_BREAKPOINTS or [], screen.VERTICAL_BREAKPOINTS or []
    classes = {name: False for _from, name in (*across, *down)}
    classes |= dict.fromkeys(screen._get_breakpoint_classes(size.width, across), True)
    classes |= dict.fromkeys(screen._get_breakpoint_classes(size.height, down), True)
    screen.update_classes(classes, update=False)
