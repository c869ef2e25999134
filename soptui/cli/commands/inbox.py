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
    from soptui.domain.case_list import CaseRow, RequestRow, Tray

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
        write_groups(desk, tray)
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


def write_groups(desk: Desk, tray: Tray) -> None:
    """Write the tray in the groups, the order and the words of the screen."""
    from soptui.desk.sharing.without_effect import not_seen
    from soptui.desk.tray import HEADINGS, tray_parts

    unseen = [row for one in not_seen(desk) if (row := desk.row(one)) is not None]
    shown = False
    for part in tray_parts(tray, unseen, desk.overdue_before):
        shown = _group(_(HEADINGS[part.group]), part.count, shown)
        table_of_cases(desk, part.cases)
        _table_of_requests(desk, part.requests)
    if not shown:
        output.sentence(_("Nothing waits for you."))


def _table_of_requests(desk: Desk, rows: tuple[RequestRow, ...]) -> None:
    from soptui.cli.words import agenda_of
    from soptui.desk.words.deadline import time_left
    from soptui.desk.words.names import officer_name, unit_title
    from soptui.domain.time.worktime import closing_of

    now, year = desk.now(), desk.now().year
    heads = (_("Case"), _("No."), _("Section"), _("Asked by"), _("Time"), _("Subject"))

    def due(row: RequestRow) -> str:
        left = time_left(
            desk.calendar, now, closing_of(desk.calendar, row.due) if row.due else None
        )
        return left.text if left else ""

    output.table(
        heads,
        (
            (
                row.case.id,
                agenda_of(row.case, year),
                unit_title(desk.office, row.unit),
                officer_name(desk.registry, row.asked_by),
                due(row),
                row.case.subject,
            )
            for row in rows
        ),
    )


def _group(title: str, count: int, shown: bool) -> bool:
    if shown:
        output.line()
    output.line(f"{title} ({count})")
    return True


def table_of_cases(desk: Desk, rows: tuple[CaseRow, ...]) -> None:
    """Cases as lines of a table."""
    from soptui.cli.words import agenda_of, role_title, state_of, status_of
    from soptui.desk.words.deadline import of_norm, time_left
    from soptui.desk.words.names import officer_name
    from soptui.desk.words.terms import TIME_STATE, step_label
    from soptui.domain.time.worktime import TimeState

    now, overdue_before = desk.now(), desk.overdue_before
    sops = {sop.id: sop for sop in desk.sops()}
    soon = _(TIME_STATE[TimeState.DUE_SOON]).lower()

    def time_of(row: CaseRow) -> str:
        if row.suspended or row.closed is not None:
            return status_of(row.status)
        left = time_left(desk.calendar, now, row.deadline)
        if left is None:
            return ""
        text = f"{left.text} {of_norm(row, sops.get(row.sop))}".rstrip()
        return f"{text}, {soon}" if row.is_due_soon(overdue_before) else text

    heads = (_("Case"), _("No."), _("Step"), _("State"), _("With"), _("Time"), _("Subject"))
    output.table(
        heads,
        (
            (
                row.id,
                agenda_of(row, now.year),
                f"{step_label(row.step)}{'^' if row.migrated else ''}",
                status_of(row.status) if row.closed else state_of(row.state, row.step),
                officer_name(desk.registry, row.owner or row.assignee)
                or role_title(desk, row.role),
                time_of(row),
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
