"""The SOP's identity page as PermenPANRB 35/2012 prints it, its readings and its defects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap

from msgspec import Struct

from soptui.desk.words.sop import identity_fields, identity_lists, readings
from soptui.desk.words.terms import sop_field, step_label
from soptui.domain.message import N_
from soptui.domain.sop import Inference, Sop
from soptui.domain.sop_check.defect import Defect, Severity
from soptui.locale import _, translate
from soptui.tui.design.columns import Column
from soptui.tui.text.lines import BLANK, Line, Span, labelled, line, wrap
from soptui.tui.widgets.sources import Row, Rows

DEFECT_COLUMNS = (
    Column(N_("Severity"), 11),
    Column(N_("No."), 5),
    Column(N_("What was found"), 30, grow=1),
)
READING_COLUMNS = (
    Column(N_("No."), 5),
    Column(N_("Field"), 14, grow=1),
    Column(N_("Sure"), 5, right=True),
    Column(N_("Why it is read so"), 30, grow=2),
)
_SEVERITY = {
    Severity.ERROR: N_("Error"),
    Severity.WARNING: N_("Warning"),
    Severity.INFO: N_("To confirm"),
}
_SEVERITY_TONE = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.INFO: "accent"}


class Reading(Struct, frozen=True):
    """What was inferred in an SOP, and in which row; None is the SOP as a whole."""

    row: int | None
    inference: Inference


def identity(sop: Sop, width: int) -> Sequence[Line]:
    """The first page: who made it, when, on what it rests, what it needs and warns of."""
    one = sop.identity
    size = 18
    lines: list[Line] = [*wrap(one.agency, width, "bold"), *wrap(one.address, width, "dim"), BLANK]
    for label, value in identity_fields(sop):
        lines += labelled(label, value or "-", width, label_width=size)
    for label, items in identity_lists(sop):
        lines += [BLANK, line(Span(label, "head"))]
        for number, item in enumerate(items, start=1):
            lines += wrap(f"{number:2}. {item}", width, indent="    ")
        if not items:
            lines.append(line(Span("-", "dim")))
    return lines


def reading_rows(sop: Sop) -> Rows[Reading]:
    """What was inferred, row by row."""
    return Rows(
        [
            Row(
                str(position),
                (
                    line("-" if one.row is None else step_label(one.row)),
                    line(sop_field(one.inference.field)),
                    line(f"{one.inference.confidence}%"),
                    line(one.inference.reason),
                ),
                one,
            )
            for position, one in enumerate(starmap(Reading, readings(sop)))
        ]
    )


def defect_rows(defects: Sequence[Defect]) -> Rows[Defect]:
    """What the checker found, the gravest first."""
    rows = []
    for position, defect in enumerate(defects):
        weight = Span(_(_SEVERITY[defect.severity]), _SEVERITY_TONE[defect.severity])
        row = "-" if defect.row is None else step_label(defect.row)
        cells = (line(weight), line(row), line(translate(defect.message)))
        rows.append(Row(str(position), cells, defect))
    return Rows(rows)
