"""Who may act in a case, who could instead, and whom the separation of duties keeps out."""

from __future__ import annotations

import pytest

from soptui.domain.case import Case
from soptui.domain.events import Action
from soptui.domain.gate import choose_role, gate
from soptui.domain.ids import OfficerId, RoleId
from soptui.domain.office import ADMINISTRATOR, Capacity
from tests.support.case_story import Story
from tests.support.small_office import HEAD, PLANNER, REGISTRAR, SECRETARY, SECTION, SOP, STAFF

ANYBODY = OfficerId("x")

# --- who may act, and who could instead -----------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "action", "role"),
    [
        (1, Action.DISPOSE, HEAD),
        (2, Action.DISPOSE, SECRETARY),
        (3, Action.REQUEST, PLANNER),
        (3, Action.COMPLETE, PLANNER),
        (4, Action.COMPLETE, STAFF),
        (5, Action.COMPLETE, PLANNER),
        (6, Action.APPROVE, SECRETARY),
        (7, Action.APPROVE, HEAD),
        (8, Action.ARCHIVE, STAFF),
        (1, Action.RETURN, HEAD),
    ],
)
def test_a_step_is_moved_by_its_owner_and_by_nobody_else(
    step: int, action: Action, role: str
) -> None:
    case = Story().in_work_at(step).case
    owner = case.visits[-1].owner

    assert gate(case, action, owner, RoleId(role)) is None
    stranger = gate(case, action, OfficerId("someone-else"), RoleId(role))
    assert stranger is not None
    assert (stranger.code, stranger.officers) == ("not-owner", (owner,))


@pytest.mark.parametrize(
    ("step", "action"),
    [
        (1, Action.COMPLETE),
        (1, Action.ARCHIVE),
        (3, Action.APPROVE),
        (4, Action.REQUEST),
        (6, Action.COMPLETE),
        (8, Action.DISPOSE),
    ],
)
def test_a_step_is_finished_only_in_its_own_way(step: int, action: Action) -> None:
    case = Story().in_work_at(step).case
    closed = gate(case, action, case.visits[-1].owner, case.step.actor)

    assert closed is not None
    assert closed.code == "other-step"


def test_each_kind_of_closed_action_says_who_could() -> None:
    new = Story().case
    waiting = Story().waiting_at(3).case
    working = Story().in_work_at(3).case

    def who(case: Case, action: Action, by: str, role: str) -> tuple[object, ...] | None:
        closed = gate(case, action, OfficerId(by), RoleId(role))
        return (closed.code, closed.roles, closed.officers, closed.units) if closed else None

    assert who(new, Action.REGISTER, "penerima-1", REGISTRAR) is None
    assert who(new, Action.REGISTER, "camat-1", HEAD) == ("not-your-role", (REGISTRAR,), (), ())
    for action in set(Action) - {Action.REGISTER}:
        assert who(new, action, "camat-1", HEAD) == ("not-registered", (REGISTRAR,), (), ())

    assert who(waiting, Action.RECEIVE, "kasubbag-1", PLANNER) is None
    assert who(waiting, Action.RECEIVE, "staff-1", STAFF) == ("not-your-role", (PLANNER,), (), ())
    assert who(waiting, Action.REGISTER, "penerima-1", REGISTRAR) == ("registered", (), (), ())
    assert who(waiting, Action.COMPLETE, "kasubbag-1", PLANNER) == (
        "not-received",
        (PLANNER,),
        (),
        (),
    )
    assert who(working, Action.RECEIVE, "kasubbag-2", PLANNER) == (
        "received",
        (),
        ("kasubbag-1",),
        (),
    )
    assert who(working, Action.SUBMIT, "kasi-1", SECTION) == ("no-request", (), (), ())
    assert who(waiting, Action.RECALL, "camat-1", HEAD) == (
        "not-sender",
        (),
        ("sekretaris-1",),
        (),
    )
    for action in (Action.SUSPEND, Action.REASSIGN):
        assert who(working, action, "camat-1", HEAD) is None
        assert who(working, action, "kasubbag-1", PLANNER) is None
        assert who(working, action, "staff-1", STAFF) == (
            "not-owner-or-head",
            (HEAD,),
            ("kasubbag-1",),
            (),
        )
    for action in (Action.CANCEL, Action.REOPEN, Action.MIGRATE):
        assert who(working, action, "staff-1", STAFF) is not None
    assert who(working, Action.CANCEL, "staff-1", STAFF) == ("not-your-role", (HEAD,), (), ())
    assert who(working, Action.REOPEN, "camat-1", HEAD) == ("not-closed", (), (), ())
    assert who(working, Action.RESUME, "camat-1", HEAD) == ("not-suspended", (), (), ())
    assert who(working, Action.MIGRATE, "camat-1", HEAD) == (
        "not-your-role",
        (ADMINISTRATOR,),
        (),
        (),
    )
    for action in (Action.ATTACH, Action.NOTE, Action.CORRECT):
        assert who(working, action, "staff-1", STAFF) is None
        closed = gate(working, action, OfficerId("admin-1"), ADMINISTRATOR)
        assert closed is not None
        assert (closed.code, set(closed.roles)) == (
            "not-participant",
            {role.id for role in SOP.roles},
        )


def test_an_owner_who_acts_in_another_of_their_roles_is_told_which_role_it_takes() -> None:
    closed = gate(Story().in_work_at(5).case, Action.COMPLETE, OfficerId("kasubbag-1"), SECRETARY)

    assert closed is not None
    assert (closed.code, closed.roles) == ("not-your-role", (PLANNER,))


def test_the_role_in_which_to_act_is_chosen_for_the_officer() -> None:
    case = Story().waiting_at(2).case

    assert choose_role(case, Action.RECEIVE, ANYBODY, (PLANNER, SECRETARY)) == (SECRETARY, None)
    role, closed = choose_role(case, Action.COMPLETE, ANYBODY, (PLANNER, SECRETARY))
    assert closed is not None
    assert closed.code == "other-step"
    assert role in (PLANNER, SECRETARY)
    assert choose_role(case, Action.RECEIVE, ANYBODY, ())[0] == ""


def test_the_nearest_role_is_the_one_that_the_refusal_asks_for() -> None:
    case = Story().in_work_at(3).case

    role, closed = choose_role(case, Action.CANCEL, ANYBODY, (STAFF, SECTION))
    assert (role, closed and closed.code) == (STAFF, "not-your-role")
    waiting = Story().waiting_at(3).case
    role, closed = choose_role(waiting, Action.COMPLETE, ANYBODY, (STAFF, PLANNER))
    assert (role, closed and closed.code) == (PLANNER, "not-received")


# --- separation of duties -------------------------------------------------------------------------


def test_whoever_made_the_draft_cannot_check_it_even_as_plt() -> None:
    story = Story().waiting_at(6)

    assert story.receive("kasubbag-1", capacity=Capacity.ACTING).code == "separation-of-duties"
    assert story.closed is not None
    assert story.closed.roles == (SECRETARY,)
    assert story.receive("sekretaris-1").code == ""


def test_the_same_acting_secretary_may_check_what_another_made() -> None:
    story = Story().waiting_at(5).receive("kasubbag-2").complete()
    story.receive("kasubbag-1", capacity=Capacity.ACTING).approve(capacity=Capacity.ACTING)

    assert (story.code, story.place) == ("", (7, 1))


def test_a_step_is_not_reassigned_to_someone_who_must_be_kept_from_it() -> None:
    story = Story().in_work_at(6).reassign("kasubbag-1")

    assert story.code == "separation-of-duties"


def test_earlier_rounds_count_for_the_separation_of_duties() -> None:
    story = Story().in_work_at(7).send_back(5).reassign("kasubbag-2").receive("kasubbag-2")
    story.complete()

    assert story.receive("kasubbag-1").code == "separation-of-duties"
    assert story.receive("kasubbag-2").code == "separation-of-duties"


def test_handing_a_step_to_a_colleague_is_not_working_at_it() -> None:
    story = Story().waiting_at(5).receive("kasubbag-1").reassign("kasubbag-2")
    story.receive("kasubbag-2").complete()

    assert story.receive("kasubbag-1", capacity=Capacity.ACTING).code == ""
