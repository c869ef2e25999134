"""What the column "Waktu" of an SOP means, as SOPs of many offices print it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.time.normtime import (
    NormReading,
    NormTime,
    NormUnit,
    is_without_norm,
    parse_norm_time,
)

MINUTES, DAYS = NormUnit.MINUTES, NormUnit.WORKING_DAYS


@pytest.mark.parametrize(
    ("printed", "amount", "unit"),
    [
        ("15 Menit", 15, MINUTES),
        ("15menit", 15, MINUTES),
        ("± 30 menit", 30, MINUTES),
        ("+/- 30 menit", 30, MINUTES),
        ("1-2 jam", 120, MINUTES),
        ("1 – 2 jam", 120, MINUTES),
        ("15 menit - 1 jam", None, None),
        ("1 s.d. 3 hari", 3, DAYS),
        ("1,5 jam", 90, MINUTES),
        ("1 jam 30 menit", 90, MINUTES),
        ("1 Hari", 1, DAYS),
        ("1 hari kerja", 1, DAYS),
        ("3 (tiga) hari", 3, DAYS),
        ("14 (empat belas) hari kerja", 14, DAYS),
        ("Paling lama 3 hari", 3, DAYS),
        ("  3   Hari ", 3, DAYS),
        ("1 Minggu", 5, DAYS),
        ("2 minggu", 10, DAYS),
        ("1 bulan", 20, DAYS),
        ("7 hari kalender", None, None),
        ("1 x 24 jam", None, None),
        ("1 hari 2 jam", None, None),
        ("0 menit", None, None),
        ("1,5 hari", None, None),
        ("secepatnya", None, None),
        ("9999 hari", None, None),
    ],
)
def test_a_printed_norm_time_is_read_as_offices_mean_it(
    printed: str, amount: int | None, unit: NormUnit | None
) -> None:
    expected = None if amount is None or unit is None else NormTime(printed, amount, unit)

    assert parse_norm_time(printed) == expected
    assert not is_without_norm(printed)


@pytest.mark.parametrize("printed", ["Insidentil", "insidentil", "-", "–", "", "  "])
def test_a_step_without_a_norm_is_told_from_one_that_cannot_be_read(printed: str) -> None:
    assert parse_norm_time(printed) is None
    assert is_without_norm(printed)


def test_an_office_says_how_long_its_week_and_month_are() -> None:
    six_day_week = NormReading(week=6, month=25)

    assert parse_norm_time("1 Minggu", six_day_week) == NormTime("1 Minggu", 6, DAYS)
    assert parse_norm_time("2 bulan", six_day_week) == NormTime("2 bulan", 50, DAYS)


@given(st.text(max_size=40))
def test_any_text_is_read_or_not_but_never_fails(printed: str) -> None:
    norm = parse_norm_time(printed)

    assert norm is None or (norm.printed == printed and norm.amount > 0)
