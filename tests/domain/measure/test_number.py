"""One way of writing each decimal, and rounding that happens once."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.measure.number import (
    canonical,
    exact,
    fraction_text,
    is_canonical,
    parse_fraction,
    places_of,
    plain,
    rounded,
    show,
    show_change,
    show_exact,
    show_money,
    show_with_unit,
)
from soptui.domain.measure.period import Period, parse_period
from soptui.domain.message import Misread

FRACTIONS = st.fractions(max_denominator=10**6)


@pytest.mark.parametrize(
    "text",
    ["0", "1", "-1", "0.5", "-0.5", "1234.5", "999999999999999.999999", "0.000001", "100"],
)
def test_a_canonical_decimal_is_written_back_as_it_is(text: str) -> None:
    assert is_canonical(text)
    assert canonical(exact(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "-0", "+1", "01", "1.", ".5", "1.50", "1.0", "0.0", "1,5", "1e3", " 1", "1 ",
        "1\n", "1.0000001", "1000000000000000", "\u0661", "½", "1_0", "0x1",
        "--1", "NaN", "1/2", "-0.0",
    ],
)  # fmt: skip
def test_no_other_spelling_is_canonical(text: str) -> None:
    assert not is_canonical(text)
    with pytest.raises(Misread):
        exact(text)


def test_a_value_that_is_no_decimal_of_records_cannot_be_written() -> None:
    for value in (Fraction(1, 3), Fraction(10**15), Fraction(1, 10**7)):
        with pytest.raises(Misread):
            canonical(value)


@given(FRACTIONS, st.integers(0, 6))
def test_rounding_goes_to_the_nearest_and_a_half_away_from_zero(
    value: Fraction, places: int
) -> None:
    unit = Fraction(1, int("1" + "0" * places))
    nearest = rounded(value, places)

    assert (nearest * unit.denominator).denominator == 1
    assert abs(nearest - value) * 2 <= unit
    if abs(nearest - value) * 2 == unit:
        assert abs(nearest) > abs(value)
    assert rounded(-value, places) == -nearest


@given(FRACTIONS)
def test_a_fraction_is_read_as_it_is_written(value: Fraction) -> None:
    assert parse_fraction(fraction_text(value)) == value


@pytest.mark.parametrize("text", ["2/4", "1/0", "4/1", "-0", "1/-3", "0/3", "", "01/3", "1 / 3"])
def test_a_fraction_stands_in_lowest_terms(text: str) -> None:
    with pytest.raises(Misread):
        parse_fraction(text)


def test_numbers_are_shown_as_people_here_write_them() -> None:
    assert show(Fraction(1234567, 100), 2) == "12.345,67"
    assert show(Fraction(-1, 2), 0) == "−1"
    assert show(Fraction(1, 3), 0) == "0"
    assert show(Fraction(-1, 1000), 2) == "0,00"
    assert show_change(Fraction(5, 2), 2) == "+2,50"
    assert show_change(Fraction(1, 1000), 2) == "0,00"
    assert show_change(Fraction(-5, 2), 2) == "−2,50"
    assert show_exact(Fraction(163, 2)) == "81,5"
    assert show_exact(Fraction(1, 3)) == "1/3"
    assert (show_money(Fraction(18144528)), show_money(Fraction(1, 4))) == ("18.144.528", "0,25")


def test_a_unit_stands_where_people_write_it() -> None:
    assert show_with_unit("87,50", "%") == "87,50 %"
    assert show_with_unit("18.144.528", "Rp") == "Rp 18.144.528"
    assert show_with_unit("4", "Laporan") == "4 Laporan"
    assert show_with_unit("4", "") == "4"


def test_another_program_gets_a_number_without_marks() -> None:
    assert plain(Fraction(-18144528), 0) == "-18144528"
    assert plain(Fraction(12345, 10), 2) == "1234,50"
    assert plain(Fraction(12345, 10), 1, ".") == "1234.5"


@given(FRACTIONS)
def test_places_are_those_that_the_decimal_needs(value: Fraction) -> None:
    places = places_of(value)

    assert places == 0 or (value * 10 ** (places - 1)).denominator != 1


def test_a_period_is_read_as_it_is_written() -> None:
    period = Period(2026, 4)

    assert parse_period(str(period)) == period
    assert (str(period), period.title) == ("2026-tw4", "TW IV 2026")
    assert period.earlier_quarters == (1, 2, 3)
    for text in ("2026-tw5", "2026-TW4", "2026", "tw4", "2026-tw4 ", "0026-tw1"):
        with pytest.raises(Misread):
            parse_period(text)
