"""Attacks by the ways of an SOP: ways that it does not have, and around what it demands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from soptui.domain.events import Dispose, Migrate, Receive
from soptui.domain.ids import CaseId, RoleId
from soptui.domain.office import ADMINISTRATOR
from soptui.domain.replace import replace
from soptui.domain.sop import END, FILING, Sop, Way
from soptui.records.files import codec
from soptui.records.files.snapshot import read_sop
from soptui.records.files.sop import sop_to_document
from tests.attacks.attack import attack
from tests.attacks.attacked_office import SOP_PATH
from tests.attacks.builder import Records
from tests.attacks.on_registry import SOP_2
from tests.attacks.on_sop_versions import THIRD_CASE, register_under
from tests.support.office_parts import ARCHIVE

WAYS: Mapping[int, tuple[Way, ...]] = {1: (Way(2, "Laksanakan"), Way(END, "Bukan urusan kita"))}


def _bytes(sop: Sop) -> bytes:
    return codec.emit_document(sop_to_document(sop))


def _with_ways(r: Records, ways: Mapping[int, tuple[Way, ...]] = WAYS, **more: Any) -> Sop:
    """Version 2 of the SOP, in which rows have these ways and the staff files."""
    old = read_sop(r.data(SOP_PATH))
    steps = tuple(replace(one, ways=ways.get(one.number, ())) for one in old.steps)
    new = replace(old, version=2, steps=steps, **({"filed_by": RoleId("staff")} | more))
    r.change(SOP_2, _bytes(new))
    return read_sop(r.data(SOP_2))


def _disposed(
    r: Records, to: tuple[str, ...], way: str, ways: Mapping[int, tuple[Way, ...]] = WAYS
) -> CaseId:
    """A case under version 2 in which the Camat chooses a way."""
    register_under(r, THIRD_CASE, _with_ways(r, ways))
    r.act("camat-1", Receive(), case=THIRD_CASE)
    addressed = tuple(map(RoleId, to))
    r.act("camat-1", Dispose(addressed, ("tindak-lanjuti",), way=way), case=THIRD_CASE)
    return THIRD_CASE


def case_ended_by_a_way(r: Records) -> None:
    case = _disposed(r, ("staff",), "Bukan urusan kita")
    r.act("staff-1", Receive(), case=case)
    r.act("staff-1", ARCHIVE, case=case)


def case_gone_on_by_a_way(r: Records) -> None:
    _disposed(r, ("sekretaris",), "Laksanakan")
    r.next(THIRD_CASE)


@attack("later", "not-allowed", twin=case_gone_on_by_a_way)
def way_that_the_sop_does_not_have(r: Records) -> None:
    _disposed(r, ("sekretaris",), "Langsung selesai")


@attack("later", "not-allowed", twin=case_gone_on_by_a_way)
def way_left_unsaid(r: Records) -> None:
    _disposed(r, ("sekretaris",), "")


@attack("later", "not-allowed", twin=case_ended_by_a_way)
def way_to_the_end_that_addresses_the_next_row(r: Records) -> None:
    _disposed(r, ("sekretaris",), "Bukan urusan kita")


@attack("later", "not-allowed", twin=case_ended_by_a_way)
def case_filed_by_another_than_the_sop_names(r: Records) -> None:
    case = _disposed(r, ("staff",), "Bukan urusan kita")
    r.act("sekretaris-1", Receive(), case=case)


def case_gone_on_by_the_only_way(r: Records) -> None:
    _disposed(r, ("sekretaris",), "", {1: (Way(2, "Laksanakan"),)})


@attack("later", "not-allowed", twin=case_gone_on_by_the_only_way)
def way_chosen_where_there_is_no_choice(r: Records) -> None:
    _disposed(r, ("sekretaris",), "Laksanakan", {1: (Way(2, "Laksanakan"),)})


@attack("later", "not-allowed", twin=case_ended_by_a_way)
def filing_reached_by_a_mapping_around_the_approval(r: Records) -> None:
    """The approval stands on no path of the case, but no way leads around it either."""
    sop = _with_ways(r, {})
    case = r.case()
    places = {visit.step for visit in case.visits}
    steps = tuple((one, FILING if one == case.step.number else one) for one in sorted(places))
    kept = ((5, 5), (6, 6), (7, 7))
    r.act("admin-1", Migrate(2, sop.digest, (*steps, *kept), "SOP baru."), role=ADMINISTRATOR)
    r.act("staff-1", Receive())
    assert r.case().step.number == FILING
    r.act("staff-1", ARCHIVE)


def sop_with_ways(r: Records) -> None:
    _with_ways(r)


@attack("later", "sop-form", twin=sop_with_ways)
def way_to_a_row_that_is_not_there(r: Records) -> None:
    _with_ways(r, {1: (Way(77),)})


@attack("later", "sop-form", twin=sop_with_ways)
def way_to_the_row_itself(r: Records) -> None:
    _with_ways(r, {1: (Way(1),)})


@attack("later", "sop-form", twin=sop_with_ways)
def case_filed_by_a_role_that_is_not_there(r: Records) -> None:
    _with_ways(r, filed_by=RoleId("arsiparis"))
