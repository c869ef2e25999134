"""Every defect of an SOP, found by one pass that never stops at the first.

The rules are those that a good SOP AP keeps (PermenPANRB 35/2012 and common practice): a complete
identity, rows that can be walked from one start to an end, and words that leave no doubt. They
know nothing of any one SOP. Each rule is a function that yields defects; each module holds one
family of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from soptui.domain.message import Message
from soptui.domain.sop import FIELD_LABELS, Inference, Sop
from soptui.domain.sop_check import identity as sop_check_identity
from soptui.domain.sop_check import rows as sop_check_rows
from soptui.domain.sop_check import walk as sop_check_walk
from soptui.domain.sop_check import wording as sop_check_wording
from soptui.domain.sop_check.defect import Defect, Severity, info

__all__ = ["Defect", "Severity", "check"]

_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


def check(sop: Sop, known_sops: Iterable[Sop] = ()) -> tuple[Defect, ...]:
    """All defects: errors, then warnings, then what awaits confirmation, each in order of row.

    What concerns no row comes first. `known_sops` are the SOPs in the same records, among which
    the related ones are looked for.
    """
    found = [
        *sop_check_rows.defects_of(sop),
        *sop_check_walk.defects_of(sop),
        *sop_check_identity.defects_of(sop, known_sops),
        *sop_check_wording.defects_of(sop),
        *_readings(sop),
    ]
    return tuple(sorted(found, key=_rank))


def _rank(defect: Defect) -> tuple[int, int]:
    return _ORDER[defect.severity], -1 if defect.row is None else defect.row


def _readings(sop: Sop) -> Iterator[Defect]:
    """What was read into the SOP, so that the office can confirm or change it."""
    places: list[tuple[int | None, tuple[Inference, ...]]] = [(None, sop.inferred)]
    places += [(step.number, step.inferred) for step in sop.all_steps]
    for row, inferences in places:
        for inference in inferences:
            field = inference.field
            yield info(
                "inferred",
                row,
                Message(
                    "Inferred, to be confirmed: {field} ({confidence} % sure). {reason}",
                    field=Message(FIELD_LABELS[field]) if field in FIELD_LABELS else field,
                    confidence=inference.confidence,
                    reason=inference.reason,
                ),
            )
