"""Lists of cases, and the mail register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from soptui.cli import output
from soptui.cli.base import ID, TEXT, Argument, Option, command
from soptui.cli.commands.inbox import table_of_cases, warn_of_damage
from soptui.cli.json_data import case_data
from soptui.cli.session import Session
from soptui.domain.case import Status
from soptui.domain.case_filter import CaseFilter, CaseOrder
from soptui.domain.ids import ANY_SOP, NO_ROLE, NOBODY, CaseId, RoleId, SopId
from soptui.domain.message import N_
from soptui.locale import _, _n, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from soptui.desk.desk import Desk
    from soptui.domain.case_list import AgendaRow

_NUMBER = N_("NUMBER")


@command(
    "list",
    N_("All cases, or those that fit."),
    Argument("words", placeholder=TEXT, nargs=-1),
    Option("--text", help=N_("The same words, as an option.")),
    Option(
        "--status",
        type=click.Choice([status.value for status in Status if status is not Status.NEW]),
        help=N_("Only cases that stand so."),
    ),
    Option("--step", type=int, placeholder=_NUMBER, help=N_("Only cases at this step.")),
    Option("--role", placeholder=ID, help=N_("Only cases that wait for, or are with, this role.")),
    Option("--year", type=int, placeholder=_NUMBER, help=N_("Only cases of this year.")),
    Option("--sop", placeholder=ID, help=N_("Only cases under this SOP.")),
    Option("--mine", is_flag=True, help=N_("Only cases in which you have acted.")),
    Option("--late", is_flag=True, help=N_("Only cases that are late.")),
    Option("--sort", type=click.Choice([order.value for order in CaseOrder]),
           default=CaseOrder.LAST.value,
           help=N_("In which order; else what was acted on last comes first.")),
    Option("--limit", type=int, default=50, placeholder=_NUMBER, help=N_("At most so many.")),
    Option("--offset", type=int, default=0, placeholder=_NUMBER, help=N_("Leave out so many.")),
    more=N_("TEXT filters as / does in the screen: beginnings of words in the letter's number, "
            "its sender, its subject or notes, or an agenda number such as 12/2026."),
)  # fmt: skip
def list_cases(
    session: Session,
    words: tuple[str, ...],
    text: str | None,
    status: str | None,
    step: int | None,
    role: RoleId | None,
    year: int | None,
    sop: SopId | None,
    mine: bool,
    late: bool,
    sort: str,
    limit: int,
    offset: int,
) -> None:
    """Show cases in a table."""
    desk = session.desk if mine else session.reading_desk
    wanted = CaseFilter(
        text=" ".join((*words, text or "")).strip(),
        status=status or "",
        step=step,
        role=role or NO_ROLE,
        year=year,
        sop=sop or ANY_SOP,
        participant=desk.officer_id if mine else NOBODY,
        late_at=desk.overdue_before if late else None,
    )
    found = desk.cases(wanted, CaseOrder(sort))
    rows = found.page(max(0, limit), max(0, offset))
    if session.json:
        output.as_json([case_data(row) for row in rows])
    elif rows:
        table_of_cases(desk, rows)
        if found.count > len(rows):
            output.line(_n("… of {count} case", "… of {count} cases", found.count))
        _tell_twins(desk, [row.id for row in rows])
    else:
        output.sentence(_("No case fits."))
    warn_of_damage(session, desk)


@command("agenda", N_("The mail register of a year."), Argument("year", type=int, required=False))
def agenda(session: Session, year: int | None) -> None:
    """Show the mail register (*buku agenda*)."""
    desk = session.reading_desk
    year = year or desk.now().year
    lines = desk.agenda(year)
    provisional = desk.provisional()
    if session.json:
        output.as_json(
            [
                {
                    "number": line.number,
                    "case": line.case_id,
                    "provisional": line.case_id in provisional,
                }
                | (case_data(line.case) if line.case else {"damaged": True})
                for line in lines
            ]
        )
        return
    if not lines:
        output.sentence(_("The mail register of {year} is empty.", year=year))
        return

    def number_of(line: AgendaRow) -> str:
        provisionally = "*" if line.case_id in provisional else ""
        return f"{line.number}{provisionally}{'+' if line.case and line.case.corrected else ''}"

    heads = (_("No."), _("Received"), _("Letter number"), _("Dated"), _("From"), _("Subject"))
    output.table(
        heads,
        (
            (
                number_of(line),
                f"{line.case.letter_received:%d/%m/%Y}" if line.case.letter_received else "",
                line.case.letter_number,
                f"{line.case.letter_date:%d/%m/%Y}" if line.case.letter_date else "",
                line.case.letter_sender,
                line.case.subject,
            )
            if line.case
            else (number_of(line), "", "", "", "", _("{case} is damaged", case=line.case_id))
            for line in lines
        ),
    )
    if provisional.intersection(line.case_id for line in lines):
        output.sentence(_("* The number is provisional until the letter is shared."))
    if any(line.case.corrected for line in lines if line.case):
        output.sentence(_("+ The letter was corrected; soptui show NUMBER tells how."))
    _tell_twins(desk, [line.case_id for line in lines])
    warn_of_damage(session, desk)


def _tell_twins(desk: Desk, cases: Sequence[CaseId]) -> None:
    """Say which of the cases are of letters that are registered more than once."""
    from soptui.desk.sharing.registrations import twins_among, twins_message

    for twins in twins_among(desk, cases):
        output.sentence(translate(twins_message(desk, twins)))


COMMANDS = {"list": list_cases, "agenda": agenda}
