"""The history of a case: each event with its author, effect, commit and signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soptui.cli import output
from soptui.cli.base import Argument, command
from soptui.cli.commands.show import warn_of_edit
from soptui.cli.json_data import log_data
from soptui.cli.session import Session
from soptui.domain.message import N_
from soptui.locale import _, moment, translate

if TYPE_CHECKING:
    from soptui.desk.desk import Desk
    from soptui.desk.history.log import LogLine
    from soptui.domain.case import Case, Entry


@command("log", N_("What was done in a case, by whom, with which signature."), Argument("case"))
def log(session: Session, case: str) -> None:
    """Show the history of a case."""
    from soptui.desk.history.log import log_of

    case_id = session.case_id(case)
    desk = session.reading_desk
    whole = desk.case(case_id)
    lines = log_of(desk, whole)
    if session.json:
        output.as_json([log_data(line) for line in lines])
    else:
        for line in lines:
            _entry(desk, whole, line)
    warn_of_edit(session, desk, case_id)


def _entry(desk: Desk, case: Case, line: LogLine) -> None:
    from soptui.cli.words import person, role_title
    from soptui.desk.history.log import signature_text
    from soptui.desk.words.acts import info_of_entry
    from soptui.desk.words.event import event_fields
    from soptui.desk.words.terms import step_label

    entry, event = line.entry, line.entry.event
    label = _(info_of_entry(entry).label)
    step = _("step {step}", step=step_label(event.step))
    output.line(f"{moment(event.at)}  {label}  ({step})")
    capacity = event.capacity.prefix + role_title(desk, event.role)
    output.fields(
        [
            (_("By"), f"{person(desk, event.by)}, {capacity}"),
            *event_fields(case, event, desk.registry),
            (_("Files"), ", ".join(file.name for file in event.attachments)),
            (_("Effect"), _effect(entry)),
            (_("Commit"), f"{line.commit[:12]}  {_('event')} {entry.id[:12]}"),
            (_("Signature"), signature_text(line)),
            (_("SSH key"), line.fingerprint),
        ],
        indent="  ",
    )
    output.line()


def _effect(entry: Entry) -> str:
    """Why an event has no effect, or that it changed the rules of its case."""
    from soptui.desk.words.event import migration_told
    from soptui.domain.events import Migrate

    if entry.closed is not None:
        return translate(entry.closed.reason)
    details = entry.event.details
    return migration_told(details) if isinstance(details, Migrate) else ""


COMMANDS = {"log": log}
