"""What a terminal can show of the files that offices attach; no file may do more than be shown."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from soptui.demo.papers import write_pdf
from soptui.domain.attachment_text import NO_TEXT, NoText
from soptui.records.attachments import text as attachment_text
from soptui.records.attachments.answers import MAXIMUM_CHARACTERS
from soptui.records.attachments.kinds import Kind, kind_of
from soptui.records.attachments.readers.archive import LARGEST_PART
from soptui.records.attachments.text import text_of
from soptui.records.attachments.worker import WorkerFailed

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


ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252",
)  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_is_read_in_the_encodings_that_offices_use(encoding: str) -> None:
    text = "Indikator;Realisasi\nKapan\u00e9won \u2013 caf\u00e9;87,5\n"
    assert text_of(text.replace("\n", "\r\n").encode(encoding)).text == text


def test_a_text_of_dos_ends_where_it_says() -> None:
    assert text_of(b"Laporan\r\n\x1a").text == "Laporan\n"


def test_letters_of_no_known_encoding_are_not_guessed() -> None:
    assert refused("\u0420\u0430\u043f\u043e\u0440\u0442".encode("cp1251") * 9) == "unknown"


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


def locked_pdf(*, for_reading: str = "rahasia") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt(for_reading, "pemilik", algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def locked_sheet() -> bytes:
    """As LibreOffice writes it: what is locked is named in the manifest."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", b"\x93\x11\xf0 no XML")
        archive.writestr("META-INF/manifest.xml", "<m><encryption-data/></m>")
    return file.getvalue()


def compound(stream: str) -> bytes:
    """The beginning of a file of old Office programs, with a stream of that name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n", "picture", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "picture", id="jpeg"),
        pytest.param(b"\x7fELF\x00\x01", "unknown", id="program"),
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \r\n\t", "empty", id="blanks-alone"),
        pytest.param(word("<w:p></w:p>"), "empty", id="word-file-without-text"),
        pytest.param(b"{\\rtf1 Laporan}", "old", id="rich-text"),
        pytest.param(compound("WordDocument"), "old", id="doc"),
        pytest.param(compound("EncryptedPackage"), "locked", id="docx-with-a-password"),
        pytest.param(locked_pdf(), "locked", id="pdf-with-a-password"),
        pytest.param(locked_sheet(), "locked", id="ods-with-a-password"),
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


def test_a_part_that_unfolds_to_any_size_is_not_read() -> None:
    assert refused(packed("word/document.xml", " " * (LARGEST_PART + 1))) == "long"


def test_an_archive_of_any_number_of_parts_is_not_read() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}", "")
    assert refused(file.getvalue()) == "long"


def test_nesting_without_end_is_refused() -> None:
    deep = 100_000
    assert refused(packed("word/document.xml", "<d>" * deep + "</d>" * deep)) == "damaged"


def test_a_pdf_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    letter = PdfReader(write_pdf(tmp_path / "surat.pdf", ["BUPATI BANYUMAS"]))
    writer = PdfWriter(letter)
    writer.encrypt("", "pemilik", algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    assert text_of(file.getvalue()).text.startswith("BUPATI BANYUMAS")


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\r\n", b"X-Scanner: 1\r\n" * 20])
def test_a_pdf_that_does_not_begin_at_its_first_byte_is_read(before: bytes, tmp_path: Path) -> None:
    """Of the kind of pyexcel/pyexcel-xlsx#42: what other programs open is not damaged."""
    letter = write_pdf(tmp_path / "surat.pdf", ["BUPATI BANYUMAS"]).read_bytes()
    assert text_of(before + letter).text.startswith("BUPATI BANYUMAS")
    # Some programs count places from the first byte of all, and not from the mark.
    moved = re.sub(
        rb"(\d{10})(?= 00000 n)", lambda at: b"%010d" % (int(at[1]) + len(before)), letter
    )
    begins = letter.rindex(b"xref\n0")
    moved = re.sub(rb"(?<=startxref\n)\d+", b"%d" % (begins + len(before)), moved)
    assert text_of(before + moved).text.startswith("BUPATI BANYUMAS")


def test_all_that_a_pdf_may_need_is_loaded_before_the_process_is_shut_in(tmp_path: Path) -> None:
    """Whatever were loaded later could not be: a letter would be called damaged for it."""
    write_pdf(tmp_path / "surat.pdf", ["BUPATI BANYUMAS"])
    (tmp_path / "terkunci.pdf").write_bytes(locked_pdf(for_reading=""))
    code = (
        "import sys\nfrom pathlib import Path\nfrom soptui.records.attachments.readers import pdf\n"
        "before = set(sys.modules)\n"
        "for path in Path(sys.argv[1]).glob('*.pdf'): pdf.read(path.read_bytes())\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == []


def test_what_takes_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def runs_out_of_time(*words: object, **options: object) -> bytes:
        raise WorkerFailed(took_too_much=True)

    monkeypatch.setattr(attachment_text, "read_apart", runs_out_of_time)
    assert refused(blank_pdf()) == "long"


@given(content=st.binary(max_size=400))
def test_any_bytes_have_a_kind_and_either_a_text_or_a_reason(content: bytes) -> None:
    assume(kind_of(content) not in {Kind.PDF, Kind.ARCHIVE})
    with suppress(NoText):
        assert text_of(content).text.strip()
