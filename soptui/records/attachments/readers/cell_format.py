"""A value as its cell in a spreadsheet shows it, with the signs that Indonesian offices write.

Built-in formats are those of ECMA-376, part 1, 18.8.30. Months are named in Indonesian where the
format names no other language.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from soptui.records.attachments.readers.cell_dates import date_shown
from soptui.records.attachments.readers.cell_dates import moment_shown as moment_in
from soptui.records.attachments.readers.cell_numbers import fraction_shown, number_shown
from soptui.records.attachments.readers.cell_sections import (
    Section,
    section_for,
    sections_of,
    tidied,
)
from soptui.records.attachments.readers.cell_signs import general

GENERAL = "General"
_MOST_DIGITS = 60

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"Rp"#,##0;-"Rp"#,##0', 6: '"Rp"#,##0;-"Rp"#,##0',
    7: '"Rp"#,##0.00;-"Rp"#,##0.00', 8: '"Rp"#,##0.00;-"Rp"#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy hh:mm",
    37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
    41: '#,##0;-#,##0;"-";@', 42: '"Rp"#,##0;-"Rp"#,##0;"Rp"-;@',
    43: '#,##0.00;-#,##0.00;"-";@', 44: '"Rp"#,##0.00;-"Rp"#,##0.00;"Rp"-;@',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that are known by number alone; dates and money as an Indonesian system shows them."""


def shown(value: Decimal, code: str, *, from_1904: bool = False) -> str:
    """The number as a cell of that format shows it. `from_1904`: days are counted from then."""
    if value and value.adjusted() > _MOST_DIGITS:
        return general(value)
    section, says_negative = section_for(value, code)
    if section.is_date:
        made = date_shown(value, section, from_1904=from_1904)
        return general(value) if made is None else made
    amount = abs(value) if says_negative else value
    if section.is_general:
        return _with_literals(section, general(amount))
    if any(token.text == "@" for token in section.tokens):
        return general(value)
    if not any(token.kind == "place" for token in section.tokens):
        return _with_literals(section, "")
    if any(token.text == "/" for token in section.tokens):
        return fraction_shown(amount, section)
    return number_shown(amount, section)


def moment_shown(value: datetime, code: str) -> str:
    """A moment as a cell of that format shows it; where it is none of dates, as day and time."""
    section = section_for(Decimal(1), code)[0]
    if not section.is_date:
        section = sections_of("dd/mm/yyyy hh:mm:ss")[0]
    return moment_in(value, section, timedelta())


def text_shown(text: str, code: str) -> str:
    """A text as a cell of that format shows it."""
    sections = sections_of(code)
    if len(sections) < 4:
        return text
    return "".join(
        text if token.text == "@" else token.text
        for token in sections[3].tokens
        if token.kind == "literal" or token.text == "@"
    ).strip()


def _with_literals(section: Section, text: str) -> str:
    made = "".join(
        token.text if token.kind == "literal" else text if token.kind == "general" else ""
        for token in section.tokens
    )
    return tidied(made)
