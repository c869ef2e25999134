"""What a letter is about, in few cells: two quarters of one letter never look alike."""

from __future__ import annotations

import re
from fractions import Fraction

from rich.cells import cell_len, set_cell_size

from soptui.tui.lines import ELLIPSIS

_QUARTER = re.compile(r"\b(?:triwulan|tri wulan|tw)\b\.?", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:tahun|thn|th)\b\.? *(?=20\d\d\b)", re.IGNORECASE)
_PERIOD = re.compile(r"(\b(?:TW|semester|smt)\b\.? *\w+)(?: *20\d\d\b)?", re.IGNORECASE)
_MOST_OF_ALL = Fraction(3, 5)
"""How much of the width the end may take."""


def shortened(subject: str, width: int) -> str:
    """The subject in at most `width` cells: usual words abbreviated, then the middle left out.

    The period that it names (`TW III 2026`) stays; without one its last words do.
    """
    if cell_len(subject) <= width:
        return subject
    brief = _YEAR.sub("", _QUARTER.sub("TW", subject))
    if cell_len(brief) <= width:
        return brief
    tail = _tail(brief, int(width * _MOST_OF_ALL))
    head = set_cell_size(brief, max(0, width - cell_len(tail) - 1)).rstrip()
    return f"{head}{ELLIPSIS}{tail}"


def _tail(text: str, most: int) -> str:
    """From the last period on to the end, or that period alone; else the last words."""
    for found in reversed(list(_PERIOD.finditer(text))):
        for tail in (text[found.start() :], found[0], found[1]):
            if cell_len(tail) <= most:
                return tail
    words: list[str] = []
    for word in reversed(text.split(" ")):
        if cell_len(" ".join((word, *words))) > most // 2:
            break
        words.insert(0, word)
    return " ".join(words)
