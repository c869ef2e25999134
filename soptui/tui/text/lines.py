"""Lines of toned text: what screens are made of before anything is drawn.

Pictures of cases and SOPs are plain data, so that they can be tested without a screen. A tone is a
meaning (`bad`, `dim`), never a colour; the style sheet gives it one. Text from records passes the
one gate `soptui.domain.text.safe` here, and nothing is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from soptui.domain.text import safe

TONES = ("plain", "dim", "bold", "head", "good", "warn", "bad", "accent")
"""The tones there are. None says anything that a word or a letter beside it does not say too."""

ELLIPSIS = "…"

LABEL_WIDTH = 12
"""Cells of a label at the least, so that the values below one another stand in one line."""


class Span(NamedTuple):
    """A run of text in one tone."""

    text: str
    tone: str = "plain"


Line = tuple[Span, ...]
"""One line of a screen, of any width."""

BLANK: Line = ()


def line(*parts: str | Span) -> Line:
    """A line of texts and spans, each made safe and kept on one line; empty ones are left out."""
    spans = (part if isinstance(part, Span) else Span(part) for part in parts)
    return tuple(Span(one_line(span.text), span.tone) for span in spans if span.text)


def one_line(text: str) -> str:
    """`text` made safe, its line feeds shown as blanks."""
    return safe(text).replace("\n", " ")


def width_of(parts: Iterable[Span]) -> int:
    """The width of a line in cells."""
    return sum(cell_len(span.text) for span in parts)


def fit(parts: Sequence[Span], width: int, *, right: bool = False) -> Line:
    """The line cut or filled to exactly `width` cells; what was cut ends in an ellipsis."""
    total = width_of(parts)
    if total <= width:
        padding = Span(" " * (width - total))
        return (padding, *parts) if right else (*parts, padding)
    if width < 1:
        return ()
    kept: list[Span] = []
    left = width - 1
    for span in parts:
        size = cell_len(span.text)
        if size > left:
            kept.append(Span(set_cell_size(span.text, left).rstrip(), span.tone))
            break
        kept.append(span)
        left -= size
    kept.append(Span(ELLIPSIS, kept[-1].tone))
    return (*kept, Span(" " * (width - width_of(kept))))


def without_tail(parts: Sequence[Span]) -> Line:
    """The line without the blanks at its end."""
    kept = list(parts)
    while kept and not kept[-1].text.strip():
        kept.pop()
    return (*kept[:-1], Span(kept[-1].text.rstrip(), kept[-1].tone)) if kept else ()


def wrap(text: str, width: int, tone: str = "plain", *, indent: str = "") -> list[Line]:
    """The text as lines of at most `width` cells, broken at blanks; `indent` begins all but one.

    Line feeds stay line breaks. A word too long for a line is cut.
    """
    made: list[Line] = []
    for paragraph in safe(text).split("\n"):
        current = indent if made else ""
        start = len(current)
        for whole in paragraph.split(" "):
            word = whole
            candidate = word if len(current) == start else f" {word}"
            if cell_len(current + candidate) <= width:
                current += candidate
                continue
            if len(current) > start:
                made.append((Span(current, tone),))
                current = indent
                start = len(current)
            while cell_len(current + word) > max(width, start + 2):
                piece = set_cell_size(word, max(width, start + 2) - start).rstrip()
                made.append((Span(current + piece, tone),))
                word = word[len(piece) :]
                current = indent
                start = len(current)
            current += word
        made.append((Span(current, tone),))
    return made


def labelled(label: str, value: str, width: int, *, label_width: int = LABEL_WIDTH) -> list[Line]:
    """`Label  value`, the value wrapped beside its label; nothing for an empty value."""
    if not value:
        return []
    head = set_cell_size(label, max(label_width, cell_len(label)))
    room = max(10, width - cell_len(head) - 2)
    first, *rest = wrap(value, room)
    margin = Span(" " * (cell_len(head) + 2))
    return [(Span(f"{head}  ", "dim"), *first), *((margin, *more) for more in rest)]


def first_lines(lines: Sequence[Line], most: int, width: int) -> list[Line]:
    """The first `most` lines of a text that was wrapped to `width`; what is cut ends in `…`."""
    if len(lines) <= most:
        return list(lines)
    *kept, last = lines[:most]
    *before, end = last
    room = width - width_of(before) - 1
    text = end.text if cell_len(end.text) <= room else set_cell_size(end.text, room).rstrip()
    return [*kept, (*before, Span(f"{text}{ELLIPSIS}", end.tone))]


def text_of(lines: Iterable[Sequence[Span]]) -> str:
    """The bare text of lines, each without the blanks at its end."""
    return "\n".join("".join(span.text for span in one).rstrip() for one in lines)
