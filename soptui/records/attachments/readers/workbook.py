"""The sheets of an Excel workbook as text, read from its XML: only what a cell shows counts.

A defect in styles, colours or drawings, which keeps a whole library from opening the file, keeps
nobody from reading what stands in the cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from soptui.records.attachments.readers.archive import (
    Archive,
    Element,
    attribute,
    child,
    children,
    local_name,
)
from soptui.records.attachments.readers.cell_format import (
    BUILT_IN,
    GENERAL,
    moment_shown,
    shown,
    text_shown,
)
from soptui.records.attachments.readers.rows import lines_of_rows

_WORKBOOK = "xl/workbook.xml"
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_TRUTH = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}
_LONGEST_NUMBER = 400


class Words(Struct, frozen=True):
    """What is said of a sheet in the reader's language: that it is hidden, that a formula has no
    stored value.
    """

    hidden: str
    no_value: str


class _Book(Struct, frozen=True):
    """What the cells of all sheets refer to: shared texts, and the format of each style."""

    texts: list[str]
    formats: list[str]
    from_1904: bool
    words: Words

    def format_of(self, cell: Element) -> str:
        try:
            return self.formats[int(cell.get("s", "0"))]
        except (IndexError, ValueError):
            return GENERAL


def main_part(archive: Archive) -> str:
    """The name of the workbook's own part; empty when the archive is no workbook."""
    for kind, name in archive.related("").values():
        if kind == "officeDocument" and name in archive and name.startswith("xl/"):
            return name
    return _WORKBOOK if _WORKBOOK in archive else ""


def sheet_lines(archive: Archive, words: Words) -> Iterator[str]:
    """The rows of each sheet, under its name; of formulas, what they last came to."""
    name = main_part(archive)
    tree = archive.tree(name)
    related = archive.related(name)
    parts = dict(related.values())
    properties = child(tree, "workbookPr")
    from_1904 = properties is not None and attribute(properties, "date1904") in ("1", "true")
    book = _Book(
        list(_shared_texts(archive, parts.get("sharedStrings", ""))),
        _formats(archive.tree(parts.get("styles", ""))),
        from_1904,
        words,
    )
    for sheet in children(child(tree, "sheets"), "sheet"):
        kind, part = related.get(attribute(sheet, "id"), ("", ""))
        if kind != "worksheet" or part not in archive:
            continue
        is_hidden = attribute(sheet, "state", "visible") != "visible"
        yield f"[{attribute(sheet, 'name')}]" + (f" ({words.hidden})" if is_hidden else "")
        yield from lines_of_rows(_rows(archive, part, book))


def _shared_texts(archive: Archive, part: str) -> Iterator[str]:
    if part in archive:
        for item in archive.elements(part, "si"):
            yield _text_of(item)


def _text_of(element: Element) -> str:
    """The text of a cell's runs, without how its letters are read aloud."""
    made = []
    for one in element:
        match local_name(one):
            case "t":
                made.append(one.text or "")
            case "r":
                made += [part.text or "" for part in children(one, "t")]
    return "".join(made)


def _formats(styles: Element | None) -> list[str]:
    """The number format of each style of a cell, by its place."""
    own: dict[int, str] = {}
    for one in children(child(styles, "numFmts"), "numFmt"):
        own[_whole(one.get("numFmtId"))] = one.get("formatCode", GENERAL)
    numbers = (_whole(one.get("numFmtId")) for one in children(child(styles, "cellXfs"), "xf"))
    return [own.get(number) or BUILT_IN.get(number, GENERAL) for number in numbers]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _rows(archive: Archive, part: str, book: _Book) -> Iterator[tuple[int, Mapping[int, str]]]:
    number = 0
    for row in archive.elements(part, "row"):
        number = _whole(row.get("r")) or number + 1
        cells: dict[int, str] = {}
        column = -1
        for cell in children(row, "c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            cells[column] = _shown(cell, book)
        yield number, cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _shown(cell: Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = child(cell, "is")
        return "" if inline is None else _text_of(inline)
    stored = child(cell, "v")
    value = (stored.text or "").strip() if stored is not None else ""
    if kind == "str":
        text = (stored.text or "") if stored is not None else ""
        return text_shown(text, book.format_of(cell)) if text else _formula(cell, book)
    if not value:
        return _formula(cell, book)
    match kind:
        case "s":
            at = _whole(value)
            return text_shown(book.texts[at], book.format_of(cell)) if at < len(book.texts) else ""
        case "b":
            return _TRUTH.get(value, value)
        case "e":
            return value
        case "d":
            return _moment(value, book.format_of(cell))
    return _number(value, book.format_of(cell), from_1904=book.from_1904)


def _number(value: str, code: str, *, from_1904: bool) -> str:
    """A number as its cell shows it; what is none, as it stands in the file."""
    try:
        number = Decimal(value) if len(value) <= _LONGEST_NUMBER else Decimal("NaN")
        is_number = number.is_finite() and abs(number.adjusted()) <= _LONGEST_NUMBER
    except InvalidOperation:
        return value
    return shown(number, code, from_1904=from_1904) if is_number else value


def _moment(value: str, code: str) -> str:
    """A date as its cell shows it; a day that does not exist, as it stands in the file."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return moment_shown(moment.replace(tzinfo=None), code)


def _formula(cell: Element, book: _Book) -> str:
    """What to say of a formula whose result the file does not hold; nothing of an empty cell."""
    formula = child(cell, "f")
    if formula is None:
        return ""
    text = f"={formula.text}" if formula.text else "="
    return f"{text} ({book.words.no_value})"
