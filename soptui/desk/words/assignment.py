"""What was asked of whoever has the case now: the order, the return or the request, in a few lines.

The office's disposition sheet carries the order to its reader; here it stands wherever the case is
read or acted upon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from soptui.desk.words.names import role_title
from soptui.domain.case import Case, Entry, SectionRequest
from soptui.domain.events import Dispose, Event, Return
from soptui.domain.ids import UnitId
from soptui.domain.office import Office
from soptui.domain.sop import Sop
from soptui.locale import _, short_day

Assignment = tuple[str, str]
"""A label and what stands beside it, in the reader's language."""


def assignment_of_step(case: Case, office: Office, today: date) -> Assignment | None:
    """The disposition, the return or the words with which the case came to its present step.

    None where it came without any, or goes on no more.
    """
    entry = None if case.visit is None else case.entry(case.visit.sent_by)
    if entry is None or case.status.is_closed:
        return None
    return _assignment_in(entry, case.sop, office, today)


def assignments_of_sections(
    case: Case, units: Iterable[UnitId], today: date
) -> tuple[Assignment, ...]:
    """The requests for data that these sections still owe an answer, each event once."""
    among = set(units)
    owed = {one.event: one for one in case.open_requests if one.unit in among}
    return tuple(assignment_in_request(case, one, today) for one in owed.values())


def assignment_in_request(case: Case, request: SectionRequest, today: date) -> Assignment:
    """Who asked for the data, when, until when, and with what words."""
    entry = case.entry(request.event)
    who = _who(entry.event, case.sop, today) if entry else _brief_day(request.asked.date(), today)
    return _("Asked"), _composed(who, request.due, (), request.note, today)


def _assignment_in(entry: Entry, sop: Sop, office: Office, today: date) -> Assignment | None:
    details = entry.event.details
    who = _who(entry.event, sop, today)
    if isinstance(details, Dispose):
        found = (office.instruction(code) for code in details.instructions)
        orders = [f"{one.number}. {one.text}" for one in found if one]
        return _("Instruction"), _composed(who, details.due, orders, details.note, today)
    if isinstance(details, Return):
        reason = sop.reason(details.reason)
        why = reason.text if reason else details.reason
        return _("Returned"), _composed(who, None, (why,), details.note, today)
    note = getattr(details, "note", "")
    return (_("Note"), _composed(who, None, (), note, today)) if note else None


def _who(event: Event, sop: Sop, today: date) -> str:
    title = f"{event.capacity.prefix}{role_title(sop, event.role)}"
    return f"{title}, {_brief_day(event.at.date(), today)}"


def _composed(who: str, due: date | None, orders: Sequence[str], note: str, today: date) -> str:
    """Who and until when come first, so that they are never cut."""
    head = who
    if due is not None:
        head += f", {_('due {day}', day=_brief_day(due, today))}"
    quoted = (f'"{note}"',) if note else ()
    words = " · ".join(part for part in ("; ".join(orders), *quoted) if part)
    return f"{head}: {words}" if words else head


def _brief_day(value: date, today: date) -> str:
    whole = short_day(value)
    return whole.removesuffix(f" {value.year}") if value.year == today.year else whole
