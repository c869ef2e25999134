"""An office that works like those of Kabupaten Banyumas, and times in it."""

from __future__ import annotations

import datetime
from datetime import timedelta

from hypothesis import strategies as st

from soptui.domain.case import Hold
from soptui.domain.time.calendar import (
    Break,
    Calendar,
    Holiday,
    HolidayKind,
    Hours,
    Ramadan,
    Regime,
    Source,
)
from soptui.domain.time.normtime import NormTime, NormUnit
from soptui.domain.time.working_calendar import WorkingCalendar

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
