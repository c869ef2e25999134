"""Shortens the subject of a letter so that two quarters of one letter never look alike."""

from __future__ import annotations

import re
from fractions import Fraction

from rich.cells import cell_len, set_cell_size

from soptui.tui.text.lines import ELLIPSIS

_QUARTER = re.compile(r"\b(?:triwulan|tri wulan|tw)\b\.?", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:tahun|thn|th)\b\.? *(?=20\d\d\b)", re.IGNORECASE)
_PERIOD = re.compile(r"(\b(?:TW|semester|smt)\b\.? *\w+)(?: *20\d\d\b)?", re.IGNORECASE)
_MOST_OF_ALL = Fraction(3, 5)
"""How much of the width the end may take."""


def shortened(subject: str, width: int) -> str:
    """The subject in at most `width` cells: usual words abbreviated, then the end cut.

    The period that it names (`TW III 2026`) stays, and the middle makes room for it.
    """
    if cell_len(subject) <= width:
        return subject
    brief = _YEAR.sub("", _QUARTER.sub("TW", subject))
    if cell_len(brief) <= width:
        return brief
    kept = _kept_of(brief, width)
    head = set_cell_size(brief, max(0, width - cell_len(kept) - 1)).rstrip()
    return f"{head}{ELLIPSIS}{kept}"


def _kept_of(text: str, width: int) -> str:
    """What stands behind the first ellipsis; nothing where the period stands before it.

    From the last period on to the end, or that period and an ellipsis for what follows.
    """
    most = int(width * _MOST_OF_ALL)
    for found in reversed(list(_PERIOD.finditer(text))):
        if cell_len(text[found.start() :]) <= most:
            return text[found.start() :]
        for period in (found[0], found[1]):
            end = found.start() + len(period)
            if cell_len(text[:end]) < width:
                return ""
            if cell_len(period) < most:
                return f"{period}{ELLIPSIS}" if end < len(text) else period
    return ""
