"""Plain text in the encodings that offices meet: UTF-8, UTF-16, UTF-32 and Windows' cp1252."""

from __future__ import annotations

import codecs

_MARKS = (
    # The mark of UTF-16 begins that of UTF-32.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_PLAIN_CONTROLS = frozenset("\n\r\t\f\v")
_END_OF_FILE = "\x1a"
_SEEN_FOR_UTF_16 = 4096
_MOST_FOREIGN = 3
"""In cp1252 at least every third letter is one of ASCII; else it is no text, or no Western one."""


def plain_text(content: bytes, most_characters: int) -> str | None:
    """The beginning of a text with line feeds as line ends, or None where the file is no text."""
    start = content[: 4 * most_characters]
    for encoding in _encodings_of(start):
        text = _decoded(start, encoding)
        if text is not None:
            return text[:most_characters]
    return None


def _encodings_of(start: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return (encoding,)
    seen = start[:_SEEN_FOR_UTF_16]
    if 0 in seen:
        return _utf_16(seen)
    letters = sum(byte < 0x80 for byte in seen)
    return ("utf-8", "cp1252") if letters * _MOST_FOREIGN >= len(seen) else ("utf-8",)


def _utf_16(seen: bytes) -> tuple[str, ...]:
    """Latin letters in UTF-16: of each pair of bytes one, the same nearly always, is zero."""
    for encoding, high, low in (
        ("utf-16-le", seen[1::2], seen[::2]),
        ("utf-16-be", seen[::2], seen[1::2]),
    ):
        if 2 * high.count(0) > len(high) and 0 not in low:
            return (encoding,)
    return ()


def _decoded(start: bytes, encoding: str) -> str | None:
    try:
        # A character may be cut at the end, which is no fault of the file.
        text = codecs.getincrementaldecoder(encoding)().decode(start)
    except UnicodeDecodeError:
        return None
    text = text.rstrip(_END_OF_FILE)
    if any((one < " " and one not in _PLAIN_CONTROLS) or one == "\ufffe" for one in text):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").expandtabs()
