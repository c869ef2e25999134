"""Spreadsheets of LibreOffice, as their cells show them, however large they say they are."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from soptui.locale import use
from soptui.records.attachments.text import text_of

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def sheets(body: str, styles: str = "") -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


def cell(text: str, kind: str = "string", value: str = "", more: str = "") -> str:
    stored = f'office:value="{value}"' if value else ""
    return (
        f'<table:table-cell office:value-type="{kind}" {stored} {more}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def table(name: str, *rows: str, more: str = "") -> str:
    made = "".join(f"<table:table-row>{one}</table:table-row>" for one in rows)
    return f'<table:table table:name="{name}" {more}>{made}</table:table>'


def test_all_sheets_are_read_with_numbers_in_indonesian_signs() -> None:
    """Follows ropensci/readODS#42: what a cell shows depends on who saved it."""
    numbers = (
        cell("1,234.50", "float", "1234.5")
        + cell("87.5%", "percentage", "0.875")
        + cell("1,234", "float", "1.234")
        + cell("30/11/26", "date")
    )
    found = text_of(sheets(table("TW I", cell("Angka") + numbers) + table("TW II", cell("Dua"))))
    assert found.text == "[TW I]\nAngka | 1.234,50 | 87,5% | 1,234 | 30/11/26\n[TW II]\nDua\n"


def test_emptiness_has_an_end() -> None:
    endless = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    wide = '<table:table-cell table:number-columns-repeated="16000"/>'
    body = (
        '<table:table table:name="S"><table:table-row>'
        f"{cell('Atas')}{wide}{cell('Ujung')}</table:table-row>{endless}"
        f"<table:table-row>{cell('Bawah')}</table:table-row></table:table>"
    )
    assert text_of(sheets(body)).text == "[S]\nAtas |  | ... | Ujung\n\nBawah\n"


def test_what_is_repeated_without_end_is_cut() -> None:
    again = 'table:number-columns-repeated="999999999"'
    found = text_of(sheets(table("S", cell("x", more=again))))
    assert 0 < len(found.text) < 10_000


def test_a_formula_without_a_value_is_said_to_have_none() -> None:
    formula = '<table:table-cell table:formula="of:=SUM([.A1:.A9])"/>'
    use("en")
    assert "=SUM([.A1:.A9]) (no stored value)" in text_of(sheets(table("S", formula))).text


def test_a_hidden_sheet_is_read_and_said_to_be_hidden() -> None:
    style = (
        '<style:style style:name="ta9"><style:table-properties table:display="false"/>'
        "</style:style>"
    )
    body = table("Rekap", cell("x"), more='table:style-name="ta9"')
    use("en")
    assert text_of(sheets(body, style)).text == "[Rekap] (hidden)\nx\n"


def test_a_value_without_a_text_is_shown() -> None:
    bare = '<table:table-cell office:value-type="float" office:value="1234.5"/>'
    assert text_of(sheets(table("S", bare))).text == "[S]\n1234,5\n"
