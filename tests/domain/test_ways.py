"""Ways with labels: forward past rows, back, and to the end, each chosen by a person and signed."""

from __future__ import annotations

from soptui.domain.case import Status
from soptui.domain.path import is_unavoidable, path_of
from soptui.domain.sop import FILING
from tests.support.branching_sop import BRANCHING, branching_story
from tests.support.case_story import Story


def at_filing_straight() -> Story:
    story = branching_story().receive().complete(way="Lengkap")
    return story.receive().approve(way="Langsung").receive().complete(way="Selesai")


def test_a_way_leads_past_rows() -> None:
    story = branching_story().receive().complete(way="Lengkap").receive().approve(way="Langsung")
    assert story.place == (4, 1)
    assert path_of(story.case.visits) == (0, 1, 2, 4)


def test_a_case_that_is_through_waits_for_who_files_it() -> None:
    story = branching_story().receive().complete(way="Ditolak")
    assert story.place == (FILING, 1)
    assert not story.case.status.is_closed
    assert story.archive("staff-1").code == "not-received"
    assert story.receive("camat-1", role="camat").code == "not-your-role"
    assert story.receive().archive().code == ""
    assert story.case.status is Status.DONE


def test_a_way_is_chosen_by_its_label_where_there_are_several_and_only_there() -> None:
    assert branching_story().receive().complete().code == "unknown-way"
    assert branching_story().receive().complete(way="Entah").code == "unknown-way"
    story = branching_story().receive().complete(way="Lengkap")
    story.receive().approve(way="Perlu persetujuan").receive()
    assert story.approve(way="Selesai").code == "unknown-way"
    assert story.approve().code == ""


def test_the_archive_needs_the_approvals_that_the_case_passed_and_no_others() -> None:
    assert at_filing_straight().receive().archive().code == ""

    story = branching_story().receive().complete(way="Lengkap")
    story.receive().approve(way="Perlu persetujuan").receive().approve().receive()
    approved_by_camat = story.case.approval
    assert approved_by_camat is not None
    story.complete(way="Selesai").receive()
    assert story.archive().code == ""


def test_a_correction_of_what_was_approved_takes_the_case_out_of_the_filing() -> None:
    story = branching_story().receive().complete(way="Lengkap")
    draft = story.last_id
    story.receive().approve(way="Perlu persetujuan").receive().approve()
    story.receive().complete(way="Selesai", attachments=()).receive()
    assert story.correct(draft, "kasubbag-1", role="kasubbag-pk", output="baru.pdf").code == ""
    assert story.place == (3, 2)


def test_an_approval_before_the_way_by_which_the_case_ended_does_not_count() -> None:
    """Approved, sent back by a way, and then refused: nothing approved stands on its path."""
    story = branching_story().receive().complete(way="Lengkap")
    story.receive().approve(way="Perlu persetujuan").receive().approve().receive()
    story.complete(way="Masih ada")
    assert story.place == (1, 2)
    assert story.case.visits[-1].assignee == "kasubbag-1"
    assert story.case.approval is None
    story.receive().complete(way="Ditolak").receive()
    assert path_of(story.case.visits) == (0, 1, FILING)
    assert story.archive().code == ""


def test_a_way_back_is_taken_back_like_any_hand_over() -> None:
    story = branching_story().receive().complete(way="Lengkap")
    story.receive().approve(way="Perlu persetujuan").receive().approve().receive()
    before = story.case
    story.complete(way="Masih ada").recall()
    assert story.code == ""
    assert story.case.visits == before.visits
    assert story.case.approvals == before.approvals


def test_a_case_in_the_filing_is_recalled_reassigned_and_reopened_like_any_other() -> None:
    assert at_filing_straight().recall().place == (4, 1)
    assert at_filing_straight().reassign("staff-2").case.visits[-1].assignee == "staff-2"
    story = at_filing_straight().receive().archive().reopen(2)
    assert story.place == (2, 2)
    story.receive().approve(way="Langsung").receive().complete(way="Selesai")
    assert story.place == (FILING, 2)
    assert story.receive().archive().code == ""


def test_a_case_is_reopened_and_sent_back_only_where_its_path_led() -> None:
    assert at_filing_straight().receive().archive().reopen(3).code == "not-passed"
    story = branching_story().receive().complete(way="Lengkap")
    assert story.receive().send_back(1).place == (1, 2)


def test_what_no_way_leads_around() -> None:
    assert is_unavoidable(BRANCHING, 1, FILING)
    assert not is_unavoidable(BRANCHING, 3, FILING)
    assert not is_unavoidable(BRANCHING, 2, FILING)
    assert is_unavoidable(BRANCHING, 2, 4)
