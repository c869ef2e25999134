"""What was asked of whoever has the case now, in a few lines.

The office's disposition sheet carries the order to its reader; here it stands wherever the case is
read or acted upon.
"""

from __future__ import annotations

from collections.abc import Iterable

from soptui.desk.words.assignment import Assignment
from soptui.tui.text.lines import LABEL_WIDTH, Line, first_lines, labelled

_ROOMY_FROM = 72
_MOST_LINES = 3
_MOST_LINES_WHERE_NARROW = 2


def assignment_lines(
    asked: Iterable[Assignment], width: int, *, label_width: int = LABEL_WIDTH
) -> list[Line]:
    """Each in at most three lines, in two where the screen is narrow; what is cut ends in `…`."""
    most = _MOST_LINES if width >= _ROOMY_FROM else _MOST_LINES_WHERE_NARROW
    return [
        one
        for label, text in asked
        for one in first_lines(labelled(label, text, width, label_width=label_width), most, width)
    ]
