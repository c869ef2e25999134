"""A hand-over is taken back by who sent it."""

from __future__ import annotations

from soptui.domain.case import Status, StepState
from soptui.domain.replace import replace
from tests.support.case_story import Story
from tests.support.office_parts import LETTER
from tests.support.small_office import PLANNER, SECRETARY


def test_the_sender_takes_a_hand_over_back_while_nobody_has_received_it() -> None:
    story = Story().in_work_at(5).complete(output="konsep.pdf").recall()

    visit = story.case.visits[-1]
    assert (visit.step, visit.round, visit.state) == (5, 1, StepState.IN_WORK)
    assert visit.owner == "kasubbag-1"
    assert [document.file.name for document in story.case.documents] == [
        "output-8.pdf",
        "output-10.pdf",
    ]
    assert story.complete(output="konsep-baru.pdf").place == (6, 1)


def test_a_received_case_cannot_be_recalled() -> None:
    story = Story().in_work_at(6).recall("kasubbag-1", role=PLANNER)

    assert story.code == "received"
    assert story.closed is not None
    assert story.closed.officers == ("sekretaris-1",)


def test_after_several_hand_overs_only_the_last_sender_can_recall() -> None:
    story = Story().waiting_at(5)
    assert story.recall("kasubbag-1", role=PLANNER).code == "not-sender"

    story.recall("staff-1")
    assert (story.code, story.place) == ("", (4, 1))
    assert story.recall("kasubbag-1", role=PLANNER).code == "received"


def test_a_recall_needs_the_role_of_the_hand_over() -> None:
    story = Story().waiting_at(6)

    assert story.recall("kasubbag-1", role=SECRETARY).code == "not-your-role"
    assert story.recall("kasubbag-1", role=PLANNER).code == ""


def test_a_registration_can_be_recalled_and_registered_again() -> None:
    story = Story().register().recall()

    assert story.place == (0, 1)
    assert story.register(letter=replace(LETTER, subject="Hal lain")).place == (1, 1)


def test_a_recalled_return_restores_the_approval() -> None:
    story = Story().in_work_at(8)
    approval = story.case.approval
    story.send_back(5)
    assert story.case.approval is None

    story.recall("staff-1")
    assert story.place == (8, 1)
    assert story.case.approval == approval
    assert story.archive().case.status is Status.DONE


def test_a_recalled_approval_is_no_approval() -> None:
    story = Story().waiting_at(8).recall("camat-1")

    assert (story.place, story.case.approval) == ((7, 1), None)


def test_a_return_cannot_be_recalled_once_the_document_was_replaced() -> None:
    story = Story().in_work_at(8).send_back(5)
    story.correct(story.event_of(5, 1), "kasubbag-1", output="lain.pdf")
    assert story.code == ""

    assert story.recall("staff-1").code == "changed-since"
    assert story.case.approval is None


def test_a_note_since_the_hand_over_does_not_hinder_its_recall() -> None:
    story = Story().waiting_at(6).note("mohon dicek", "kasubbag-1", role=PLANNER)

    assert story.recall("kasubbag-1").code == ""


def test_a_reopening_is_no_hand_over_that_could_be_recalled() -> None:
    story = Story().in_work_at(4).cancel().reopen(4)

    assert story.recall("camat-1").code == "nothing-to-recall"
    assert story.place == (4, 2)
