"""One case: the letter, the steps with who, when and how long, and what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soptui.cli import output
from soptui.cli.base import Argument, Option, command
from soptui.cli.exit_codes import DAMAGED
from soptui.cli.json_data import view_data
from soptui.cli.session import Session
from soptui.domain.ids import CaseId
from soptui.domain.message import N_, Message
from soptui.locale import _, moment, translate

if TYPE_CHECKING:
    from soptui.desk.desk import Desk
    from soptui.desk.views import CaseView, StepView
    from soptui.domain.events import Action
    from soptui.domain.sop import Sop

_MARGIN = " " * len("> 1a. ")


@command(
    "show",
    N_("One case: its letter, its steps, what is open to you."),
    Argument("case"),
    Option(
        "--all", "all_acts", is_flag=True,
        help=N_("Say also of the acts of other steps why they are not open, and who can."),
    ),
)  # fmt: skip
def show(session: Session, case: str, all_acts: bool) -> None:
    """Show a case."""
    from soptui.desk.sharing.registrations import mark_renumbered_seen

    case_id = session.case_id(case)
    desk = session.reading_desk
    view = desk.view(case_id)
    if session.json:
        output.as_json(view_data(view))
    else:
        _lines(desk, view, all_acts=all_acts)
    mark_renumbered_seen(desk, case_id)
    warn_of_edit(session, desk, case_id)


def warn_of_edit(session: Session, desk: Desk, case_id: CaseId) -> None:
    """Say that a case's file was edited by hand; what is shown comes from the signed records."""
    from soptui.desk.edits import edited_file

    path = edited_file(desk, case_id)
    if path:
        session.warn(
            Message(
                "{path} was edited by hand; shown is what was signed. soptui restore {path} puts "
                "the file back.",
                path=path,
            ),
            DAMAGED,
        )


def _lines(desk: Desk, view: CaseView, *, all_acts: bool) -> None:
    from soptui.cli.words import place_of
    from soptui.desk.sharing.registrations import twins_message
    from soptui.desk.words.case import letter_fields, result_fields, sop_text
    from soptui.desk.words.event import correction_lines
    from soptui.desk.words.terms import agenda_number
    from soptui.domain.time.working_calendar import missing_year_warning

    case, letter = view.case, view.case.letter
    pairs = [
        (_("Case"), case.id),
        (_("Agenda number"), agenda_number(view)),
        (_("Now at"), place_of(desk, case)),
        (_("Due"), moment(view.deadline) if view.deadline else ""),
        (_("SOP"), sop_text(case)),
    ]
    if letter is not None:
        pairs += letter_fields(letter)
        pairs += [(_("Correction"), one) for one in correction_lines(case, desk.registry)]
    pairs += result_fields(case, desk.registry)
    output.fields(pairs)
    output.line()
    for row in view.steps:
        _step(desk, view.case.sop, row)
    _requests(desk, view)
    _files(view)
    _openings(desk, view, all_acts=all_acts)
    if view.twins:
        output.sentence(translate(twins_message(desk, view.twins)))
    for year in view.missing_years:
        output.sentence(translate(missing_year_warning(year)))


def _step(desk: Desk, sop: Sop, row: StepView) -> None:
    from soptui.cli.words import measures, person, state_of
    from soptui.desk.words.names import actor_title
    from soptui.desk.words.terms import step_label

    step = row.step
    mark = ">" if row.is_current else " "
    norm = f" [{step.norm_printed}]" if step.norm_printed else ""
    head = f"{mark}{step_label(step.number):>3}. "
    output.sentence(f"{state_of(row.state, row.step.number)}: {step.activity}{norm}", head=head)
    if not row.stays:
        output.sentence(actor_title(sop, step), head=_MARGIN)
    for stay in row.stays:
        visit = stay.visit
        who = person(desk, visit.owner or visit.assignee) if visit.owner or visit.assignee else ""
        times = _("sent {at}", at=visit.sent)
        if visit.received is not None:
            times += ", " + _("received {at}", at=visit.received)
        if visit.closed is not None:
            times += ", " + _("closed {at}", at=visit.closed)
        rounds = _("rework {number}", number=visit.round - 1) if visit.round > 1 else ""
        parts = (actor_title(sop, step, who), rounds, times, measures(stay.timing))
        late = _("LATE") if stay.timing.state.value == "late" else ""
        output.sentence("; ".join(filter(None, (*parts, late))), head=_MARGIN)


def _requests(desk: Desk, view: CaseView) -> None:
    if not view.case.requests:
        return
    from soptui.cli.words import person

    output.line()
    output.line(_("Data asked of sections"))
    for request in view.case.requests:
        if request.is_open:
            state = _("open since {asked}", asked=request.asked)
        elif request.answered is not None:
            who = person(desk, request.answered_by)
            state = _("answered {at} by {who}", at=request.answered, who=who)
        else:
            state = _("withdrawn")
        output.sentence(f"{desk.office.unit_title(request.unit)}: {state}", head="  ")


def _files(view: CaseView) -> None:
    if not view.attachments:
        return
    from soptui.cli.words import kind_of

    output.line()
    output.line(_("Files"))
    output.table(
        ("  SHA-256", _("Size"), _("Kind"), _("Name")),
        (
            (f"  {file.sha256[:12]}", str(file.size), kind_of(file.kind), file.name)
            for file, _entry in view.attachments
        ),
    )


def _openings(desk: Desk, view: CaseView, *, all_acts: bool) -> None:
    """What is open, and why the rest is not and who could: of this step's acts, or of all."""
    from soptui.desk.words.who_can import why_closed

    today, sops = desk.now().date(), desk.sops()
    usual = view.acts_of_step
    reasons: dict[str, list[str]] = {}
    for one in view.openings:
        if one.closed is not None and (all_acts or one.action in usual):
            why = why_closed(one.closed, desk.registry, today, sops)
            reasons.setdefault(why, []).append(_named(view, one.action))
    able = ", ".join(_named(view, one.action) for one in view.openings if one.is_open)
    unable = (f"{', '.join(names)}: {why}" for why, names in reasons.items())
    output.line()
    output.fields(
        [(_("Open to you"), able or _("nothing")), (_("Not open to you"), "\n".join(unable))]
    )


def _named(view: CaseView, action: Action) -> str:
    """An act by its command, and as people call it."""
    from soptui.desk.words.acts import info_at

    return f"{action.value} ({_(info_at(action, view.case.step).label)})"


COMMANDS = {"show": show}
