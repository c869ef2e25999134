"""Clocks and due dates, in an office that works like those of Kabupaten Banyumas."""

from __future__ import annotations

import datetime
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.calendar import (
    STANDARD_HOURS,
    Break,
    Calendar,
    Holiday,
    HolidayKind,
    Hours,
    Ramadan,
    Regime,
    Source,
    faults_of,
)
from soptui.domain.case import Hold
from soptui.domain.normtime import NormTime, NormUnit
from soptui.domain.working_calendar import WorkingCalendar, missing_year_warning
from soptui.domain.worktime import (
    TimeState,
    closing_of,
    due,
    elapsed,
    late_by,
    latest_start,
    overdue_before,
    time_state,
    working_days,
    working_seconds,
)

JAKARTA = datetime.timezone(timedelta(hours=7))
TOKYO = datetime.timezone(timedelta(hours=9))


def clock(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def at(text: str) -> datetime.datetime:
    """The moment of "2026-01-05 07:15" in the office."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def hold(starts: datetime.datetime, ends: datetime.datetime | None = None) -> Hold:
    return Hold(starts, ends, "menunggu data")


def minutes(amount: int) -> NormTime:
    return NormTime(f"{amount} menit", amount, NormUnit.MINUTES)


def days(amount: int) -> NormTime:
    return NormTime(f"{amount} hari", amount, NormUnit.WORKING_DAYS)


HOURS = (
    Hours(
        Regime.NORMAL,
        (1, 2, 3, 4),
        clock("07:15"),
        clock("15:30"),
        "edaran",
        Break(clock("12:00"), clock("12:30")),
    ),
    Hours(
        Regime.NORMAL,
        (5,),
        clock("07:15"),
        clock("15:15"),
        "edaran",
        Break(clock("11:30"), clock("13:00")),
    ),
    Hours(Regime.RAMADAN, (1, 2, 3, 4), clock("07:30"), clock("14:45"), "edaran"),
    Hours(Regime.RAMADAN, (5,), clock("07:30"), clock("11:00"), "edaran"),
)
YEAR_2026 = Calendar(
    2026,
    holidays=(
        Holiday(day("2026-01-01"), "Tahun Baru Masehi", HolidayKind.NATIONAL),
        Holiday(day("2026-01-16"), "Isra Mikraj", HolidayKind.NATIONAL),
        Holiday(day("2026-12-24"), "Cuti Bersama Natal", HolidayKind.JOINT_LEAVE),
        Holiday(day("2026-12-25"), "Natal", HolidayKind.NATIONAL),
    ),
    hours=HOURS,
    ramadan=(Ramadan(day("2026-02-19"), day("2026-03-20"), "isbat"),),
    sources=(
        Source(HolidayKind.NATIONAL, "SKB"),
        Source(HolidayKind.JOINT_LEAVE, "SKB"),
    ),
)
OFFICE = WorkingCalendar([YEAR_2026], JAKARTA)

moments = st.timedeltas(timedelta(0), timedelta(days=427)).map(
    lambda span: at("2025-12-01 00:00") + timedelta(seconds=span // timedelta(seconds=1))
)
norms = st.one_of(
    st.builds(minutes, st.integers(1, 3000)),
    st.builds(days, st.integers(1, 30)),
)
closed_holds = st.lists(
    st.tuples(moments, moments).map(lambda pair: hold(min(pair), max(pair))), max_size=5
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
        assert OFFICE.seconds_on(day("2026-01-16")) == 0
        assert OFFICE.seconds_on(day("2026-01-09")) == 6 * 3600 + 1800

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

    @given(norms, moments)
    def test_counting_back_from_a_deadline_gives_the_last_start_that_meets_it(
        self, norm: NormTime, deadline: datetime.datetime
    ) -> None:
        start = latest_start(OFFICE, norm, deadline)
        assert start is not None
        after = start + timedelta(seconds=1)
        if norm.unit is NormUnit.WORKING_DAYS:
            after = start + timedelta(days=1)
            while not OFFICE.is_working_day(after.date()):
                after += timedelta(days=1)

        in_time, too_late = due(OFFICE, norm, start), due(OFFICE, norm, after)
        assert in_time is not None
        assert too_late is not None
        assert in_time <= deadline < too_late

    def test_the_last_start_for_a_deadline_is_a_working_moment(self) -> None:
        tenth = at("2026-04-10 15:15")

        assert latest_start(OFFICE, days(14), tenth) == at("2026-03-23 15:30")
        assert latest_start(OFFICE, minutes(495), tenth) == at("2026-04-09 13:45")


class TestHolds:
    def test_held_minutes_do_not_count(self) -> None:
        waiting = hold(at("2026-01-05 09:05"), at("2026-01-05 10:05"))

        assert due(OFFICE, minutes(15), at("2026-01-05 09:00"), [waiting]) == at("2026-01-05 10:15")

    def test_overlapping_holds_count_once(self) -> None:
        holds = [
            hold(at("2026-01-05 09:20"), at("2026-01-05 10:05")),
            hold(at("2026-01-05 09:05"), at("2026-01-05 09:40")),
            hold(at("2026-01-05 09:10"), at("2026-01-05 09:15")),
        ]

        assert due(OFFICE, minutes(15), at("2026-01-05 09:00"), holds) == at("2026-01-05 10:15")

    def test_a_day_counts_only_if_the_clock_ran_up_to_its_close(self) -> None:
        received = at("2026-01-05 10:00")
        over_noon = hold(at("2026-01-06 09:00"), at("2026-01-06 13:00"))
        over_the_close = hold(at("2026-01-06 15:00"), at("2026-01-07 08:00"))
        from_the_close_on = hold(at("2026-01-06 15:30"), at("2026-01-07 08:00"))

        assert due(OFFICE, days(1), received, [over_noon]) == at("2026-01-06 15:30")
        assert due(OFFICE, days(1), received, [over_the_close]) == at("2026-01-07 15:30")
        assert due(OFFICE, days(1), received, [from_the_close_on]) == at("2026-01-06 15:30")

    def test_nothing_falls_due_while_a_hold_is_open(self) -> None:
        received, waiting = at("2026-01-05 10:00"), hold(at("2026-01-05 10:05"))

        assert due(OFFICE, minutes(15), received, [waiting]) is None
        assert due(OFFICE, days(3), received, [waiting]) is None

    def test_a_hold_that_opens_after_the_due_moment_does_not_undo_it(self) -> None:
        waiting = hold(at("2026-01-07 09:00"))

        assert due(OFFICE, minutes(15), at("2026-01-05 10:00"), [waiting]) == at("2026-01-05 10:15")
        assert due(OFFICE, days(1), at("2026-01-05 10:00"), [waiting]) == at("2026-01-06 15:30")

    @given(norms, moments, closed_holds)
    def test_holds_only_ever_push_later(
        self, norm: NormTime, start: datetime.datetime, holds: list[Hold]
    ) -> None:
        free = due(OFFICE, norm, start)
        previous = free
        for count in range(len(holds) + 1):
            held = due(OFFICE, norm, start, holds[:count])
            assert held is not None
            assert previous is not None
            assert held >= previous
            previous = held

    @given(norms, moments, closed_holds)
    def test_holds_outside_the_time_allowed_change_nothing(
        self, norm: NormTime, start: datetime.datetime, holds: list[Hold]
    ) -> None:
        free = due(OFFICE, norm, start)
        assert free is not None
        outside = [
            each
            for each in holds
            if each.ends is not None and (each.ends <= start or each.starts >= free)
        ]

        assert due(OFFICE, norm, start, outside) == free

    @given(st.integers(1, 3000), moments, closed_holds)
    def test_minutes_without_the_holds_are_spent_exactly_at_the_due_moment(
        self, amount: int, start: datetime.datetime, holds: list[Hold]
    ) -> None:
        due_at = due(OFFICE, minutes(amount), start, holds)

        assert due_at is not None
        assert elapsed(OFFICE, NormUnit.MINUTES, start, due_at, holds) == amount * 60

    @given(
        st.sampled_from(NormUnit),
        st.tuples(moments, moments, moments).map(sorted),
        closed_holds,
        st.none() | moments,
    )
    def test_time_spent_adds_up_over_any_split_holds_or_not(
        self,
        unit: NormUnit,
        points: list[datetime.datetime],
        holds: list[Hold],
        opened: datetime.datetime | None,
    ) -> None:
        start, middle, end = points
        if opened is not None:
            holds = [*holds, hold(opened)]

        parts = elapsed(OFFICE, unit, start, middle, holds)
        parts += elapsed(OFFICE, unit, middle, end, holds)
        assert parts == elapsed(OFFICE, unit, start, end, holds)
        assert parts >= 0

    def test_a_clock_that_ends_before_it_begins_has_spent_nothing(self) -> None:
        later, earlier = at("2026-01-07 09:00"), at("2026-01-05 09:00")

        assert elapsed(OFFICE, NormUnit.MINUTES, later, earlier) == 0
        assert working_seconds(OFFICE, later, earlier) < 0


class TestTimeState:
    @pytest.mark.parametrize(
        ("now", "state"),
        [
            ("2026-01-05 09:00", TimeState.ON_TIME),
            ("2026-01-05 09:29", TimeState.ON_TIME),
            ("2026-01-05 09:30", TimeState.DUE_SOON),
            ("2026-01-05 09:40", TimeState.DUE_SOON),
            ("2026-01-05 09:41", TimeState.LATE),
            ("2026-01-04 09:00", TimeState.ON_TIME),
        ],
    )
    def test_work_is_due_soon_when_three_quarters_of_its_time_are_used(
        self, now: str, state: TimeState
    ) -> None:
        assert time_state(OFFICE, minutes(40), at("2026-01-05 09:00"), at(now)) is state

    def test_the_time_of_a_norm_in_days_runs_from_receipt_to_the_due_close(self) -> None:
        received = at("2026-01-05 07:15")

        assert time_state(OFFICE, days(3), received, at("2026-01-07 15:29")) is TimeState.ON_TIME
        assert time_state(OFFICE, days(3), received, at("2026-01-07 15:30")) is TimeState.DUE_SOON
        assert time_state(OFFICE, days(3), received, at("2026-01-08 15:30")) is TimeState.DUE_SOON
        assert time_state(OFFICE, days(3), received, at("2026-01-08 15:31")) is TimeState.LATE

    def test_a_step_on_hold_stays_as_it_was_however_long_it_waits(self) -> None:
        received = at("2026-01-05 09:00")
        early, late = hold(at("2026-01-05 09:10")), hold(at("2026-01-05 09:35"))

        for now in (at("2026-01-05 09:36"), at("2026-06-01 09:00")):
            assert time_state(OFFICE, minutes(40), received, now, [early]) is TimeState.ON_TIME
            assert time_state(OFFICE, minutes(40), received, now, [late]) is TimeState.DUE_SOON

    def test_lateness_is_counted_in_the_unit_of_the_norm(self) -> None:
        due_at, now = at("2026-01-08 15:30"), at("2026-01-12 15:30")

        assert late_by(OFFICE, NormUnit.WORKING_DAYS, due_at, now) == 2
        assert late_by(OFFICE, NormUnit.MINUTES, due_at, now) == (390 + 465) * 60
        assert late_by(OFFICE, NormUnit.MINUTES, now, due_at) == 0
        waiting = hold(at("2026-01-09 07:15"), at("2026-01-09 15:15"))
        assert late_by(OFFICE, NormUnit.WORKING_DAYS, due_at, now, [waiting]) == 1

    @given(norms, moments, moments)
    def test_work_is_overdue_from_a_whole_working_minute_after_it_was_due(
        self, norm: NormTime, start: datetime.datetime, now: datetime.datetime
    ) -> None:
        due_at = due(OFFICE, norm, start)
        assert due_at is not None

        is_overdue = due_at < overdue_before(OFFICE, now)

        assert is_overdue == (working_seconds(OFFICE, due_at, now) >= 60)

    def test_nothing_falls_overdue_while_nobody_works(self) -> None:
        friday, saturday, monday = at("2026-01-09 15:15"), at("2026-01-10 20:00"), "2026-01-12"

        assert overdue_before(OFFICE, saturday) <= friday
        assert overdue_before(OFFICE, at(f"{monday} 07:15")) <= friday
        assert overdue_before(OFFICE, at(f"{monday} 07:17")) > friday


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
        assert latest_start(OFFICE, days(1), dawn) is None
        assert latest_start(OFFICE, minutes(1), dawn) is None
        assert working_days(OFFICE, dawn, dusk) > 2_600_000
        assert time_state(OFFICE, days(1), dusk, dusk) is TimeState.ON_TIME


class TestFaults:
    def test_a_sound_calendar_has_none(self) -> None:
        assert faults_of(YEAR_2026) == []

    def test_every_fault_is_listed_not_only_the_first(self) -> None:
        bad = Calendar(
            2026,
            holidays=(
                Holiday(day("2025-01-01"), "Tahun Baru", HolidayKind.NATIONAL),
                Holiday(day("2026-02-02"), "Pilkades", HolidayKind.LOCAL),
                Holiday(day("2026-02-02"), "Pilkades", HolidayKind.LOCAL),
            ),
            hours=(
                Hours(Regime.NORMAL, (5, 1), clock("07:00"), clock("07:00"), "edaran"),
                Hours(Regime.NORMAL, (1, 8), clock("07:00"), clock("15:00"), "edaran\u202e"),
            ),
            ramadan=(
                Ramadan(day("2026-03-20"), day("2026-02-19"), " "),
                Ramadan(day("2026-02-01"), day("2026-03-30"), "isbat"),
            ),
        )

        found = [str(fault) for fault in faults_of(bad)]
        expected = [
            "A stretch of days ends before it begins",
            "Two Ramadans overlap",
            "no working hours for Ramadan",
            "rising order",
            "Hours from 07:00:00 to 07:00:00",
            "Weekdays are numbers",
            "Two blocks of normal hours hold on the same day",
            "2025-01-01 is not a day of 2026",
            "Pilkades stands twice on 2026-02-02",
            "kind national name no source",
            "kind local name no source",
            "A name or a source is empty",
            "U+202E",
        ]
        assert len(found) == len(expected)
        for sentence, words in zip(found, expected, strict=True):
            assert words in sentence

    def test_normal_hours_are_needed(self) -> None:
        assert [str(fault) for fault in faults_of(Calendar(2026, (), ()))] == [
            "The normal working hours are missing."
        ]

    def test_a_decree_can_fall_two_holidays_on_one_day(self) -> None:
        both = Calendar(
            2021,
            (
                Holiday(day("2021-05-13"), "Idul Fitri", HolidayKind.NATIONAL),
                Holiday(day("2021-05-13"), "Kenaikan Yesus Kristus", HolidayKind.NATIONAL),
            ),
            HOURS,
            sources=(Source(HolidayKind.NATIONAL, "SKB"),),
        )

        assert faults_of(both) == []
        assert len(both.holidays_on(day("2021-05-13"))) == 2
