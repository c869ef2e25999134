"""A desk for looking only: every act is closed with a reason, and nothing is signed."""

from __future__ import annotations

import pytest

from soptui.desk.office.administration import Administration
from soptui.desk.refusals import READ_ONLY, NotOpen
from soptui.desk.sharing.sharing import Sharing
from soptui.domain.events import Note, Receive
from soptui.domain.ids import CaseId
from tests.support.desks import Desks
from tests.support.office_repository import LETTER, OfficeFixture, officer_of


@pytest.fixture
def case(office: OfficeFixture) -> CaseId:
    return office.register()


def test_every_act_is_closed_with_the_same_reason(desks: Desks, case: CaseId) -> None:
    desk = desks["camat-1"]
    desk.read_only = True

    assert {one.closed for one in desk.view(case).openings} == {READ_ONLY}


def test_nothing_is_recorded_and_nothing_is_signed(
    desks: Desks, office: OfficeFixture, case: CaseId
) -> None:
    desk, admin = desks["camat-1"], desks["admin-1"]
    desk.read_only = admin.read_only = True
    before = office.repository.head()

    for act in (
        lambda: desk.act(case, Receive()),
        lambda: desk.act(case, Note("Satu.")),
        lambda: desk.register(LETTER),
        lambda: Administration(admin).add_officer(officer_of("staff-9", "staff")),
        lambda: Sharing(desk).checkpoint(),
    ):
        with pytest.raises(NotOpen):
            act()
    assert office.repository.head() == before


def test_the_desk_of_a_thread_is_for_looking_only_too(desks: Desks) -> None:
    desk = desks["camat-1"]
    desk.read_only = True

    assert desk.at(desk.repository).read_only
