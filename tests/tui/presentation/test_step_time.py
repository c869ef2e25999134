"""The time beside the steps: bars hold to their norm, days to the calendar, and neither lies."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.desk.views import Stay
from soptui.domain.case import Visit
from soptui.domain.events import Action
from soptui.domain.ids import NO_EVENT, NOBODY
from soptui.domain.time.normtime import NormTime
from soptui.domain.time.timing import Timing
from soptui.domain.time.worktime import TimeState, elapsed
from soptui.locale import use
from soptui.tui.presentation.step_time import Days, norm_bar, norm_scale
from soptui.tui.text.lines import text_of, width_of
from tests.domain.time.working_hours import OFFICE, at, day, days, minutes


@pytest.fixture(autouse=True)
def _indonesian() -> None:
    use("id")


def stay_of(norm: NormTime, sent: datetime, received: datetime, closed: datetime) -> Stay:
    visit = Visit(
        3, 1, sent, NOBODY, NO_EVENT, received=received, closed=closed, outcome=Action.COMPLETE
    )
    worked = elapsed(OFFICE, norm.unit, received, closed)
    waited = int(elapsed(OFFICE, minutes(1).unit, sent, received))
    return Stay(visit, Timing(waited, worked, norm, None, None, TimeState.ON_TIME))


def bar(stay: Stay, width: int = 11) -> str:
    return text_of([norm_bar(stay, OFFICE, at("2026-01-30 09:00"), width)])


def test_half_the_norm_fills_half_the_way_to_its_mark() -> None:
    sent = at("2026-01-05 08:00")
    stay = stay_of(minutes(60), sent, at("2026-01-05 08:15"), at("2026-01-05 08:30"))
    assert bar(stay, 20) == "▒▒███     │"


def test_what_took_longer_than_twice_the_norm_ends_in_a_sign() -> None:
    sent = at("2026-01-05 08:00")
    stay = stay_of(minutes(15), sent, sent, at("2026-01-05 09:00"))
    assert bar(stay) == "█████│████>"


def test_waiting_counts_in_the_unit_of_the_norm() -> None:
    stay = stay_of(days(2), at("2026-01-05 07:15"), at("2026-01-06 07:15"), at("2026-01-07 07:15"))
    assert bar(stay, 20) == "▒▒▒▒▒█████│"


def test_a_step_without_a_norm_or_a_stay_has_no_bar() -> None:
    assert norm_bar(None, OFFICE, at("2026-01-05 08:00"), 11) == ()


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(1, 300), st.integers(3, 60))
def test_the_norm_stands_in_the_middle_and_the_bar_never_passes_its_width(
    waited: int, worked: int, norm: int, width: int
) -> None:
    visit = Visit(3, 1, at("2026-01-05 08:00"), NOBODY, NO_EVENT, received=at("2026-01-05 08:00"))
    timing = Timing(waited, Fraction(worked), minutes(norm), None, None, TimeState.LATE)
    drawn = norm_bar(Stay(visit, timing), OFFICE, at("2026-01-05 08:00"), width)
    text = "".join(span.text for span in drawn)
    assert width_of(drawn) == width
    assert text[width // 2] == "│"
    assert text.endswith(">") is (worked > 2 * norm * 60)


@given(st.integers(1, 80))
def test_the_heading_of_the_bars_fits_and_names_the_norm(width: int) -> None:
    heading = norm_scale(width)
    assert len(heading) <= width
    if width >= 11:
        assert heading.startswith("0 ")
        assert heading.endswith(" 2x")
        assert "baku" in heading


def test_holidays_are_no_days_and_a_month_is_named_once() -> None:
    shown = Days(OFFICE, (day("2026-12-23"), day("2026-12-28"), day("2026-12-29")), 8)
    assert shown.heading() == "23 Des  28      29"
    assert shown.place(at("2026-12-23 07:15")) == 0
    assert shown.place(at("2026-12-25 10:00")) == 8
    assert shown.place(at("2026-12-28 07:15")) == 8
    assert shown.end(at("2026-12-23 15:30")) == 7


@given(st.integers(2, 8))
def test_headings_of_days_never_run_into_each_other(width: int) -> None:
    working = tuple(day(f"2026-01-{number:02}") for number in (27, 28, 29, 30))
    heading = Days(OFFICE, (*working, day("2026-02-02"), day("2026-02-03")), width).heading()
    assert len(heading) <= 6 * width
    assert "27 Jan" in heading
