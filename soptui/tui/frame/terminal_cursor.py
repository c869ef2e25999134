"""Where the terminal's own cursor stands: on the row, the choice or the field that is selected.

It is hidden on most terminals, and followed all the same: by readers of screens, braille lines and
magnifiers. Each frame that is sent ends there, so it costs a few bytes and only where it moved.
"""

from __future__ import annotations

from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from soptui.tui.widgets.painted import Painted


def cursor_on(screen: Screen[object]) -> Offset | None:
    """The cell of what is selected on a screen; None where nothing is."""
    return _cell_in(screen.focused or _first_of(screen))


def _first_of(screen: Screen[object]) -> Widget | None:
    """What keys go to where nothing has the focus: the list of the screen."""
    return next((one for one in screen.query(Painted) if one.can_focus and one.display), None)


def _cell_in(widget: Widget | None) -> Offset | None:
    match widget:
        case Input() | TextArea():
            return widget.cursor_screen_offset
        case Painted():
            place, cell = widget.content_region, widget.cursor_cell
            # What has scrolled out of sight is not where the cursor should be.
            inside = min(max(cell.y, 0), max(0, place.height - 1))
            return Offset(place.x + cell.x, place.y + inside)
        case Widget():
            return widget.region.offset
    return None
