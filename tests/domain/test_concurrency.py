"""What becomes of acts whose authors had not seen each other's."""

from __future__ import annotations

import pytest

from soptui.domain.events import Action, Attach, Correct, Datum, Details, Note, Request, Submit
from soptui.domain.fold import effect_fault, fold, new_case
from soptui.domain.gate import commutes
from soptui.domain.ids import EventId, UnitId
from soptui.domain.seen import seen_by_author
from tests.support.case_story import Story
from tests.support.office_parts import attachment
from tests.support.small_office import (
    HEAD,
    HEAD_ID,
    HEADER,
    MERGED,
    PLANNER,
    SECRETARY,
    SECTION,
    SOP,
    SOPS,
    STAFF,
)

KESRA = UnitId("kesra")
PEMERINTAHAN = UnitId("pemerintahan")


def test_notes_and_evidence_written_in_ignorance_of_a_decision_take_effect() -> None:
    story = Story().in_work_at(5)
    seen, place = story.last_id, story.place
    story.complete()

    story.note("angka triwulan III", "staff-1", role=STAFF, after=seen, place=place)
    assert story.code == ""
    story.attach("bukti.pdf", "staff-1", role=STAFF, after=seen, place=place)
    assert story.code == ""
    assert story.place == (6, 1)


def test_a_decision_takes_effect_although_its_author_had_not_seen_a_note() -> None:
    story = Story().in_work_at(5)
    seen = story.last_id
    story.note("angka triwulan III", "staff-1", role=STAFF)

    assert story.complete(after=seen).code == ""


def test_a_correction_in_words_commutes_and_one_that_replaces_output_does_not() -> None:
    story = Story().in_work_at(7)
    seen, made = story.last_id, story.event_of(5, 1)
    story.correct(made, "kasubbag-1", role=PLANNER)
    assert story.approve("camat-1", after=seen).code == ""

    story = Story().in_work_at(7)
    seen, made = story.last_id, story.event_of(5, 1)
    read = story.documents
    story.correct(made, "kasubbag-1", role=PLANNER, output="betul.pdf")
    assert story.approve("camat-1", after=seen, documents=read).code == "overtaken"


def test_sections_that_answer_without_seeing_each_other_all_take_effect() -> None:
    story = Story().in_work_at(3).request("kesra", "pemerintahan", "ketentraman")
    seen = story.last_id
    for unit in ("ketentraman", "kesra", "pemerintahan"):
        assert story.submit(unit, after=seen).code == ""

    assert not story.case.open_requests
    assert story.complete().code == ""


def test_two_answers_of_one_section_do_not_both_count() -> None:
    story = Story().in_work_at(3).request("kesra", "pemerintahan")
    seen = story.last_id
    story.submit("kesra")
    first = story.case.requests[0]

    assert story.submit("kesra", by="kasi-1", after=seen).code == "overtaken"
    assert story.closed is not None
    assert story.closed.officers == ("kasi-2",)
    assert story.case.requests[0] == first


def test_asking_one_section_while_another_answers_takes_effect() -> None:
    story = Story().in_work_at(3).request("kesra")
    seen = story.last_id
    story.submit("kesra")

    assert story.request("pemerintahan", after=seen).code == ""


def test_an_answer_that_arrives_after_the_step_was_closed_is_kept_without_effect() -> None:
    story = Story().in_work_at(3).request("kesra")
    seen, place = story.last_id, story.place
    story.complete(early="mendesak")
    before = story.case
    story.submit("kesra", after=seen, place=place)

    assert story.code == "overtaken"
    assert story.case.requests == before.requests
    assert story.case.entries[-1].event.action is Action.SUBMIT


def test_closing_early_loses_against_an_answer_it_had_not_seen() -> None:
    story = Story().in_work_at(3).request("kesra")
    seen = story.last_id
    story.submit("kesra")

    assert story.complete(early="kesra belum menjawab", after=seen).code == "overtaken"
    assert story.complete().code == ""


def test_of_two_that_receive_at_once_the_first_accepted_has_the_case() -> None:
    story = Story().waiting_at(4)
    seen = story.last_id
    story.receive("staff-2").receive("staff-1", after=seen)

    assert story.code == "overtaken"
    assert story.closed is not None
    assert story.closed.officers == ("staff-2",)
    assert story.case.visits[-1].owner == "staff-2"


def test_a_recall_that_crossed_a_receipt_loses() -> None:
    story = Story().waiting_at(6)
    seen = story.last_id
    story.receive("sekretaris-1")

    assert story.recall("kasubbag-1", role=PLANNER, after=seen).code == "overtaken"
    assert story.place == (6, 1)


def test_a_receipt_that_crossed_a_recall_loses() -> None:
    story = Story().waiting_at(6)
    seen = story.last_id
    story.recall()

    story.receive("sekretaris-1", role=SECRETARY, after=seen, place=(6, 1))
    assert story.code == "overtaken"
    assert story.case.visits[-1].owner == "kasubbag-1"


def test_acts_built_on_one_that_lost_are_judged_as_the_case_stands() -> None:
    story = Story().waiting_at(4)
    seen = story.last_id
    story.receive("staff-2").receive("staff-1", after=seen).complete("staff-1")

    assert story.code == "not-owner"
    assert story.case.visits[-1].owner == "staff-2"


def test_a_lost_decision_does_not_make_others_lose() -> None:
    story = Story().waiting_at(4)
    seen = story.last_id
    story.receive("staff-2")
    received = story.last_id
    story.receive("staff-1", after=seen)

    assert story.complete("staff-2", after=received).code == ""


def test_a_note_about_a_place_that_a_recall_took_away_takes_effect() -> None:
    story = Story().waiting_at(6)
    seen = story.last_id
    story.recall()

    story.note("mohon dicek", "sekretaris-1", role=SECRETARY, after=seen, place=(6, 1))
    assert story.code == ""


def test_a_note_about_a_place_that_a_migration_moved_takes_effect() -> None:
    story = Story().in_work_at(8)
    seen = story.last_id
    story.migrate(MERGED)

    story.note("siap diarsipkan", "staff-1", role=STAFF, after=seen, place=(8, 1))
    assert story.code == ""


def test_a_note_that_crossed_the_archive_finds_the_case_closed() -> None:
    story = Story().in_work_at(8)
    seen = story.last_id
    story.archive().note("tunggu", "staff-2", role=STAFF, after=seen)

    assert story.code == "closed"


def test_an_event_that_builds_on_nothing_known_has_no_effect() -> None:
    story = Story().waiting_at(4)
    assert story.receive(after="0" * 64).code == "overtaken"
    assert Story().register(after="0" * 64).code == "unknown-after"

    quiet = Story()
    quiet.register(by="camat-1", role=HEAD)
    assert quiet.code == "not-your-role"
    assert quiet.register(after="0" * 64).code == "unknown-after"


def test_a_note_that_builds_on_nothing_known_says_so() -> None:
    story = Story().waiting_at(4)

    assert story.note("x", "staff-1", role=STAFF, after="0" * 64).code == "unknown-after"


def test_a_first_event_that_came_second_still_names_the_header() -> None:
    story = Story().register()

    assert story.register(after=HEAD_ID, place=(0, 1)).code == "overtaken"


# --- which pairs commute --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (Submit(KESRA, "x"), Submit(PEMERINTAHAN, "x"), True),
        (Submit(KESRA, "x"), Submit(KESRA, "x"), False),
        (Submit(KESRA, data=(Datum("x"),)), Request((PEMERINTAHAN,)), True),
        (Submit(KESRA, "x"), Request((PEMERINTAHAN, KESRA)), False),
        (Request((KESRA,)), Request((PEMERINTAHAN,)), True),
        (Request((KESRA,)), Request((KESRA,)), False),
        (Note("x"), Submit(KESRA, "x"), True),
        (Note("x"), Note("x"), True),
        (Attach(), Correct(EventId("0"), "x"), True),
    ],
)
def test_commuting_is_mutual(one: Details, other: Details, together: bool) -> None:
    story = Story().in_work_at(3)
    first, second = (story.event(details) for details in (one, other))

    assert commutes(first, second) is together
    assert commutes(second, first) is together


def test_a_correction_with_output_commutes_with_words_only() -> None:
    story = Story().in_work_at(5)
    output = (attachment("x"),)
    correction = story.event(Correct(EventId("0"), "x"), attachments=output)

    assert commutes(correction, story.event(Note("x")))
    assert not commutes(correction, story.event(Submit(KESRA, "x")))
    assert not commutes(correction, correction)


# --- what the author had seen ---------------------------------------------------------------------


def test_the_case_as_its_author_had_seen_it_ends_where_after_points() -> None:
    story = Story().in_work_at(4)
    earlier = story.case
    event = story.event(Note("x"), "staff-1")
    story.complete()

    assert seen_by_author(story.case, event, SOPS) == earlier
    now = story.event(Note("x"), "staff-1")
    assert seen_by_author(story.case, now, SOPS) is story.case
    first = story.event(Note("x"), after=HEAD_ID)
    assert seen_by_author(story.case, first, SOPS) == new_case(HEADER, HEAD_ID, SOPS)
    lost = story.event(Note("x"), after="0" * 64)
    assert seen_by_author(story.case, lost, SOPS) is None
    assert seen_by_author(story.case, first, {}) is None


def test_an_act_that_lost_was_open_in_the_case_its_author_had_seen() -> None:
    story = Story().waiting_at(4)
    seen = story.last_id
    story.receive("staff-2").receive("staff-1", after=seen)
    event = story.case.entries[-1].event

    view = seen_by_author(story.case, event, SOPS)
    assert view is not None
    assert effect_fault(view, event, SOPS) is None


def test_a_case_needs_the_very_version_that_its_header_names() -> None:
    assert new_case(HEADER, HEAD_ID, {}) is None
    assert new_case(HEADER, HEAD_ID, {(SOP.id, 1): MERGED}) is None
    start = new_case(HEADER, HEAD_ID, SOPS)
    assert start is not None
    assert fold(start, (), SOPS) == start
    assert (start.last_id, start.year, start.id) == (HEAD_ID, 2026, "2026-k7m3qd9x")


def test_a_section_is_asked_in_its_own_role() -> None:
    story = Story().in_work_at(3).request("kesra")

    assert story.submit("kesra", role=PLANNER, by="kasubbag-1").code == "not-asked"
    assert story.submit("kesra", role=SECTION).code == ""
