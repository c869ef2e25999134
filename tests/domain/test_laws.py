"""Laws that hold in every life of a case, whatever its officers do."""

from __future__ import annotations

from itertools import combinations, islice

from hypothesis import given, settings
from hypothesis import strategies as st

from soptui.domain.case import Case, Status
from soptui.domain.events import Action, Recall
from soptui.domain.fold import apply, fold
from soptui.domain.gate import commutes
from soptui.domain.message import Refusal
from soptui.domain.replace import replace
from soptui.domain.separation import FINISHING
from soptui.domain.sop import StepKind
from soptui.domain.text import fault_of, safe, tidy
from tests.support.case_story import Story
from tests.support.plausible_events import Change, Plausible, event_id_of, open_events, walks
from tests.support.small_office import SOPS

MOVING = frozenset({Action.REGISTER, Action.RECEIVE, Action.RETURN, Action.RESUME, *FINISHING})
GOING_BACK = frozenset({Action.RETURN, Action.REOPEN, Action.CORRECT})
HANDING_OVER = frozenset({*FINISHING, Action.RETURN, Action.REASSIGN}) - {Action.ARCHIVE}

law = settings(max_examples=40, deadline=None)


@law
@given(walks(), st.data())
def test_folding_a_prefix_and_then_the_rest_is_folding_all(
    walk: list[Change], data: st.DataObject
) -> None:
    events = [(change.event_id, change.event) for change in walk]
    cut = data.draw(st.integers(0, len(events)))
    start = Story().case

    whole = fold(start, events, SOPS)
    assert fold(fold(start, events[:cut], SOPS), events[cut:], SOPS) == whole
    assert whole == walk[-1].after


@law
@given(walks())
def test_history_only_grows_and_what_is_closed_changes_nothing_else(walk: list[Change]) -> None:
    for change in walk:
        assert change.after.entries[:-1] == change.before.entries
        assert change.after.entries[-1].id == change.event_id
        assert change.after.header == change.before.header
        if not change.effective:
            assert replace(change.after, entries=change.before.entries) == change.before


@law
@given(walks())
def test_a_closed_case_moves_only_by_being_reopened(walk: list[Change]) -> None:
    for change in walk:
        if change.before.status.is_closed and change.effective:
            assert change.event.action is Action.REOPEN
            assert change.after.status is Status.RUNNING


@law
@given(walks())
def test_at_most_one_stay_is_open_and_none_once_the_case_is_closed(walk: list[Change]) -> None:
    for change in walk:
        case = change.after
        running = case.status in (Status.RUNNING, Status.SUSPENDED)
        assert [visit.closed is None for visit in case.visits] == [
            running and position == len(case.visits) - 1 for position in range(len(case.visits))
        ]
        holds = [hold.ends is None for visit in case.visits for hold in visit.holds]
        assert holds.count(True) == (case.status is Status.SUSPENDED)


@law
@given(walks())
def test_rounds_grow_only_when_work_goes_back(walk: list[Change]) -> None:
    times_back = 0
    for change in walk:
        if change.effective and change.event.action is Action.MIGRATE:
            return
        if change.effective and change.event.action in GOING_BACK:
            times_back += 1
        rounds = [visit.round for visit in change.after.visits]
        assert max(rounds, default=1) <= 1 + times_back


@law
@given(walks(strays=False))
def test_no_running_case_is_lost(walk: list[Change]) -> None:
    for change in islice(reversed(walk), 12):
        case = change.after
        if case.status.is_closed:
            continue
        plausible = Plausible(case, len(case.entries) + 1)
        may_move = MOVING | ({Action.REASSIGN} if case.visits[-1].assignee else set())
        assert any(plausible.open(action) for action in may_move), (case.status, case.visits[-1])


@law
@given(walks())
def test_nothing_is_archived_without_an_approval_of_the_very_document(
    walk: list[Change],
) -> None:
    for change in walk:
        if change.effective and change.event.action is Action.ARCHIVE:
            approval = change.before.approval
            assert approval is not None
            assert approval.documents == documents_of(change.before)


@law
@given(walks())
def test_an_approval_in_force_names_the_document_as_it_stands(walk: list[Change]) -> None:
    for change in walk:
        approval = change.after.approval
        if approval is not None:
            assert approval.documents == documents_of(change.after)


@law
@given(walks())
def test_nobody_finishes_a_step_that_checks_their_own_work(walk: list[Change]) -> None:
    for change in walk:
        if not change.effective or change.event.action not in FINISHING:
            continue
        step = change.before.step
        for visit in change.before.visits:
            is_apart = visit.step in step.distinct_from or step.number in visit.apart
            if is_apart and visit.outcome in FINISHING:
                assert visit.owner != change.event.by


@law
@given(walks())
def test_requests_are_owed_only_where_the_case_collects(walk: list[Change]) -> None:
    for change in walk:
        case = change.after
        for request in case.open_requests:
            assert not case.status.is_closed
            assert case.step.kind is StepKind.COLLECT
            assert (request.step, request.round) == (case.visits[-1].step, case.visits[-1].round)
        units = [request.unit for request in case.open_requests]
        assert len(units) == len(set(units))


@law
@given(walks())
def test_documents_and_requests_belong_to_stays_of_the_case(walk: list[Change]) -> None:
    case = walk[-1].after
    stays = {(visit.step, visit.round) for visit in case.visits}

    assert {(document.step, document.round) for document in case.documents} <= stays
    assert {(request.step, request.round) for request in case.requests} <= stays
    assert {approval.step for approval in case.approvals} <= {step for step, _ in stays}
    assert all(case.sop.step(step) is not None for step, _ in stays)


@law
@given(walks(strays=False))
def test_a_recall_puts_the_case_back_where_it_stood(walk: list[Change]) -> None:
    for turn, change in enumerate(walk, start=1000):
        if change.event.action not in HANDING_OVER:
            continue
        visit = change.after.visits[-1]
        recall = replace(
            change.event,
            step=visit.step,
            round=visit.round,
            after=change.after.last_id,
            details=Recall(),
            attachments=(),
        )
        recalled = apply(change.after, event_id_of(recall, turn), recall, SOPS)
        assert recalled.entries[-1].closed is None
        assert replace(recalled, entries=(), informed=()) == replace(
            change.before, entries=(), informed=()
        )


@law
@given(walks(length=30, strays=False), st.data())
def test_acts_that_commute_take_effect_in_either_order_and_lead_to_the_same_case(
    walk: list[Change], data: st.DataObject
) -> None:
    case = walk[-1].after
    candidates = [
        (event_id_of(event, 0), event)
        for event in open_events(case, len(walk) + 1)
        if event.action not in (Action.ARCHIVE, Action.CANCEL)
    ]
    pairs = [pair for pair in combinations(candidates, 2) if commutes(pair[0][1], pair[1][1])]
    if not pairs:
        return
    one, other = data.draw(st.sampled_from(pairs))
    forth = fold(case, (one, other), SOPS)
    back = fold(case, (other, one), SOPS)

    assert all(entry.effective for entry in (*forth.entries[-2:], *back.entries[-2:]))
    assert state_of(forth) == state_of(back)


def documents_of(case: Case) -> tuple[str, ...]:
    """The digests of the newest output."""
    return tuple(document.file.sha256 for document in case.current_documents)


def state_of(case: Case) -> tuple[Case, frozenset[object]]:
    """The case without the order in which its history and requests were written."""
    return replace(case, entries=(), requests=()), frozenset(case.requests)


# --- text -----------------------------------------------------------------------------------------

NAUGHTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\n\r\t \u00a0\u200c\u200d\u202e\x1b\x00\u0301a\u00e9\u0915\u094d"),
    )
)


@given(NAUGHTY)
def test_tidied_text_is_without_fault_and_stays_as_it_is(text: str) -> None:
    try:
        tidied = tidy(text)
    except Refusal:
        return
    assert fault_of(tidied) is None
    assert tidy(tidied) == tidied


@given(NAUGHTY)
def test_safe_text_holds_no_refused_character_and_leaves_good_text_alone(text: str) -> None:
    shown = safe(text)

    fault = fault_of(shown)
    assert fault is None or "code" not in fault.values
    assert safe(shown) == shown
    if fault_of(text) is None:
        assert shown == text
