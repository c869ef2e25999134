"""What an SOP says of itself, in words: its identity page, its rows, and what was read into it."""

from __future__ import annotations

from datetime import date

from soptui.desk.words.terms import sop_field, step_label
from soptui.domain.administration.nip import nip_parts
from soptui.domain.message import N_
from soptui.domain.sop import END, Inference, PartialDate, Sop, Symbol, Way
from soptui.locale import _, day

SYMBOL = {
    Symbol.CAPSULE: N_("capsule: begin or end"),
    Symbol.BOX: N_("box: activity"),
    Symbol.DIAMOND: N_("diamond: decision"),
}
"""What a step is drawn as, and what that stands for."""


def way_text(sop: Sop, way: Way) -> str:
    """A way by its label, and the step to which it leads."""
    target = sop.target(way)
    to = _("end") if way.to == END or target is None else step_label(way.to)
    return f"{way.label}: {to}" if way.label else to


def identity_fields(sop: Sop) -> list[tuple[str, str]]:
    """Label and value of each line of the identity page, in its order; empty where it is silent."""
    identity, endorsed = sop.identity, sop.identity.endorsed_by
    who = ""
    if endorsed is not None:
        nip = f"NIP {nip_parts(endorsed.nip)}"
        who = " · ".join((endorsed.position, endorsed.name, endorsed.rank, nip))
    return [
        (_("SOP number"), identity.number),
        (_("Created"), _partial_day(identity.created)),
        (_("Revised"), _partial_day(identity.revised)),
        (_("Effective"), _partial_day(identity.effective)),
        (_("Approved by"), who),
        (_("Name of the SOP"), identity.title),
        (_("Version"), str(sop.version)),
    ]


def identity_lists(sop: Sop) -> list[tuple[str, tuple[str, ...]]]:
    """Label and items of each list of the identity page, in its order."""
    identity = sop.identity
    return [
        (_("Legal bases"), identity.legal_bases),
        (_("Qualifications"), identity.qualifications),
        (_("Related SOPs"), identity.related),
        (_("Equipment"), identity.equipment),
        (_("Warning"), identity.warnings),
        (_("Records kept"), identity.records_kept),
    ]


def readings(sop: Sop) -> list[tuple[int | None, Inference]]:
    """What was read into the SOP, with the row it concerns; None is the SOP as a whole."""
    found: list[tuple[int | None, Inference]] = [(None, one) for one in sop.inferred]
    for step in sop.all_steps:
        found += [(step.number, one) for one in step.inferred]
    return found


def reading_text(inference: Inference) -> str:
    """One reading: of which field, how sure, and why."""
    return _(
        "{field} ({confidence} % sure): {reason}",
        field=sop_field(inference.field),
        confidence=inference.confidence,
        reason=inference.reason,
    )


def _partial_day(value: PartialDate | None) -> str:
    """A date as precise as the document: a day, or a month."""
    if value is None:
        return ""
    full = day(date(value.year, value.month, value.day or 1))
    return full if value.day else full.partition(" ")[2]
