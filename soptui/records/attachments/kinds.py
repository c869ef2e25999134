"""What a file is by its first bytes, whatever its name says it is, and whether the two agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import PurePath

from soptui.domain.message import N_
from soptui.records.attachments.plain import plain_text

PDF_MARK = b"%PDF-"
PDF_MARK_WITHIN = 1024
"""So many bytes may stand before a PDF begins."""

_SEEN_AS_TEXT = 64 * 1024


class Kind(StrEnum):
    """A kind of file; its value is the msgid of what people call it."""

    EMPTY = N_("empty")
    PDF = N_("a PDF document")
    WORD = N_("a Word document")
    WORKBOOK = N_("an Excel workbook")
    SLIDES = N_("a PowerPoint presentation")
    OPEN_DOCUMENT = N_("an OpenDocument file")
    ARCHIVE = N_("an archive")
    LOCKED = N_("a document locked with a password")
    OLD = N_("a document of an old Word, Excel or PowerPoint")
    RICH_TEXT = N_("a document in rich text format")
    JPEG = N_("a JPEG picture")
    PNG = N_("a PNG picture")
    GIF = N_("a GIF picture")
    TIFF = N_("a TIFF picture")
    BMP = N_("a BMP picture")
    WEBP = N_("a WebP picture")
    HEIC = N_("a HEIC picture")
    TEXT = N_("a text")
    UNKNOWN = N_("a file of an unknown kind")


PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.GIF, Kind.TIFF, Kind.BMP, Kind.WEBP, Kind.HEIC})

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")
_BEGINNINGS: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"\xff\xd8\xff", Kind.JPEG),
    (0, b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (0, b"GIF8", Kind.GIF),
    (0, b"II*\0", Kind.TIFF),
    (0, b"MM\0*", Kind.TIFF),
    (8, b"WEBP", Kind.WEBP),
    (4, b"ftypheic", Kind.HEIC),
    (4, b"ftypmif1", Kind.HEIC),
    (0, b"{\\rtf", Kind.RICH_TEXT),
    (0, _COMPOUND, Kind.OLD),
    (0, b"PK\x03\x04", Kind.ARCHIVE),
    (0, b"PK\x05\x06", Kind.ARCHIVE),
)
# Names of parts stand in an archive as they are.
_PARTS = (
    (b"word/document", Kind.WORD),
    (b"xl/workbook", Kind.WORKBOOK),
    (b"ppt/presentation", Kind.SLIDES),
    (b"content.xml", Kind.OPEN_DOCUMENT),
)
_BY_SUFFIX: Mapping[str, frozenset[Kind]] = {
    suffix: frozenset(kinds)
    for suffixes, kinds in (
        (".pdf", (Kind.PDF,)),
        (".docx .docm .dotx", (Kind.WORD, Kind.LOCKED)),
        (".xlsx .xlsm .xltx", (Kind.WORKBOOK, Kind.LOCKED)),
        (".pptx .pptm .ppsx", (Kind.SLIDES, Kind.LOCKED)),
        (".odt .ods .odp .odg", (Kind.OPEN_DOCUMENT,)),
        (".doc .xls .ppt", (Kind.OLD, Kind.LOCKED)),
        (".rtf", (Kind.RICH_TEXT,)),
        (".zip", (Kind.ARCHIVE, Kind.WORD, Kind.WORKBOOK, Kind.SLIDES, Kind.OPEN_DOCUMENT)),
        (".jpg .jpeg .jfif", (Kind.JPEG,)),
        (".png", (Kind.PNG,)),
        (".gif", (Kind.GIF,)),
        (".tif .tiff", (Kind.TIFF,)),
        (".bmp", (Kind.BMP,)),
        (".webp", (Kind.WEBP,)),
        (".heic .heif", (Kind.HEIC,)),
        (".txt .csv .tsv .json .xml .html .htm .md .toml .log", (Kind.TEXT,)),
    )
    for suffix in suffixes.split()
}


def kind_of(content: bytes) -> Kind:
    """What a file is, by its bytes alone; nothing in it is unpacked."""
    if not content:
        return Kind.EMPTY
    for place, mark, kind in _BEGINNINGS:
        if content.startswith(mark, place):
            nearer = _NEARER.get(kind)
            return nearer(content) if nearer else kind
    if PDF_MARK in content[:PDF_MARK_WITHIN]:
        return Kind.PDF
    if content.startswith(b"BM") and int.from_bytes(content[2:6], "little") == len(content):
        return Kind.BMP
    return Kind.UNKNOWN if plain_text(content, _SEEN_AS_TEXT) is None else Kind.TEXT


def fits_name(kind: Kind, name: str) -> bool:
    """Whether a file of that kind may be called so; a name without a known ending says nothing."""
    expected = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    return expected is None or kind in expected


def _archive(content: bytes) -> Kind:
    return next((kind for part, kind in _PARTS if part in content), Kind.ARCHIVE)


def _compound(content: bytes) -> Kind:
    return Kind.LOCKED if _LOCKED_STREAM in content else Kind.OLD


_NEARER: Mapping[Kind, Callable[[bytes], Kind]] = {Kind.ARCHIVE: _archive, Kind.OLD: _compound}
