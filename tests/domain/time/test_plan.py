"""The forecast of a case: each step to come begins when the one before it is due."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from soptui.domain.case import Case
from soptui.domain.replace import replace
from soptui.domain.time.plan import Planned, planned
from soptui.domain.time.timing import deadline_of
from soptui.domain.time.worktime import due
from tests.domain.time.working_hours import OFFICE, at, days
from tests.support.case_story import Story
from tests.support.small_office import SOPS

IN_DAYS = {
    key: replace(sop, steps=tuple(replace(step, norm=days(2)) for step in sop.steps))
    for key, sop in SOPS.items()
}
NOW = at("2026-01-05 09:00")


def case_of(story: Story) -> Case:
    return story.case


def test_the_present_step_ends_at_its_deadline_and_the_others_follow() -> None:
    case = case_of(Story(sops=IN_DAYS).register().receive())
    found = planned(OFFICE, case, NOW)
    assert [one.step for one in found] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert found[0] == Planned(1, NOW, deadline_of(OFFICE, case))  # type: ignore[arg-type]
    for before, after in pairwise(found):
        assert after.start == before.due
        assert after.due == due(OFFICE, days(2), after.start)


def test_holidays_take_no_part_in_it() -> None:
    case = case_of(Story(sops=IN_DAYS).register().receive())
    (eve,) = (one for one in planned(OFFICE, case, at("2026-01-15 09:00")) if one.step == 2)
    # The 16th is a holiday, and a weekend follows.
    assert (eve.start, eve.due) == (at("2026-01-15 09:00"), at("2026-01-20 15:30"))


def test_a_late_step_goes_on_now_and_has_no_end_of_its_own() -> None:
    case = case_of(Story(sops=IN_DAYS).register().receive())
    late = NOW + timedelta(days=30)
    found = planned(OFFICE, case, late)
    assert [one.step for one in found] == [2, 3, 4, 5, 6, 7, 8]
    assert found[0].start == late


def test_steps_without_a_norm_take_no_time() -> None:
    sops = {
        key: replace(
            sop,
            steps=tuple(
                replace(step, norm=None if step.number == 2 else days(1)) for step in sop.steps
            ),
        )
        for key, sop in SOPS.items()
    }
    found = planned(OFFICE, case_of(Story(sops=sops).register().receive()), NOW)
    assert [one.step for one in found] == [1, 3, 4, 5, 6, 7, 8]
    assert found[1].start == found[0].due


def test_what_rests_or_is_over_is_not_planned() -> None:
    story = Story(sops=IN_DAYS).register().receive()
    assert planned(OFFICE, case_of(story.suspend()), NOW) == ()
    assert planned(OFFICE, case_of(Story(sops=IN_DAYS).register().cancel()), NOW) == ()
