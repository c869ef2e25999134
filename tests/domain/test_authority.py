"""Whether an officer holds the post that an event names, on its day, in the office's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from soptui.domain.authority import authority
from soptui.domain.case import Case
from soptui.domain.events import Dispose, Event, Note, Reassign, Receive, Request, Submit
from soptui.domain.ids import OfficerId, UnitId
from soptui.domain.office import Capacity, Officer, Registry
from soptui.domain.replace import replace
from soptui.domain.seen import seen_by_author
from tests.support.case_story import Story
from tests.support.office_parts import START, WIB, post
from tests.support.small_office import (
    HEAD,
    OFFICE,
    OFFICERS,
    PLANNER,
    REGISTRY,
    SECRETARY,
    SECTION,
    SOPS,
    STAFF,
    officer,
)

KESRA = UnitId("kesra")
PEMERINTAHAN = UnitId("pemerintahan")
PERIKANAN = UnitId("perikanan")


def registry_with(*more: Officer, registry: Registry = REGISTRY) -> Registry:
    """The registry with these officers added or changed."""
    return replace(registry, officers={**registry.officers, **{one.id: one for one in more}})


def code(case: Case, event: Event, registry: Registry = REGISTRY) -> str:
    """The code of the refusal, or an empty string."""
    closed = authority(registry, case, event)
    return closed.code if closed else ""


def test_every_act_of_a_usual_run_is_within_its_authors_posts() -> None:
    story = Story().waiting_at(8).receive().archive()

    for _, event in story.events:
        seen = seen_by_author(story.case, event, SOPS)
        assert seen is not None
        assert authority(REGISTRY, seen, event) is None


def test_an_unknown_officer_may_nothing() -> None:
    story = Story().in_work_at(4)

    assert code(story.case, story.event(Note("x"), "tamu-1")) == "unknown-officer"


def test_a_role_one_does_not_hold_is_refused_and_named() -> None:
    story = Story().in_work_at(4)
    closed = authority(REGISTRY, story.case, story.event(Note("x"), "staff-1", HEAD))

    assert closed is not None
    assert (closed.code, closed.roles) == ("post-not-held", (HEAD,))


def test_the_capacity_must_be_the_one_in_which_the_post_is_held() -> None:
    story = Story().waiting_at(6)
    definitive = story.event(Receive(), "kasubbag-1", SECRETARY)
    acting = story.event(Receive(), "kasubbag-1", SECRETARY, capacity=Capacity.ACTING)
    daily = story.event(Receive(), "kasubbag-1", SECRETARY, capacity=Capacity.DAILY_ACTING)

    assert code(story.case, definitive) == "post-not-held"
    assert code(story.case, acting) == ""
    assert code(story.case, daily) == "post-not-held"


def test_a_plt_keeps_the_definitive_post_beside_the_other() -> None:
    story = Story().in_work_at(5)

    assert code(story.case, story.event(Note("x"), "kasubbag-1", PLANNER)) == ""
    acting = story.event(Note("x"), "kasubbag-1", SECRETARY, capacity=Capacity.ACTING)
    assert code(story.case, acting) == ""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 31), "post-not-held"),
        (date(2026, 2, 1), ""),
        (date(2026, 3, 31), ""),
        (date(2026, 4, 1), "post-not-held"),
    ],
)
def test_a_post_is_held_from_its_first_day_through_its_last(day: date, expected: str) -> None:
    acting = post(HEAD, Capacity.ACTING, starts=date(2026, 2, 1), ends=date(2026, 3, 31))
    registry = registry_with(officer("plt-1", acting))
    story = Story().in_work_at(4)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=WIB)
    event = story.event(Note("x"), "plt-1", HEAD, capacity=Capacity.ACTING, at=noon)

    assert code(story.case, event, registry) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 1, 31, 16, 59, 59, tzinfo=UTC), "post-not-held"),
        (datetime(2026, 1, 31, 17, 0, 0, tzinfo=UTC), ""),
        (datetime(2026, 2, 1, 16, 59, 59, tzinfo=UTC), ""),
        (datetime(2026, 2, 1, 17, 0, 0, tzinfo=UTC), "post-not-held"),
    ],
)
def test_the_day_is_that_of_the_office_wherever_the_clock_stands(
    at: datetime, expected: str
) -> None:
    one_day = post(STAFF, starts=date(2026, 2, 1), ends=date(2026, 2, 1))
    registry = registry_with(officer("staff-9", one_day))
    story = Story().in_work_at(5)
    event = story.event(Note("x"), "staff-9", STAFF, at=at)

    assert code(story.case, event, registry) == expected


def test_data_is_submitted_by_a_holder_of_that_very_section() -> None:
    story = Story().in_work_at(3).request("kesra")

    assert code(story.case, story.event(Submit(KESRA, "x"), "kasi-2", SECTION)) == ""
    assert code(story.case, story.event(Submit(KESRA, "x"), "kasi-1", SECTION)) == "post-not-held"


def test_a_section_head_acting_for_another_section_submits_for_both() -> None:
    both = officer(
        "kasi-1",
        post(SECTION, unit="pemerintahan"),
        post(SECTION, Capacity.DAILY_ACTING, unit="kesra"),
    )
    registry = registry_with(both)
    story = Story().in_work_at(3).request("kesra", "pemerintahan")
    own = story.event(Submit(PEMERINTAHAN, "x"), "kasi-1", SECTION)
    other = story.event(Submit(KESRA, "x"), "kasi-1", SECTION, capacity=Capacity.DAILY_ACTING)
    claimed = story.event(Submit(KESRA, "x"), "kasi-1", SECTION)

    assert code(story.case, own, registry) == ""
    assert code(story.case, other, registry) == ""
    assert code(story.case, claimed, registry) == "post-not-held"


def test_only_sections_of_the_office_that_somebody_heads_are_asked() -> None:
    story = Story().in_work_at(3)
    empty = Registry(OFFICE, {one.id: one for one in OFFICERS if one.id != "kasi-2"})

    assert code(story.case, story.event(Request((KESRA, PEMERINTAHAN)))) == ""
    assert code(story.case, story.event(Request((KESRA, PERIKANAN)))) == "unknown-section"
    assert code(story.case, story.event(Request((KESRA,))), empty) == "empty-section"


def test_a_section_that_only_the_posts_know_is_not_asked() -> None:
    registry = registry_with(officer("kasi-9", post(SECTION, unit="perikanan")))
    story = Story().in_work_at(3)

    event = story.event(Request((PERIKANAN,)))
    assert code(story.case, event, registry) == "unknown-section"


def test_instructions_come_from_the_offices_list() -> None:
    story = Story().register().receive()

    assert code(story.case, story.event(Dispose((SECRETARY,), ("tindak-lanjuti",)))) == ""
    unknown = story.event(Dispose((SECRETARY,), ("tindak-lanjuti", "bakar")))
    assert code(story.case, unknown) == "unknown-instruction"


def test_a_step_is_reassigned_only_to_a_holder_of_its_role_on_that_day() -> None:
    gone = officer("staff-8", post(STAFF, ends=START.date().replace(day=1)))
    registry = registry_with(gone)
    story = Story().in_work_at(4)

    def to(target: str) -> str:
        event = story.event(Reassign(OfficerId(target), "cuti"), "camat-1", HEAD)
        return code(story.case, event, registry)

    assert to("staff-2") == ""
    assert to("kasi-1") == "not-a-holder"
    assert to("staff-8") == "not-a-holder"
    assert to("tamu-1") == "not-a-holder"


def test_a_step_may_be_reassigned_to_an_acting_holder() -> None:
    story = Story().in_work_at(5)

    assert (
        code(story.case, story.event(Reassign(OfficerId("kasubbag-2"), "cuti"), "camat-1", HEAD))
        == ""
    )
