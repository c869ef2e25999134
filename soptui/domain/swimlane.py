"""The flowchart of an SOP as data: which symbol stands in which column, and where arrows lead.

The rules are those of the branching flowchart of PermenPANRB 35/2012: a symbol stands in the
column of whoever does the row, the first and the last are capsules, a decision has one way for Yes
and one for No, and a flow over the end of a page passes through a page connector. Nothing here
draws; faces and printed forms do.
"""

from __future__ import annotations

from msgspec import Struct

from soptui.domain.ids import RoleId
from soptui.domain.sop import REGISTRATION, Sop, Step, StepKind, Symbol


class Mark(Struct, frozen=True):
    """A symbol that covers the columns `first` to `last`, counted from 0."""

    symbol: Symbol
    first: int
    last: int


class Flow(Struct, frozen=True):
    """An arrow to the mark in column `column` of row `row`; it enters there from above."""

    row: int
    column: int


class LaneRow(Struct, frozen=True):
    """What a row of the printed table shows in the columns of the roles.

    `marks` are joined by arrows in their order; the flow to the next row leaves the last one.
    Row 1 begins with the registration's mark. `helpers` are columns of roles involved outside the
    marks. `onward` is the flow to the next row (Yes of a decision), `back` holds where No may lead,
    the usual way first. Page connectors stand where the flow leaves the page below and enters it
    above.
    """

    number: int
    marks: tuple[Mark, ...]
    helpers: tuple[int, ...]
    onward: Flow | None
    back: tuple[Flow, ...]
    connector_above: bool
    connector_below: bool


def lanes(sop: Sop) -> tuple[LaneRow, ...]:
    """The rows of the flowchart, one for each step, in order.

    A step whose actor is no role of the SOP has no mark, and no flow leads to it.
    """
    rows = []
    page_ended = False
    for step in sop.steps:
        marks = _marks(sop, step)
        covered = {column for mark in marks for column in range(mark.first, mark.last + 1)}
        involved = (_column(sop, role) for role in step.involved)
        following = sop.step_after(step.number)
        rows.append(
            LaneRow(
                number=step.number,
                marks=marks,
                helpers=tuple(
                    sorted({column for column in involved if column is not None} - covered)
                ),
                onward=_flow_to(sop, following),
                back=_no_of(sop, step),
                connector_above=page_ended,
                connector_below=step.page_break_after and following is not None,
            )
        )
        page_ended = step.page_break_after
    return tuple(rows)


def _marks(sop: Sop, step: Step) -> tuple[Mark, ...]:
    start = _mark(sop, sop.registration) if sop.steps[0] is step else ()
    return start + _mark(sop, step)


def _mark(sop: Sop, step: Step) -> tuple[Mark, ...]:
    first = last = _column(sop, step.actor)
    if first is None or last is None:
        return ()
    asked = sop.asked_role(step) if step.kind is StepKind.COLLECT else None
    beside = None if asked is None else _column(sop, asked)
    # Who collects and who is asked act together: one symbol covers both, if they are neighbours.
    if beside is not None and abs(beside - first) == 1:
        first, last = min(first, beside), max(first, beside)
    return (Mark(sop.symbol_of(step), first, last),)


def _no_of(sop: Sop, step: Step) -> tuple[Flow, ...]:
    """Every way back of a decision, in the order of the SOP; other returns are not drawn."""
    if sop.symbol_of(step) is not Symbol.DIAMOND:
        return ()
    ways = (_flow_to(sop, sop.step(edge.to)) for edge in step.returns)
    return tuple(way for way in ways if way is not None)


def _flow_to(sop: Sop, step: Step | None) -> Flow | None:
    column = None if step is None else _column(sop, step.actor)
    if step is None or column is None:
        return None
    # The registration has no row of its own: its mark stands in the first row.
    row = sop.steps[0].number if step.number == REGISTRATION else step.number
    return Flow(row, column)


def _column(sop: Sop, role: RoleId) -> int | None:
    return next((column for column, one in enumerate(sop.roles) if one.id == role), None)
