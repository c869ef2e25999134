"""What stands in for symbols where the terminal does not speak UTF-8.

One filter over everything that is drawn, frames of input fields included, so that no widget needs
to know. Every replacement is as wide as what it replaces.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

_ASCII = str.maketrans(
    "…─═│┌┐└┘├┤┬┴┼━┃╭╮╯╰▼▲►◄→←↑↓·–—×−✓✗█▌▐▀░▒▓▊▎▔▏▕▁▂▃▄▅▆▇’‘“”•",  # noqa: RUF001 (that they look alike is why they are here)
    "~-=|+++++++++-|++++v^><><^v.--x-vx#||-.:#||-||1234567''\"\"*",
)


def speaks_utf8(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal can be sent more than ASCII; SOPTUI_ASCII says no, else the locale.

    In the C locale Python sets LC_CTYPE to UTF-8 for itself (PEP 538, 540), which says nothing of
    the terminal; that it did is seen from its UTF-8 mode.
    """
    if environment.get("SOPTUI_ASCII"):
        return False
    names = ("LC_ALL", "LANG") if sys.flags.utf8_mode else ("LC_ALL", "LC_CTYPE", "LANG")
    named = next((environment[name] for name in names if environment.get(name)), "")
    return "utf8" in named.lower().replace("-", "")


def ascii_of(text: str) -> str:
    """`text` in ASCII, as wide as before: symbols replaced, accents dropped, the rest `?`."""
    if text.isascii():
        return text
    return "".join(_ascii_of(character) for character in text.translate(_ASCII))


def _ascii_of(character: str) -> str:
    if character.isascii():
        return character
    plain = unicodedata.normalize("NFKD", character)[0]
    width = cell_len(character)
    return plain if plain.isascii() and width == 1 else "?" * width


class AsciiFilter(LineFilter):
    """Draws everything in ASCII."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with their texts in ASCII."""
        return [
            Segment(ascii_of(segment.text), segment.style, segment.control) for segment in segments
        ]
