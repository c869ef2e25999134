"""Numbers as people type them: read in Indonesian form, or refused with what they could mean."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.measure.number import canonical, exact, show, show_in_full, show_money
from soptui.domain.measure.typed import UnclearNumber, read_typed
from soptui.domain.measure.value import EMPTY, Given
from soptui.domain.message import Misread

DECIMALS = st.builds(
    lambda whole, places: Fraction(whole, int("1" + "0" * places)),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 6),
)


@pytest.mark.parametrize(
    ("typed", "value", "echo"),
    [
        ("1.234,5", "1234.5", "1.234,5"),
        ("1.500", "1500", "1.500"),
        ("87,5", "87.5", "87,5"),
        ("0,50", "0.5", "0,5"),
        ("Rp 18.144.528,00", "18144528", "18.144.528"),
        ("97 %", "97", "97"),
        ("97%", "97", "97"),
        ("0", "0", "0"),
        ("-0", "0", "0"),
        ("-3,25", "-3.25", "−3,25"),
        ("−3,25", "-3.25", "−3,25"),
        ("-Rp 5", "-5", "−5"),
        ("Rp-5", "-5", "−5"),
        ("Rp. 10.000,-", "10000", "10.000"),
        ("rp18144528", "18144528", "18.144.528"),
        ("  4  ", "4", "4"),
        ("4\u00a0", "4", "4"),
        ("999.999.999.999.999,123456", "999999999999999.123456", "999.999.999.999.999,123456"),
        ("0,5000000", "0.5", "0,5"),
    ],
)
def test_an_indonesian_number_is_read_and_echoed_in_full(typed: str, value: str, echo: str) -> None:
    read = read_typed(typed)

    assert isinstance(read, Given)
    assert canonical(read.exact) == value
    assert show_in_full(read.exact) == echo


@pytest.mark.parametrize("typed", ["", "   ", "-", "–", "—", "−", "\u00a0"])
def test_a_dash_or_nothing_is_empty_and_never_zero(typed: str) -> None:
    assert read_typed(typed) is EMPTY


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("4.25", ("4,25", "425")),
        ("1.5", ("1,5", "15")),
        ("-4.25", ("−4,25", "−425")),
        ("1234.567", ("1.234,567", "1.234.567")),
        ("0.500", ("0,5",)),
        ("1,234.5", ("1.234,5",)),
        ("1,234,567", ("1.234.567",)),
    ],
)
def test_what_could_be_meant_otherwise_is_refused_with_each_reading(
    typed: str, readings: tuple[str, ...]
) -> None:
    with pytest.raises(UnclearNumber) as unclear:
        read_typed(typed)

    assert unclear.value.readings == readings
    for reading in readings:
        assert reading in str(unclear.value.message)
        assert isinstance(read_typed(reading), Given)


@pytest.mark.parametrize(
    "typed",
    [
        "½", "1e3", "\u0663", "\u0661\u0662", "1.2.3", "1,2,3", "1.23.456", "007", "00", "5,",
        ",5", ".", "1 500",
        "(1.000)", "+5", "--5", "lima", "4 Laporan", "Rp", "Rp -", "Rp 5 %", "0x10", "1_000",
        "=SUM(A1:A3)", "NaN", "inf", "1" * 16, "1" * 5000, "0,1234567", "–5",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(Misread) as refused:
        read_typed(typed)

    assert not isinstance(refused.value, UnclearNumber)
    assert len(str(refused.value.message)) < 250


def test_a_unit_is_taken_only_where_it_is_the_indicators() -> None:
    assert read_typed("4 laporan", "Laporan") == Given(Fraction(4))
    assert read_typed("97 %", "%") == Given(Fraction(97))
    assert read_typed("Rp 1.500", "Rp") == Given(Fraction(1500))
    for typed, measure in (("97 %", "Laporan"), ("Rp 1.500", "%"), ("4 Laporan", "Dokumen")):
        with pytest.raises(Misread):
            read_typed(typed, measure)


@given(DECIMALS)
def test_what_is_shown_in_full_is_read_as_the_same_number(value: Fraction) -> None:
    assert read_typed(show_in_full(value)) == Given(value)
    assert exact(canonical(value)) == value


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_an_amount_is_read_as_it_is_shown(cents: int) -> None:
    amount = Fraction(cents, 100)

    assert read_typed(f"Rp {show_money(amount)}") == Given(amount)
    assert read_typed(show(amount, 2)) == Given(amount)


@given(st.text(max_size=40) | st.text("0123456789.,-−Rp% ", max_size=20))
def test_any_text_is_a_number_or_empty_or_refused(typed: str) -> None:
    try:
        read = read_typed(typed)
    except Misread:
        return
    if isinstance(read, Given):
        assert read_typed(show_in_full(read.exact)) == read
    else:
        assert not any(character.isdigit() for character in typed)
