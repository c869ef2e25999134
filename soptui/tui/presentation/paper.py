"""A paper beside a form as lines: text as it stands, tables in columns, changes with signs."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len

from soptui.desk.papers import Paper, PaperKind, PaperLine, version_name
from soptui.locale import _
from soptui.tui.text.lines import BLANK, Line, Span, fit, line, one_line, without_tail, wrap

_SIGN_TONE = {"+": "good", "-": "bad"}
_SEPARATORS = (" | ", ";")
"""How a table's cells are parted: as our readers write them, and as spreadsheets write CSV here."""
_LEAST_CELLS = 2
_WIDEST_CELL = 40
_NUMBERS = frozenset("0123456789.,%-+ ")


def paper_title(paper: Paper) -> str:
    """What a paper is called on the line of sheets."""
    if paper.kind is PaperKind.DOCUMENT:
        return _("Draft")
    if paper.kind is PaperKind.CHANGES:
        return _("Changes since {version}", version=version_name(paper.round))
    return _("Letter") if paper.kind is PaperKind.LETTER else paper.path.rsplit("/", 1)[-1]


class DrawnPaper(NamedTuple):
    """The lines of a paper, and for each of them the text of the file that it is of, if any."""

    lines: list[Line]
    texts: list[str]


def draw_paper(lines: Sequence[PaperLine], width: int) -> DrawnPaper:
    """A paper for a width in cells. A text that takes several lines stands with the first."""
    drawn = DrawnPaper([], [])
    for separator, group in groupby(lines, key=_separator_of):
        rows = list(group)
        if separator and len(rows) > 1:
            drawn.lines.extend(_table(rows, separator, width))
            drawn.texts.extend(one.text for one in rows)
            continue
        for one in rows:
            made = _one(one, width)
            is_text = not (one.is_heading or one.is_said)
            drawn.lines.extend(made)
            drawn.texts.extend((one.text if is_text else "", *[""] * (len(made) - 1)))
    return drawn


def _one(one: PaperLine, width: int) -> list[Line]:
    if one.is_heading:
        return [line(Span(one_line(one.text), "bold")), BLANK]
    if not one.text.strip():
        return [BLANK]
    tone = "warn" if one.is_said else _SIGN_TONE.get(one.sign, "plain")
    if not one.sign:
        return list(wrap(one.text, width, tone))
    first, *rest = wrap(one.text, max(1, width - 2), tone)
    head, margin = Span(f"{one.sign} ", tone), Span("  ")
    return [(head, *first), *((margin, *more) for more in rest)]


def _separator_of(one: PaperLine) -> str:
    """What parts the cells of a line that is a table's row; empty where it is none."""
    if one.is_heading or one.is_said:
        return ""
    return next((part for part in _SEPARATORS if one.text.count(part) >= _LEAST_CELLS - 1), "")


def _table(rows: Sequence[PaperLine], separator: str, width: int) -> Iterator[Line]:
    """Rows one under the other, numbers to the right; the widest column gives way."""
    cells = [_cells_of(one.text, separator) for one in rows]
    count = max(len(row) for row in cells)
    columns = [[row[at] if at < len(row) else "" for row in cells] for at in range(count)]
    widths = [min(_WIDEST_CELL, max(cell_len(cell) for cell in column)) for column in columns]
    while sum(widths) + len(widths) - 1 + 2 > width and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    right = [all(_is_number(cell) for cell in column[1:]) for column in columns]
    for one, row in zip(rows, cells, strict=True):
        tone = _SIGN_TONE.get(one.sign, "plain")
        spans: list[Span] = [Span(f"{one.sign or ' '} ", tone)] if _has_signs(rows) else []
        for at, cell in enumerate(row):
            spans += fit((Span(cell, tone),), widths[at], right=right[at])
            spans.append(Span(" "))
        yield without_tail(spans)


def _has_signs(rows: Sequence[PaperLine]) -> bool:
    return any(one.sign for one in rows)


def _cells_of(text: str, separator: str) -> list[str]:
    if separator == ";":
        return [one_line(cell).strip() for cell in next(csv.reader([text], delimiter=";"), [])]
    return [one_line(cell).strip() for cell in text.split(separator)]


def _is_number(cell: str) -> bool:
    return _NUMBERS.issuperset(cell)
