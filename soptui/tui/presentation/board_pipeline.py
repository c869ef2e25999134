"""The pipeline of the *papan kendali*: the steps side by side, each case lying in its own."""

from __future__ import annotations

from collections.abc import Sequence

from soptui.desk.standing import Lane, Standing
from soptui.desk.words.terms import step_label
from soptui.domain.case import Status
from soptui.domain.case_filter import CaseFilter
from soptui.domain.case_list import CaseRow
from soptui.domain.sop import Sop, Step
from soptui.locale import _, number
from soptui.tui.presentation.dashboard import Behind
from soptui.tui.presentation.facts import Facts
from soptui.tui.presentation.rows import agenda
from soptui.tui.text.deadline import deadline_letter
from soptui.tui.text.drawn import Drawn, Pen, Spot, stacked
from soptui.tui.text.lines import Line, Span, line, width_of

_LEAST, _MOST = 7, 18
"""Cells of a step: the cursor's sign, a number of four digits, a letter."""

_ROOMY = 10
"""Cells from which number and role of a step stand on one line."""
_REST = 17
"""Lines of the picture beside the cases, where the screen is low."""


def pipeline(standing: Standing, facts: Facts, width: int, height: int) -> Drawn:
    """The lanes of all steps, and last the cases that were closed, in bands where room is short."""
    lanes = [_Column(lane, standing, facts) for lane in standing.lanes]
    columns: list[_Column | _Closed] = [*lanes, _Closed(standing, facts)]
    most = max(1, (width - 2) // _LEAST)
    bands = -(-len(columns) // most)
    in_band = -(-len(columns) // bands)
    cells = max(_LEAST, min(_MOST, (width - 2) // in_band))
    rows = max(3, (height - _REST) // bands)
    drawn = [
        _band(columns[at : at + in_band], cells, rows) for at in range(0, len(columns), in_band)
    ]
    return stacked((*drawn, _legend(standing, facts)), apart=0)


class _Column:
    """A step as a column: its head, its cases, and what opens all of them."""

    def __init__(self, lane: Lane, standing: Standing, facts: Facts) -> None:
        self.key = str(lane.step.number)
        self.count = lane.open
        self.cases = lane.cases
        self.behind = Behind(
            _("at step {step}", step=step_label(lane.step.number)),
            CaseFilter(sop=standing.sop.id, step=lane.step.number, is_open=True),
        )
        self._sop, self._step, self._facts = standing.sop, lane.step, facts

    def head(self, width: int) -> Line:
        label = step_label(self._step.number)
        taken = 0 if width < _ROOMY - 2 else len(label) + 1
        return line(
            Span(f"{label} ", "bold"), Span(role_word(self._sop, self._step, width - taken), "bold")
        )

    def cell(self, case: CaseRow) -> Line:
        return (*agenda_or_id(case, self._facts), *marks_of(case, self._facts))


class _Closed:
    """What was finished or cancelled in the time."""

    def __init__(self, standing: Standing, facts: Facts) -> None:
        self.key = "closed"
        self.count = standing.closed_count
        self.cases = standing.closed
        self.behind = Behind(_("that ended in this time"), standing.closed_filter)
        self._facts = facts

    def head(self, width: int) -> Line:
        return line(Span(_("Ended"), "bold"))

    def cell(self, case: CaseRow) -> Line:
        cancelled = case.status == Status.CANCELLED
        mark = (Span(f" {_('X')}", "warn"),) if cancelled else ()
        return (*agenda_or_id(case, self._facts), *mark)


def _band(columns: Sequence[_Column | _Closed], cells: int, rows: int) -> Drawn:
    lines = _heads(columns, cells)
    spots: list[Spot] = []
    deepest = max(min(rows, column.count) for column in columns)
    for row in range(deepest):
        pen = Pen(row + 2)
        pen.write((Span(" "),), 1)
        for column in columns:
            named = rows - 1 if column.count > rows else rows
            if row < min(named, len(column.cases)):
                case = column.cases[row]
                key = f"case {column.key} {case.id}"
                pen.spot(column.cell(case), cells, key=key, group="pipeline", value=case)
            elif row == named and column.count > row:
                text = Span(f"+{number(column.count - row)}", "bold")
                key = f"more {column.key}"
                pen.spot((text,), cells, key=key, group="pipeline", value=column.behind)
            else:
                pen.write((), cells)
        lines.append(pen.line)
        spots += pen.spots
    return Drawn(tuple(lines), tuple(spots))


def _heads(columns: Sequence[_Column | _Closed], cells: int) -> list[Line]:
    """Number and role over an axis or, where lanes are narrow, one over the other."""
    first, second = Pen(0), Pen(1)
    for pen in (first, second):
        pen.write((Span(" "),), 1)
    is_narrow = cells < _ROOMY
    for place, column in enumerate(columns):
        is_last = place == len(columns) - 1
        width = cells + is_last
        if is_narrow:
            number, *role = column.head(cells - 1)
            first.write((Span(" "), Span(number.text.strip(), number.tone)), width)
            second.write((Span(" "), *(Span(one.text, "dim") for one in role)), width)
        else:
            first.write((Span(" "), *column.head(cells - 2)), width)
            second.write((Span("─" * (cells - 1) + ("─" if is_last else "┬"), "dim"),), cells)
    return [first.line, second.line]


def role_word(sop: Sop, step: Step, width: int) -> str:
    """The role that acts at a step, as long as there is room: its title or its short name."""
    role = sop.role(step.actor)
    if role is None:
        return step.actor[:width]
    words = (role.title, role.short)
    return next((word for word in words if width_of((Span(word),)) <= width), role.short[:width])


def agenda_or_id(case: CaseRow, facts: Facts) -> Line:
    """The agenda number, or the end of the id while there is none."""
    return agenda(case, facts) if case.agenda else line(Span(case.id[5:9], "dim"))


def marks_of(case: CaseRow, facts: Facts) -> Line:
    """The letters behind a number: late or due soon, suspended, and which rework it is."""
    before = facts.overdue_before
    spans = list(deadline_letter(late=case.is_late(before), soon=case.is_due_soon(before)))
    if case.suspended:
        spans.append(Span(_("H"), "warn"))
    if case.round > 1:
        spans.append(Span(f"{_('R')}{case.round - 1}", "warn"))
    return tuple(part for span in spans for part in (Span(" "), span))


def _legend(standing: Standing, facts: Facts) -> Drawn:
    """What the letters mean, as far as there are any; blank otherwise."""
    shown = [case for lane in standing.lanes for case in lane.cases]
    before = facts.overdue_before
    told = (
        (_("L"), _("late"), any(one.is_late(before) for one in shown)),
        (_("S"), _("due soon"), any(one.is_due_soon(before) for one in shown)),
        (_("H"), _("suspended"), any(one.suspended for one in shown)),
        (f"{_('R')}1", _("first rework"), any(one.round > 1 for one in shown)),
        (_("X"), _("cancelled"), any(one.status == Status.CANCELLED for one in standing.closed)),
    )
    spans: list[Span] = [Span("  ")]
    for letter, meaning, is_used in told:
        if is_used:
            spans += (Span(letter, "bold"), Span(f" {meaning}  ", "dim"))
    return Drawn((tuple(spans),) if len(spans) > 1 else ())
