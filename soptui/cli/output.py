"""Writing data and sentences: lines that fit the terminal, or whole ones, or JSON.

All that commands say passes through one gate here, so that nobody who calls has to think of it.
Where output goes to no terminal nothing is wrapped or cut, so that programs find it whole.
"""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any, TextIO

from soptui.domain.message import Message
from soptui.domain.text import safe
from soptui.locale import translate

_NARROWEST = 6
_LEAST_COLUMNS = 40
_USUAL_SIZE = (80, 24)
_ENDLESS = 1 << 20


def _write(text: str, stream: TextIO | None = None) -> None:
    """The gate: nothing that a command says reaches a screen by another way.

    Line feeds pass; those that come from outside are taken away before.
    """
    print(safe(text), file=stream)


def line(text: str = "") -> None:
    """Write one line of data; line feeds in it are shown as blanks."""
    _write(_flat(text))


def block(text: str, stream: TextIO | None = None) -> None:
    """Write several lines that are of one piece, to standard output unless told otherwise."""
    _write(text.removesuffix("\n"), stream)


def sentence(text: str, *, head: str = "") -> None:
    """Write a sentence as data behind its head, wrapped beside it where that is a terminal."""
    for one in _wrapped(_flat(text), width() - cells(head)):
        line(head + one)
        head = " " * cells(head)


def say(text: str) -> None:
    """Write a sentence to standard error, wrapped where that is a terminal."""
    for one in _wrapped(_flat(text), width(sys.stderr)):
        _write(one, sys.stderr)


def progress(text: str = "") -> None:
    """Show on the last line of standard error how far something has come; "" takes it away."""
    shown = _beginning(_flat(text), width(sys.stderr) - 1)
    sys.stderr.write(f"\r\033[K{shown}")
    sys.stderr.flush()


def width(stream: TextIO | None = None) -> int:
    """The cells in a line of standard output, or of another stream; no terminal has no end."""
    if not is_terminal(stream or sys.stdout):
        return _ENDLESS
    return max(_LEAST_COLUMNS, shutil.get_terminal_size(_USUAL_SIZE).columns)


def is_terminal(stream: TextIO) -> bool:
    """Whether what is written to a stream goes to a terminal."""
    return stream.isatty()


def as_json(data: Any) -> None:
    """Write data as JSON: messages translated, times in ISO 8601.

    What the gate refuses is written as JSON's own escapes, so that programs read what was meant.
    """
    text = json.dumps(data, ensure_ascii=False, indent=2, default=_plain)
    _write(safe(text, lambda character: json.dumps(character)[1:-1]))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows under their heads; the widest columns but the first give way until lines fit."""
    lines = [[_flat(cell) for cell in row] for row in (heads, *rows)]
    if len(lines) == 1:
        return
    widths = [max(cells(row[column]) for row in lines) for column in range(len(heads))]
    while sum(widths) + 2 * (len(widths) - 1) > width() and max(widths[1:]) > _NARROWEST:
        widest = max(range(1, len(widths)), key=lambda column: widths[column])
        widths[widest] -= 1
    for row in lines:
        padded = (fit(cell, size) for cell, size in zip(row, widths, strict=True))
        line("  ".join(padded).rstrip())


def fields(pairs: Iterable[tuple[str, str]], *, indent: str = "") -> None:
    """Write labels with their values; values that are empty are left out."""
    shown = [(label, value) for label, value in pairs if value]
    size = max((cells(label) for label, _ in shown), default=0)
    for label, value in shown:
        first, *rest = _wrapped(value, width() - size - 2 - len(indent))
        line(f"{indent}{fit(label, size)}  {first}")
        for more in rest:
            line(f"{indent}{' ' * size}  {more}")


def _wrapped(text: str, size: int) -> list[str]:
    """`text`, made safe, in lines of at most `size` cells, broken at blanks where there are any."""
    lines: list[str] = []
    for paragraph in safe(text).split("\n"):
        current = ""
        for word in _pieces(paragraph, size):
            joined = f"{current} {word}" if current else word
            if cells(joined) > size:
                lines.append(current)
                joined = word
            current = joined
        lines.append(current)
    return lines


def _pieces(paragraph: str, size: int) -> Iterator[str]:
    """The words, those that are longer than a line cut."""
    for word in paragraph.split(" "):
        rest = word
        while cells(rest) > size:
            part = _beginning(rest, size)
            yield part
            rest = rest[len(part) :]
        yield rest


def cells(text: str) -> int:
    """How many cells of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    return sum(_cells_of(character) for character in text)


def fit(text: str, size: int) -> str:
    """`text` in exactly `size` cells, cut with a mark or filled with blanks."""
    if cells(text) > size:
        text = _beginning(text, size - 1) + "…"
    return text + " " * (size - cells(text))


def _beginning(text: str, size: int) -> str:
    taken = 0
    for position, character in enumerate(text):
        taken += _cells_of(character)
        if taken > size:
            return text[: max(position, 1)]
    return text


def _cells_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _flat(text: str) -> str:
    return safe(text).replace("\n", " ")


def _plain(value: object) -> object:
    match value:
        case Message():
            return translate(value)
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
        case Fraction():
            return float(value)
    return str(value)
