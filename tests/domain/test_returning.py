"""Work goes back to an earlier step."""

from __future__ import annotations

from soptui.domain.case import StepState
from soptui.domain.events import Return
from soptui.domain.replace import replace
from tests.support.case_story import Story
from tests.support.office_parts import LETTER
from tests.support.small_office import SOP, sop_of


def test_a_return_opens_the_next_round_for_whoever_worked_there() -> None:
    story = Story().waiting_at(5).receive("kasubbag-2").complete().receive().send_back(5)

    visit = story.case.visits[-1]
    assert (visit.step, visit.round, visit.assignee) == (5, 2, "kasubbag-2")
    assert story.case.visits[-2].state is StepState.RETURNED
    assert story.receive("kasubbag-1").code == "assigned"
    assert story.receive("kasubbag-2").code == ""
    assert story.complete().place == (6, 2)


def test_a_return_follows_the_edges_and_reasons_of_the_sop() -> None:
    def returned(details: Return) -> str:
        story = Story().in_work_at(7)
        return story.add(story.event(details)).code

    assert returned(Return(4, "koreksi", "x")) == "no-way-back"
    assert returned(Return(5, "aplikasi", "x")) == "unknown-reason"
    assert returned(Return(5, "koreksi", "x")) == ""
    assert returned(Return(6, "koreksi", "x")) == ""


def test_a_step_without_a_way_back_says_so() -> None:
    story = Story().in_work_at(1).send_back(0).receive()

    assert story.send_back(0).code == "no-return"


def test_an_edge_that_points_forward_is_no_return() -> None:
    two = replace(SOP.steps[1], returns=(replace(SOP.steps[1].returns[0], to=3),))
    broken = sop_of(1, (SOP.steps[0], two, *SOP.steps[2:]))
    story = Story(sops={(broken.id, 1): broken}).waiting_at(3).receive().send_back(2).receive()

    assert story.send_back(3).code == "no-way-back"


def test_a_returned_registration_is_registered_again_with_the_corrected_letter() -> None:
    story = Story().in_work_at(1).send_back(0)
    assert story.place == (0, 2)
    assert story.register().code == "not-received"

    corrected = replace(LETTER, number="005/18/2026")
    story.receive().register(letter=corrected)
    assert (story.code, story.place) == ("", (1, 2))
    assert story.case.letter == corrected
    assert story.case.registered == story.events[0][1].at


def test_returns_may_follow_each_other_and_count_their_rounds() -> None:
    story = Story().in_work_at(7).send_back(5).receive().send_back(4).receive()
    assert story.place == (4, 2)
    story.complete().receive().complete().receive().approve().receive()
    assert story.place == (7, 2)
    assert [story.case.round_of(step) for step in range(3, 9)] == [1, 2, 3, 2, 2, 0]


def test_work_does_not_go_back_to_someone_who_may_no_longer_do_it() -> None:
    story = Story().in_work_at(7).send_back(5)
    story.reassign("sekretaris-1").receive("sekretaris-1").complete()
    story.cancel().reopen(6)

    assert story.case.visits[-1].assignee == ""
    assert story.receive("sekretaris-1").code == "separation-of-duties"
    assert story.receive("sekretaris-2").code == ""
