"""The life of a case, in the words of those who live it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from soptui.domain.case import Case, Status, StepState
from soptui.domain.events import (
    Action,
    Approve,
    Archive,
    Attach,
    AttachmentKind,
    Complete,
    Datum,
    Dispose,
    Letter,
    Migrate,
    Note,
    Reassign,
    Recall,
    Receive,
    Request,
    Return,
    Submit,
    Suspend,
)
from soptui.domain.office import ADMINISTRATOR, Capacity
from soptui.domain.rules import choose_role, gate
from soptui.domain.rules_details import files_limit_fault
from soptui.domain.sop import StepKind
from tests.domain.builders import (
    ARCHIVE,
    HEAD,
    LETTER,
    MERGED,
    MERGED_MAPPING,
    PLANNER,
    REGISTRAR,
    SECRETARY,
    SECTION,
    SOP,
    SOPS,
    STAFF,
    START,
    Story,
    attachment,
    sop_of,
)

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


# --- who may act, and who could instead -----------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "action", "role"),
    [
        (1, Action.DISPOSE, HEAD),
        (2, Action.DISPOSE, SECRETARY),
        (3, Action.REQUEST, PLANNER),
        (3, Action.COMPLETE, PLANNER),
        (4, Action.COMPLETE, STAFF),
        (5, Action.COMPLETE, PLANNER),
        (6, Action.APPROVE, SECRETARY),
        (7, Action.APPROVE, HEAD),
        (8, Action.ARCHIVE, STAFF),
        (1, Action.RETURN, HEAD),
    ],
)
def test_a_step_is_moved_by_its_owner_and_by_nobody_else(
    step: int, action: Action, role: str
) -> None:
    case = Story().in_work_at(step).case
    owner = case.visits[-1].owner

    assert gate(case, action, owner, role) is None
    stranger = gate(case, action, "someone-else", role)
    assert stranger is not None
    assert (stranger.code, stranger.officers) == ("not-owner", (owner,))


@pytest.mark.parametrize(
    ("step", "action"),
    [
        (1, Action.COMPLETE),
        (1, Action.ARCHIVE),
        (3, Action.APPROVE),
        (4, Action.REQUEST),
        (6, Action.COMPLETE),
        (8, Action.DISPOSE),
    ],
)
def test_a_step_is_finished_only_in_its_own_way(step: int, action: Action) -> None:
    case = Story().in_work_at(step).case
    closed = gate(case, action, case.visits[-1].owner, case.step.actor)

    assert closed is not None
    assert closed.code == "other-step"


def test_each_kind_of_closed_action_says_who_could() -> None:
    new = Story().case
    waiting = Story().waiting_at(3).case
    working = Story().in_work_at(3).case

    def who(case: Case, action: Action, by: str, role: str) -> tuple[object, ...] | None:
        closed = gate(case, action, by, role)
        return (closed.code, closed.roles, closed.officers, closed.units) if closed else None

    assert who(new, Action.REGISTER, "penerima-1", REGISTRAR) is None
    assert who(new, Action.REGISTER, "camat-1", HEAD) == ("not-your-role", (REGISTRAR,), (), ())
    for action in set(Action) - {Action.REGISTER}:
        assert who(new, action, "camat-1", HEAD) == ("not-registered", (REGISTRAR,), (), ())

    assert who(waiting, Action.RECEIVE, "kasubbag-1", PLANNER) is None
    assert who(waiting, Action.RECEIVE, "staff-1", STAFF) == ("not-your-role", (PLANNER,), (), ())
    assert who(waiting, Action.REGISTER, "penerima-1", REGISTRAR) == ("registered", (), (), ())
    assert who(waiting, Action.COMPLETE, "kasubbag-1", PLANNER) == (
        "not-received",
        (PLANNER,),
        (),
        (),
    )
    assert who(working, Action.RECEIVE, "kasubbag-2", PLANNER) == (
        "received",
        (),
        ("kasubbag-1",),
        (),
    )
    assert who(working, Action.SUBMIT, "kasi-1", SECTION) == ("no-request", (), (), ())
    assert who(waiting, Action.RECALL, "camat-1", HEAD) == (
        "not-sender",
        (),
        ("sekretaris-1",),
        (),
    )
    for action in (Action.SUSPEND, Action.REASSIGN):
        assert who(working, action, "camat-1", HEAD) is None
        assert who(working, action, "kasubbag-1", PLANNER) is None
        assert who(working, action, "staff-1", STAFF) == (
            "not-owner-or-head",
            (HEAD,),
            ("kasubbag-1",),
            (),
        )
    for action in (Action.CANCEL, Action.REOPEN, Action.MIGRATE):
        assert who(working, action, "staff-1", STAFF) is not None
    assert who(working, Action.CANCEL, "staff-1", STAFF) == ("not-your-role", (HEAD,), (), ())
    assert who(working, Action.REOPEN, "camat-1", HEAD) == ("not-closed", (), (), ())
    assert who(working, Action.RESUME, "camat-1", HEAD) == ("not-suspended", (), (), ())
    assert who(working, Action.MIGRATE, "camat-1", HEAD) == (
        "not-your-role",
        (ADMINISTRATOR,),
        (),
        (),
    )
    for action in (Action.ATTACH, Action.NOTE, Action.CORRECT):
        assert who(working, action, "staff-1", STAFF) is None
        closed = gate(working, action, "admin-1", ADMINISTRATOR)
        assert closed is not None
        assert (closed.code, set(closed.roles)) == (
            "not-participant",
            {role.id for role in SOP.roles},
        )


def test_an_owner_who_acts_in_another_of_their_roles_is_told_which_role_it_takes() -> None:
    closed = gate(Story().in_work_at(5).case, Action.COMPLETE, "kasubbag-1", SECRETARY)

    assert closed is not None
    assert (closed.code, closed.roles) == ("not-your-role", (PLANNER,))


def test_the_role_in_which_to_act_is_chosen_for_the_officer() -> None:
    case = Story().waiting_at(2).case

    assert choose_role(case, Action.RECEIVE, "x", (PLANNER, SECRETARY)) == (SECRETARY, None)
    role, closed = choose_role(case, Action.COMPLETE, "x", (PLANNER, SECRETARY))
    assert closed is not None
    assert closed.code == "other-step"
    assert role in (PLANNER, SECRETARY)
    assert choose_role(case, Action.RECEIVE, "x", ())[0] == ""


def test_the_nearest_role_is_the_one_that_the_refusal_asks_for() -> None:
    case = Story().in_work_at(3).case

    role, closed = choose_role(case, Action.CANCEL, "x", (STAFF, SECTION))
    assert (role, closed and closed.code) == (STAFF, "not-your-role")
    waiting = Story().waiting_at(3).case
    role, closed = choose_role(waiting, Action.COMPLETE, "x", (STAFF, PLANNER))
    assert (role, closed and closed.code) == (PLANNER, "not-received")


# --- what an act must carry -----------------------------------------------------------------------


def test_an_event_must_name_the_place_where_the_case_is() -> None:
    assert Story().in_work_at(4).complete(place=(4, 2)).code == "other-place"
    assert Story().in_work_at(4).note("x", place=(5, 1)).code == "other-place"
    assert Story().in_work_at(4).note("x", place=(3, 1)).code == ""
    assert Story().register(place=(1, 1)).code == "other-place"


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        (replace(LETTER, number=""), "letter-incomplete"),
        (replace(LETTER, sender=""), "letter-incomplete"),
        (replace(LETTER, subject=""), "letter-incomplete"),
        (replace(LETTER, date=date(2026, 1, 6)), "received-before-letter"),
        (replace(LETTER, received=START + timedelta(days=1)), "received-in-future"),
    ],
)
def test_a_letter_is_registered_only_when_it_makes_sense(letter: Letter, code: str) -> None:
    story = Story().register(letter=letter)

    assert (story.code, story.case.status) == (code, Status.NEW)


def test_a_disposition_addresses_the_next_role_and_says_what_to_do() -> None:
    def disposed(details: Dispose) -> str:
        story = Story().register().receive()
        return story.add(story.event(details)).code

    assert disposed(Dispose((STAFF,), ("tindak-lanjuti",))) == "wrong-addressee"
    assert disposed(Dispose((SECRETARY, SECRETARY), ("x",))) == "unknown-addressee"
    assert disposed(Dispose((SECRETARY, "bupati"), ("x",))) == "unknown-addressee"
    assert disposed(Dispose((SECRETARY,))) == "no-instruction"
    assert disposed(Dispose((SECRETARY,), note="x", due=date(2026, 1, 4))) == "due-in-past"
    assert disposed(Dispose((SECRETARY,), note="x", due=date(2026, 1, 5))) == ""


def test_files_go_where_they_belong_under_a_plain_name() -> None:
    def attached(name: str, kind: AttachmentKind, twice: bool = False) -> str:
        story = Story().in_work_at(4)
        files = (attachment(name, kind),) * (2 if twice else 1)
        return story.add(story.event(Attach(), attachments=files)).code

    assert attached("bukti.pdf", AttachmentKind.SUPPORT) == ""
    assert attached("bukti.pdf", AttachmentKind.OUTPUT) == "attachment-kind"
    assert attached("../bukti.pdf", AttachmentKind.SUPPORT) == "attachment-name"
    assert attached("..", AttachmentKind.SUPPORT) == "attachment-name"
    assert attached("", AttachmentKind.SUPPORT) == "attachment-name"
    assert attached("bukti.pdf", AttachmentKind.SUPPORT, twice=True) == "attachment-twice"
    story = Story().in_work_at(4)
    assert story.add(story.event(Attach())).code == "no-file"


def test_a_file_above_the_office_limit_is_named() -> None:
    small, large = attachment("kecil.pdf"), replace(attachment("besar.pdf"), size=11)

    assert files_limit_fault((small,), 10) is None
    closed = files_limit_fault((small, large), 10)
    assert closed is not None
    assert closed.code == "attachment-too-large"
    assert "besar.pdf" in str(closed.reason)


def test_work_is_complete_only_with_its_requirements_and_its_output() -> None:
    def completed(details: Complete, *files: str) -> str:
        story = Story().in_work_at(3).request("kesra").submit("kesra")
        attachments = tuple(attachment(name) for name in files)
        return story.add(story.event(details, attachments=attachments)).code

    assert completed(Complete(), "bahan.pdf") == "requirement-missing"
    assert completed(Complete(("Disposisi Sekretaris",))) == "output-missing"
    assert completed(Complete(("Disposisi Sekretaris", "x")), "b.pdf") == "unknown-requirement"
    assert completed(Complete(("Disposisi Sekretaris",)), "bahan.pdf") == ""


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (replace(ARCHIVE, classification=""), "archive-incomplete"),
        (replace(ARCHIVE, place=""), "archive-incomplete"),
        (replace(ARCHIVE, items=()), "archive-empty"),
        (replace(ARCHIVE, fate="dibakar"), "unknown-fate"),
        (replace(ARCHIVE, inactive_years=-1), "negative-retention"),
    ],
)
def test_the_archive_wants_a_full_description(details: Archive, code: str) -> None:
    story = Story().in_work_at(8).archive(details=details)

    assert (story.code, story.case.status) == (code, Status.RUNNING)


def test_acts_that_need_a_reason_are_refused_without_one() -> None:
    story = Story().in_work_at(4)
    for details in (Suspend(""), Note(""), Reassign("staff-2", "")):
        assert story.add(story.event(details)).code == "no-reason"
    assert story.add(story.event(Return(3, "data-kurang", ""))).code == "no-reason"


# --- collecting data ------------------------------------------------------------------------------


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
    late = Request(("kesra",), due=date(2026, 1, 1))
    assert story.add(story.event(late)).code == "due-in-past"


def test_only_an_asked_section_submits_and_submits_something() -> None:
    story = Story().in_work_at(3).request("kesra")

    assert story.submit("pemerintahan").code == "not-asked"
    assert story.submit("kesra", by="staff-1", role=STAFF).code == "not-asked"
    assert story.add(story.event(Submit("kesra"), "kasi-2", SECTION)).code == "nothing-submitted"
    empty_line = Submit("kesra", data=(Datum(""),))
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


# --- returning ------------------------------------------------------------------------------------


def test_a_return_opens_the_next_round_for_whoever_worked_there() -> None:
    story = Story().waiting_at(5).receive("kasubbag-2").complete().receive().send_back(5)

    visit = story.case.visits[-1]
    assert (visit.step, visit.round, visit.assignee) == (5, 2, "kasubbag-2")
    assert story.case.visits[-2].state is StepState.RETURNED
    assert story.receive("kasubbag-1").code == "assigned"
    assert story.receive("kasubbag-2").code == ""
    assert story.complete().place == (6, 2)


def test_a_return_follows_the_edges_and_reasons_of_the_sop() -> None:
    def returned(details: Return) -> str:
        story = Story().in_work_at(7)
        return story.add(story.event(details)).code

    assert returned(Return(4, "koreksi", "x")) == "no-way-back"
    assert returned(Return(5, "aplikasi", "x")) == "unknown-reason"
    assert returned(Return(5, "koreksi", "x")) == ""
    assert returned(Return(6, "koreksi", "x")) == ""


def test_a_step_without_a_way_back_says_so() -> None:
    story = Story().in_work_at(1).send_back(0).receive()

    assert story.send_back(0).code == "no-return"


def test_an_edge_that_points_forward_is_no_return() -> None:
    two = replace(SOP.steps[1], returns=(replace(SOP.steps[1].returns[0], to=3),))
    broken = sop_of(1, (SOP.steps[0], two, *SOP.steps[2:]))
    story = Story(sops={(broken.id, 1): broken}).waiting_at(3).receive().send_back(2).receive()

    assert story.send_back(3).code == "no-way-back"


def test_a_returned_registration_is_registered_again_with_the_corrected_letter() -> None:
    story = Story().in_work_at(1).send_back(0)
    assert story.place == (0, 2)
    assert story.register().code == "not-received"

    corrected = replace(LETTER, number="005/18/2026")
    story.receive().register(letter=corrected)
    assert (story.code, story.place) == ("", (1, 2))
    assert story.case.letter == corrected
    assert story.case.registered == story.events[0][1].at


def test_returns_may_follow_each_other_and_count_their_rounds() -> None:
    story = Story().in_work_at(7).send_back(5).receive().send_back(4).receive()
    assert story.place == (4, 2)
    story.complete().receive().complete().receive().approve().receive()
    assert story.place == (7, 2)
    assert [story.case.round_of(step) for step in range(3, 9)] == [1, 2, 3, 2, 2, 0]


def test_work_does_not_go_back_to_someone_who_may_no_longer_do_it() -> None:
    story = Story().in_work_at(7).send_back(5)
    story.reassign("sekretaris-1").receive("sekretaris-1").complete()
    story.cancel().reopen(6)

    assert story.case.visits[-1].assignee == ""
    assert story.receive("sekretaris-1").code == "separation-of-duties"
    assert story.receive("sekretaris-2").code == ""


# --- recalling ------------------------------------------------------------------------------------


def test_the_sender_takes_a_hand_over_back_while_nobody_has_received_it() -> None:
    story = Story().in_work_at(5).complete(output="konsep.pdf").recall()

    visit = story.case.visits[-1]
    assert (visit.step, visit.round, visit.state) == (5, 1, StepState.IN_WORK)
    assert visit.owner == "kasubbag-1"
    assert [document.file.name for document in story.case.documents] == [
        "output-8.pdf",
        "output-10.pdf",
    ]
    assert story.complete(output="konsep-baru.pdf").place == (6, 1)


def test_a_received_case_cannot_be_recalled() -> None:
    story = Story().in_work_at(6).recall("kasubbag-1", role=PLANNER)

    assert story.code == "received"
    assert story.closed is not None
    assert story.closed.officers == ("sekretaris-1",)


def test_after_several_hand_overs_only_the_last_sender_can_recall() -> None:
    story = Story().waiting_at(5)
    assert story.recall("kasubbag-1", role=PLANNER).code == "not-sender"

    story.recall("staff-1")
    assert (story.code, story.place) == ("", (4, 1))
    assert story.recall("kasubbag-1", role=PLANNER).code == "received"


def test_a_recall_needs_the_role_of_the_hand_over() -> None:
    story = Story().waiting_at(6)

    assert story.recall("kasubbag-1", role=SECRETARY).code == "not-your-role"
    assert story.recall("kasubbag-1", role=PLANNER).code == ""


def test_a_registration_can_be_recalled_and_registered_again() -> None:
    story = Story().register().recall()

    assert story.place == (0, 1)
    assert story.register(letter=replace(LETTER, subject="Hal lain")).place == (1, 1)


def test_a_recalled_return_restores_the_approval() -> None:
    story = Story().in_work_at(8)
    approval = story.case.approval
    story.send_back(5)
    assert story.case.approval is None

    story.recall("staff-1")
    assert story.place == (8, 1)
    assert story.case.approval == approval
    assert story.archive().case.status is Status.DONE


def test_a_recalled_approval_is_no_approval() -> None:
    story = Story().waiting_at(8).recall("camat-1")

    assert (story.place, story.case.approval) == ((7, 1), None)


def test_a_return_cannot_be_recalled_once_the_document_was_replaced() -> None:
    story = Story().in_work_at(8).send_back(5)
    story.correct(story.event_of(5, 1), "kasubbag-1", output="lain.pdf")
    assert story.code == ""

    assert story.recall("staff-1").code == "changed-since"
    assert story.case.approval is None


def test_a_note_since_the_hand_over_does_not_hinder_its_recall() -> None:
    story = Story().waiting_at(6).note("mohon dicek", "kasubbag-1", role=PLANNER)

    assert story.recall("kasubbag-1").code == ""


def test_a_reopening_is_no_hand_over_that_could_be_recalled() -> None:
    story = Story().in_work_at(4).cancel().reopen(4)

    assert story.recall("camat-1").code == "nothing-to-recall"
    assert story.place == (4, 2)


# --- reassigning, suspending ----------------------------------------------------------------------


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

    story.reopen(4)
    assert story.case.status is Status.RUNNING
    assert story.receive().code == ""


# --- separation of duties -------------------------------------------------------------------------


def test_whoever_made_the_draft_cannot_check_it_even_as_plt() -> None:
    story = Story().waiting_at(6)

    assert story.receive("kasubbag-1", capacity=Capacity.ACTING).code == "separation-of-duties"
    assert story.closed is not None
    assert story.closed.roles == (SECRETARY,)
    assert story.receive("sekretaris-1").code == ""


def test_the_same_acting_secretary_may_check_what_another_made() -> None:
    story = Story().waiting_at(5).receive("kasubbag-2").complete()
    story.receive("kasubbag-1", capacity=Capacity.ACTING).approve(capacity=Capacity.ACTING)

    assert (story.code, story.place) == ("", (7, 1))


def test_a_step_is_not_reassigned_to_someone_who_must_be_kept_from_it() -> None:
    story = Story().in_work_at(6).reassign("kasubbag-1")

    assert story.code == "separation-of-duties"


def test_earlier_rounds_count_for_the_separation_of_duties() -> None:
    story = Story().in_work_at(7).send_back(5).reassign("kasubbag-2").receive("kasubbag-2")
    story.complete()

    assert story.receive("kasubbag-1").code == "separation-of-duties"
    assert story.receive("kasubbag-2").code == "separation-of-duties"


def test_handing_a_step_to_a_colleague_is_not_working_at_it() -> None:
    story = Story().waiting_at(5).receive("kasubbag-1").reassign("kasubbag-2")
    story.receive("kasubbag-2").complete()

    assert story.receive("kasubbag-1", capacity=Capacity.ACTING).code == ""


# --- approval -------------------------------------------------------------------------------------


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
    assert Story().waiting_at(7).case.approval is None


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


def test_every_approving_step_must_have_approved_before_the_archive() -> None:
    six = replace(SOP.steps[5], kind=StepKind.APPROVE)
    twice = sop_of(1, (*SOP.steps[:5], six, *SOP.steps[6:]))
    story = Story(sops={(twice.id, 1): twice}).waiting_at(8).receive()
    assert not any(approval.voided_by for approval in story.case.approvals)

    story.send_back(5)
    assert all(approval.voided_by for approval in story.case.approvals)


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


# --- corrections ----------------------------------------------------------------------------------


def test_a_correction_names_an_event_and_leaves_it_standing() -> None:
    story = Story().waiting_at(3)
    disposed = story.event_of(1, 1)
    before = story.case
    story.correct(disposed, "camat-1", role=HEAD)

    assert story.code == ""
    assert story.case.entries[:-1] == before.entries
    assert replace(story.case, entries=before.entries) == before
    assert story.correct("0" * 64, "camat-1", role=HEAD).code == "unknown-event"


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


# --- the end, and after ---------------------------------------------------------------------------


def test_an_archived_case_can_only_be_read() -> None:
    story = Story().in_work_at(8).archive()
    before = story.case
    for action in set(Action) - {Action.REOPEN, Action.REGISTER}:
        for by, role in (("staff-1", STAFF), ("camat-1", HEAD), ("admin-1", ADMINISTRATOR)):
            closed = gate(before, action, by, role)
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

    story.reopen(5)
    assert story.case.approval is None
    assert (story.place, story.case.visits[-1].assignee) == ((5, 2), "kasubbag-1")


def test_a_case_reopens_no_further_than_it_had_come() -> None:
    story = Story().in_work_at(8).send_back(5).receive().send_back(3).cancel()

    assert story.reopen(7).code == "ahead"
    assert story.reopen(3).place == (3, 3)


def test_a_case_reopens_only_where_it_has_been() -> None:
    assert Story().in_work_at(3).cancel().reopen(5).code == "ahead"


def test_a_case_cancelled_at_its_registration_can_be_reopened_there() -> None:
    story = Story().in_work_at(1).send_back(0).cancel().reopen(0)

    assert story.place == (0, 3)
    assert story.receive().register().place == (1, 2)


# --- another version of the SOP -------------------------------------------------------------------


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
