"""The flowchart of an SOP as data: which symbol stands in which column, and where arrows lead.

The rules are those of the branching flowchart of PermenPANRB 35/2012: a symbol stands in the
column of whoever does the row, the first and the last are capsules, a decision has a way for each
answer, and a flow over the end of a page passes through a page connector. Nothing here
draws; faces and printed forms do.
"""

from __future__ import annotations

from msgspec import Struct

from soptui.domain.ids import RoleId
from soptui.domain.replace import replace
from soptui.domain.sop import END, REGISTRATION, Sop, Step, StepKind, Symbol


class Mark(Struct, frozen=True):
    """A symbol that covers the columns `first` to `last`, counted from 0."""

    symbol: Symbol
    first: int
    last: int


class Flow(Struct, frozen=True):
    """An arrow to the mark in column `column` of row `row`; it enters there from above."""

    row: int
    column: int


class Jump(Struct, frozen=True):
    """A way that does not lead to the next row; `to` is None where it ends the SOP."""

    label: str
    to: Flow | None


class LaneRow(Struct, frozen=True):
    """What a row of the printed table shows in the columns of the roles.

    `marks` are joined by arrows in their order; the flow to the next row leaves the last one.
    `printed` is the number of the printed row, empty where the step continues the row before it.
    Row 1 begins with the registration's mark, unless its own actor registers. `helpers` are columns
    of roles involved outside the marks. `onward` is the flow to the next row, `answer` its label if
    it has one; `back` holds where No may lead, the usual way first; `jumps` are all other ways, and
    `arrivals` the rows from which such ways lead here from above. Page connectors stand where the
    flow leaves the page below and enters it above.
    """

    number: int
    printed: str
    marks: tuple[Mark, ...]
    helpers: tuple[int, ...]
    onward: Flow | None
    answer: str
    back: tuple[Flow, ...]
    jumps: tuple[Jump, ...]
    arrivals: tuple[int, ...]
    connector_above: bool
    connector_below: bool


def lanes(sop: Sop) -> tuple[LaneRow, ...]:
    """The rows of the flowchart, one for each step, in order.

    A step whose actor is no role of the SOP has no mark, and no flow leads to it.
    """
    rows = []
    page_ended = False
    after = (*sop.steps[1:], None)[: len(sop.steps)]
    for step, following in zip(sop.steps, after, strict=True):
        marks = _marks(sop, step)
        covered = {column for mark in marks for column in range(mark.first, mark.last + 1)}
        involved = (_column(sop, role) for role in step.involved)
        ways = sop.ways_of(step)
        next_row = following.number if following else END
        onward = next((way for way in ways if way.to == next_row != END), None)
        rows.append(
            LaneRow(
                number=step.number,
                printed="" if sop.continues(step) else step.printed,
                marks=marks,
                helpers=tuple(
                    sorted({column for column in involved if column is not None} - covered)
                ),
                onward=_flow_to(sop, following) if onward else None,
                answer=onward.label if onward else "",
                back=_no_of(sop, step),
                jumps=tuple(
                    Jump(way.label, _flow_to(sop, sop.step(way.to)) if way.to != END else None)
                    for way in ways
                    if way is not onward and (way.label or way.to != END)
                ),
                arrivals=_arrivals(sop, step),
                connector_above=page_ended,
                connector_below=step.page_break_after and following is not None,
            )
        )
        page_ended = step.page_break_after
    return tuple(rows)


def _marks(sop: Sop, step: Step) -> tuple[Mark, ...]:
    own = _mark(sop, step)
    if sop.steps[0] is not step:
        return own
    if sop.registration.actor != step.column:
        return _mark(sop, sop.registration) + own
    # Who opens the case goes on with it: the table begins with the row's own symbol.
    return tuple(
        replace(mark, symbol=Symbol.CAPSULE) if mark.symbol is Symbol.BOX else mark for mark in own
    )


def _arrivals(sop: Sop, step: Step) -> tuple[int, ...]:
    """The rows above, other than the one before, from which a way leads to a row."""
    above = [one for one in sop.steps if one.number < step.number][:-1]
    return tuple(
        one.number for one in above if any(way.to == step.number for way in sop.ways_of(one))
    )


def _mark(sop: Sop, step: Step) -> tuple[Mark, ...]:
    first = last = _column(sop, step.column)
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
    column = None if step is None else _column(sop, step.column)
    if step is None or column is None:
        return None
    # The registration has no row of its own: its mark stands in the first row.
    row = sop.steps[0].number if step.number == REGISTRATION else step.number
    return Flow(row, column)


def _column(sop: Sop, role: RoleId) -> int | None:
    return next((column for column, one in enumerate(sop.roles) if one.id == role), None)
