"""What waits for the officer: to receive, in work, data asked for, late or due soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soptui.cli import output
from soptui.cli.base import Option, command
from soptui.cli.brief_cache import brief_line, remember_line
from soptui.cli.exit_codes import DAMAGED
from soptui.cli.json_data import case_data
from soptui.cli.session import Session
from soptui.domain.message import N_, Message
from soptui.locale import _

if TYPE_CHECKING:
    from soptui.desk.desk import Desk
    from soptui.domain.case_list import CaseRow, Tray

_MOST = 500


@command(
    "inbox",
    N_("What waits for you."),
    Option("--brief", is_flag=True, help=N_("One line only, for the prompt or the login banner.")),
    Option("--limit", type=int, default=50, placeholder=N_("NUMBER"), help=N_("At most so many.")),
)
def inbox(session: Session, brief: bool, limit: int) -> None:
    """Show what waits for the officer."""
    from soptui.desk.tray import tray_of

    desk = session.desk
    tray = tray_of(desk, limit=max(0, min(limit, _MOST)))
    if session.json:
        output.as_json(_data(tray))
    elif brief:
        counts = tray.counts
        output.line(
            brief_line(
                counts.to_receive, counts.in_work, counts.requests, counts.due_soon, counts.late
            )
        )
        remember_line(desk)
    else:
        _lines(desk, tray)
    warn_of_damage(session, desk)


def warn_of_damage(session: Session, desk: Desk) -> None:
    """Name the case files that cannot be read."""
    for row in desk.damaged_cases():
        session.warn(
            Message(
                "{path} is damaged and left out: {reason} Everything else is shown.",
                path=row.path,
                reason=row.reason,
            ),
            DAMAGED,
        )


def _data(tray: Tray) -> dict[str, object]:
    counts = tray.counts
    return {
        "counts": {
            "to_receive": counts.to_receive,
            "in_work": counts.in_work,
            "requests": counts.requests,
            "informed": counts.informed,
            "due_soon": counts.due_soon,
            "late": counts.late,
            "left_behind": counts.left_behind,
        },
        "to_receive": [case_data(row) for row in tray.to_receive],
        "in_work": [case_data(row) for row in tray.in_work],
        "left_behind": [case_data(row) for row in tray.left_behind],
        "requests": [
            {
                "case": row.case.id,
                "agenda": row.case.agenda or None,
                "unit": row.unit,
                "due": row.due,
                "asked": row.asked,
                "asked_by": row.asked_by,
            }
            for row in tray.requests
        ],
        "informed": [case_data(row) for row in tray.informed],
    }


def _lines(desk: Desk, tray: Tray) -> None:
    from soptui.cli.words import agenda_of

    counts, year = tray.counts, desk.now().year
    groups = (
        (_("To receive"), counts.to_receive, tray.to_receive),
        (_("In work"), counts.in_work, tray.in_work),
        (_("With somebody whose post ended: reassign"), counts.left_behind, tray.left_behind),
    )
    shown = False
    for title, count, rows in groups:
        if count:
            shown = _group(title, count, shown)
            table_of_cases(desk, rows)
    if tray.requests:
        shown = _group(_("Data asked of your section"), counts.requests, shown)
        heads = (_("Case"), _("No."), _("Section"), _("Asked by"), _("Due"), _("Subject"))
        output.table(
            heads,
            (
                (
                    row.case.id,
                    agenda_of(row.case, year),
                    row.unit,
                    row.asked_by,
                    f"{row.due:%d/%m/%Y}" if row.due else "",
                    row.case.subject,
                )
                for row in tray.requests
            ),
        )
    if tray.informed:
        shown = _group(_("For your information"), counts.informed, shown)
        table_of_cases(desk, tray.informed)
    if not shown:
        output.sentence(_("Nothing waits for you."))


def _group(title: str, count: int, shown: bool) -> bool:
    if shown:
        output.line()
    output.line(f"{title} ({count})")
    return True


def table_of_cases(desk: Desk, rows: tuple[CaseRow, ...]) -> None:
    """Cases as lines of a table."""
    from soptui.cli.words import agenda_of, due_of, role_title, state_of, status_of
    from soptui.desk.words.terms import step_label

    overdue_before, year = desk.overdue_before, desk.now().year
    heads = (_("Case"), _("No."), _("Step"), _("State"), _("With"), _("Due"), _("Subject"))
    output.table(
        heads,
        (
            (
                row.id,
                agenda_of(row, year),
                f"{step_label(row.step)}{'^' if row.migrated else ''}",
                status_of(row.status) if row.closed else state_of(row.state),
                row.owner or row.assignee or role_title(desk, row.role),
                due_of(row, overdue_before),
                row.subject,
            )
            for row in rows
        ),
    )
    if any(row.migrated for row in rows):
        output.sentence(
            _("^ The case goes on under another version of its SOP; soptui log tells since when.")
        )


COMMANDS = {"inbox": inbox}
