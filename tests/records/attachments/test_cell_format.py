"""Numbers, days and texts as cells of spreadsheets show them, in Indonesian signs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.records.attachments.readers.cell_format import BUILT_IN, shown, text_shown
from soptui.records.attachments.readers.cell_signs import general, with_indonesian_signs

SHOWN = [
    ("General", "1234567.5", "1234567,5"),
    ("General", "0.1", "0,1"),
    ("General", "0.30000000000000004", "0,3"),
    ("General", "1E+21", "1000000000000000000000"),
    ("General", "-3.5", "-3,5"),
    ("0", "2.5", "3"),
    ("0", "-2.5", "-3"),
    ("0.00", "-0.001", "0,00"),
    ("#,##0", "1234567", "1.234.567"),
    ("#,##0.00", "999.995", "1.000,00"),
    ("#,##0.###", "1234.5", "1.234,5"),
    ("#,##0.###", "1234", "1.234"),
    ("#", "0", ""),
    ("0%", "0.875", "88%"),
    ("0.0 %", "0.875", "87,5 %"),
    ("0.00E+00", "999.995", "1,00E+03"),
    ("##0.0E+0", "46356", "46,4E+3"),
    ("#,##0,", "1234567", "1.235"),
    ('0.0,," jt"', "1234567.5", "1,2 jt"),
    ("#,##0;(#,##0)", "-1234", "(1.234)"),
    ("#,##0.00;[Red]-#,##0.00", "-1234.5", "-1.234,50"),
    ('_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', "0", "-"),
    ('_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', "1234", "1.234"),
    ("[>=1000]#,##0;0.0", "999.5", "999,5"),
    ("[<0]minus;[=0]nol;0", "0", "nol"),
    ("0;;", "-5", ""),
    ('"Rp"#,##0', "1500000", "Rp1.500.000"),
    ("[$Rp-421]#,##0.00", "1500000", "Rp1.500.000,00"),
    ("[$-421]#,##0", "1500", "1.500"),
    ("00000000\\ 000000\\ 0\\ 000", "198503152010011001", "19850315 201001 1 001"),
    ("0000-0000", "8123456", "0812-3456"),
    ("# ?/?", "1.5", "1 1/2"),
    ("# ?/8", "0.5", "4/8"),
    ("@", "12.5", "12,5"),
    ("dd/mm/yyyy", "46356", "30/11/2026"),
    ("d mmmm yyyy", "46245", "11 Agustus 2026"),
    ("d-mmm-yy", "46245", "11-Agu-26"),
    ("dddd, d mmmm yyyy", "46356", "Senin, 30 November 2026"),
    ("[$-409]dddd, d mmmm yyyy", "46356", "Monday, 30 November 2026"),
    ("[$-F800]dddd", "46356", "30 November 2026"),
    ("yyyy-mm-dd h:mm:ss", "46356", "2026-11-30"),
    ("yyyy-mm-dd h:mm:ss", "46356.5", "2026-11-30 12.00.00"),
    ("h:mm", "0", "0.00"),
    ("h:mm AM/PM", "0.75", "6.00 PM"),
    ("[h]:mm:ss", "1.5", "36.00.00"),
    ("mm:ss.0", "0.000694444", "01.00,0"),
    ("dd/mm/yyyy", "-1", "-1"),
    ("dd/mm/yyyy", "99999999", "99999999"),
    ("dd/mm/yyyy", "59", "28/02/1900"),
    ("dd/mm/yyyy", "61", "01/03/1900"),
    ('"belum diisi"', "5", "belum diisi"),
    ('General" orang"', "5", "5 orang"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "stored", "expected"), SHOWN)
def test_a_number_is_shown_as_its_cell_shows_it(code: str, stored: str, expected: str) -> None:
    assert shown(Decimal(stored), code) == expected


def test_the_day_before_the_first_spreadsheets_leap_day_is_its_own() -> None:
    assert shown(Decimal(0), "dd/mm/yyyy", from_1904=True) == "01/01/1904"


def test_a_text_is_put_into_the_format_of_its_cell() -> None:
    assert text_shown("Sukamaju", '0;0;0;"Desa "@') == "Desa Sukamaju"
    assert text_shown("Sukamaju", "#,##0") == "Sukamaju"


@pytest.mark.parametrize(
    ("displayed", "stored", "expected"),
    [
        ("1,234.50", "1234.5", "1.234,50"),
        ("1.234,50", "1234.5", "1.234,50"),
        ("1,234", "1234", "1.234"),
        ("1,234", "1.234", "1,234"),
        ("1.234", "1.234", "1,234"),
        ("1.234", "1234", "1.234"),
        ("87.5%", "0.875", "87,5%"),
        ("-12.5", "-12.5", "-12,5"),
        ("Rp1,500,000.00", "1500000", "Rp1.500.000,00"),
        ("1.2 jt", "1234567", "1.2 jt"),
        ("lunas", "1", "lunas"),
        ("1,23,4", "1234", "1,23,4"),
    ],
)
def test_the_signs_of_other_programs_follow_from_the_value(
    displayed: str, stored: str, expected: str
) -> None:
    assert with_indonesian_signs(displayed, Decimal(stored)) == expected


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False)


@given(value=NUMBERS, code=st.text(max_size=40) | st.sampled_from(list(BUILT_IN.values())))
def test_any_number_is_shown_in_any_format(value: Decimal, code: str) -> None:
    assert isinstance(shown(value, code), str)


@given(value=st.decimals(-(10**9), 10**9, places=2))
def test_a_grouped_number_reads_back(value: Decimal) -> None:
    text = shown(value, "#,##0.00")
    assert Decimal(text.replace(".", "").replace(",", ".")) == value
    assert abs(Decimal(general(value).replace(",", ".")) - value) <= Decimal("0.05")
