"""Workbooks as programs write them that know less, or more, than the libraries that read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
PLAIN = '<cellXfs count="1"><xf numFmtId="0"/></cellXfs>'


def workbook(
    *sheets: str,
    styles: str = PLAIN,
    texts: Sequence[str] = (),
    names: Sequence[str] = ("Lembar1", "Lembar2", "Lembar3"),
    states: Mapping[str, str] | None = None,
    properties: str = "",
    folder: str = "xl",
) -> bytes:
    """A workbook whose sheets hold this XML of rows; `states` tells of hidden ones by name."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels", _relations(("rId1", "officeDocument", f"/{folder}/workbook.xml"))
        )
        listed = "".join(
            f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}" '
            f'state="{(states or {}).get(name, "visible")}"/>'
            for at, (name, _) in enumerate(zip(names, sheets, strict=False), 1)
        )
        archive.writestr(
            f"{folder}/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}">{properties}'
            f"<sheets>{listed}</sheets></workbook>",
        )
        parts = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml")
                 for at, _ in enumerate(sheets, 1)]  # fmt: skip
        parts += [("rId91", "styles", "styles.xml"), ("rId92", "sharedStrings", "strings.xml")]
        archive.writestr(f"{folder}/_rels/workbook.xml.rels", _relations(*parts))
        archive.writestr(
            f"{folder}/styles.xml", f'{_HEAD}<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>'
        )
        shared = "".join(f"<si>{text}</si>" for text in texts)
        archive.writestr(f"{folder}/strings.xml", f'{_HEAD}<sst xmlns="{_MAIN}">{shared}</sst>')
        for at, rows in enumerate(sheets, 1):
            archive.writestr(
                f"{folder}/worksheets/sheet{at}.xml",
                f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
            )
    return file.getvalue()


def _relations(*parts: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{id_}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for id_, kind, target in parts
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def row(*cells: str, number: int = 1) -> str:
    """A row of cells."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def said(place: str, text: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def value(place: str, number: str, style: int = 0, kind: str = "n", formula: str = "") -> str:
    """A cell with a stored value."""
    made = f"<f>{formula}</f>" if formula else ""
    return f'<c r="{place}" s="{style}" t="{kind}">{made}<v>{number}</v></c>'
