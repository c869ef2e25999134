"""The text of an attachment, as far as it has one: what a terminal can show of a letter or a table.

Plain text is read here. Whatever needs a reader (PDF, Word, OpenDocument, Excel) is read in a
process that can reach nothing (`soptui.records.attachments.worker`).
"""

from __future__ import annotations

import json
from collections.abc import Callable

from soptui.domain.attachment_text import NO_TEXT, AttachmentText, NoText
from soptui.locale import _
from soptui.records.attachments.answers import MAXIMUM_CHARACTERS
from soptui.records.attachments.kinds import PICTURES, Kind, kind_of
from soptui.records.attachments.plain import plain_text
from soptui.records.attachments.worker import WorkerFailed, read_apart
from soptui.records.platform.processes import SIGNING

_PDF_LIBRARIES = ("pypdf", *SIGNING)  # locked ones are read with the library of signatures


def text_of(content: bytes) -> AttachmentText:
    """The text of a file, whatever its name says it is. Raises `NoText`. May take seconds.

    Numbers in tables are as their cells show them, in Indonesian signs; what has to be said of a
    table beside its cells is in the reader's language.
    """
    kind = kind_of(content)
    if kind in PICTURES:
        raise NoText("picture")
    text = _READ.get(kind, _packed)(content)
    if not text.strip():
        raise NoText("scan" if kind is Kind.PDF else "empty")
    return AttachmentText(text[:MAXIMUM_CHARACTERS], len(text) <= MAXIMUM_CHARACTERS)


def _plain(content: bytes) -> str:
    return plain_text(content, MAXIMUM_CHARACTERS + 1) or ""


def _pdf(content: bytes) -> str:
    return _answered("soptui.records.attachments.readers.pdf", content, libraries=_PDF_LIBRARIES)


def _packed(content: bytes) -> str:
    words = _("hidden"), _("no stored value")
    return _answered("soptui.records.attachments.readers.office_files", content, *words)


def _answered(
    reader: str, content: bytes, *words: str, libraries: tuple[str, ...] = ("soptui",)
) -> str:
    try:
        code, text = json.loads(read_apart(reader, content, *words, libraries=libraries))
    except WorkerFailed as failed:
        raise NoText("long" if failed.took_too_much else "damaged") from None
    except ValueError:
        raise NoText("damaged") from None
    if code:
        raise NoText(code if code in NO_TEXT else "damaged")
    return str(text)


def _none(code: str) -> Callable[[bytes], str]:
    def refuse(content: bytes) -> str:
        raise NoText(code)

    return refuse


_READ: dict[Kind, Callable[[bytes], str]] = {
    Kind.EMPTY: _none("empty"),
    Kind.TEXT: _plain,
    Kind.PDF: _pdf,
    Kind.LOCKED: _none("locked"),
    Kind.OLD: _none("old"),
    Kind.RICH_TEXT: _none("old"),
    Kind.UNKNOWN: _none("unknown"),
}
"""How each kind is read; what is not named here is an archive."""
