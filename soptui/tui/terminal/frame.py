"""The grammar of what Textual sends to a terminal.

Textual 8.2 paints with four things only: move the cursor, set a style, write text, go to the next
line. Everything else it sends sets a mode of the terminal, asks it something, or speaks to it
beside the screen (title, clipboard, bell). `tests/tui/terminal/test_driver_grammar.py` pins this.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from msgspec import Struct
from rich.cells import cell_len

SYNC_START = "\x1b[?2026h"
SYNC_END = "\x1b[?2026l"
ENTER_SCREEN = "\x1b[?1049h"
LEAVE_SCREEN = "\x1b[?1049l"

_TOKEN = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H"
    r"|\x1b\[(?P<style>[\d;]*)m"
    r"|(?P<newline>\r?\n)"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
)

# Modes 3, 47, 1047 and 1049 change what is on the screen; OSC 8 changes what text means.
_BESIDE = re.compile(
    r"(?:\x1b\[\?(?!(?:3|47|1047|1049)[hl])\d+[hl]"
    r"|\x1b\[\?\d+\$p"
    r"|\x1b\[[<>=][\d;]*u"
    r"|\x1b\[\d* q"
    r"|\x1b\](?!8;)[^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x07)+"
)


class Kind(Enum):
    """What a piece of output does to the screen."""

    SYNC = auto()
    ENTER = auto()
    LEAVE = auto()
    BESIDE = auto()  # nothing: modes, questions, title, clipboard, bell
    PAINT = auto()
    UNKNOWN = auto()


class Run(Struct, frozen=True):
    """Text in one style (the parameters of its SGR sequence) from a cell onward, counted from 0."""

    row: int
    column: int
    style: str
    text: str


class Frame(Struct, frozen=True):
    """What one piece of output paints, and where it leaves the cursor as (row, column)."""

    runs: tuple[Run, ...]
    cursor: tuple[int, int]


def kind_of(data: str) -> Kind:
    """What kind of output this is; `PAINT` means only that `read_frame` is worth trying."""
    if data in (SYNC_START, SYNC_END):
        return Kind.SYNC
    if data == ENTER_SCREEN:
        return Kind.ENTER
    if data == LEAVE_SCREEN:
        return Kind.LEAVE
    if not data or _BESIDE.fullmatch(data):
        return Kind.BESIDE
    first = _TOKEN.match(data)
    return Kind.PAINT if first and first["row"] else Kind.UNKNOWN


def read_frame(data: str) -> Frame | None:
    """The frame that `data` paints; None when anything in it is not of the grammar."""
    runs = []
    row = column = end = 0
    style = ""
    for token in _TOKEN.finditer(data):
        if token.start() != end:
            return None
        end = token.end()
        if token["text"]:
            runs.append(Run(row, column, style, token["text"]))
            column += cell_len(token["text"])
        elif token["row"]:
            row, column = int(token["row"]) - 1, int(token["column"]) - 1
        elif token["newline"]:
            row, column = row + 1, 0
        else:
            style = "" if token["style"] == "0" else token["style"]
    return Frame(tuple(runs), (row, column)) if end == len(data) else None
