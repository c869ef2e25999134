"""The SOP's identity page as PermenPANRB 35/2012 prints it, its readings and its defects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from soptui.desk.words import sop_field, step_label
from soptui.domain.message import N_
from soptui.domain.sop import Inference, PartialDate, Sop
from soptui.domain.sop_defect import Defect, Severity
from soptui.locale import _, day, translate
from soptui.tui.lines import BLANK, Line, Span, labelled, line, wrap
from soptui.tui.pictures.people import nip_parts
from soptui.tui.widgets.columns import Column
from soptui.tui.widgets.sources import Row, Rows

DEFECT_COLUMNS = (
    Column(N_("Weight"), 11),
    Column(N_("Row"), 5),
    Column(N_("What was found"), 30, grow=1),
)
READING_COLUMNS = (
    Column(N_("Row"), 5),
    Column(N_("Field"), 14, most=20, grow=1),
    Column(N_("Sure"), 5, right=True),
    Column(N_("Why it is read so"), 30, grow=6),
)
_SEVERITY = {
    Severity.ERROR: N_("Error"),
    Severity.WARNING: N_("Warning"),
    Severity.INFO: N_("To confirm"),
}
_SEVERITY_TONE = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.INFO: "accent"}


def identity(sop: Sop, width: int) -> Sequence[Line]:
    """The first page: who made it, when, on what it rests, what it needs and warns of."""
    one = sop.identity
    size = 18
    lines: list[Line] = [*wrap(one.agency, width, "bold"), *wrap(one.address, width, "dim"), BLANK]
    pairs = [
        (_("SOP number"), one.number),
        (_("Created"), partial_day(one.created)),
        (_("Revised"), partial_day(one.revised)),
        (_("Effective"), partial_day(one.effective)),
    ]
    endorsed = one.endorsed_by
    if endorsed is not None:
        nip = f"NIP {nip_parts(endorsed.nip)}"
        who = " · ".join((endorsed.position, endorsed.name, endorsed.rank, nip))
        pairs.append((_("Approved by"), who))
    pairs += [(_("Name of the SOP"), one.title), (_("Version"), str(sop.version))]
    for label, value in pairs:
        lines += labelled(label, value or "-", width, label_width=size)
    for label, items in (
        (_("Legal bases"), one.legal_bases),
        (_("Qualifications"), one.qualifications),
        (_("Related SOPs"), one.related),
        (_("Equipment"), one.equipment),
        (_("Warning"), one.warnings),
        (_("Records kept"), one.records_kept),
    ):
        lines += [BLANK, line(Span(label, "head"))]
        for number, item in enumerate(items, start=1):
            lines += wrap(f"{number:2}. {item}", width, indent="    ")
        if not items:
            lines.append(line(Span("-", "dim")))
    return lines


def partial_day(value: PartialDate | None) -> str:
    """A date as precise as the document: a day, or a month."""
    if value is None:
        return ""
    full = day(date(value.year, value.month, value.day or 1))
    return full if value.day else full.partition(" ")[2]


def readings(sop: Sop) -> list[tuple[int | None, Inference]]:
    """What was read into the SOP, with the row it concerns."""
    found: list[tuple[int | None, Inference]] = [(None, one) for one in sop.inferred]
    for step in (sop.registration, *sop.steps):
        found += [(step.number, one) for one in step.inferred]
    return found


def reading_rows(sop: Sop) -> Rows:
    """What was inferred, row by row."""
    return Rows(
        [
            Row(
                str(position),
                (
                    line("-" if row is None else step_label(row)),
                    line(sop_field(inference.field)),
                    line(f"{inference.confidence}%"),
                    line(inference.reason),
                ),
            )
            for position, (row, inference) in enumerate(readings(sop))
        ]
    )


def defect_rows(defects: Sequence[Defect]) -> Rows:
    """What the checker found, the gravest first."""
    rows = []
    for position, defect in enumerate(defects):
        weight = Span(_(_SEVERITY[defect.severity]), _SEVERITY_TONE[defect.severity])
        row = "-" if defect.row is None else step_label(defect.row)
        cells = (line(weight), line(row), line(translate(defect.message)))
        rows.append(Row(str(position), cells))
    return Rows(rows)
