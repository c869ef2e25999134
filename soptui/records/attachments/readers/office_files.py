"""The reader, in the worker, of documents that are archives: Word, Excel, OpenDocument."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from soptui.records.attachments.answers import Unreadable, answer
from soptui.records.attachments.readers.archive import Archive
from soptui.records.attachments.readers.documents import word_lines, word_part
from soptui.records.attachments.readers.open_document import (
    CONTENT,
    open_document_lines,
    refuse_locked,
)
from soptui.records.attachments.readers.workbook import Words, main_part, sheet_lines

# What names of parts and odd declarations may ask for, once nothing can be loaded any more.
for _encoding in ("ascii", "cp437", "cp1252", "iso8859_1", "utf_16", "utf_16_be", "utf_16_le"):
    import_module(f"encodings.{_encoding}")


def read(content: bytes, hidden: str, no_value: str) -> bytes:
    """The answer for the file; what to say of hidden sheets and of formulas without a value."""
    return answer(_lines_of(content, Words(hidden, no_value)))


def _lines_of(content: bytes, words: Words) -> Iterator[str]:
    archive = Archive(content)
    if main_part(archive):
        yield from sheet_lines(archive, words)
    elif word_part(archive):
        yield from word_lines(archive)
    else:
        refuse_locked(archive)
        if CONTENT not in archive:
            raise Unreadable("unknown")
        yield from open_document_lines(archive, words)
