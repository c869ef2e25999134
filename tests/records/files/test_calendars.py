"""The starter calendars of Kecamatan Ajibarang, and the file form of any calendar."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from soptui.domain.message import Refusal
from soptui.domain.time.calendar import HolidayKind, Regime
from soptui.domain.time.normtime import parse_norm_time
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import due
from soptui.records.files.calendar import calendar_from_document, calendar_to_document
from tests.support.programs import ROOT

FOLDER = ROOT / "records" / "calendars"
JAKARTA = datetime.timezone(datetime.timedelta(hours=7))
YEARS = range(2021, 2028)


def document_of(year: int) -> dict[str, Any]:
    return tomllib.loads(FOLDER.joinpath(f"{year}.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def office() -> WorkingCalendar:
    return WorkingCalendar([calendar_from_document(document_of(year)) for year in YEARS], JAKARTA)


@pytest.mark.parametrize(
    ("year", "working_days"),
    [(2021, 248), (2022, 246), (2023, 239), (2024, 238), (2025, 237), (2026, 240), (2027, 242)],
)
def test_each_year_has_the_working_days_that_were_counted_by_hand(
    office: WorkingCalendar, year: int, working_days: int
) -> None:
    assert office.working_days_in(year) == working_days


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-01-05", ["01-08", "01-13", "01-21", "01-22", "01-23", "01-26"]),
        ("2026-03-16", ["03-26", "03-31", "04-08", "04-09", "04-10", "04-13"]),
        ("2026-12-21", ["12-28", "12-31", "01-11", "01-12", "01-13", "01-14"]),
    ],
)
def test_the_steps_3_to_8_of_the_sop_fall_due_one_after_another(
    office: WorkingCalendar, received: str, expected: list[str]
) -> None:
    moment = datetime.datetime.fromisoformat(f"{received}T09:00:00+07:00")
    reached = []
    for printed in ("3 Hari", "3 Hari", "1 Minggu", "1 Hari", "1 Hari", "1 Hari"):
        norm = parse_norm_time(printed)
        assert norm is not None
        due_at = due(office, norm, moment)
        assert due_at is not None
        reached.append(f"{due_at:%m-%d}")
        moment = due_at

    assert reached == expected


def test_a_letter_handed_on_at_closing_time_is_due_next_morning(office: WorkingCalendar) -> None:
    norm = parse_norm_time("15 Menit")
    received = datetime.datetime(2026, 11, 24, 15, 20, tzinfo=JAKARTA)

    assert norm is not None
    assert due(office, norm, received) == datetime.datetime(2026, 11, 25, 7, 20, tzinfo=JAKARTA)


@pytest.mark.parametrize("year", YEARS)
def test_the_hours_of_a_week_are_those_of_the_perpres(year: int) -> None:
    calendar = calendar_from_document(document_of(year))
    week = {
        regime: sum(
            hours.working_seconds() * len(hours.weekdays)
            for hours in calendar.hours
            if hours.regime is regime
        )
        for regime in Regime
    }

    assert week == {Regime.NORMAL: 37.5 * 3600, Regime.RAMADAN: 32.5 * 3600}


@pytest.mark.parametrize("year", YEARS)
def test_ramadan_ends_on_the_eve_of_idul_fitri(year: int) -> None:
    calendar = calendar_from_document(document_of(year))
    eve = calendar.ramadan[0].last

    after = eve + datetime.timedelta(days=1)
    assert (after, "Hari Raya Idul Fitri") in {(one.date, one.name) for one in calendar.holidays}
    assert 28 <= (eve - calendar.ramadan[0].first).days <= 29


def test_what_is_only_estimated_is_marked() -> None:
    calendar = calendar_from_document(document_of(2027))

    assert calendar.ramadan[0].estimated
    assert {holiday.name for holiday in calendar.holidays if holiday.estimated} == {
        "Hari Raya Idul Fitri",
        "Hari kedua dari Hari Raya Idul Fitri",
        "Hari Raya Idul Adha",
    }


def test_joint_leave_is_kept_apart_from_public_holidays() -> None:
    calendar = calendar_from_document(document_of(2026))
    kinds = [holiday.kind for holiday in calendar.holidays]

    assert kinds.count(HolidayKind.NATIONAL) == 17
    assert kinds.count(HolidayKind.JOINT_LEAVE) == 8


@pytest.mark.parametrize("year", YEARS)
def test_a_calendar_goes_to_its_file_and_back_unchanged(year: int) -> None:
    document = document_of(year)
    written = calendar_to_document(calendar_from_document(document))

    assert written == document
    assert list(written) == list(document)
    for name in ("ramadan", "hours", "holidays", "sources"):
        blocks: Any = written[name]
        assert [list(block) for block in blocks] == [list(block) for block in document[name]]


def _set(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        target: Any = document
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = to

    return change


def _drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        target: Any = document
        for step in path[:-1]:
            target = target[step]
        del target[path[-1]]

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_set("format", to=2), "format 2"),
        (_drop("year"), "year is missing"),
        (_set("year", to=True), "year does not hold the kind of value"),
        (_set("year", to=0), "year: It must be from 1"),
        (_set("colour", to="red"), "colour is not a key"),
        (_set("hours", to=["x"]), "hours[1] is not a table"),
        (
            _set("hours", 0, "name", to="summer"),
            "hours[1].name: It can only be one of: normal, ramadan",
        ),
        (_set("hours", 0, "weekdays", to=["1"]), "hours[1].weekdays does not hold"),
        (_set("hours", 0, "weekdays", to=[0]), "hours[1].weekdays: It must be from 1 to 7"),
        (_set("hours", 0, "source", to=" x"), "hours[1].source: It must be one line"),
        (_set("hours", 0, "source", to="\u2800"), "hours[1].source: The text says nothing"),
        (_set("holidays", 2, "name", to="Libur\u202e"), "U+202E"),
        (
            _set("hours", 0, "opens", to=datetime.time(7, 15, 0, 5)),
            "hours[1].opens: A time has whole seconds",
        ),
        (_drop("hours", 0, "break_end"), "hours[1].break_end is missing"),
        (_drop("hours", 0, "source"), "hours[1].source is missing"),
        (_set("hours", 0, "closes", to=datetime.time(6)), "in this order"),
        (
            _set("holidays", 2, "date", to=datetime.datetime(2026, 1, 1, tzinfo=JAKARTA)),
            "holidays[3].date does not hold the kind of value",
        ),
        (_set("holidays", 2, "estimated", to=False), "holidays[3].estimated is out of its order"),
        (_drop("sources"), "name no source"),
        (
            _set(
                "holidays",
                0,
                to={"name": "x", "date": datetime.date(2026, 1, 1), "kind": "national"},
            ),
            "holidays[1].name is out of its order",
        ),
    ],
)
def test_a_bad_calendar_is_refused_with_the_place_and_the_reason(
    change: Callable[[dict[str, Any]], None], sentence: str
) -> None:
    document = deepcopy(document_of(2026))
    change(document)

    with pytest.raises(Refusal) as refused:
        calendar_from_document(document)

    assert sentence in str(refused.value.message)
    assert "Nothing was changed" in str(refused.value.message)
