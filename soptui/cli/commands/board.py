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
from soptui.locale import _, day, day_and_month, duration, number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from soptui.desk.board import Board
    from soptui.desk.desk import Desk
    from soptui.desk.standing import Lane
    from soptui.domain.time.timeliness import Range

_WEEKS = 6
"""How many weeks the lines show; as JSON there are all."""
_FIRST_YEAR, _LAST_YEAR = 1900, 9998
_YEAR, _QUARTER = N_("YEAR"), N_("YEAR-NUMBER")


@command(
    "board",
    N_("Where the cases are, and how the SOP was kept in a quarter or a year."),
    Option("--quarter", placeholder=_QUARTER, help=N_("This quarter, such as 2026-4.")),
    Option(
        "--year",
        type=click.IntRange(_FIRST_YEAR, _LAST_YEAR),
        placeholder=_YEAR,
        help=N_("This year."),
    ),
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
        if not (
            text.isdecimal()
            and _FIRST_YEAR <= int(text) <= _LAST_YEAR
            and place in ("1", "2", "3", "4")
        ):
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

    sop, figures = board.standing.sop, board.counted.figures
    output.line(f"{sop.identity.title} · {day(figures.range.first)} - {day(figures.range.last)}")
    if board.counted.unreadable:
        output.sentence(_("Damaged, and counted nowhere: {cases}", cases=board.counted.unreadable))
    _counters(board)
    activities = {step.number: step.activity for step in sop.all_steps}
    _table(
        _("Where the cases are, now"),
        (
            _("Step"), _("Activity"), _("Waiting"), _("In work"), _("Held"), _("Due soon"),
            _("Late"), _("Cases"),
        ),
        (
            (
                step_label(one.step.number), one.step.activity, str(one.counts.waiting),
                str(one.counts.in_work), str(one.counts.suspended), str(one.counts.due_soon),
                str(one.counts.late), _numbers(one),
            )
            for one in board.standing.lanes
            if one.open
        ),
    )  # fmt: skip
    weeks = board.counted.weeks[-_WEEKS:]
    _table(
        _("Late/ended, by week"),
        (_("Step"), *(day_and_month(week.days.first) for week in weeks)),
        (
            (
                step_label(step.number),
                *(
                    f"{at.late}/{at.ended}" if (at := week.at(step.number)) else "·"
                    for week in weeks
                ),
            )
            for step in sop.steps
            if any(week.at(step.number) for week in weeks)
        ),
    )
    counted = [one for one in figures.steps if one.stays]
    _table(
        _("Time used of the norm, where a step ended"),
        (
            _("Step"), _("Activity"), _("Stays"), _("On time"), _("Half"), _("9 of 10"),
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
                reason.text if (reason := sop.reason(one.reason)) else one.reason,
            )
            for one in figures.returns
        ),
    )  # fmt: skip
    _table(
        _("Ended late in this time, by role"),
        (_("Role"), _("Count")),
        (
            (role.title if (role := sop.role(one.role)) else one.role, str(one.late))
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


def _counters(board: Board) -> None:
    """What is now, and what the range came to: as the picture says it."""
    now, counted = board.standing.all, board.counted
    told = (
        (_("Under way"), now.waiting + now.in_work), (_("Late"), now.late),
        (_("Due soon"), now.due_soon), (_("Suspended"), now.suspended),
    )  # fmt: skip
    listed = "  ".join(f"{label} {number(count)}" for label, count in told)
    output.line(f"{_('Now')}: {listed}")
    returned = sum(len(one.cases) for one in counted.figures.returns)
    shares = _percent(counted.figures.on_time_share)
    if counted.before.ended:
        shares += f" ({_('before')} {_percent(counted.before.on_time_share)})"
    came_to = (
        (_("On time"), shares), (_("Came in"), number(counted.arrived)),
        (_("Finished"), number(counted.finished)), (_("Returned"), number(returned)),
    )  # fmt: skip
    listed = "  ".join(f"{label} {told}" for label, told in came_to)
    output.line(f"{_('In this time')}: {listed}")


def _numbers(lane: Lane) -> str:
    """The agenda numbers of the cases at a step, the most pressing first."""
    named = [str(one.agenda) if one.agenda else one.id for one in lane.cases]
    rest = lane.open - len(named)
    return " ".join((*named, f"+{rest}") if rest > 0 else named)


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
    counted, now = board.counted, board.standing.all
    figures = counted.figures
    return {
        "sop": board.standing.sop.id,
        "from": figures.range.first,
        "to": figures.range.last,
        "cases": figures.cases,
        "unreadable": list(counted.unreadable),
        "now": {
            "open": now.waiting + now.in_work,
            "late": now.late,
            "due_soon": now.due_soon,
            "suspended": now.suspended,
        },
        "on_time": figures.on_time_share,
        "before": {
            "from": counted.before.days.first,
            "to": counted.before.days.last,
            "on_time": counted.before.on_time_share,
        },
        "arrived": counted.arrived,
        "finished": counted.finished,
        "standing": [
            {
                "step": one.step.number,
                "waiting": one.counts.waiting,
                "in_work": one.counts.in_work,
                "suspended": one.counts.suspended,
                "due_soon": one.counts.due_soon,
                "late": one.counts.late,
                "cases": [case.id for case in one.cases],
            }
            for one in board.standing.lanes
            if one.open
        ],
        "weeks": [
            {
                "from": week.days.first,
                "to": week.days.last,
                "on_time": week.on_time_share,
                "arrived": week.arrived,
                "finished": week.finished,
                "steps": [
                    {
                        "step": one.step,
                        "ended": one.ended,
                        "late": one.late,
                        "cases": list(one.cases),
                    }
                    for one in week.steps
                ],
            }
            for week in counted.weeks
        ],
        "late_longest": [one.id for one in board.standing.late],
        "steps": [
            {
                "step": one.step,
                "stays": one.stays,
                "timed": one.timed,
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
