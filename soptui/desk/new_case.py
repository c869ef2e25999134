"""A case that has no event yet, under an id that nobody else will draw."""

from __future__ import annotations

from soptui.domain.case import Case, CaseHeader
from soptui.domain.fold import new_case
from soptui.domain.ids import NO_CASE, CaseId
from soptui.domain.sop import Sop
from soptui.records.files import case as case_file
from soptui.records.files import layout
from soptui.records.files.snapshot import Snapshot


def empty_case(snapshot: Snapshot, sop: Sop, year: int, wish: CaseId = NO_CASE) -> Case:
    """A new case under an SOP of the records; its id is `wish` where nobody has taken that."""
    is_free = layout.is_case_id(wish) and not snapshot.lookup(layout.case_path(wish))
    return blank_case(sop, wish if is_free else _new_id(snapshot, year))


def blank_case(sop: Sop, case_id: CaseId = NO_CASE) -> Case:
    """A case under an SOP to which nothing has happened; without an id, only to ask the gate."""
    header = CaseHeader(layout.FORMAT, case_id, sop.id, sop.version, sop.digest)
    head_id = case_file.header_id(case_file.encode_header(header))
    case = new_case(header, head_id, {(sop.id, sop.version): sop})
    if case is None:
        raise ValueError(sop.id)
    return case


def _new_id(snapshot: Snapshot, year: int) -> CaseId:
    import secrets

    while True:
        name = "".join(secrets.choice(layout.CASE_ALPHABET) for _ in range(8))
        case_id = CaseId(f"{year}-{name}")
        if not snapshot.lookup(layout.case_path(case_id)):
            return case_id
