"""A running case goes on under another version of its SOP."""

from __future__ import annotations

from collections.abc import Sequence

from soptui.domain.case import Status, StepState
from soptui.domain.events import Migrate, Recall, Receive
from soptui.domain.office import ADMINISTRATOR
from soptui.domain.replace import replace
from soptui.domain.sop import Sop, Step, StepKind
from tests.support.case_story import Story
from tests.support.plausible_events import BACK_MAPPING
from tests.support.small_office import MERGED, MERGED_MAPPING, PLANNER, SECRETARY, SOP, SOPS, sop_of


def test_a_running_case_moves_to_another_version_with_a_mapping() -> None:
    story = Story().in_work_at(6).migrate()

    assert story.code == ""
    assert story.case.sop is MERGED
    assert story.place == (5, 1)
    assert story.case.visits[-1].owner == "sekretaris-1"
    story.approve("sekretaris-1").receive().approve().receive().archive()
    assert story.case.status is Status.DONE


def test_steps_that_fall_together_count_their_rounds_on() -> None:
    story = Story().in_work_at(6)
    made = story.event_of(5, 1)
    story.migrate()

    assert [(visit.step, visit.round) for visit in story.case.visits][-3:] == [
        (4, 1),
        (4, 2),
        (5, 1),
    ]
    document = story.case.current_documents[0]
    assert (document.step, document.round, document.event) == (4, 2, made)
    assert story.correct(made, "kasubbag-1", role=PLANNER, output="betul.pdf").code == ""
    assert story.case.current_documents[0].file.name == "betul.pdf"


def test_a_step_that_passes_to_another_role_must_be_received_anew() -> None:
    story = Story().in_work_at(4).migrate()

    visit = story.case.visits[-1]
    assert (visit.step, visit.state, visit.owner) == (4, StepState.TO_RECEIVE, "")
    assert story.receive("kasubbag-1").complete().code == ""


def test_a_step_is_freed_from_an_owner_whom_the_other_version_keeps_from_it() -> None:
    strict = replace(SOP.steps[7], distinct_from=(4,))
    version = sop_of(3, (*SOP.steps[:7], strict))
    story = Story(sops={**SOPS, (version.id, 3): version}).in_work_at(8)
    story.migrate(version, tuple((number, number) for number in range(9)))

    assert story.case.visits[-1].owner == ""
    assert story.receive("staff-1").code == "separation-of-duties"
    assert story.receive("staff-2").archive().case.status is Status.DONE


def _without_separation(version: int, steps: Sequence[Step] = SOP.steps) -> Sop:
    return sop_of(version, [replace(step, distinct_from=()) for step in steps])


SAME = tuple((number, number) for number in range(9))


def test_what_was_finished_keeps_the_separation_under_which_it_was_finished() -> None:
    loose = _without_separation(3)
    story = Story(sops={**SOPS, (loose.id, 3): loose}).in_work_at(6).migrate(loose, SAME)

    assert story.case.visits[-2].apart == (6, 7)
    assert story.reassign("kasubbag-1").code == "separation-of-duties"
    assert story.approve("sekretaris-1").receive("kasubbag-1").code == "separation-of-duties"
    assert "5" in str(story.closed and story.closed.reason.values["steps"])
    assert story.receive().approve().code == ""


def test_it_is_kept_through_several_migrations_and_wherever_steps_go() -> None:
    loose = _without_separation(3, MERGED.steps)
    story = Story(sops={**SOPS, (loose.id, 3): loose}).in_work_at(6)
    story.migrate(loose, MERGED_MAPPING)

    assert [visit.apart for visit in story.case.visits if visit.outcome][-2:] == [(), (5, 6)]
    story.migrate(SOP, BACK_MAPPING)
    assert story.case.visits[-2].apart == (6, 7)


def test_a_step_finished_after_the_migration_is_kept_by_the_other_version_only() -> None:
    loose = _without_separation(3)
    story = Story(sops={**SOPS, (loose.id, 3): loose}).in_work_at(5).migrate(loose, SAME)

    assert story.complete().case.visits[-2].apart == ()
    assert story.reassign("kasubbag-1", "camat-1").code != "separation-of-duties"


def test_no_mapping_makes_somebody_the_judge_of_their_own_work() -> None:
    loose = _without_separation(3)
    story = Story(sops={**SOPS, (loose.id, 3): loose}).in_work_at(6)
    story.migrate(loose, ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 8), (7, 5)))

    assert story.case.visits[-2].apart == (6, 7, 8)


def test_the_mapping_names_the_steps_that_are_kept_apart_too() -> None:
    story = Story().in_work_at(6).migrate(MERGED, MERGED_MAPPING[:7])

    assert story.code == "mapping-incomplete"
    assert story.closed is not None
    assert story.closed.reason.values["steps"] == "7"
    assert Story().in_work_at(5).migrate(MERGED, MERGED_MAPPING[:6]).code == ""


def test_open_requests_end_when_the_other_version_collects_nothing_there() -> None:
    work = replace(SOP.steps[2], kind=StepKind.WORK)
    version = sop_of(3, (*SOP.steps[:2], work, *SOP.steps[3:]))
    story = Story(sops={**SOPS, (version.id, 3): version}).in_work_at(3).request("kesra")
    story.migrate(version, tuple((number, number) for number in range(4)))

    assert not story.case.open_requests
    assert story.complete().code == ""


def test_what_a_migration_withdrew_must_be_asked_again() -> None:
    work = replace(SOP.steps[2], kind=StepKind.WORK)
    version = sop_of(3, (*SOP.steps[:2], work, *SOP.steps[3:]))
    same = tuple((number, number) for number in range(4))
    story = Story(sops={**SOPS, (version.id, 3): version}).in_work_at(3).request("kesra")
    story.migrate(version, same).migrate(SOP, same)

    assert story.complete().code == "answers-missing"
    assert story.request("kesra").submit("kesra").complete().code == ""


def test_an_approval_that_only_the_other_version_wants_is_missing_at_the_archive() -> None:
    six = replace(SOP.steps[5], kind=StepKind.APPROVE)
    version = sop_of(3, (*SOP.steps[:5], six, *SOP.steps[6:]))
    story = Story(sops={**SOPS, (version.id, 3): version}).in_work_at(8)
    story.migrate(version, tuple((number, number) for number in range(9)))

    assert story.archive().code == "not-approved"
    assert story.closed is not None
    assert story.closed.roles == (SECRETARY,)
    story.send_back(5).receive().complete().receive().approve().receive().approve()
    assert story.receive().archive().case.status is Status.DONE


def test_a_migration_needs_a_known_version_and_a_whole_mapping() -> None:
    story = Story().in_work_at(5)

    def migrated(details: Migrate) -> str:
        return story.add(story.event(details, "admin-1", ADMINISTRATOR)).code

    digest = MERGED.digest
    assert migrated(Migrate(1, SOP.digest, MERGED_MAPPING, "x")) == "same-version"
    assert migrated(Migrate(3, digest, MERGED_MAPPING, "x")) == "unknown-sop"
    assert migrated(Migrate(2, "0" * 64, MERGED_MAPPING, "x")) == "unknown-sop"
    assert migrated(Migrate(2, digest, MERGED_MAPPING[:4], "x")) == "mapping-incomplete"
    twice = (*MERGED_MAPPING, (5, 5))
    assert migrated(Migrate(2, digest, twice, "x")) == "mapping-incomplete"
    beyond = (*MERGED_MAPPING[:5], (5, 8))
    assert migrated(Migrate(2, digest, beyond, "x")) == "mapping-unknown"
    moved = ((0, 1), *MERGED_MAPPING[1:])
    assert migrated(Migrate(2, digest, moved, "x")) == "mapping-registration"
    assert migrated(Migrate(2, digest, MERGED_MAPPING, "")) == "no-reason"
    assert migrated(Migrate(2, digest, MERGED_MAPPING, "x")) == ""


def test_a_hand_over_from_before_a_migration_is_not_recalled() -> None:
    story = Story().waiting_at(6).migrate()

    assert story.recall("kasubbag-1").code == "changed-since"
    assert story.receive("sekretaris-1").code == ""


def test_the_administrator_may_migrate_but_not_act() -> None:
    story = Story().waiting_at(4)

    assert story.add(story.event(Receive(), "admin-1", ADMINISTRATOR)).code == "not-your-role"
    assert story.add(story.event(Recall(), "admin-1", ADMINISTRATOR)).code == "not-sender"
