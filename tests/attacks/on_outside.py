"""Attacks by rows of somebody outside the office, for whom an officer records."""

from __future__ import annotations

from soptui.domain.events import Dispose, Receive
from soptui.domain.ids import NO_ROLE, RoleId
from soptui.domain.replace import replace
from soptui.domain.sop import Role, Sop
from soptui.records.files import codec
from soptui.records.files.snapshot import read_sop
from soptui.records.files.sop import sop_to_document
from tests.attacks.attack import attack
from tests.attacks.attacked_office import SOP_PATH
from tests.attacks.builder import Records
from tests.attacks.on_registry import SOP_2
from tests.attacks.on_sop_versions import THIRD_CASE, register_under

BUPATI = Role(RoleId("bupati"), "Bupati", "BPT", outside=True)


def _with_outsider(r: Records, actor: str, stands_for: str, *, outside: bool = True) -> Sop:
    """Version 2 of the SOP, in which the second row is the Bupati's, and somebody records it."""
    old = read_sop(r.data(SOP_PATH))
    steps = [
        replace(one, actor=RoleId(actor), stands_for=RoleId(stands_for), norm=None)
        if one.number == 2
        else one
        for one in old.steps
    ]
    roles = (*old.roles, replace(BUPATI, outside=outside))
    new = replace(old, version=2, roles=roles, steps=tuple(steps))
    r.change(SOP_2, codec.emit_document(sop_to_document(new)))
    return read_sop(r.data(SOP_2))


def _at_the_bupati(r: Records) -> None:
    register_under(r, THIRD_CASE, _with_outsider(r, "staff", "bupati"))
    r.act("camat-1", Receive(), case=THIRD_CASE)
    to = Dispose((RoleId("staff"),), ("tindak-lanjuti",))
    r.act("camat-1", to, case=THIRD_CASE)


def act_recorded_for_somebody_outside(r: Records) -> None:
    _at_the_bupati(r)
    r.act("staff-1", Receive(), case=THIRD_CASE)


@attack("later", "not-allowed", twin=act_recorded_for_somebody_outside)
def act_recorded_by_another_than_the_sop_names(r: Records) -> None:
    _at_the_bupati(r)
    r.act("sekretaris-1", Receive(), case=THIRD_CASE)


@attack("later", "sop-form", twin=act_recorded_for_somebody_outside)
def row_of_somebody_outside_that_nobody_records(r: Records) -> None:
    _with_outsider(r, "bupati", NO_ROLE)


@attack("later", "sop-form", twin=act_recorded_for_somebody_outside)
def row_recorded_for_somebody_of_the_office(r: Records) -> None:
    _with_outsider(r, "staff", "bupati", outside=False)
