"""What a terminal can show of the files that offices attach; no file may do more than be shown."""

from __future__ import annotations

import subprocess
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from pypdf import PdfWriter

from soptui.demo.papers import write_pdf
from soptui.domain.attachment_text import NO_TEXT, NoText
from soptui.records.attachments.text import MAXIMUM_CHARACTERS, text_of

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"


def packed(part: str, content: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return file.getvalue()


def word(body: str) -> bytes:
    text = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return packed("word/document.xml", text)


def refused(content: bytes) -> str:
    with pytest.raises(NoText) as none:
        text_of(content)
    return none.value.code


def test_a_text_is_read_in_the_encodings_that_offices_use() -> None:
    assert text_of(b"Indikator;Target\r\nDesa;90\r\n").text == "Indikator;Target\nDesa;90\n"
    assert text_of("Kapanéwon".encode()).text == "Kapanéwon"
    assert text_of("Laporan".encode("utf-8-sig")).text == "Laporan"
    assert text_of("Laporan".encode("utf-16")).text == "Laporan"


def test_a_letter_in_pdf_is_read(tmp_path: Path) -> None:
    letter = write_pdf(tmp_path / "surat.pdf", ["BUPATI BANYUMAS", "Nomor: 000.8/1/2026"])
    assert text_of(letter.read_bytes()).text.split("\n")[:2] == [
        "BUPATI BANYUMAS", "Nomor: 000.8/1/2026",
    ]  # fmt: skip


def test_a_word_document_is_read_with_its_tables_a_row_in_a_line() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    stops = "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>"
    title = f"<w:p>{stops}{run.format('Laporan')}<w:r><w:tab/><w:t>kinerja</w:t></w:r></w:p>"
    cells = "".join(f"<w:tc><w:p>{run.format(one)}</w:p></w:tc>" for one in ("Desa", "90"))
    content = word(f"{title}<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert text_of(content).text == "Laporan kinerja\nDesa | 90\n"


def test_an_open_document_is_read_with_what_stands_between_its_spans() -> None:
    body = "<t:p>Draft <t:span>kedua</t:span> siap<t:line-break/>ditinjau</t:p>"
    content = packed(
        "content.xml", f'<o:d xmlns:o="{DOCUMENT}:o" xmlns:t="{DOCUMENT}:t">{body}</o:d>'
    )
    assert text_of(content).text == "Draft kedua siap\nditinjau\n"


def test_a_table_in_excel_is_read_under_the_name_of_each_sheet() -> None:
    book = Workbook()
    first = book.worksheets[0]
    first.title = "TW IV"
    first.append(["Indikator", "Target", None, None])
    first.append(["Desa tertib", None, 86.5, None])
    file = BytesIO()
    book.save(file)
    assert text_of(file.getvalue()).text == "[TW IV]\nIndikator | Target\nDesa tertib |  | 86.5\n"


def test_a_long_text_is_cut_and_says_so() -> None:
    line = "Uraian kegiatan\n"
    fits = line * (MAXIMUM_CHARACTERS // len(line))
    assert text_of(fits.encode()).is_whole
    for content in (
        (fits + line).encode(),
        word(f"<w:p><w:r><w:t>{fits + line}</w:t></w:r></w:p>"),
    ):
        found = text_of(content)
        assert not found.is_whole
        assert len(found.text) == MAXIMUM_CHARACTERS


def blank_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n", "picture", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "picture", id="jpeg"),
        pytest.param(b"\x7fELF\x00\x01", "unknown", id="program"),
        pytest.param(b"", "unknown", id="nothing"),
        pytest.param(blank_pdf(), "scan", id="pdf-without-text"),
        pytest.param(packed("other.bin", "x"), "unknown", id="archive-of-no-document"),
        pytest.param(blank_pdf()[:100], "damaged", id="half-a-pdf"),
        pytest.param(b"PK\x03\x04 and no archive", "damaged", id="no-archive"),
        pytest.param(word("<w:p>")[:-40], "damaged", id="half-a-word-file"),
        pytest.param(word("<w:p></w:body>"), "damaged", id="odd-xml"),
    ],
)
def test_what_has_no_text_says_why(content: bytes, code: str) -> None:
    assert refused(content) == code
    assert code in NO_TEXT


def test_entities_that_grow_without_end_are_refused() -> None:
    names = "abcdefghij"
    grown = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    bomb = f'<!DOCTYPE d [<!ENTITY a "{"a" * 1000}">{grown}]><d><p><r><t>&j;</t></r></p></d>'
    assert refused(packed("word/document.xml", bomb)) == "damaged"


def test_nesting_without_end_is_refused() -> None:
    deep = 100_000
    assert refused(packed("word/document.xml", "<d>" * deep + "</d>" * deep)) == "damaged"


def test_reading_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def runs_out_of_time(*words: object, **options: object) -> None:
        raise subprocess.TimeoutExpired("worker", 1)

    monkeypatch.setattr(subprocess, "run", runs_out_of_time)
    assert refused(blank_pdf()) == "long"
    assert NO_TEXT["long"]
