"""The figures of the papan kendali: what a head reads off, and the cases behind each figure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.events import Dispose
from soptui.domain.ids import CaseId, RoleId
from soptui.domain.replace import replace
from soptui.domain.sop import Sops
from soptui.domain.time.normtime import parse_norm_time
from soptui.domain.time.timeliness import (
    Figures,
    Range,
    RoleFigures,
    figures,
    percentile,
    quarter,
    together,
    year,
)
from soptui.domain.time.timing import timing_of
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import TimeState
from tests.support.case_story import Story
from tests.support.office_parts import START, WIB
from tests.support.small_office import SOPS

CALENDAR = WorkingCalendar((), WIB)
JANUARY = Range(date(2026, 1, 1), date(2026, 1, 31))
NOW = datetime(2026, 1, 30, 9, tzinfo=WIB)
ONE_HOUR_NORM = parse_norm_time("1 jam")
SOPS_WITH_NORMS = {
    key: replace(sop, steps=tuple(replace(step, norm=ONE_HOUR_NORM) for step in sop.steps))
    for key, sop in SOPS.items()
}
SOPS_IN_DAYS = {
    key: replace(
        sop, steps=tuple(replace(step, norm=parse_norm_time("1 hari")) for step in sop.steps)
    )
    for key, sop in SOPS.items()
}


def story() -> Story:
    return Story(sops=SOPS_WITH_NORMS)


def figures_of(*stories: Story, days: Range = JANUARY) -> Figures:
    cases = [one.case for one in stories]
    return figures(cases[0].sop, cases, days, CALENDAR, NOW)


def test_a_stay_within_its_norm_is_on_time_and_one_beyond_it_is_late() -> None:
    quick = story().register().receive().dispose()
    slow = story().register().receive().dispose(at=START + timedelta(days=3))

    first_step = figures_of(quick, slow).steps[1]

    assert first_step.stays == 2
    assert first_step.late == 1
    assert first_step.on_time_share == Fraction(1, 2)
    assert first_step.used[0] == 1
    assert first_step.used[1] > 1


def test_a_step_that_is_given_to_another_late_is_late_all_the_same() -> None:
    later = START + timedelta(days=3)
    passed = story().register().receive(at=START).reassign("camat-2", "camat-1", at=later)
    visit = passed.case.visits[-1]
    assert timing_of(CALENDAR, passed.case.sop, visit, later).state is TimeState.LATE
    passed.receive("camat-2", at=later).dispose("camat-2", at=later + timedelta(minutes=1))

    first_step = figures_of(passed).steps[1]

    assert (first_step.stays, first_step.late) == (1, 1)
    assert first_step.used[0] > 1


def test_waiting_for_receipt_is_counted_apart_from_work() -> None:
    waited = (
        story()
        .register()
        .receive(at=START + timedelta(hours=5))
        .dispose(at=START + timedelta(hours=6))
    )

    first_step = figures_of(waited).steps[1]

    assert first_step.waited == (3 * 3600,)  # sent at 09.00, received at 13.00, an hour of it lunch


def test_working_seconds_are_counted_from_receipt_to_the_end_of_the_stay() -> None:
    worked = (
        story()
        .register()
        .receive(at=START + timedelta(hours=1))
        .dispose(at=START + timedelta(hours=3))
    )

    assert figures_of(worked).steps[1].worked == (2 * 3600,)


def test_cases_counted_apart_and_put_together_give_what_all_of_them_give() -> None:
    slow = story().register().receive().dispose(at=START + timedelta(days=3))
    sent_back = story().register().receive().dispose().receive().send_back(1)
    asked = story().register().receive().dispose().receive().dispose().receive()
    asked.request("seksi-pemerintahan", "subbag-umum").submit("seksi-pemerintahan")
    cases = [
        replace(one.case, header=replace(one.case.header, case=CaseId(f"2026-{place:08}")))
        for place, one in enumerate((slow, sent_back, asked))
    ]
    sop = cases[0].sop

    parts = [figures(sop, [one], JANUARY, CALENDAR, NOW) for one in cases]

    assert together(parts) == figures(sop, cases, JANUARY, CALENDAR, NOW)


def test_late_stays_are_counted_for_the_role_of_their_step() -> None:
    slow = story().register().receive().dispose(at=START + timedelta(days=3))

    assert figures_of(slow).late_by_role == (RoleFigures(RoleId("camat"), 1, (slow.case.id,)),)


def test_a_stay_that_goes_on_or_was_handed_to_a_colleague_does_not_count() -> None:
    going_on = story().register().receive()

    assert figures_of(going_on).steps[1].stays == 0


def test_a_stay_counts_in_the_range_in_which_it_ended() -> None:
    finished = story().register().receive().dispose()

    assert figures_of(finished, days=Range(date(2026, 2, 1), date(2026, 2, 28))).cases == 0


def test_returns_are_grouped_by_steps_and_reason() -> None:
    sent_back = [story().register().receive().dispose().receive().send_back(1) for _ in range(2)]

    (returned,) = figures_of(*sent_back).returns

    assert (returned.from_step, returned.to_step, returned.reason) == (2, 1, "mohon-arahan")
    assert len(returned.cases) == 2


def test_sections_are_counted_by_what_they_were_asked_and_what_they_answered() -> None:
    asked = story().register().receive().dispose().receive().dispose().receive()
    asked.request("seksi-pemerintahan", "subbag-umum").submit("seksi-pemerintahan")

    first, second = figures_of(asked).sections
    assert (first.unit, first.answered, first.open) == ("seksi-pemerintahan", 1, 0)
    assert (second.unit, second.answered, second.open) == ("subbag-umum", 0, 1)


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        (1, date(2026, 1, 1), date(2026, 3, 31)),
        (2, date(2026, 4, 1), date(2026, 6, 30)),
        (4, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_its_three_months(number: int, first: date, last: date) -> None:
    assert quarter(2026, number) == Range(first, last)


def test_a_year_has_all_its_days() -> None:
    assert year(2026) == Range(date(2026, 1, 1), date(2026, 12, 31))


@given(
    received=st.integers(0, 3 * 24 * 60),
    worked=st.integers(0, 4 * 24 * 60),
    norms=st.sampled_from((SOPS_WITH_NORMS, SOPS_IN_DAYS)),
)
def test_what_uses_more_than_its_time_is_late_and_what_uses_less_is_not(
    received: int, worked: int, norms: Sops
) -> None:
    begun = START + timedelta(minutes=received)
    one = Story(sops=norms).register().receive(at=begun)
    one.dispose(at=begun + timedelta(minutes=worked))

    step = figures_of(one).steps[1]
    (used,) = step.used

    # Just one of them where it ended after the closing: late, but by no working time.
    assert step.late or used <= 1
    assert not step.late or used >= 1


def test_a_norm_of_one_day_is_used_up_at_the_closing_of_the_day_after_receipt() -> None:
    one = Story(sops=SOPS_IN_DAYS).register().receive(at=START)
    one.dispose(at=START + timedelta(days=1, minutes=30))

    step = figures_of(one).steps[1]

    # Received at 08.00 of a day from 07.30 to 16.00 with an hour's break: 14/15 of a day are left
    # of it, and one hour of the next is gone when the work ends.
    left, begun = Fraction(14, 15), Fraction(2, 15)
    assert step.used == ((left + begun) / (left + 1),)
    assert step.on_time_share == 1


def test_what_was_due_before_it_was_received_used_more_than_its_time() -> None:
    one = Story(sops=SOPS_IN_DAYS).register().receive()
    sent = Dispose((RoleId("sekretaris"),), ("tindak-lanjuti",), due=START.date())
    one.add(one.event(sent))
    one.receive(at=START + timedelta(days=3)).dispose(at=START + timedelta(days=3, hours=1))

    step = figures_of(one).steps[2]

    assert step.late == 1
    assert step.used[0] > 1


@given(st.lists(st.fractions(), min_size=1).map(sorted), st.integers(1, 100))
def test_a_percentile_is_one_of_the_values_and_splits_them_as_it_says(
    values: list[Fraction], share: int
) -> None:
    chosen = percentile(values, share)

    assert chosen is not None
    not_above = sum(value <= chosen for value in values)
    below = sum(value < chosen for value in values)
    assert 100 * not_above >= share * len(values)
    assert 100 * below < share * len(values)


def test_no_values_have_no_percentile() -> None:
    assert percentile([], 90) is None
