"""Who may register a letter is asked of the gate before a form is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk.new_case import blank_case
from soptui.desk.refusals import NO_SOP, READ_ONLY
from soptui.domain.case import Status
from soptui.domain.ids import RoleId
from soptui.domain.replace import replace
from tests.support.demo_office import Template, now


@pytest.fixture
def office(opened_office: Template, tmp_path: Path) -> Iterator[DemoOffice]:
    """An office without cases."""
    with opened_office.copy(tmp_path / "demo", clock=now) as demo:
        yield demo


def test_the_clerk_may_register_and_the_head_is_told_who_can(office: DemoOffice) -> None:
    assert office.desks["penerima-surat"].closed_to_register() is None
    closed = office.desks["camat"].closed_to_register()
    assert closed is not None
    assert (closed.code, closed.roles) == ("not-your-role", ("staff-penerima-surat",))


def test_nothing_is_registered_at_a_desk_for_looking_only(office: DemoOffice) -> None:
    desk = office.desks["penerima-surat"].at(office.repository)
    desk.read_only = True
    assert desk.closed_to_register() is READ_ONLY


def test_one_sop_that_is_open_is_enough_and_none_at_all_is_not(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office.desks["camat"]
    sop = desk.sops()[0]
    own = replace(sop, registration=replace(sop.registration, actor=RoleId("camat")))
    monkeypatch.setattr(type(desk), "sops", lambda self: (sop, own))
    assert desk.closed_to_register() is None
    monkeypatch.setattr(type(desk), "sops", lambda self: ())
    assert desk.closed_to_register() is NO_SOP


def test_a_blank_case_is_new_and_needs_no_id(office: DemoOffice) -> None:
    case = blank_case(office.desks["camat"].sops()[0])
    assert (case.id, case.status) == ("", Status.NEW)
