"""What is wrong with a calendar is told, all of it."""

from __future__ import annotations

from soptui.domain.time.calendar import (
    Calendar,
    Holiday,
    HolidayKind,
    Hours,
    Ramadan,
    Regime,
    Source,
    faults_of,
)
from tests.domain.time.working_hours import HOURS, YEAR_2026, clock, day


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
                Hours(Regime.NORMAL, (1, 8), clock("07:00"), clock("15:00"), "edaran"),
            ),
            ramadan=(
                Ramadan(day("2026-03-20"), day("2026-02-19"), "edaran"),
                Ramadan(day("2026-02-01"), day("2026-03-30"), "edaran"),
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
