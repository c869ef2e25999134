"""The sheets of a workbook are read whatever program wrote it, as their cells show them."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from soptui.locale import use
from soptui.records.attachments.text import text_of
from tests.records.attachments.workbooks import row, said, value, workbook

REALISATION = said("A1", "REALISASI")


def test_a_table_is_read_under_the_name_of_each_sheet() -> None:
    book = Workbook()
    first = book.worksheets[0]
    first.title = "TW IV"
    first.append(["Indikator", "Target", None, None])
    first.append(["Desa tertib", None, 86.5, None])
    second = book.create_sheet("Rekap")
    second["C3"] = "Jumlah"
    file = BytesIO()
    book.save(file)
    assert text_of(file.getvalue()).text == (
        "[TW IV]\nIndikator | Target\nDesa tertib |  | 86,5\n[Rekap]\n|  | Jumlah\n"
    )


ODD_STYLES = {
    "a fill without a pattern": '<fills count="1"><fill/></fills><cellXfs><xf numFmtId="0" '
    'fontId="0" fillId="0" borderId="0"/></cellXfs>',
    "a colour by its name": '<fonts count="1"><font><color rgb="red"/><sz val="11"/></font>'
    '</fonts><cellXfs><xf numFmtId="0" fontId="0"/></cellXfs>',
    "styles that do not exist": "",
    "a format without a number": '<numFmts><numFmt formatCode="0.0"/></numFmts>'
    '<cellXfs><xf numFmtId="x"/></cellXfs>',
}


@pytest.mark.parametrize("styles", ODD_STYLES.values(), ids=ODD_STYLES.keys())
def test_odd_styles_and_colours_keep_nobody_from_reading_the_cells(styles: str) -> None:
    """Follows Benchling-Open-Source/allotropy PR#301, pyexcel/pyexcel-xlsx#42."""
    content = workbook(row(REALISATION, value("B1", "5", style=7)), styles=styles)
    assert text_of(content).text == "[Lembar1]\nREALISASI | 5\n"


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(value("B1", "2026-02-30", kind="d"), id="a day that does not exist"),
        pytest.param(value("B1", "1234567,89"), id="a number with a comma"),
        pytest.param(value("B1", "9" * 5000), id="a number of many digits"),
        pytest.param(value("B1", "1E+99999999"), id="a number beyond all"),
        pytest.param(value("B1", "NaN"), id="no number"),
    ],
)
def test_an_odd_cell_is_shown_as_it_stands_in_the_file(odd: str) -> None:
    """Follows XLSForm/pyxform#611."""
    stored = odd.partition("<v>")[2].partition("</v>")[0]
    found = text_of(workbook(row(REALISATION, odd))).text
    assert found.split("\n")[1] == f"REALISASI | {stored}"


FORMATS = (
    '<numFmts><numFmt numFmtId="164" formatCode="#,##0.000"/>'
    '<numFmt numFmtId="165" formatCode="&quot;Kode &quot;0;0;0;&quot;Desa &quot;@"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="14"/>'
    '<xf numFmtId="4"/><xf numFmtId="22"/><xf numFmtId="165"/></cellXfs>'
)


def test_numbers_read_as_the_office_writes_them() -> None:
    """Follows dannymcc/may#244, jasp-stats/jasp-issues#4322, ropensci/readODS#42."""
    cells = (
        said("A1", "ANGKA"),
        value("B1", "1.234", style=1),
        value("C1", "0.875", style=2),
        value("D1", "46356", style=3),
        value("E1", "1234567.5", style=4),
        value("F1", "46356.75", style=5),
        value("G1", "7", style=6),
        value("H1", "Sukamaju", style=6, kind="str"),
    )
    assert text_of(workbook(row(*cells), styles=FORMATS)).text.split("\n")[1] == (
        "ANGKA | 1,234 | 87,50% | 30/11/2026 | 1.234.567,50 | 30/11/2026 18.00 | Kode 7"
        " | Desa Sukamaju"
    )


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    content = workbook(
        row(value("A1", "44894", style=3)),
        styles=FORMATS,
        properties='<workbookPr date1904="1"/>',
    )
    assert text_of(content).text.split("\n")[1] == "30/11/2026"


def test_a_day_has_no_midnight() -> None:
    book = Workbook()
    book.worksheets[0].append([datetime(2026, 11, 30), date(2026, 12, 1)])
    book.worksheets[0].append([datetime(2026, 11, 30, 8, 5), None])
    file = BytesIO()
    book.save(file)
    assert text_of(file.getvalue()).text == (
        "[Sheet]\n2026-11-30 | 2026-12-01\n2026-11-30 8.05.00\n"
    )


def test_of_a_formula_its_stored_value_is_shown_or_that_there_is_none() -> None:
    cells = (
        value("A1", "12", formula="B1+C1"),
        '<c r="B1"><f>SUM(B2:B9)</f></c>',
        '<c r="C1" t="str"><f>A1&amp;"x"</f><v></v></c>',
        value("D1", "#DIV/0!", kind="e", formula="1/0"),
        value("E1", "1", kind="b"),
    )
    content = workbook(row(*cells))
    use("en")
    assert text_of(content).text.split("\n")[1] == (
        '12 | =SUM(B2:B9) (no stored value) | =A1&"x" (no stored value) | #DIV/0! | TRUE'
    )
    use("id")
    assert "=SUM(B2:B9) (nilainya tidak tersimpan)" in text_of(content).text


def test_a_hidden_sheet_is_read_and_said_to_be_hidden() -> None:
    content = workbook(
        row(said("A1", "Lihat")), row(said("A1", "Rahasia")), states={"Lembar2": "veryHidden"}
    )
    use("id")
    assert text_of(content).text == "[Lembar1]\nLihat\n[Lembar2] (tersembunyi)\nRahasia\n"


def test_shared_texts_are_read_without_how_they_are_spoken() -> None:
    texts = ["<t>Desa</t>", "<r><t>ter</t></r><r><t>tib</t></r><rPh><t>aloud</t></rPh>"]
    cells = (value("A1", "0", kind="s"), value("B1", "1", kind="s"), value("C1", "9", kind="s"))
    assert text_of(workbook(row(*cells), texts=texts)).text == "[Lembar1]\nDesa | tertib\n"


def test_emptiness_has_an_end() -> None:
    """Of the kind of pyexcel/pyexcel-xlsx#42: a sheet says it is a million rows long."""
    rows = (
        row(said("A1", "Atas"), '<c r="XFD1" s="1"/>')
        + "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(2, 5000))
        + row(said("B1048576", "Bawah"), said("XFD1048576", "Ujung"), number=1048576)
    )
    assert text_of(workbook(rows)).text == "[Lembar1]\nAtas\n\n| Bawah |  | ... | Ujung\n"


def test_cells_without_a_place_stand_one_after_the_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    assert text_of(workbook(rows)).text == "[Lembar1]\n1 | 2\n3\n"


def test_a_workbook_is_found_where_its_relations_say() -> None:
    content = workbook(row(REALISATION), folder="xl/data")
    assert text_of(content).text == "[Lembar1]\nREALISASI\n"
