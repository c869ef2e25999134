"""An OpenDocument file as text: the paragraphs of a text, or the rows of each sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from soptui.records.attachments.answers import Unreadable
from soptui.records.attachments.readers.archive import (
    Archive,
    Element,
    attribute,
    child,
    children,
    local_name,
)
from soptui.records.attachments.readers.cell_signs import general, with_indonesian_signs
from soptui.records.attachments.readers.documents import open_text_lines, said_in_open_document
from soptui.records.attachments.readers.rows import lines_of_rows
from soptui.records.attachments.readers.workbook import Words

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_LOCKED = "encrypted-package"
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_NUMBERS = frozenset({"float", "percentage", "currency"})
_MOST_ALIKE = 1_000


def refuse_locked(archive: Archive) -> None:
    """Raises `Unreadable` for a file that opens with a password only."""
    if _LOCKED in archive or b"encryption-data" in archive.read(_MANIFEST):
        raise Unreadable("locked")


def open_document_lines(archive: Archive, words: Words) -> Iterator[str]:
    """The paragraphs of a text; of a spreadsheet the rows of each sheet, under its name."""
    tree = archive.tree(CONTENT)
    body = child(tree, "body")
    book = child(body, "spreadsheet")
    if book is None:
        if tree is not None:
            yield from open_text_lines(tree)
        return
    hidden = set(_hidden_styles(tree))
    for sheet in _named(book, "table"):
        is_hidden = attribute(sheet, "style-name") in hidden
        yield f"[{attribute(sheet, 'name')}]" + (f" ({words.hidden})" if is_hidden else "")
        yield from lines_of_rows(_rows(sheet, words))


def _hidden_styles(tree: Element | None) -> Iterator[str]:
    for style in children(child(tree, "automatic-styles"), "style"):
        for one in children(style, "table-properties"):
            if attribute(one, "display") == "false":
                yield attribute(style, "name")


def _named(element: Element, name: str) -> Iterator[Element]:
    """Elements of that name, however they are grouped, but none within another."""
    for one in element:
        if local_name(one) == name:
            yield one
        else:
            yield from _named(one, name)


def _rows(sheet: Element, words: Words) -> Iterator[tuple[int, Mapping[int, str]]]:
    number = 0
    for row in _named(sheet, "table-row"):
        cells = _cells(row, words)
        repeated = _times(row, "number-rows-repeated")
        for more in range(1, 1 + (min(repeated, _MOST_ALIKE) if cells else 0)):
            yield number + more, cells
        number += repeated


def _cells(row: Element, words: Words) -> dict[int, str]:
    cells: dict[int, str] = {}
    column = 0
    for cell in row:
        if local_name(cell) not in _CELLS:
            continue
        repeated = _times(cell, "number-columns-repeated")
        text = _shown(cell, words)
        for more in range(min(repeated, _MOST_ALIKE) if text else 0):
            cells[column + more] = text
        column += repeated
    return cells


def _times(element: Element, name: str) -> int:
    text = attribute(element, name, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _shown(cell: Element, words: Words) -> str:
    text = " ".join(said_in_open_document(line) for line in children(cell, "p"))
    if attribute(cell, "value-type") in _NUMBERS:
        try:
            value = Decimal(attribute(cell, "value"))
        except InvalidOperation:
            return text
        if not value.is_finite():
            return text
        return with_indonesian_signs(text, value) if text else general(value)
    formula = attribute(cell, "formula")
    if formula and not text and not attribute(cell, "value-type"):
        return f"{formula.partition(':')[2] or formula} ({words.no_value})"
    return text
