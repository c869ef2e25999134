"""Working time, the moment at which work falls due, and what may not be known of a year."""

from __future__ import annotations

import datetime
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.time.calendar import STANDARD_HOURS, Calendar, Hours, Regime, faults_of
from soptui.domain.time.normtime import NormTime
from soptui.domain.time.working_calendar import WorkingCalendar, missing_year_warning
from soptui.domain.time.worktime import (
    TimeState,
    closing_of,
    due,
    time_state,
    working_days,
    working_seconds,
)
from tests.domain.time.working_hours import (
    JAKARTA,
    OFFICE,
    TOKYO,
    YEAR_2026,
    at,
    clock,
    day,
    days,
    minutes,
    moments,
    norms,
)


class TestWorkingTime:
    def test_a_normal_week_has_37_and_a_half_hours(self) -> None:
        assert working_seconds(OFFICE, at("2026-01-05 00:00"), at("2026-01-12 00:00")) == 135_000

    def test_a_week_of_ramadan_has_32_and_a_half_hours(self) -> None:
        assert working_seconds(OFFICE, at("2026-02-23 00:00"), at("2026-03-02 00:00")) == 117_000

    def test_the_break_is_not_worked(self) -> None:
        assert working_seconds(OFFICE, at("2026-01-05 11:50"), at("2026-01-05 12:40")) == 20 * 60

    @pytest.mark.parametrize("monday", ["2026-01-05", "2026-02-23", "2026-12-07"])
    def test_every_whole_week_has_five_days_in_ramadan_too(self, monday: str) -> None:
        start = at(f"{monday} 00:00")

        assert working_days(OFFICE, start, start + timedelta(days=7)) == 5

    def test_half_of_a_short_day_is_half_a_day(self) -> None:
        friday_of_ramadan = at("2026-02-27 07:30")

        assert working_days(
            OFFICE, friday_of_ramadan, friday_of_ramadan + timedelta(minutes=105)
        ) == Fraction(1, 2)

    def test_holidays_and_weekends_are_free(self) -> None:
        assert not OFFICE.is_working_day(day("2026-01-16"))
        assert not OFFICE.is_working_day(day("2026-12-24"))
        assert not OFFICE.is_working_day(day("2026-01-10"))
        assert OFFICE.is_working_day(day("2026-01-09"))

    def test_a_moment_counts_the_same_whatever_zone_it_is_written_in(self) -> None:
        elsewhere = at("2026-01-05 10:00").astimezone(TOKYO)

        assert working_seconds(OFFICE, at("2026-01-05 10:00"), elsewhere) == 0
        assert due(OFFICE, minutes(15), elsewhere) == at("2026-01-05 10:15")

    def test_a_moment_without_a_zone_is_a_mistake_of_the_caller(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            working_seconds(
                OFFICE, at("2026-01-05 00:00").replace(tzinfo=None), at("2026-01-05 10:00")
            )

    @given(moments, moments, moments)
    def test_spans_add_up_exactly_wherever_they_are_split(
        self, one: datetime.datetime, two: datetime.datetime, three: datetime.datetime
    ) -> None:
        for measure in (working_seconds, working_days):
            parts = measure(OFFICE, one, two) + measure(OFFICE, two, three)
            assert parts == measure(OFFICE, one, three)

    @given(moments, st.timedeltas(timedelta(0), timedelta(days=90)))
    def test_working_seconds_agree_with_walking_through_the_days(
        self, start: datetime.datetime, length: timedelta
    ) -> None:
        end = start + length
        walked = 0
        for offset in range(length.days + 2):
            date = start.date() + timedelta(days=offset)
            if not OFFICE.is_working_day(date):
                continue
            hours = (
                YEAR_2026.hours_on(date)
                if date.year == 2026
                else YEAR_2026.hours[1 if date.isoweekday() == 5 else 0]
            )
            assert hours is not None
            midnight = datetime.datetime.combine(date, datetime.time(), JAKARTA)
            for opens, closes in hours.spans():
                begun = max(start, midnight + timedelta(seconds=opens))
                ended = min(end, midnight + timedelta(seconds=closes))
                walked += max(0, int((ended - begun).total_seconds()))

        assert working_seconds(OFFICE, start, end) == walked


class TestDue:
    @pytest.mark.parametrize(
        ("received", "expected"),
        [
            ("2026-01-05 09:00", "2026-01-05 09:15"),
            ("2026-01-05 15:15", "2026-01-05 15:30"),
            ("2026-01-05 15:20", "2026-01-06 07:20"),
            ("2026-01-05 11:50", "2026-01-05 12:35"),
            ("2026-01-05 18:00", "2026-01-06 07:30"),
            ("2026-01-09 15:10", "2026-01-12 07:25"),
            ("2026-01-10 10:00", "2026-01-12 07:30"),
        ],
    )
    def test_fifteen_minutes_run_over_to_the_next_working_morning(
        self, received: str, expected: str
    ) -> None:
        assert due(OFFICE, minutes(15), at(received)) == at(expected)

    @pytest.mark.parametrize(
        ("amount", "received", "expected"),
        [
            (1, "2026-01-05 07:15", "2026-01-06 15:30"),
            (1, "2026-01-05 23:00", "2026-01-06 15:30"),
            (1, "2026-01-08 10:00", "2026-01-09 15:15"),
            (1, "2026-01-10 10:00", "2026-01-12 15:30"),
            (1, "2026-01-15 10:00", "2026-01-19 15:30"),
            (5, "2026-01-13 10:00", "2026-01-21 15:30"),
            (1, "2026-02-26 10:00", "2026-02-27 11:00"),
        ],
    )
    def test_days_end_at_the_close_of_business_of_the_last_one(
        self, amount: int, received: str, expected: str
    ) -> None:
        assert due(OFFICE, days(amount), at(received)) == at(expected)

    @pytest.mark.parametrize(
        ("named", "expected"),
        [
            ("2026-01-09", "2026-01-09 15:15"),
            ("2026-01-11", "2026-01-09 15:15"),
            ("2026-01-16", "2026-01-15 15:30"),
            ("2026-02-20", "2026-02-20 11:00"),
        ],
    )
    def test_a_due_day_that_is_named_ends_at_its_close_or_at_the_one_before(
        self, named: str, expected: str
    ) -> None:
        assert closing_of(OFFICE, day(named)) == at(expected)

    @given(norms, moments, moments)
    def test_who_receives_later_is_due_no_earlier(
        self, norm: NormTime, one: datetime.datetime, two: datetime.datetime
    ) -> None:
        earlier, later = due(OFFICE, norm, min(one, two)), due(OFFICE, norm, max(one, two))

        assert earlier is not None
        assert later is not None
        assert earlier <= later

    @given(st.integers(1, 3000), moments)
    def test_a_norm_in_minutes_is_spent_exactly_when_it_falls_due(
        self, amount: int, start: datetime.datetime
    ) -> None:
        due_at = due(OFFICE, minutes(amount), start)

        assert due_at is not None
        assert working_seconds(OFFICE, start, due_at) == amount * 60


class TestMissingYears:
    def test_a_year_without_a_calendar_frees_weekends_only_and_says_so(self) -> None:
        assert OFFICE.working_days_in(2027) == 261
        assert OFFICE.is_working_day(day("2027-01-01"))
        assert OFFICE.missing_years(at("2026-12-31 10:00"), at("2028-01-01 10:00")) == (2027, 2028)
        assert OFFICE.missing_years(at("2026-01-01 10:00"), at("2026-12-31 10:00")) == ()
        assert "2027" in str(missing_year_warning(2027))

    def test_a_missing_year_keeps_the_office_hours_last_known(self) -> None:
        changed = Calendar(
            2026,
            (),
            (
                Hours(
                    Regime.NORMAL,
                    (1, 2, 3, 4, 5),
                    clock("07:00"),
                    clock("15:00"),
                    "edaran lama",
                    last=day("2026-06-30"),
                ),
                Hours(
                    Regime.NORMAL,
                    (1, 2, 3, 4, 5, 6),
                    clock("08:00"),
                    clock("14:00"),
                    "edaran baru",
                    first=day("2026-07-01"),
                ),
            ),
        )
        office = WorkingCalendar([changed], JAKARTA)

        assert faults_of(changed) == []
        assert due(office, minutes(15), at("2025-12-31 06:00")) == at("2025-12-31 07:15")
        assert due(office, minutes(15), at("2027-01-02 06:00")) == at("2027-01-02 08:15")

    def test_an_office_without_any_calendar_has_the_hours_of_the_perpres(self) -> None:
        office = WorkingCalendar([], JAKARTA)
        monday = at("2026-01-05 00:00")

        assert working_seconds(office, monday, monday + timedelta(days=7)) == 135_000
        assert faults_of(Calendar(2026, (), STANDARD_HOURS)) == []

    def test_absurd_claims_of_time_have_an_answer_or_none(self) -> None:
        dawn = datetime.datetime(1, 1, 1, tzinfo=datetime.timezone(timedelta(hours=14)))
        dusk = datetime.datetime(
            9999, 12, 31, 23, 59, tzinfo=datetime.timezone(-timedelta(hours=12))
        )

        assert due(OFFICE, days(1), dawn) == datetime.datetime(1, 1, 2, 15, 30, tzinfo=JAKARTA)
        assert due(OFFICE, days(1), dusk) is None
        assert due(OFFICE, minutes(1), dusk) is None
        assert working_days(OFFICE, dawn, dusk) > 2_600_000
        assert time_state(OFFICE, days(1), dusk, dusk) is TimeState.ON_TIME
