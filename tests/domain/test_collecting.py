"""Sections are asked for data, and answer."""

from __future__ import annotations

from datetime import date

from soptui.domain.events import Datum, Request, Submit
from soptui.domain.ids import UnitId
from soptui.domain.replace import replace
from tests.support.case_story import Story
from tests.support.small_office import SECTION, SOP, STAFF, sop_of

KESRA = UnitId("kesra")


def test_sections_are_asked_side_by_side_and_answer_in_any_order() -> None:
    story = Story().in_work_at(3).request("kesra", "pemerintahan").request("ketentraman")
    assert [request.unit for request in story.case.open_requests] == [
        "kesra",
        "pemerintahan",
        "ketentraman",
    ]

    story.submit("ketentraman").submit("kesra")
    assert story.complete().code == "answers-missing"
    assert story.closed is not None
    assert story.closed.units == ("pemerintahan",)

    story.submit("pemerintahan").complete()
    assert (story.code, story.place) == ("", (4, 1))


def test_a_section_has_at_most_one_open_request_and_may_be_asked_again_after_its_answer() -> None:
    story = Story().in_work_at(3).request("kesra")
    assert story.request("kesra").code == "asked-already"

    story.submit("kesra").request("kesra")
    assert story.code == ""
    assert len(story.case.requests) == 2


def test_a_request_names_each_section_once_and_names_one() -> None:
    story = Story().in_work_at(3)

    assert story.request().code == "no-section"
    assert story.request("kesra", "kesra").code == "no-section"
    assert story.request("").code == "no-section"
    late = Request((KESRA,), due=date(2026, 1, 1))
    assert story.add(story.event(late)).code == "due-in-past"


def test_only_an_asked_section_submits_and_submits_something() -> None:
    story = Story().in_work_at(3).request("kesra")

    assert story.submit("pemerintahan").code == "not-asked"
    assert story.submit("kesra", by="staff-1", role=STAFF).code == "not-asked"
    assert story.add(story.event(Submit(KESRA), "kasi-2", SECTION)).code == "nothing-submitted"
    empty_line = Submit(KESRA, data=(Datum(""),))
    assert story.add(story.event(empty_line, "kasi-2", SECTION)).code == "datum-without-indicator"
    assert story.submit("kesra").code == ""
    assert story.case.requests[0].answered_by == "kasi-2"
    assert story.submit("kesra").code == "no-request"


def test_collecting_closes_early_with_a_reason_and_withdraws_what_is_owed() -> None:
    story = Story().in_work_at(3).request("kesra", "pemerintahan").submit("kesra")
    story.complete(early="pemerintahan menyusul")

    assert (story.code, story.place) == ("", (4, 1))
    assert [request.withdrawn for request in story.case.requests] == [False, True]
    assert story.submit("pemerintahan").code == "no-request"


def test_collecting_without_having_asked_anybody_needs_a_reason() -> None:
    story = Story().in_work_at(3)

    assert story.complete().code == "answers-missing"
    assert story.complete(early="data sudah ada").code == ""


def test_a_returned_collection_asks_anew_in_its_next_round() -> None:
    story = Story().in_work_at(3).request("kesra", "pemerintahan").submit("kesra")
    story.send_back(2).receive().dispose().receive()
    assert story.place == (3, 2)
    assert not story.case.open_requests

    assert story.complete().code == "answers-missing"
    story.request("pemerintahan").submit("pemerintahan").complete()
    assert story.code == ""


def test_a_recall_of_an_early_close_opens_the_requests_again() -> None:
    story = Story().in_work_at(3).request("kesra").complete(early="mendesak").recall()

    assert (story.code, story.place) == ("", (3, 1))
    assert [request.unit for request in story.case.open_requests] == ["kesra"]
    assert story.documents == ()
    assert story.submit("kesra").complete().code == ""


def test_a_step_without_sections_has_nobody_to_ask() -> None:
    three = replace(SOP.steps[2], involved=())
    alone = sop_of(1, (*SOP.steps[:2], three, *SOP.steps[3:]))
    story = Story(sops={(alone.id, 1): alone}).waiting_at(3).receive()

    assert story.request("kesra").code == "nobody-to-ask"
