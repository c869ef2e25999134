"""Dates are read the Indonesian way, and whatever is no date gets a sentence with examples."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.desk.actions.fields import Side
from soptui.desk.forms.dates import fault_of_day, parse_date, parse_moment
from soptui.domain.message import Refusal
from soptui.domain.time.calendar import STANDARD_HOURS, Calendar, Holiday, HolidayKind
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.locale import day, moment, short_day, translate, use

WIB = timezone(timedelta(hours=7))
TODAY = date(2026, 11, 20)  # a Friday
NOW = datetime(2026, 11, 20, 9, 30, 15, tzinfo=WIB)
FREE = Holiday(date(2026, 11, 24), "Libur", HolidayKind.NATIONAL)
CALENDAR = WorkingCalendar([Calendar(2026, (FREE,), STANDARD_HOURS)], WIB)


def read(text: str) -> date:
    return parse_date(text, TODAY, CALENDAR)


def read_moment(text: str) -> datetime:
    return parse_moment(text, NOW, CALENDAR)


@pytest.mark.parametrize(
    "text",
    [
        "24/11/2026", "24-11-2026", "24.11.2026", "24/11/26", "24/11", "24-11", "24 Nov",
        "24 nov 2026", "24 November 2026", "24 Nopember 2026", "24-Nov-2026", "2026-11-24",
        "  24/11 ", "+4 hari",
    ],
)  # fmt: skip
def test_one_day_can_be_written_in_many_ways(text: str) -> None:
    assert read(text) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("hari ini", 0), ("Today", 0), ("besok", 1), ("BESOK", 1), ("tomorrow", 1), ("lusa", 2),
        ("kemarin", -1), ("yesterday", -1), ("+2 hari", 2), ("+ 2 days", 2), ("-2 hari", -2),
        ("+1 minggu", 7), ("+2 weeks", 14), ("minggu depan", 7),
    ],
)  # fmt: skip
def test_days_can_be_counted_from_today(text: str, days: int) -> None:
    assert read(text) == TODAY + timedelta(days=days)


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert read("+1 hari kerja") == date(2026, 11, 23)
    assert read("+2 hari kerja") == date(2026, 11, 25)
    assert read("+3 working days") == date(2026, 11, 26)
    assert read("-1 hari kerja") == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("senin", 23), ("Monday", 23), ("Rabu", 25), ("jum'at", 27), ("Jumat", 27),
        ("minggu", 22), ("ahad", 22),
    ],
)  # fmt: skip
def test_a_weekday_is_the_next_one_and_never_today(text: str, expected: int) -> None:
    assert read(text) == date(2026, 11, expected)


def test_a_day_without_its_year_is_the_nearest() -> None:
    assert parse_date("28/12", date(2027, 1, 3), CALENDAR) == date(2026, 12, 28)
    assert parse_date("3 Jan", date(2026, 12, 28), CALENDAR) == date(2027, 1, 3)
    assert parse_date("29/2", date(2027, 2, 1), CALENDAR) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    ["", "nanti", "24/13/2026", "0/0", "24/11/0001", "24 Foo", "+hari",
     "+99999 hari", "\u0661/\u0662/2026", "24/11-2026", "2026-11-24-01", "x" * 100_000, "\x1b[31m"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text)
    assert "23/11/2026" in str(refused.value.message)
    assert len(str(refused.value.message)) < 300


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("31/11", "November has only 30 days."),
        ("31 Nov 2026", "November has only 30 days."),
        ("2026-04-31", "April has only 30 days."),
        ("32/1/2026", "January has only 31 days."),
        ("30/2", "February has only 29 days."),
        ("30/2/2027", "February has only 28 days."),
        ("29/2/2027", "2027 is not a leap year."),
        ("29/2/27", "2027 is not a leap year."),
    ],
)
def test_a_day_that_its_month_lacks_is_told_with_the_days_it_has(text: str, told: str) -> None:
    for typed, reads in ((text, read), (text, read_moment), (f"{text} 10.15", read_moment)):
        with pytest.raises(Refusal) as refused:
            reads(typed)
        assert str(refused.value.message) == told
    assert str(fault_of_day(text)) == told


@pytest.mark.parametrize(
    "text", ["30/11", "29/2", "29/2/2028", "31/1", "24/13", "31/11/2", "besok"]
)
def test_a_day_that_there_is_and_what_writes_none_have_no_such_fault(text: str) -> None:
    assert fault_of_day(text) is None


@pytest.mark.parametrize(
    ("side", "example"), [(Side.PAST, date(2026, 11, 17)), (Side.COMING, date(2026, 11, 23))]
)
def test_the_examples_lie_on_the_side_of_today_that_is_asked_for(side: Side, example: date) -> None:
    with pytest.raises(Refusal) as refused:
        parse_date("nanti", TODAY, CALENDAR, side)
    told = translate(refused.value.message)
    assert f"misalnya {example:%d/%m/%Y}, {day(example)}, " in told
    examples = told.partition("misalnya ")[2].removesuffix(".").split(", ")
    lie_after = [read(one) > TODAY for one in examples]
    assert lie_after == [side is Side.COMING] * len(examples)
    with pytest.raises(Refusal) as refused:
        parse_moment("nanti", NOW, CALENDAR, side)
    assert f"{example:%d/%m/%Y} 10.15" in str(refused.value.message)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24/11/2026 10.15", (24, 10, 15)),
        ("24/11/2026 10:15", (24, 10, 15)),
        ("24 Nov pukul 10.15", (24, 10, 15)),
        ("24 Nov 2026, 10.15 WIB", (24, 10, 15)),
        ("24-11-2026 7.05", (24, 7, 5)),
        ("2026-11-24 10:15", (24, 10, 15)),
        ("2026-11-24T10:15", (24, 10, 15)),
        ("2026-11-24T03:15:00Z", (24, 10, 15)),
        ("2026-11-24T10:15:00+07:00", (24, 10, 15)),
        ("besok 08.00", (21, 8, 0)),
        ("08.00", (20, 8, 0)),
        ("jam 08.00", (20, 8, 0)),
        ("10.15.30", (20, 10, 15)),
    ],
)
def test_a_moment_has_a_time_after_its_day(text: str, expected: tuple[int, int, int]) -> None:
    found = read_moment(text)
    assert (found.day, found.hour, found.minute) == expected
    assert found.utcoffset() == timedelta(hours=7)


def test_a_date_alone_is_now_or_the_opening_of_that_day() -> None:
    assert read_moment("hari ini") == NOW
    assert read_moment("19/11/2026") == datetime(2026, 11, 19, 7, 30, tzinfo=WIB)
    assert read_moment("1/1/2031") == datetime(2031, 1, 1, 7, 30, tzinfo=WIB)


@pytest.mark.parametrize("text", ["24/11/2026 25.00", "25:61", "besok pagi", "0001-01-01T00:00Z"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_moment(text)


@pytest.mark.parametrize("language", ["id", "en"])
@given(value=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
def test_what_the_screen_writes_can_be_typed_again(language: str, value: datetime) -> None:
    value = value.replace(second=0, microsecond=0, tzinfo=WIB)
    use(language)
    try:
        assert read(day(value)) == read(short_day(value)) == value.date()
        assert read_moment(moment(value)) == value
    finally:
        use("id")


@given(st.text())
def test_any_text_is_a_date_or_a_refusal(text: str) -> None:
    for reads in (read, read_moment):
        with suppress(Refusal):
            reads(text)
