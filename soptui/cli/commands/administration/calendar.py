"""The working calendars: which years there are, what is in one, adding one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from soptui.cli import output
from soptui.cli.base import Argument, Group, command
from soptui.cli.changes import SURE, make_change, show_change
from soptui.cli.session import Session
from soptui.domain.message import N_, Message, Refusal
from soptui.locale import _, clock, translate, weekday, weekday_name

if TYPE_CHECKING:
    from soptui.domain.time.calendar import Hours

_REGIME = {"normal": N_("Usual"), "ramadan": N_("Ramadan")}


@command("list", N_("The years that have a calendar."))
def list_calendars(session: Session) -> None:
    """Show the years."""
    calendar = session.reading_desk.calendar
    rows = [
        (one.year, len(one.holidays), calendar.working_days_in(one.year))
        for one in calendar.calendars
    ]
    if session.json:
        output.as_json(
            [
                {"year": year, "holidays": holidays, "working_days": days}
                for year, holidays, days in rows
            ]
        )
        return
    output.table(
        (_("Year"), _("Holidays"), _("Working days")),
        (tuple(map(str, row)) for row in rows),
    )


@command("show", N_("The holidays and hours of a year."), Argument("year", type=int))
def show(session: Session, year: int) -> None:
    """Show a year."""
    from soptui.desk.office.documents import calendar_tables

    calendar = session.reading_desk.calendar.calendar_of(year)
    if calendar is None:
        raise Refusal(
            Message(
                "The records have no calendar for {year}. Nothing was changed. soptui calendar "
                "list shows which years have one.",
                year=year,
            )
        )
    if session.json:
        output.as_json(calendar_tables(calendar))
        return
    for holiday in calendar.holidays:
        mark = _(" (estimated)") if holiday.estimated else ""
        output.line(f"{holiday.date:%d/%m/%Y} {weekday(holiday.date)}: {holiday.name}{mark}")
    output.line()
    for span in calendar.ramadan:
        mark = _(" (estimated)") if span.estimated else ""
        output.line(_("Ramadan: {first} to {last}", first=span.first, last=span.last) + mark)
    heads = (_("Working hours"), _("Days"), _("Hours"), _("Break"))
    output.table(heads, map(_hours_row, calendar.hours))
    output.line()
    for source in calendar.sources:
        output.sentence(_("Source: {text}", text=source.text))


def _hours_row(hours: Hours) -> tuple[str, ...]:
    """The regime and since or until when, the days of the week, the hours, and the break."""
    regime = _(_REGIME[hours.regime])
    if hours.first is not None:
        regime = _("{hours} from {day}", hours=regime, day=hours.first)
    if hours.last is not None:
        regime = _("{hours} until {day}", hours=regime, day=hours.last)
    pause = hours.pause
    return (
        regime,
        _days(hours.weekdays),
        f"{clock(hours.opens)}-{clock(hours.closes)}",
        f"{clock(pause.start)}-{clock(pause.end)}" if pause else "-",
    )


def _days(weekdays: tuple[int, ...]) -> str:
    """Days of the week by name; more than two in a row by the first and the last."""
    names = [weekday_name(number) for number in weekdays]
    if len(names) > 2 and weekdays[-1] - weekdays[0] == len(names) - 1:
        return f"{names[0]}-{names[-1]}"
    return ", ".join(names)


@command(
    "add", N_("Add the calendar of a year, or a new one in its place."), Argument("file"), SURE
)
def add(session: Session, file: str, sure: bool) -> None:
    """Add or replace a calendar, and tell what that changes about steps that are closed."""
    from soptui.desk.office.documents import read_document, year_of_calendar
    from soptui.desk.office.recounting import recount

    data = read_document(Path(file))
    before = session.acting_desk.calendar
    made = make_change(session, lambda office: office.add_calendar(data), sure=sure)
    year = year_of_calendar(made.receipt.path)
    counted = recount(session.desk, before, session.desk.calendar, year)
    show_change(
        session,
        made,
        became_late=counted.became_late,
        became_on_time=counted.became_on_time,
    )
    if not session.json:
        output.sentence(translate(counted.sentence))


COMMANDS = {
    "calendar": Group(
        "calendar", N_("Working calendars: list, show, add."), (list_calendars, show, add)
    )
}
