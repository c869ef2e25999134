"""How the office keeps its SOP: each step against its norm, waiting apart from work, returns.

The figures of the *papan kendali* and of the monitoring form of PermenPANRB 35/2012 (`domain.md`
1.6 and 8). They count stays that ended within a range of days; every figure keeps the ids of the
cases behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from heapq import merge
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from soptui.domain.case import Case, Visit
from soptui.domain.events import Action, Return
from soptui.domain.ids import CaseId, RoleId, UnitId
from soptui.domain.sop import Sop
from soptui.domain.time.normtime import NormUnit
from soptui.domain.time.timing import Timing, timing_of
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import TimeState, elapsed

Number = TypeVar("Number", int, Fraction)


class Range(Struct, frozen=True):
    """A range of days, both included."""

    first: date
    last: date

    def holds(self, moment: datetime) -> bool:
        """Whether a moment falls on one of the days, in its own offset."""
        return self.first <= moment.date() <= self.last


def quarter(year: int, number: int) -> Range:
    """The days of a quarter (*triwulan*), 1 to 4."""
    first = date(year, 3 * number - 2, 1)
    following = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    return Range(first, date.fromordinal(following.toordinal() - 1))


def year(number: int) -> Range:
    """The days of a year."""
    return Range(date(number, 1, 1), date(number, 12, 31))


class EndedStay(Struct, frozen=True):
    """A stay that is over, with its case and its measures."""

    case: Case
    visit: Visit
    ended: datetime
    timing: Timing

    @property
    def step(self) -> int:
        """The step at which it was."""
        return self.visit.step

    @property
    def had_deadline(self) -> bool:
        """Whether there was a time by which it was to be done."""
        return self.timing.deadline is not None

    @property
    def is_late(self) -> bool:
        """Whether it ended after that."""
        return self.timing.state is TimeState.LATE


class StepFigures(Struct, frozen=True):
    """One step over a range: stays that ended in it, `timed` of them with a deadline.

    `used` is the work of each stay as a share of the time from receipt until it was due, sorted;
    empty where the SOP sets no norm. What is more than 1 ended late, as a norm in days is due at
    the closing of its last day and not at the hour of receipt. `waited` and `worked` are in
    working seconds, each sorted. `cases` names the cases behind all of it, `late_cases` those
    whose stay ended late.
    """

    step: int
    stays: int
    timed: int
    late: int
    used: tuple[Fraction, ...]
    waited: tuple[int, ...]
    worked: tuple[int, ...]
    cases: tuple[CaseId, ...]
    late_cases: tuple[CaseId, ...]

    @property
    def on_time_share(self) -> Fraction | None:
        """The share of stays with a deadline that ended in time; None without any."""
        return share_on_time(self.timed, self.late)


class ReturnFigures(Struct, frozen=True):
    """Work sent back: from which step to which, why, and in which cases."""

    from_step: int
    to_step: int
    reason: str
    cases: tuple[CaseId, ...]


class RoleFigures(Struct, frozen=True):
    """The stays that ended late with one role, and in which cases."""

    role: RoleId
    late: int
    cases: tuple[CaseId, ...]


class SectionFigures(Struct, frozen=True):
    """Requests made of one section: asked, answered, answered after the day named, still open."""

    unit: UnitId
    asked: int
    answered: int
    late: int
    open: int
    cases: tuple[CaseId, ...]


class Figures(Struct, frozen=True):
    """All figures of one SOP over a range; returns and roles with the most come first."""

    range: Range
    cases: int
    steps: tuple[StepFigures, ...]
    returns: tuple[ReturnFigures, ...]
    sections: tuple[SectionFigures, ...]
    late_by_role: tuple[RoleFigures, ...]

    @property
    def on_time_share(self) -> Fraction | None:
        """The share of all stays with a deadline that ended in time; None without any."""
        timed = sum(one.timed for one in self.steps)
        return share_on_time(timed, sum(one.late for one in self.steps))


def share_on_time(ended: int, late: int) -> Fraction | None:
    """The share of what ended that did so in time; None where nothing ended."""
    return Fraction(ended - late, ended) if ended else None


def ended_stays(
    sop: Sop, cases: Iterable[Case], days: Range, calendar: WorkingCalendar, now: datetime
) -> tuple[EndedStay, ...]:
    """The stays that ended within a range of days in cases that run under `sop`, any version."""
    return tuple(
        EndedStay(case, visit, visit.closed, timing_of(calendar, case.sop, visit, now))
        for case in cases
        if case.sop.id == sop.id
        for visit in case.visits
        if visit.closed is not None and days.holds(visit.closed) and _is_finished(visit)
    )


def figures(
    sop: Sop, cases: Iterable[Case], days: Range, calendar: WorkingCalendar, now: datetime
) -> Figures:
    """The figures of the cases that run under `sop` (any version), over a range of days."""
    cases = tuple(cases)
    return figures_of(sop, cases, ended_stays(sop, cases, days, calendar, now), days, calendar)


def figures_of(
    sop: Sop,
    cases: Iterable[Case],
    stays: Sequence[EndedStay],
    days: Range,
    calendar: WorkingCalendar,
) -> Figures:
    """The same, where the stays of these cases that ended in the range are measured already."""
    chosen = [case for case in cases if case.sop.id == sop.id]
    return Figures(
        days,
        len({stay.case.id for stay in stays}),
        tuple(_step(step.number, stays, calendar) for step in sop.all_steps),
        tuple(_returns(chosen, days)),
        tuple(_sections(chosen, days)),
        tuple(_roles(stays)),
    )


def together(parts: Sequence[Figures]) -> Figures:
    """The figures of several sets of cases, which share none, as those of all of them.

    Lets many cases be counted a few at a time. There must be at least one part, and all must be
    of the same SOP and range.
    """
    return Figures(
        parts[0].range,
        sum(part.cases for part in parts),
        tuple(_steps_together(steps) for steps in zip(*(one.steps for one in parts), strict=True)),
        tuple(_returns_together(parts)),
        tuple(_sections_together(parts)),
        tuple(_roles_together(chain.from_iterable(part.late_by_role for part in parts))),
    )


def percentile(values: Sequence[Number], share: int) -> Number | None:
    """The value that `share` percent of the sorted values do not exceed (nearest rank)."""
    if not values:
        return None
    rank = -(-len(values) * share // 100)
    return values[max(rank, 1) - 1]


def _is_finished(visit: Visit) -> bool:
    return visit.outcome not in (Action.CANCEL, Action.REASSIGN)


def _step(number: int, stays: Sequence[EndedStay], calendar: WorkingCalendar) -> StepFigures:
    here = [stay for stay in stays if stay.step == number]
    late = [stay for stay in here if stay.is_late]
    used = (_used(calendar, stay.visit, stay.timing) for stay in here)
    return StepFigures(
        step=number,
        stays=len(here),
        timed=sum(stay.had_deadline for stay in here),
        late=len(late),
        used=tuple(sorted(share for share in used if share is not None)),
        waited=tuple(sorted(stay.timing.waited for stay in here)),
        worked=tuple(sorted(_seconds_worked(calendar, stay.visit) for stay in here)),
        cases=_ids(stay.case for stay in here),
        late_cases=_ids(stay.case for stay in late),
    )


def _used(calendar: WorkingCalendar, visit: Visit, timing: Timing) -> Fraction | None:
    """The share of the time allowed that was worked; None where none is set."""
    norm, deadline, norm_due = timing.norm, timing.deadline, timing.norm_due
    if norm is None or deadline is None or norm_due is None:
        return None
    start = visit.clock_start
    allowed, by_norm = (
        Fraction(elapsed(calendar, norm.unit, start, end, visit.holds))
        for end in (deadline, norm_due)
    )
    if allowed:
        return timing.worked / allowed
    # The day that a disposition named was over before the case was received.
    return 1 + timing.worked / by_norm


def _seconds_worked(calendar: WorkingCalendar, visit: Visit) -> int:
    begun = visit.work_began
    if begun is None or visit.closed is None:
        return 0
    return int(elapsed(calendar, NormUnit.MINUTES, begun, visit.closed, visit.holds))


def _steps_together(steps: Sequence[StepFigures]) -> StepFigures:
    return StepFigures(
        step=steps[0].step,
        stays=sum(one.stays for one in steps),
        timed=sum(one.timed for one in steps),
        late=sum(one.late for one in steps),
        used=tuple(merge(*(one.used for one in steps))),
        waited=tuple(merge(*(one.waited for one in steps))),
        worked=tuple(merge(*(one.worked for one in steps))),
        cases=tuple(chain.from_iterable(one.cases for one in steps)),
        late_cases=tuple(chain.from_iterable(one.late_cases for one in steps)),
    )


def _roles(stays: Sequence[EndedStay]) -> Iterable[RoleFigures]:
    found: dict[RoleId, list[Case]] = {}
    for stay in stays:
        step = stay.case.sop.step(stay.step)
        if stay.is_late and step is not None:
            found.setdefault(step.actor, []).append(stay.case)
    return _roles_together(
        RoleFigures(role, len(where), _ids(where)) for role, where in found.items()
    )


def _roles_together(roles: Iterable[RoleFigures]) -> Iterable[RoleFigures]:
    late: dict[str, RoleFigures] = {}
    for one in roles:
        before = late.get(one.role, RoleFigures(one.role, 0, ()))
        late[one.role] = RoleFigures(one.role, before.late + one.late, (*before.cases, *one.cases))
    return sorted(late.values(), key=lambda one: (-one.late, one.role))


def _returns(cases: Iterable[Case], days: Range) -> Iterable[ReturnFigures]:
    found: dict[tuple[int, int, str], list[Case]] = {}
    for case in cases:
        for entry in case.entries:
            details = entry.event.details
            if isinstance(details, Return) and entry.effective and days.holds(entry.event.at):
                key = (entry.event.step, details.to_step, details.reason)
                found.setdefault(key, []).append(case)
    for key, where in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        yield ReturnFigures(*key, tuple(case.id for case in where))


def _returns_together(parts: Iterable[Figures]) -> Iterable[ReturnFigures]:
    found: dict[tuple[int, int, str], tuple[CaseId, ...]] = {}
    for one in chain.from_iterable(part.returns for part in parts):
        key = (one.from_step, one.to_step, one.reason)
        found[key] = (*found.get(key, ()), *one.cases)
    for key, where in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        yield ReturnFigures(*key, where)


def _sections(cases: Iterable[Case], days: Range) -> Iterable[SectionFigures]:
    found: dict[UnitId, list[tuple[Case, bool, bool]]] = {}
    for case in cases:
        for request in case.requests:
            if days.holds(request.asked) and not request.withdrawn:
                answered = request.answered
                late = bool(answered and request.due and answered.date() > request.due)
                found.setdefault(request.unit, []).append((case, answered is not None, late))
    for unit, requests in sorted(found.items()):
        answered_count = sum(answered for _, answered, _ in requests)
        yield SectionFigures(
            unit,
            len(requests),
            answered_count,
            sum(late for _, _, late in requests),
            len(requests) - answered_count,
            _ids(case for case, _, _ in requests),
        )


def _sections_together(parts: Iterable[Figures]) -> Iterable[SectionFigures]:
    found: dict[UnitId, SectionFigures] = {}
    for one in chain.from_iterable(part.sections for part in parts):
        before = found.get(one.unit, SectionFigures(one.unit, 0, 0, 0, 0, ()))
        found[one.unit] = SectionFigures(
            one.unit,
            before.asked + one.asked,
            before.answered + one.answered,
            before.late + one.late,
            before.open + one.open,
            (*before.cases, *one.cases),
        )
    return (one for _, one in sorted(found.items()))


def _ids(cases: Iterable[Case]) -> tuple[CaseId, ...]:
    return tuple(dict.fromkeys(case.id for case in cases))
