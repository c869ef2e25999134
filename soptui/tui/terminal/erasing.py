"""Whether the terminal erases in the ground of what is written, by what it says of itself."""

from __future__ import annotations

import os
from collections.abc import Mapping


def erases_in_colour(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether terminfo says so of the terminal (`bce`); False where nothing is known of it."""
    try:
        import curses
    except ImportError:  # Python can be built without.
        return False
    try:
        # The first terminal that is named in a process is the one that is told of.
        curses.setupterm(environment.get("TERM") or "dumb", 1)
    except curses.error:
        return False
    return curses.tigetflag("bce") > 0
