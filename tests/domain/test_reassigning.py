"""A step goes to another holder, or stands still for a while."""

from __future__ import annotations

from soptui.domain.case import Status, StepState
from tests.support.case_story import Story
from tests.support.small_office import STAFF


def test_owner_or_head_gives_a_step_to_another_holder() -> None:
    story = Story().in_work_at(4).reassign("staff-2", "staff-1", role=STAFF)
    visit = story.case.visits[-1]
    assert (visit.assignee, visit.state, visit.round) == ("staff-2", StepState.TO_RECEIVE, 1)
    assert story.receive("staff-1").code == "assigned"
    assert story.receive("staff-2").complete().code == ""

    story = Story().waiting_at(4).reassign("staff-2")
    assert story.receive("staff-2").code == ""


def test_a_reassignment_changes_something_and_can_be_recalled() -> None:
    story = Story().in_work_at(4)
    assert story.reassign("staff-1").code == "same-officer"

    story.reassign("staff-2").recall("camat-1")
    assert story.case.visits[-1].owner == "staff-1"
    assert story.complete().code == ""


def test_a_reassigned_collection_keeps_its_requests() -> None:
    story = Story().in_work_at(3).request("kesra").reassign("kasubbag-2")
    story.submit("kesra").receive("kasubbag-2").complete()

    assert (story.code, story.place) == ("", (4, 1))


def test_a_suspended_case_stands_still_until_it_is_resumed() -> None:
    story = Story().in_work_at(4).suspend()
    assert story.case.status is Status.SUSPENDED
    assert story.complete().code == "suspended"
    assert story.reassign("staff-2").code == "suspended"
    assert story.suspend().code == "suspended"
    assert story.migrate().code == "suspended"
    assert story.note("menunggu server").code == ""

    story.resume()
    hold = story.case.visits[-1].holds[0]
    assert (story.case.status, hold.reason) == (Status.RUNNING, "menunggu aplikasi")
    assert hold.ends == story.events[-1][1].at
    assert story.complete().code == ""


def test_a_suspended_case_can_be_cancelled_and_then_reopened_running() -> None:
    story = Story().in_work_at(4).suspend().cancel()
    assert story.case.status is Status.CANCELLED
    assert story.case.visits[-1].holds[0].ends is not None

    assert story.reopen(4).case.status is Status.RUNNING
    assert story.receive().code == ""
