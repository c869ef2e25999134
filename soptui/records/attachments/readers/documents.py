"""The paragraphs of Word and OpenDocument texts; those of a table row in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from soptui.records.attachments.readers.archive import Archive, Element, local_name

_WORD = "word/document.xml"
_PARAGRAPHS = frozenset({"p", "h"})
_TABLE_ROWS = frozenset({"tr", "table-row"})
_BETWEEN_CELLS = " | "
_BLANKS = {"tab": " ", "s": " ", "br": "\n", "cr": "\n", "line-break": "\n"}
_UNSAID = frozenset({"annotation", "note-citation"})


def word_part(archive: Archive) -> str:
    """The name of a Word document's own part; empty when the archive is none."""
    for kind, name in archive.related("").values():
        if kind == "officeDocument" and name in archive and name.startswith("word/"):
            return name
    return _WORD if _WORD in archive else ""


def word_lines(archive: Archive) -> Iterator[str]:
    """The paragraphs of a Word document."""
    tree = archive.tree(word_part(archive))
    if tree is not None:
        yield from _lines_of(tree, _said_in_word)


def open_text_lines(content: Element) -> Iterator[str]:
    """The paragraphs of an OpenDocument text, or of anything in one."""
    yield from _lines_of(content, said_in_open_document)


def _lines_of(element: Element, line_of: Callable[[Element], str]) -> Iterator[str]:
    name = local_name(element)
    if name in _PARAGRAPHS:
        yield line_of(element)
    elif name in _TABLE_ROWS:
        cells = (" ".join(_lines_of(cell, line_of)) for cell in element)
        yield _BETWEEN_CELLS.join(cell for cell in cells if cell.strip())
    else:
        for child in element:
            yield from _lines_of(child, line_of)


def _said_in_word(paragraph: Element) -> str:
    runs = (run for run in paragraph.iter() if local_name(run) == "r")
    return "".join(
        (one.text or "") if local_name(one) == "t" else _BLANKS.get(local_name(one), "")
        for run in runs
        for one in run
    )


def said_in_open_document(paragraph: Element) -> str:
    """The text of a paragraph with that of its spans."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if local_name(child) not in _UNSAID:
            parts += [_BLANKS.get(local_name(child), ""), said_in_open_document(child)]
        parts.append(child.tail or "")
    return "".join(parts)
