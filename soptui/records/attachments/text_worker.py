"""The process that reads the text of one packed file, within bounds: `KIND MOST_CHARACTERS`.

The file comes on standard input. The answer on standard output is JSON: a code of `NO_TEXT`, empty
when there is text, and the text. Whatever goes wrong ends the process with another code than 0.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

_MEMORY = 1 << 30
_PROCESSOR_SECONDS = 15
_LARGEST_PART = 64 << 20
_PARAGRAPHS = frozenset({"p", "h"})
_TABLE_ROWS = frozenset({"tr", "table-row"})
_BETWEEN_CELLS = " | "
_BLANKS = {"tab": " ", "s": " ", "br": "\n", "cr": "\n", "line-break": "\n"}


def pdf_lines(content: bytes) -> Iterator[str]:
    """The text of each page."""
    from pypdf import PdfReader

    for page in PdfReader(BytesIO(content)).pages:
        yield page.extract_text()


def sheet_lines(content: bytes) -> Iterator[str]:
    """The rows of each sheet, under its name; of formulas, what they last came to."""
    from openpyxl import load_workbook

    for sheet in load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets:
        yield f"[{sheet.title}]"
        for row in sheet.iter_rows(values_only=True):
            cells = ["" if value is None else str(value) for value in row]
            yield _BETWEEN_CELLS.join(cells).rstrip(" |")


def word_lines(content: bytes) -> Iterator[str]:
    """The paragraphs of a Word document; those of a table row in one line."""
    yield from _lines_of(_part(content, "word/document.xml"), _said_in_word)


def open_document_lines(content: bytes) -> Iterator[str]:
    """The paragraphs of an OpenDocument text or table; those of a table row in one line."""
    yield from _lines_of(_part(content, "content.xml"), _said_in_open_document)


_READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "word/document.xml": word_lines,
    "xl/workbook.xml": sheet_lines,
    "content.xml": open_document_lines,
}


def lines_of(kind: str, content: bytes) -> Iterator[str] | None:
    """The lines of a file that is a `pdf` or a `zip` of parts; None when no part is known."""
    if kind == "pdf":
        return pdf_lines(content)
    with ZipFile(BytesIO(content)) as archive:
        names = set(archive.namelist())
    return next((reader(content) for part, reader in _READERS.items() if part in names), None)


def _part(content: bytes, name: str) -> ElementTree.Element:
    with ZipFile(BytesIO(content)) as archive, archive.open(name) as part:
        data = part.read(_LARGEST_PART)
    return ElementTree.fromstring(data)  # noqa: S314 (bounded in time and memory)


def _lines_of(
    element: ElementTree.Element, said: Callable[[ElementTree.Element], str]
) -> Iterator[str]:
    name = _name(element)
    if name in _PARAGRAPHS:
        yield said(element)
    elif name in _TABLE_ROWS:
        cells = (" ".join(_lines_of(cell, said)) for cell in element)
        yield _BETWEEN_CELLS.join(cell for cell in cells if cell.strip())
    else:
        for child in element:
            yield from _lines_of(child, said)


def _said_in_word(paragraph: ElementTree.Element) -> str:
    runs = (run for run in paragraph.iter() if _name(run) == "r")
    return "".join(
        (one.text or "") if _name(one) == "t" else _BLANKS.get(_name(one), "")
        for run in runs
        for one in run
    )


def _said_in_open_document(paragraph: ElementTree.Element) -> str:
    parts = [paragraph.text or ""]
    for child in paragraph:
        parts += [_BLANKS.get(_name(child), ""), _said_in_open_document(child), child.tail or ""]
    return "".join(parts)


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def main() -> None:
    """Read the file and answer."""
    kind, most = sys.argv[1], int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))
    lines = lines_of(kind, sys.stdin.buffer.read())
    text = ""
    for one in lines or ():
        text += f"{one}\n"
        if len(text) >= most:
            break
    code = "unknown" if lines is None else ""
    sys.stdout.write(json.dumps([code, text[:most]]))


if __name__ == "__main__":
    main()
