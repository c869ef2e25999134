"""The life of a case from its letter to the archive, and what may follow."""

from __future__ import annotations

from datetime import date

from soptui.domain.case import Status, StepState
from soptui.domain.events import Action, Dispose
from soptui.domain.gate import gate
from soptui.domain.ids import OfficerId
from soptui.domain.office import ADMINISTRATOR
from soptui.domain.replace import replace
from tests.support.case_story import Story
from tests.support.office_parts import ARCHIVE, LETTER
from tests.support.small_office import HEAD, SECRETARY, SOP, STAFF, sop_of

# --- the whole run --------------------------------------------------------------------------------


def test_a_letter_walks_through_all_steps_to_the_archive() -> None:
    story = Story().waiting_at(8).receive().archive()

    assert story.case.status is Status.DONE
    assert all(entry.effective for entry in story.case.entries)
    assert [visit.step for visit in story.case.visits] == [0, 1, 2, 3, 4, 5, 6, 7, 8]
    assert all(visit.round == 1 for visit in story.case.visits)
    assert story.case.archive == ARCHIVE


def test_a_hand_over_waits_until_it_is_received_and_then_is_in_work() -> None:
    story = Story().register()
    waiting = story.case.visits[-1]
    assert (waiting.step, waiting.state) == (1, StepState.TO_RECEIVE)

    working = story.receive().case.visits[-1]
    assert (working.state, working.owner) == (StepState.IN_WORK, "camat-1")

    done = story.dispose().case.visits[-2]
    assert (done.state, done.outcome) == (StepState.DONE, Action.DISPOSE)


def test_registration_is_itself_a_finished_stay_that_began_when_the_letter_came() -> None:
    case = Story().register().case

    assert case.visits[0].received == LETTER.received
    assert case.visits[0].owner == "penerima-1"
    assert case.letter == LETTER


def test_a_disposition_informs_the_others_it_addresses_and_names_a_day() -> None:
    story = Story().register().receive()
    due = date(2026, 1, 9)
    story.add(story.event(Dispose((SECRETARY, STAFF), note="mohon dibantu", due=due)))

    assert story.case.informed == (STAFF,)
    assert story.case.visits[-1].due == due


def test_the_last_step_of_an_sop_without_archive_ends_the_case() -> None:
    short = sop_of(1, SOP.steps[:2])
    story = Story(sops={(short.id, 1): short}).register().receive().dispose().receive().dispose()

    assert story.case.status is Status.DONE
    assert story.case.visits[-1].closed is not None


# --- the end, and after ---------------------------------------------------------------------------


def test_an_archived_case_can_only_be_read() -> None:
    story = Story().in_work_at(8).archive()
    before = story.case
    for action in set(Action) - {Action.REOPEN, Action.REGISTER}:
        for by, role in (("staff-1", STAFF), ("camat-1", HEAD), ("admin-1", ADMINISTRATOR)):
            closed = gate(before, action, OfficerId(by), role)
            assert closed is not None
            assert closed.code in ("closed", "not-suspended")

    story.note("terlambat").cancel()
    assert replace(story.case, entries=before.entries) == before


def test_a_cancelled_case_is_closed_and_withdraws_what_was_asked() -> None:
    story = Story().in_work_at(3).request("kesra").cancel()

    assert story.case.status is Status.CANCELLED
    assert story.case.visits[-1].outcome is Action.CANCEL
    assert not story.case.open_requests
    assert story.submit("kesra").code == "closed"
    assert story.register().code == "registered"


def test_only_the_head_cancels_and_reopens() -> None:
    story = Story().in_work_at(4)
    assert story.cancel("sekretaris-1", role=SECRETARY).code == "not-your-role"
    story.cancel()
    assert story.reopen(4, "sekretaris-1", role=SECRETARY).code == "not-your-role"


def test_a_reopened_archive_keeps_its_approval_only_after_the_approving_step() -> None:
    story = Story().in_work_at(8).archive().reopen(8)
    assert story.case.approval is not None
    assert (story.case.archive, story.case.status) == (None, Status.RUNNING)
    assert story.receive().archive().case.status is Status.DONE

    assert story.reopen(5).case.approval is None
    assert (story.place, story.case.visits[-1].assignee) == ((5, 2), "kasubbag-1")


def test_a_case_reopens_no_further_than_it_had_come() -> None:
    story = Story().in_work_at(8).send_back(5).receive().send_back(3).cancel()

    assert story.reopen(7).code == "not-passed"
    assert story.reopen(3).place == (3, 3)


def test_a_case_reopens_only_where_it_has_been() -> None:
    assert Story().in_work_at(3).cancel().reopen(5).code == "not-passed"


def test_a_case_cancelled_at_its_registration_can_be_reopened_there() -> None:
    story = Story().in_work_at(1).send_back(0).cancel().reopen(0)

    assert story.place == (0, 3)
    assert story.receive().register().place == (1, 2)
