"""What an author had seen, read off the file: all up to a block, or surely less after a rebase."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from soptui.domain.case import Case
from soptui.domain.events import Event, Note, Receive, Request
from soptui.domain.fold import apply, effect_fault
from soptui.domain.ids import EventId, OfficerId, UnitId
from soptui.domain.replace import replace
from soptui.domain.seen import Earlier, lesser_views, seen_by_author
from soptui.domain.sop import Sops
from tests.support.case_story import Story
from tests.support.plausible_events import event_id_of, open_events, walks
from tests.support.small_office import SOPS

KESRA = UnitId("kesra")

ME = "kasubbag-1"


def rebased(story: Story, *own: Event) -> list[EventId]:
    """Put own acts, each of which builds on the one before, behind what the story tells by now."""
    ids: list[EventId] = []
    for event in own:
        story.add(replace(event, after=ids[-1]) if ids else event)
        ids.append(story.last_id)
    return ids


def surely_seen_by_author(case: Case, event: Event, sops: Sops) -> Case | None:
    """The least that the author may have seen; None where that is all up to what they build on."""
    views = list(lesser_views(case, event, sops))
    return views[-1] if views else None


def overtaken() -> tuple[Story, list[EventId]]:
    """The planner receives and asks a section, unaware that the case was taken back meanwhile."""
    story = Story().waiting_at(3)
    receives = story.event(Receive(), ME)
    asks = story.event(Request((KESRA,)), ME)
    story.recall()
    return story, rebased(story, receives, asks)


def test_who_builds_on_the_last_event_has_seen_all() -> None:
    story = Story().in_work_at(3)
    note = story.event(Note("catatan"))

    assert seen_by_author(story.case, note, SOPS) is story.case
    assert surely_seen_by_author(story.case, note, SOPS) is None


def test_who_builds_on_the_head_has_seen_an_empty_case() -> None:
    story = Story().register()
    early = story.event(Note("catatan"), after=story.case.head_id)

    assert seen_by_author(story.case, early, SOPS) == Story().case
    assert surely_seen_by_author(story.case, early, SOPS) is None


def test_who_builds_on_nothing_in_the_case_has_seen_nothing_of_it() -> None:
    story = Story().register()
    lost = story.event(Note("catatan"), after="0" * 64)

    assert seen_by_author(story.case, lost, SOPS) is None
    assert surely_seen_by_author(story.case, lost, SOPS) is None


def test_what_stands_before_ones_first_act_in_a_row_was_surely_not_seen() -> None:
    story, (receives, asks) = overtaken()
    third = story.event(Note("catatan"), ME, after=asks)
    *before, recall = (entry.id for entry in story.case.entries[:-2])

    seen = seen_by_author(story.case, third, SOPS)
    surely = surely_seen_by_author(story.case, third, SOPS)
    assert seen is not None
    assert surely is not None
    assert [entry.id for entry in seen.entries] == [*before, recall, receives, asks]
    assert [entry.id for entry in surely.entries] == [*before, receives, asks]
    assert not any(entry.effective for entry in seen.entries[-2:])
    assert all(entry.effective for entry in surely.entries)


def test_acts_that_others_overtook_stay_without_effect_in_the_case() -> None:
    story, _ = overtaken()

    assert [entry.effective for entry in story.case.entries[-3:]] == [True, False, False]
    assert story.place == (2, 1)


def test_a_decision_that_one_built_on_was_surely_seen() -> None:
    story = Story().waiting_at(3).recall()
    story.note("sudah dibaca", ME, role="kasubbag-pk")
    receives = story.event(Receive(), ME, "kasubbag-pk", place=(3, 1))

    assert surely_seen_by_author(story.case, receives, SOPS) is None
    assert effect_fault(story.case, receives, SOPS) is not None


def test_acts_put_behind_others_twice_are_judged_as_they_were_signed() -> None:
    """The planner notes and is overtaken, receives and asks a section, and is overtaken again."""
    story = Story().in_work_at(2)
    notes = story.event(Note("catatan"), ME, "kasubbag-pk")
    rebased(story.dispose(), notes)
    away = copy(story)
    receives = away.event(Receive(), ME)
    asks = away.add(receives).event(Request((KESRA,)), ME)
    asked = away.add(asks).case
    assert asked.entries[-1].effective

    *_, last = rebased(story.cancel(), receives, asks)
    before, put = story.case.entries[:-1], story.case.entries[-1].event
    case = replace(story.case, entries=before)
    assert last == story.last_id
    seen = seen_by_author(case, put, SOPS)
    assert seen is not None
    assert effect_fault(seen, put, SOPS) is not None
    views = list(lesser_views(case, put, SOPS))
    assert [effect_fault(view, put, SOPS) is None for view in views] == [True, False]
    assert [entry.event for entry in views[0].entries] == [
        entry.event for entry in asked.entries[:-1]
    ]


def test_what_one_may_have_seen_is_bounded_however_often_two_took_turns() -> None:
    story = Story().in_work_at(2)
    mine = story.event(Note("catatan"), ME, "kasubbag-pk").after
    for _ in range(40):
        story.note("catatan", "sekretaris-1", role="sekretaris")
        story.add(story.event(Note("catatan"), ME, "kasubbag-pk", after=mine))
        mine = story.last_id
    last = story.event(Note("catatan"), ME, "kasubbag-pk")
    assert len(list(lesser_views(story.case, last, SOPS))) == 16


def test_what_one_may_have_seen_has_no_end_of_own_acts() -> None:
    story = Story().in_work_at(2)
    mine = story.event(Note("catatan"), ME, "kasubbag-pk").after
    story.note("catatan", "sekretaris-1", role="sekretaris")
    for number in range(66):
        story.add(story.event(Note("catatan"), ME, "kasubbag-pk", after=mine))
        mine = story.last_id
        last = story.event(Note("catatan"), ME, "kasubbag-pk")
        views = list(lesser_views(story.case, last, SOPS))
        assert len(views) == (1 if number < 64 else 0)


def test_a_case_as_it_stood_is_the_same_however_often_it_is_asked_for() -> None:
    story = Story().in_work_at(2)
    earlier = Earlier()
    middle = story.last_id
    for number in range(600):
        after = story.case.entries[number // 2].id if number % 3 else middle
        note = story.event(Note("catatan"), ME, "kasubbag-pk", after=after)
        if number % 50 == 0:
            fresh = seen_by_author(story.case, note, SOPS)
            assert seen_by_author(story.case, note, SOPS, earlier) == fresh
        assert seen_by_author(story.case, note, SOPS, earlier) is not None
        story.add(note)


def test_an_event_that_stands_behind_others_after_a_merge_is_seen_behind_them() -> None:
    story = Story().in_work_at(2)
    note = story.event(Note("catatan"), ME, "kasubbag-pk")
    one = apply(story.case, EventId("1" * 64), note, SOPS)
    other = apply(story.dispose().case, EventId("1" * 64), note, SOPS)
    later = replace(note, after=EventId("1" * 64))
    earlier = Earlier()
    for case in (one, other, one):
        grown = apply(
            case,
            EventId("2" * 64),
            replace(note, after=case.last_id, by=OfficerId("sekretaris-1")),
            SOPS,
        )
        assert seen_by_author(grown, later, SOPS, earlier) == case


# --- any race -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Race:
    """Two sides of one case: an officer's own acts in a row, and what others did meanwhile."""

    own_side: list[Case]
    own: list[tuple[EventId, Event]]
    others: Case


@st.composite
def races(draw: st.DrawFn) -> Race:
    walk = draw(walks(length=8, strays=False))
    base = walk[-1].after
    turn = len(base.entries) + 1
    me = draw(st.sampled_from(sorted({event.by for event in open_events(base, turn)})))

    def side(most: int, mine: bool) -> tuple[list[Case], list[tuple[EventId, Event]]]:
        cases, told = [base], []
        for number in range(turn, turn + draw(st.integers(1, most))):
            could = [one for one in open_events(cases[-1], number) if (one.by == me) is mine]
            if not could:
                break
            event = draw(st.sampled_from(could))
            event_id = event_id_of(event, number if mine else -number)
            cases.append(apply(cases[-1], event_id, event, SOPS))
            told.append((event_id, event))
        return cases, told

    own_side, own = side(4, mine=True)
    others, _ = side(3, mine=False)
    return Race(own_side, own, others[-1])


law = settings(max_examples=40, deadline=None)


@law
@given(races())
def test_the_lesser_view_of_acts_put_behind_others_is_that_of_ones_own_side(race: Race) -> None:
    case = race.others
    earlier = Earlier()
    for (event_id, event), own_side in zip(race.own, race.own_side, strict=False):
        surely = surely_seen_by_author(case, event, SOPS)
        assert (surely or seen_by_author(case, event, SOPS)) == own_side
        kept = [*lesser_views(case, event, SOPS, earlier)]
        assert kept == [*lesser_views(case, event, SOPS)]
        case = apply(case, event_id, event, SOPS)


@law
@given(races())
def test_an_act_that_is_open_in_the_lesser_view_only_has_no_effect(race: Race) -> None:
    case = race.others
    for event_id, event in race.own:
        seen = seen_by_author(case, event, SOPS)
        assert seen is not None
        closed = effect_fault(seen, event, SOPS)
        case = apply(case, event_id, event, SOPS)
        if closed is not None:
            assert not case.entries[-1].effective
