"""The papers of the demonstration: small, but real files of the kinds that offices attach."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path

_LINES_ON_A_PAGE = 40
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    b" /Resources << /Font << /F1 5 0 R >> >> >>"
)


def write_pdf(path: Path, lines: Iterable[str]) -> Path:
    """A PDF of one page with these lines (Latin letters), at `path`, which is returned."""
    shown = [_escaped(line) for line in lines][:_LINES_ON_A_PAGE]
    text = "BT /F1 11 Tf 14 TL 60 780 Td " + " ".join(f"({line}) Tj T*" for line in shown) + " ET"
    page = zlib.compress(text.encode("latin-1", "replace"))
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%btrailer << /Size %d /Root 1 0 R >>\n" % (
        size, table, size,
    )  # fmt: skip
    path.write_bytes(body + tail + b"startxref\n%d\n%%%%EOF\n" % len(body))
    return path


def write_table(path: Path, rows: Iterable[Iterable[str]]) -> Path:
    """A CSV file as Indonesian spreadsheets read it, at `path`, which is returned."""
    path.write_text("".join(";".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
