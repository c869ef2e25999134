"""An approval is of the very document that was read."""

from __future__ import annotations

from soptui.domain.case import Status, StepState
from soptui.domain.events import Action, Approve
from soptui.domain.replace import replace
from soptui.domain.sop import StepKind
from tests.support.case_story import Story
from tests.support.small_office import PLANNER, SECRETARY, SOP, STAFF, sop_of


def test_an_approval_freezes_the_document_that_was_read() -> None:
    story = Story().in_work_at(7)
    read = story.documents
    story.approve(documents=("0" * 64,))
    assert story.code == "other-document"

    story.approve()
    approval = story.case.approval
    assert approval is not None
    assert (approval.documents, approval.by, approval.step) == (read, "camat-1", 7)


def test_a_review_is_no_approval() -> None:
    case = Story().waiting_at(8).case
    approved = [entry for entry in case.entries if entry.event.action is Action.APPROVE]

    assert [(one.event.step, one.is_review) for one in approved] == [(6, True), (7, False)]
    assert [one.step for one in case.approvals] == [7]


def test_without_a_document_there_is_nothing_to_approve() -> None:
    bare = sop_of(1, (SOP.steps[0], replace(SOP.steps[5], number=2, actor=SECRETARY)))
    story = Story(sops={(bare.id, 1): bare}).waiting_at(2).receive()

    assert story.add(story.event(Approve(()))).code == "no-document"


def test_a_return_voids_the_approval_and_work_must_be_approved_anew() -> None:
    story = Story().in_work_at(8).send_back(7)
    assert story.case.approvals[0].voided_by == story.last_id
    story.receive().approve().receive().archive()

    assert story.case.status is Status.DONE
    assert len(story.case.approvals) == 2


def test_a_return_past_several_approving_steps_voids_each_approval() -> None:
    six = replace(SOP.steps[5], kind=StepKind.APPROVE)
    twice = sop_of(1, (*SOP.steps[:5], six, *SOP.steps[6:]))
    story = Story(sops={(twice.id, 1): twice}).waiting_at(8).receive()
    assert [(one.step, one.voided_by) for one in story.case.approvals] == [(6, ""), (7, "")]

    story.send_back(5)
    assert [one.step for one in story.case.approvals if one.voided_by == story.last_id] == [6, 7]


def test_a_correction_that_replaces_the_approved_document_sends_it_back_for_approval() -> None:
    story = Story().in_work_at(8)
    story.correct(story.event_of(5, 1), "kasubbag-1", role=PLANNER, output="betul.pdf")

    visit = story.case.visits[-1]
    assert (story.code, visit.step, visit.round) == ("", 7, 2)
    assert (visit.assignee, visit.state) == ("camat-1", StepState.TO_RECEIVE)
    assert story.case.approval is None
    assert [document.file.name for document in story.case.current_documents] == ["betul.pdf"]
    assert story.receive().approve().receive().archive().case.status is Status.DONE


def test_such_a_correction_can_be_recalled_before_the_approver_receives_it() -> None:
    story = Story().in_work_at(8)
    approved = story.documents
    story.correct(story.event_of(5, 1), "kasubbag-1", role=PLANNER, output="betul.pdf").recall()

    assert (story.code, story.place) == ("", (8, 1))
    assert story.case.approval is not None
    assert story.documents == approved


def test_a_second_correction_closes_the_recall_of_the_first() -> None:
    story = Story().in_work_at(8)
    made = story.event_of(5, 1)
    story.correct(made, "kasubbag-1", role=PLANNER, output="satu.pdf")
    story.correct(made, "kasubbag-1", role=PLANNER, output="dua.pdf")

    assert story.recall("kasubbag-1").code == "changed-since"
    assert story.case.approval is None


def test_a_correction_of_older_material_neither_becomes_the_document_nor_voids_approval() -> None:
    story = Story().in_work_at(8)
    approved = story.documents
    story.correct(story.event_of(4, 1), "staff-1", role=STAFF, output="draft-betul.pdf")

    assert (story.code, story.place) == ("", (8, 1))
    assert story.case.approval is not None
    assert story.documents == approved


def test_who_approves_must_read_the_corrected_document() -> None:
    story = Story().in_work_at(7)
    read = story.documents
    story.correct(story.event_of(5, 1), "kasubbag-1", role=PLANNER, output="betul.pdf")

    assert story.approve("camat-1", documents=read).code == "other-document"
    assert story.approve("camat-1").code == ""
