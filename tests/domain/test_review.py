"""What lies before whoever decides: the documents, what they take the place of, their way here."""

from __future__ import annotations

from soptui.domain.events import Action
from soptui.domain.review import passages, returns_of, reviewed_documents
from tests.support.case_story import Story


def returned_to_the_planner() -> Story:
    """The konsep of step 5 was sent back by step 6, and is made anew."""
    story = Story().in_work_at(5).complete(output="konsep.pdf").receive()
    return story.send_back(5).receive()


def test_a_first_document_takes_the_place_of_none() -> None:
    story = Story().in_work_at(5).complete(output="konsep.pdf")

    (one,) = reviewed_documents(story.case)

    assert (one.document.file.name, one.before, one.same_round) == ("konsep.pdf", None, 0)


def test_a_document_of_the_next_round_stands_beside_the_returned_one() -> None:
    story = returned_to_the_planner().complete(output="konsep perbaikan.pdf")

    (one,) = reviewed_documents(story.case)

    assert one.before is not None
    assert (one.before.file.name, one.before.round, one.same_round) == ("konsep.pdf", 1, 0)


def test_the_very_file_that_was_returned_is_known_by_its_digest() -> None:
    story = returned_to_the_planner().complete(output="konsep.pdf")

    (one,) = reviewed_documents(story.case)

    assert one.same_round == 1


def test_the_way_of_a_document_begins_where_it_was_made() -> None:
    story = returned_to_the_planner().complete(output="konsep 2.pdf").receive().approve()

    way = [(one.visit.step, one.visit.round, one.outcome) for one in passages(story.case)]

    assert way == [(5, 2, Action.COMPLETE), (6, 2, Action.APPROVE)]


def test_a_return_is_told_with_its_reason() -> None:
    ((entry, details),) = returns_of(returned_to_the_planner().case)

    assert (entry.event.step, details.to_step, details.note) == (6, 5, "mohon diperbaiki")
