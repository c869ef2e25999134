"""Cases as rows of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import set_cell_size

from soptui.desk.tray import TrayGroup
from soptui.desk.words.deadline import of_norm, working_time_since
from soptui.desk.words.moments import round_label
from soptui.desk.words.names import officer_name, role_title, unit_title
from soptui.desk.words.terms import STATUS, state_label, step_label
from soptui.domain.case import Status, StepState
from soptui.domain.events import Security, Urgency
from soptui.domain.message import N_
from soptui.locale import _
from soptui.tui.design import columns
from soptui.tui.design.columns import Column
from soptui.tui.presentation.facts import Facts
from soptui.tui.text.deadline import deadline_letter, time_left
from soptui.tui.text.lines import Line, Span, line
from soptui.tui.text.phrases import STATE_TONE
from soptui.tui.text.shortening import shortened
from soptui.tui.widgets.sources import Row

if TYPE_CHECKING:
    from soptui.domain.case_list import CaseRow, RequestRow


def _without_norm(text: str, room: int) -> str:
    """The norm behind the time left makes room whole."""
    return "" if text.startswith(" ") else set_cell_size(text, room)


_NUMBER = columns.number(N_("No."))
_TIME = Column(N_("Time"), 13, grow=5, most=28, shorten=_without_norm)

TRAY_COLUMNS = (
    _NUMBER,
    Column(N_("Subject"), 26, grow=1, shorten=shortened),
    Column(N_("Letter from"), 14, grow=2, rank=3),
    Column(N_("Step"), 16, most=17),
    Column(N_("Lies for"), 8, rank=2),
    _TIME,
)

CASE_COLUMNS = (
    _NUMBER,
    Column(N_("Subject"), 16, grow=1, shorten=shortened),
    Column(N_("Letter from"), 17, grow=2, rank=4),
    Column(N_("Where it is"), 20, grow=3, rank=3, most=34),
    Column(N_("Step"), 16, rank=1, most=16, substitute=True),
    columns.step(N_("Step"), substitute=True),
    Column(N_("With"), 11, grow=4),
    Column(N_("Lies for"), 8, rank=2),
    _TIME,
)

_BRIEF_STATE = {StepState.TO_RECEIVE.value: N_("receive"), StepState.IN_WORK.value: N_("work")}
_URGENCY_SIGNS = {Urgency.URGENT.value: "! ", Urgency.MOST_URGENT.value: "!! "}

_SECRECY = {
    Security.LIMITED.value: N_("limited"),
    Security.SECRET.value: N_("secret"),
    Security.TOP_SECRET.value: N_("top secret"),
}
"""In words: the letters with which the office marks its papers mean other things in a list."""


class TrayItem(Struct, frozen=True):
    """A case in the tray, and why it is there."""

    group: TrayGroup
    case: CaseRow


def tray_row(key: str, item: TrayItem, facts: Facts) -> Row[TrayItem]:
    """A case that waits for the officer or is in their hands."""
    case = item.case
    return Row(
        key,
        (
            agenda(case, facts),
            subject(case),
            line(case.letter_sender),
            _where(case, facts) if item.group is TrayGroup.PASSED_ON else _tray_step(case),
            line(
                Span(
                    working_time_since(facts.calendar, case.received or case.sent, facts.now), "dim"
                )
            ),
            _time_of(case, facts),
        ),
        item,
        mark=_letter_of(case, facts),
    )


def request_row(key: str, request: RequestRow, facts: Facts) -> Row[TrayItem]:
    """A request for data to one of the officer's sections."""
    case = request.case
    due = facts.calendar_close(request.due) if request.due else None
    return Row(
        key,
        (
            agenda(case, facts),
            subject(case),
            line(unit_title(facts.registry.office, request.unit)),
            _step(case),
            line(Span(working_time_since(facts.calendar, request.asked, facts.now), "dim")),
            time_left(facts.calendar, facts.now, due),
        ),
        TrayItem(TrayGroup.REQUESTS, case),
        mark=deadline_letter(
            late=due is not None and due < facts.overdue_before,
            soon=due is not None and due < facts.now,
        ),
    )


def case_row(case: CaseRow, facts: Facts) -> Row[CaseRow]:
    """A case with its place: where it lies, with whom, since when."""
    status = Status(case.status)
    sop = facts.sop(case.sop)
    holder = officer_name(facts.registry, case.owner or case.assignee)
    position: Line = ()
    brief: Line = ()
    number: Line = ()
    whom, time = "", line(Span(_(STATUS[status]), "dim"))
    if not status.is_closed:
        number = line(step_label(case.step), _other_sop(case))
        time = _time_of(case, facts)
        whom = holder or role_title(sop, case.role)
        state = StepState(case.state)
        word = _(STATUS[status]) if case.suspended else state_label(state, case.step)
        tone = "warn" if case.suspended else STATE_TONE[state]
        position = (*_step(case), Span(" "), Span(word, tone))
        brief = _tray_step(case)
        if case.suspended:
            brief = line(step_label(case.step), Span(f" {word}", tone))
    start = None if status.is_closed else (case.received or case.sent)
    return Row(
        case.id,
        (
            agenda(case, facts),
            subject(case),
            line(case.letter_sender),
            position,
            brief,
            number,
            line(whom),
            line(Span(working_time_since(facts.calendar, start, facts.now), "dim")),
            time,
        ),
        case,
        mark=_letter_of(case, facts),
    )


def agenda(case: CaseRow, facts: Facts) -> Line:
    """The agenda number, with its year when that is not this one."""
    if not case.agenda:
        return line(Span("-", "dim"))
    this_year = case.year == facts.now.year
    return line(str(case.agenda) if this_year else f"{case.agenda}/{case.year % 100:02}")


def subject(case: CaseRow) -> Line:
    """What the letter is about, behind `!` or `!!` for urgency, and how secret it is."""
    urgency = _URGENCY_SIGNS.get(case.urgency, "")
    secrecy = f"{_(_SECRECY[case.security])} · " if case.security in _SECRECY else ""
    return line(Span(f"{urgency}{secrecy}", "bad"), case.subject or case.id)


def _time_of(case: CaseRow, facts: Facts) -> Line:
    """How much time the case has left, and of which norm; whose clock stands still has it all."""
    if case.suspended:
        return line(Span(_("suspended"), "warn"))
    left = time_left(facts.calendar, facts.now, case.deadline)
    norm = of_norm(case, facts.sop(case.sop))
    return (*left, *line(Span(f" {norm}", "dim"))) if left and norm else left


def _letter_of(case: CaseRow, facts: Facts) -> Line:
    before = facts.overdue_before
    return deadline_letter(late=case.is_late(before), soon=case.is_due_soon(before))


def _step(case: CaseRow) -> Line:
    rework = round_label(case.round)
    return line(
        step_label(case.step), _other_sop(case), Span(f" {rework}" if rework else "", "warn")
    )


def _other_sop(case: CaseRow) -> Span:
    """The sign of a case that was moved to another version of its SOP."""
    return Span("^" if case.migrated else "", "warn")


def _where(case: CaseRow, facts: Facts) -> Line:
    """The step, and who works there or is waited for."""
    holder = officer_name(facts.registry, case.owner or case.assignee)
    whom = holder or role_title(facts.sop(case.sop), case.role)
    return line(step_label(case.step), f" {whom}")


def _tray_step(case: CaseRow) -> Line:
    """The step, what is to be done there, and whether it is done again."""
    word = _(_BRIEF_STATE[case.state]) if case.state in _BRIEF_STATE else ""
    if case.suspended:
        word = _("suspended")
    rework = round_label(case.round)
    return line(
        step_label(case.step),
        _other_sop(case),
        Span(f" {word}" if word else "", "warn" if case.suspended else "dim"),
        Span(f" {rework}" if rework else "", "warn"),
    )
