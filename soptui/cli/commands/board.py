"""The *papan kendali* as lines: where the cases are, and how the SOP was kept in a range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from soptui.cli import output
from soptui.cli.base import DATE, ID, Option, command
from soptui.cli.session import Session
from soptui.domain.ids import ANY_SOP, SopId
from soptui.domain.message import N_
from soptui.locale import _, day, duration, number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from soptui.desk.board import Board
    from soptui.desk.desk import Desk
    from soptui.domain.time.timeliness import Range

_YEAR, _QUARTER = N_("YEAR"), N_("YEAR-NUMBER")


@command(
    "board",
    N_("Where the cases are, and how the SOP was kept in a quarter or a year."),
    Option("--quarter", placeholder=_QUARTER, help=N_("This quarter, such as 2026-4.")),
    Option("--year", type=click.IntRange(1, 9998), placeholder=_YEAR, help=N_("This year.")),
    Option("--from", "first", placeholder=DATE, help=N_("From this day on.")),
    Option("--to", "last", placeholder=DATE, help=N_("Up to this day, included.")),
    Option("--sop", placeholder=ID, help=N_("Only cases under this SOP.")),
    more=N_("Without a range it is the quarter in which today lies."),
)
def board(
    session: Session,
    quarter: str | None,
    year: int | None,
    first: str | None,
    last: str | None,
    sop: SopId | None,
) -> None:
    """Show the figures."""
    from soptui.desk.board import board_of

    desk = session.reading_desk
    days = _range(desk, quarter, year, first, last)
    found = board_of(desk, days, sop_id=sop or ANY_SOP)
    if session.json:
        output.as_json(_data(found))
    else:
        _lines(desk, found)


def _range(
    desk: Desk, quarter: str | None, year: int | None, first: str | None, last: str | None
) -> Range:
    from soptui.desk.board import Span, span_of
    from soptui.desk.forms.dates import parse_date
    from soptui.domain.time.timeliness import Range

    if sum(bool(one) for one in (quarter, year, first or last)) > 1:
        raise click.UsageError(_("Give one of --quarter, --year, or --from with --to."))
    today = desk.now().date()
    if year:
        return Span(year).days
    if quarter:
        text, _dash, place = quarter.partition("-")
        if not (text.isdecimal() and 0 < int(text) < 9999 and place in ("1", "2", "3", "4")):
            raise click.UsageError(_("A quarter is written as its year and number: 2026-4."))
        return Span(int(text), int(place)).days
    if first or last:
        begin = parse_date(first, today, desk.calendar) if first else today.replace(month=1, day=1)
        end = parse_date(last, today, desk.calendar) if last else today
        if end < begin:
            raise click.UsageError(_("The range ends before it begins."))
        return Range(begin, end)
    return span_of(today).days


def _lines(desk: Desk, board: Board) -> None:
    from soptui.desk.words.terms import step_label

    figures = board.figures
    output.line(
        f"{board.sop.identity.title} · {day(figures.range.first)} - {day(figures.range.last)}"
    )
    if board.unreadable:
        output.sentence(_("Damaged, and counted nowhere: {cases}", cases=board.unreadable))
    steps = [board.sop.registration, *board.sop.steps]
    activities = {step.number: step.activity for step in steps}
    _table(
        _("Where the cases are"),
        (_("Step"), _("Activity"), _("Waiting"), _("In work"), _("Held"), _("Due soon"), _("Late")),
        (
            (
                step_label(one.step), activities.get(one.step, ""), str(one.waiting),
                str(one.in_work), str(one.suspended), str(one.due_soon), str(one.late),
            )
            for one in board.standing
        ),
    )  # fmt: skip
    counted = [one for one in figures.steps if one.stays]
    _table(
        _("Time used of the norm"),
        (
            _("Step"), _("Activity"), _("Stays"), _("On time"), _("Median"), "P90",
            _("Waited"), _("Worked"),
        ),
        (
            (
                step_label(one.step), activities.get(one.step, ""), str(one.stays),
                _percent(one.on_time_share), _percent(_at(one.used, 50)),
                _percent(_at(one.used, 90)), _time(one.waited), _time(one.worked),
            )
            for one in counted
        ),
    )  # fmt: skip
    _table(
        _("Returns"),
        (_("From"), _("To"), _("Count"), _("Reason")),
        (
            (
                step_label(one.from_step), step_label(one.to_step), str(len(one.cases)),
                reason.text if (reason := board.sop.reason(one.reason)) else one.reason,
            )
            for one in figures.returns
        ),
    )  # fmt: skip
    _table(
        _("Late, by role"),
        (_("Role"), _("Count")),
        (
            (role.title if (role := board.sop.role(one.role)) else one.role, str(one.late))
            for one in figures.late_by_role
        ),
    )
    _table(
        _("Data asked of sections"),
        (_("Section"), _("Asked"), _("Answered"), _("Late"), _("Unanswered")),
        (
            (
                desk.office.unit_title(one.unit),
                str(one.asked), str(one.answered), str(one.late), str(one.open),
            )
            for one in figures.sections
        ),
    )  # fmt: skip


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    listed = list(rows)
    output.line()
    output.line(title)
    if listed:
        output.table(heads, listed)
    else:
        output.line(f"  {_('None.')}")


def _at(values: Sequence[Fraction], share: int) -> Fraction | None:
    from soptui.domain.time.timeliness import percentile

    return percentile(values, share)


def _percent(share: Fraction | None) -> str:
    return "-" if share is None else f"{number(round(share * 100))}%"


def _time(seconds: Sequence[int]) -> str:
    from soptui.domain.time.timeliness import percentile

    median = percentile(seconds, 50)
    return "-" if median is None else duration(seconds=median)


def _data(board: Board) -> dict[str, Any]:
    figures = board.figures
    return {
        "sop": board.sop.id,
        "from": figures.range.first,
        "to": figures.range.last,
        "cases": figures.cases,
        "unreadable": list(board.unreadable),
        "standing": [
            {
                "step": one.step,
                "waiting": one.waiting,
                "in_work": one.in_work,
                "suspended": one.suspended,
                "due_soon": one.due_soon,
                "late": one.late,
            }
            for one in board.standing
        ],
        "steps": [
            {
                "step": one.step,
                "stays": one.stays,
                "late": one.late,
                "on_time": one.on_time_share,
                "norm_used_median": _at(one.used, 50),
                "norm_used_p90": _at(one.used, 90),
                "waited_seconds": sum(one.waited),
                "worked_seconds": sum(one.worked),
                "cases": list(one.cases),
                "late_cases": list(one.late_cases),
            }
            for one in figures.steps
        ],
        "returns": [
            {
                "from_step": one.from_step,
                "to_step": one.to_step,
                "reason": one.reason,
                "cases": list(one.cases),
            }
            for one in figures.returns
        ],
        "late_by_role": [
            {"role": one.role, "late": one.late, "cases": list(one.cases)}
            for one in figures.late_by_role
        ],
        "sections": [
            {
                "unit": one.unit,
                "asked": one.asked,
                "answered": one.answered,
                "late": one.late,
                "open": one.open,
                "cases": list(one.cases),
            }
            for one in figures.sections
        ],
    }


COMMANDS = {"board": board}
