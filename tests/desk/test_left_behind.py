"""A case in the hands of somebody whose post ended: who can set it going again, and where it is."""

from __future__ import annotations

from datetime import date

import pytest

from soptui.desk.office.administration import Administration
from soptui.desk.refusals import NotOpen
from soptui.desk.tray import tray_of
from soptui.desk.words.who_can import who_can
from soptui.domain.case_list import CaseRow
from soptui.domain.events import Complete, Details, Dispose, Reassign, Receive, Suspend
from soptui.domain.ids import CaseId, OfficerId, RoleId
from soptui.domain.office import Capacity, Post
from tests.support.desks import Desks

CAMAT = RoleId("camat")
STAFF = RoleId("staff")

STAFF_2 = OfficerId("staff-2")

YESTERDAY = date(2026, 1, 4)


def as_head(desks: Desks, officer: str) -> None:
    """The head's post ends, and somebody stands in for it."""
    administration = Administration(desks["admin-1"], sure=True)
    administration.end_post(OfficerId("camat-1"), CAMAT, YESTERDAY)
    acting = Post(
        CAMAT, Capacity.ACTING, "Camat", YESTERDAY, date(2026, 3, 31), basis="SP 800/1/2026"
    )
    administration.add_post(OfficerId(officer), acting)


def told(desks: Desks, officer: str, case: CaseId, details: Details) -> tuple[str, ...]:
    """Who can, as an officer who is refused is told."""
    desk = desks[officer]
    with pytest.raises(NotOpen) as refused:
        desk.act(case, details)
    return who_can(refused.value.closed, desk.registry, desk.now().date(), desk.sops())


def ids(rows: tuple[CaseRow, ...]) -> list[str]:
    return [row.id for row in rows]


def test_the_acting_head_is_told_to_reassign_what_the_former_one_holds(desks: Desks) -> None:
    case = desks.office.register()
    desks["camat-1"].act(case, Receive())
    as_head(desks, "sekretaris-1")
    disposing = Dispose((RoleId("sekretaris"),), ("tindak-lanjuti",))
    for officer in ("sekretaris-1", "camat-1"):
        (who,) = told(desks, officer, case, disposing)
        assert who.startswith("Camat (Sekretaris-1)")
        assert "Camat-1" in who.partition("(Sekretaris-1)")[2]
    (who,) = told(desks, "sekretaris-1", case, Receive())
    assert who.startswith("Camat (Sekretaris-1)")


def test_who_still_holds_the_post_is_told_as_ever(desks: Desks) -> None:
    case = desks.office.register()
    desks.office.forward_to(case, 4)
    desks["staff-1"].act(case, Receive())
    assert told(desks, "staff-2", case, Complete((), "")) == ("Staff-1",)
    assert told(desks, "staff-2", case, Suspend("lama")) == ("Staff-1", "Camat (Camat-1)")
    Administration(desks["admin-1"], sure=True).end_post(OfficerId("staff-1"), STAFF, YESTERDAY)
    assert told(desks, "staff-2", case, Suspend("lama")) == ("Camat (Camat-1)",)


def test_it_lies_in_the_tray_of_the_head_until_it_is_reassigned(desks: Desks) -> None:
    case = desks.office.register()
    desks["camat-1"].act(case, Receive())
    assert tray_of(desks["camat-1"], limit=9).left_behind == ()
    as_head(desks, "sekretaris-1")
    assert tray_of(desks["camat-1"], limit=9).counts.all == 0
    head = tray_of(desks["sekretaris-1"], limit=9)
    assert ids(head.left_behind) == [case]
    assert (head.counts.left_behind, head.counts.all) == (1, 1)
    assert tray_of(desks["sekretaris-1"], limit=9, text="tidak ada").left_behind == ()
    assert tray_of(desks["staff-1"], limit=9).left_behind == ()
    desks["sekretaris-1"].act(case, Reassign(OfficerId("sekretaris-1"), "pejabat berganti"))
    after = tray_of(desks["sekretaris-1"], limit=9)
    assert after.left_behind == ()
    assert ids(after.to_receive) == [case]
    desks["sekretaris-1"].act(case, Receive())
    assert ids(tray_of(desks["sekretaris-1"], limit=9).in_work) == [case]


def test_so_does_what_was_handed_to_them_and_never_received(desks: Desks) -> None:
    case = desks.office.register()
    desks.office.forward_to(case, 4)
    desks["camat-1"].act(case, Reassign(STAFF_2, "berhalangan"))
    administration = Administration(desks["admin-1"], sure=True)
    administration.end_post(STAFF_2, STAFF, YESTERDAY)
    assert ids(tray_of(desks["camat-1"], limit=9).left_behind) == [case]
    (who,) = told(desks, "staff-1", case, Receive())
    assert who.startswith("Camat (Camat-1)")
