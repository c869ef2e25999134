"""The reader, in the worker, of PDF documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from pkgutil import walk_packages

import pypdf
from pypdf import PasswordType, PdfReader

from soptui.records.attachments.answers import Unreadable, answer
from soptui.records.attachments.kinds import PDF_MARK, PDF_MARK_WITHIN

# Nothing can be loaded later: whatever pypdf has is loaded now, and the encodings that fonts name.
for _module in walk_packages(pypdf.__path__, "pypdf."):
    with suppress(ImportError):  # some need libraries that nobody asked for
        import_module(_module.name)
for _encoding in (
    "ascii", "charmap", "cp1252", "iso8859_1", "mac_roman", "unicode_escape", "utf_16", "utf_16_be",
    "utf_16_le", "big5", "cp932", "cp950", "gb2312", "gb18030", "gbk",
):  # fmt: skip
    import_module(f"encodings.{_encoding}")


def read(content: bytes) -> bytes:
    """The answer for the file."""
    return answer(_pages_of(content))


def _pages_of(content: bytes) -> Iterator[str]:
    """The text of each page."""
    # Mail programs and scanners put lines before the beginning, from which places are counted.
    begins = max(0, content.find(PDF_MARK, 0, PDF_MARK_WITHIN))
    reader = PdfReader(BytesIO(content[begins:]))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise Unreadable("locked")
    for page in reader.pages:
        yield page.extract_text()
