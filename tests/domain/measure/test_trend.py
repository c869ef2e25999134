"""Comparing with an earlier quarter or year, only where it can be compared."""

from __future__ import annotations

from typing import Any

import pytest

from soptui.domain.measure.register import Rule
from soptui.domain.measure.trend import (
    Change,
    Direction,
    NotComparable,
    change,
    change_from_year_before,
)
from soptui.domain.replace import replace
from soptui.locale import translate
from tests.domain.measure.builders import given, indicator, result


@pytest.mark.parametrize(
    ("options", "old", "new", "direction"),
    [
        ({"rule": Rule.UP}, "80", "81", Direction.BETTER),
        ({"rule": Rule.UP}, "80", "80", Direction.SAME),
        ({"rule": Rule.DOWN_2T}, "80", "81", Direction.WORSE),
        ({"rule": Rule.DOWN_RATIO}, "80", "79", Direction.BETTER),
        ({"rule": Rule.SCALE}, "4", "5", Direction.BETTER),
        ({"rule": Rule.DONE}, "1", "0", Direction.WORSE),
        ({"rule": Rule.RANGE, "lower": "20", "upper": "24"}, "26", "25", Direction.BETTER),
        ({"rule": Rule.RANGE, "lower": "20", "upper": "24"}, "21", "24", Direction.SAME),
        ({"rule": Rule.RANGE, "lower": "20", "upper": "24"}, "21", "19", Direction.WORSE),
        (
            {"rule": Rule.BASELINE, "baseline": "20", "target_year": "10"},
            "15",
            "14",
            Direction.BETTER,
        ),
        (
            {"rule": Rule.BASELINE, "baseline": "20", "target_year": "30"},
            "25",
            "24",
            Direction.WORSE,
        ),
        (
            {"rule": Rule.BASELINE, "baseline": "20", "target_year": ""},
            "25",
            "26",
            Direction.BETTER,
        ),
    ],
)
def test_which_way_is_better_is_the_rules_matter(
    options: dict[str, Any], old: str, new: str, direction: Direction
) -> None:
    found = change(indicator(**options), given(old), given(new))

    assert isinstance(found, Change)
    assert found.direction is direction


def test_a_relative_change_is_of_the_size_of_the_old_value() -> None:
    found = change(indicator(), given("-4"), given("-3"))

    assert isinstance(found, Change)
    assert found.relative == 25


def test_nothing_is_compared_with_nothing() -> None:
    for old, new in (("–", "5"), ("5", "–")):
        found = change(indicator(), result(old), result(new))
        assert isinstance(found, NotComparable)
        assert translate(found.reason) == "Salah satu dari kedua nilai tidak ada."


def test_years_are_compared_only_where_the_register_says_so_and_the_method_is_the_same() -> None:
    now = indicator(continues="iks-9@2025")
    before = indicator("iks-9")
    old, new = given("80"), given("82")

    assert isinstance(change_from_year_before(now, before, 2025, old, new), Change)
    unsaid = "Daftar indikator tidak menyatakan bahwa indikator ini melanjutkan indikator tahun {}."
    for earlier, year, reason in (
        (None, 2025, unsaid.format(2025)),
        (before, 2024, unsaid.format(2024)),
        (replace(before, measure="%"), 2025, "Satuannya dahulu %, sekarang Nilai."),
        (
            replace(before, rule=Rule.DONE),
            2025,
            "Aturannya dahulu terlaksana atau tidak, sekarang semakin tinggi semakin baik.",
        ),
    ):
        found = change_from_year_before(now, earlier, year, old, new)
        assert isinstance(found, NotComparable)
        assert translate(found.reason) == reason
