"""What a file is by its first bytes, and whether its name says so."""

from __future__ import annotations

import pytest

from soptui.records.attachments.kinds import Kind, fits_name, kind_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FILES = {
    "surat.pdf": b"%PDF-1.7\n",
    "pindai.PDF": b"\r\n\r\n%PDF-1.4\n",
    "foto.jpg": b"\xff\xd8\xff\xe0",
    "foto.jpeg": b"\xff\xd8\xff\xe1",
    "cap.png": b"\x89PNG\r\n\x1a\n",
    "pindai.tif": b"II*\x00",
    "pindai.tiff": b"MM\x00*",
    "foto.webp": b"RIFF\x10\x00\x00\x00WEBP",
    "foto.heic": b"\x00\x00\x00\x18ftypheic",
    "cap.bmp": b"BM\x0a\x00\x00\x00\x00\x00\x00\x00",
    "draft.docx": b"PK\x03\x04....word/document.xml",
    "rekap.xlsx": b"PK\x03\x04....xl/workbook.xml",
    "paparan.pptx": b"PK\x03\x04....ppt/presentation.xml",
    "rekap.ods": b"PK\x03\x04....content.xml",
    "semua.zip": b"PK\x03\x04....",
    "lama.doc": OLE,
    "lama.xls": OLE,
    "terkunci.xlsx": OLE + "EncryptedPackage".encode("utf-16-le"),
    "naskah.rtf": b"{\\rtf1",
    "data.csv": b"Indikator;Target\n",
    "catatan.txt": "caf\u00e9".encode("cp1252"),
    "data.json": "{}".encode("utf-16"),
}


@pytest.mark.parametrize(("name", "content"), FILES.items(), ids=FILES.keys())
def test_a_file_is_what_its_name_says(name: str, content: bytes) -> None:
    assert fits_name(kind_of(content), name)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("surat.pdf", b"\xff\xd8\xff\xe0", Kind.JPEG),
        ("surat.pdf", b"<html>404 Not Found</html>", Kind.TEXT),
        ("surat.pdf", bytes(4096), Kind.UNKNOWN),
        ("surat.pdf", b"", Kind.EMPTY),
        ("catatan.txt", b"", Kind.EMPTY),
        ("rekap.xlsx", b"PK\x03\x04....word/document.xml", Kind.WORD),
        ("rekap.xls", b"<table><tr><td>1</td></tr></table>", Kind.TEXT),
        ("foto.jpg", b"\x89PNG\r\n\x1a\n", Kind.PNG),
        ("data.csv", b"MZ\x90\x00\x03", Kind.UNKNOWN),
        ("draft.docx", OLE, Kind.OLD),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_seen(
    name: str, content: bytes, kind: Kind
) -> None:
    assert kind_of(content) is kind
    assert not fits_name(kind, name)


@pytest.mark.parametrize("name", ["Makefile", "rekaman.mp3", "surat.pdf.p7s", "data.dat"])
def test_a_name_without_a_known_ending_promises_nothing(name: str) -> None:
    assert fits_name(kind_of(b"anything"), name)
