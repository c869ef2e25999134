"""What there is to say of a spot of the board: a line of it, and the cases that it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from soptui.desk.words.names import officer_name, role_title
from soptui.desk.words.terms import STATUS, state_label, step_label
from soptui.domain.case import Status
from soptui.domain.case_list import CaseRow
from soptui.locale import _, _n
from soptui.tui.presentation.dashboard import Behind
from soptui.tui.presentation.facts import Facts
from soptui.tui.presentation.rows import agenda, subject
from soptui.tui.text.deadline import time_left
from soptui.tui.text.lines import BLANK, Line, Span, fit, line, without_tail, wrap

_NUMBER = 8


def told_of(value: object, facts: Facts, width: int) -> Sequence[Line]:
    """One line: which case it is and how it stands, or which cases Enter lists."""
    if isinstance(value, CaseRow):
        told: Line = (
            Span(" "),
            *agenda(value, facts),
            Span("  "),
            *subject(value),
            *line(Span(f" · {value.letter_sender}", "dim")),
            *_standing(value, facts),
        )
    elif isinstance(value, Behind):
        told = line(" ", Span(_("Enter lists the cases {which}", which=value.title), "dim"))
    else:
        told = BLANK
    return [without_tail(fit(told, width))]


def behind_lines(
    value: object, rows: Sequence[CaseRow], facts: Facts, width: int
) -> Sequence[Line]:
    """The cases of a spot, each with its subject and how it stands."""
    title = value.title if isinstance(value, Behind) else ""
    count = _n("{count} case", "{count} cases", len(rows))
    lines: list[Line] = [line(Span(f"{count} {title}".rstrip(), "head"))]
    for row in rows:
        head = (*fit(agenda(row, facts), _NUMBER, right=True), Span(" "))
        room = max(10, width - _NUMBER - 1)
        first, *rest = wrap("".join(span.text for span in subject(row)), room)
        margin = Span(" " * (_NUMBER + 1))
        lines.append((*head, *first))
        lines += [(margin, *more) for more in rest]
        lines.append((margin, *fit(_standing(row, facts, separate=False), room)))
    return lines


def _standing(case: CaseRow, facts: Facts, *, separate: bool = True) -> Line:
    """Where the case lies, with whom, and how much time it has left."""
    start = Span(" · " if separate else "", "dim")
    status = Status(case.status)
    if status.is_closed:
        return (start, Span(_(STATUS[status]), "dim"))
    sop = facts.sop(case.sop)
    holder = officer_name(facts.registry, case.owner or case.assignee)
    where = _("step {step}", step=step_label(case.step))
    state = state_label(case.state, case.step)
    return (
        start,
        *line(Span(f"{where}, {holder or role_title(sop, case.role)}", "dim")),
        Span(f" · {state} · ", "dim"),
        *time_left(facts.calendar, facts.now, case.deadline),
    )
