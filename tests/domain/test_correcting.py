"""What was written wrong is corrected, and stays readable."""

from __future__ import annotations

from soptui.domain.case import Status
from soptui.domain.ids import EventId
from soptui.domain.replace import replace
from tests.support.case_story import Story
from tests.support.small_office import HEAD, PLANNER, SECRETARY


def test_a_correction_names_an_event_and_leaves_it_standing() -> None:
    story = Story().waiting_at(3)
    disposed = story.event_of(1, 1)
    before = story.case
    story.correct(disposed, "camat-1", role=HEAD)

    assert story.code == ""
    assert story.case.entries[:-1] == before.entries
    assert replace(story.case, entries=before.entries) == before
    assert story.correct(EventId("0" * 64), "camat-1", role=HEAD).code == "unknown-event"


def test_output_is_replaced_only_by_its_author_in_the_role_that_made_it() -> None:
    story = Story().in_work_at(6)
    made, disposed = story.event_of(5, 1), story.event_of(2, 1)

    assert story.correct(made, "kasubbag-2", role=PLANNER, output="x").code == "not-its-author"
    assert story.correct(made, "kasubbag-1", role=SECRETARY, output="x").code == "not-its-author"
    assert story.correct(disposed, output="x").code == "not-its-author"
    assert story.correct(made, "kasubbag-1", role=PLANNER, output="x").code == ""


def test_recalled_output_cannot_be_replaced() -> None:
    story = Story().waiting_at(6)
    made = story.last_id
    story.recall()

    assert story.correct(made, "kasubbag-1", output="x").code == "no-output"
    assert story.correct(made, "kasubbag-1").code == ""


def test_a_correction_does_not_wake_a_suspended_case() -> None:
    story = Story().in_work_at(8).suspend()
    made = story.event_of(5, 1)

    assert story.correct(made, "kasubbag-1", role=PLANNER, output="x").code == "suspended"
    assert story.correct(made, "kasubbag-1", role=PLANNER).code == ""
    assert story.case.status is Status.SUSPENDED


def test_a_correction_of_the_registration_is_one_of_the_letter() -> None:
    story = Story().register()
    registered = story.last_id
    story.receive().correct(story.last_id, "camat-1", role=HEAD)
    assert story.case.letter_corrections == ()
    story.correct(registered, "penerima-1")
    assert story.case.letter_corrections == story.case.entries[-1:]


def test_a_letter_that_is_registered_again_needs_its_old_correction_no_more() -> None:
    story = Story().register()
    story.correct(story.last_id, "penerima-1").recall()
    corrected = story.case
    story.register()
    assert story.code == ""
    assert [len(case.letter_corrections) for case in (corrected, story.case)] == [1, 0]
