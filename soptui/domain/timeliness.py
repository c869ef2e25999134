"""How the office keeps its SOP: each step against its norm, waiting apart from work, returns.

The figures of the *papan kendali* and of the monitoring form of PermenPANRB 35/2012 (`domain.md`
1.6 and 8). They count stays that ended within a range of days; every figure keeps the ids of the
cases behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from soptui.domain.case import Case, Visit
from soptui.domain.events import Action, Return
from soptui.domain.normtime import NormTime, NormUnit
from soptui.domain.sop import Sop
from soptui.domain.timing import Timing, timing_of
from soptui.domain.working_calendar import WorkingCalendar
from soptui.domain.worktime import TimeState

_SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Range:
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


@dataclass(frozen=True, slots=True)
class StepFigures:
    """One step over a range: stays that ended in it.

    `used` is the work of each stay as a share of the norm (1 is the norm itself), sorted; empty
    where the SOP sets none. `waited` is in working seconds, sorted. `cases` names the cases behind
    all of it, `late_cases` those whose stay ended late.
    """

    step: int
    stays: int
    late: int
    used: tuple[Fraction, ...]
    waited: tuple[int, ...]
    cases: tuple[str, ...]
    late_cases: tuple[str, ...]

    @property
    def on_time_share(self) -> Fraction | None:
        """The share of stays that ended in time; None without any."""
        return Fraction(self.stays - self.late, self.stays) if self.stays else None


@dataclass(frozen=True, slots=True)
class ReturnFigures:
    """Work sent back: from which step to which, why, and in which cases."""

    from_step: int
    to_step: int
    reason: str
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """Requests made of one section: asked, answered, answered after the day named, still open."""

    unit: str
    asked: int
    answered: int
    late: int
    open: int
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one SOP over a range. `late_by_role` counts late stays by the role's id."""

    range: Range
    cases: int
    steps: tuple[StepFigures, ...]
    returns: tuple[ReturnFigures, ...]
    sections: tuple[SectionFigures, ...]
    late_by_role: tuple[tuple[str, int], ...]


def figures(
    sop: Sop, cases: Iterable[Case], days: Range, calendar: WorkingCalendar, now: datetime
) -> Figures:
    """The figures of the cases that run under `sop` (any version), over a range of days."""
    chosen = [case for case in cases if case.sop.id == sop.id]
    stays = [
        (case, visit, timing_of(calendar, case.sop, visit, now))
        for case in chosen
        for visit in case.visits
        if visit.closed is not None and days.holds(visit.closed) and _is_finished(visit)
    ]
    late = Counter(
        step.actor
        for case, visit, timing in stays
        if timing.state is TimeState.LATE and (step := case.sop.step(visit.step))
    )
    return Figures(
        days,
        len({case.id for case, _, _ in stays}),
        tuple(_step(step.number, stays) for step in (sop.registration, *sop.steps)),
        tuple(_returns(chosen, days)),
        tuple(_sections(chosen, days)),
        tuple(late.most_common()),
    )


def share_of_norm(norm: NormTime, worked: int | Fraction) -> Fraction:
    """How much of the norm was used, 1 being all of it; for `worked` see `Timing`."""
    unit = _SECONDS_PER_MINUTE if norm.unit is NormUnit.MINUTES else 1
    return Fraction(worked) / (norm.amount * unit)


def percentile(values: Sequence[Fraction], share: int) -> Fraction | None:
    """The value that `share` percent of the sorted values do not exceed (nearest rank)."""
    if not values:
        return None
    rank = -(-len(values) * share // 100)
    return values[max(rank, 1) - 1]


def _is_finished(visit: Visit) -> bool:
    return visit.outcome not in (Action.CANCEL, Action.REASSIGN)


def _step(number: int, stays: Sequence[tuple[Case, Visit, Timing]]) -> StepFigures:
    here = [stay for stay in stays if stay[1].step == number]
    late = [stay for stay in here if stay[2].state is TimeState.LATE]
    return StepFigures(
        number,
        len(here),
        len(late),
        tuple(
            sorted(
                share_of_norm(timing.norm, timing.worked)
                for _, _, timing in here
                if timing.norm is not None
            )
        ),
        tuple(sorted(timing.waited for _, _, timing in here)),
        _ids(case for case, _, _ in here),
        _ids(case for case, _, _ in late),
    )


def _returns(cases: Iterable[Case], days: Range) -> Iterable[ReturnFigures]:
    found: dict[tuple[int, int, str], list[Case]] = {}
    for case in cases:
        for entry in case.entries:
            details = entry.event.details
            if isinstance(details, Return) and entry.effective and days.holds(entry.event.at):
                key = (entry.event.step, details.to_step, details.reason)
                found.setdefault(key, []).append(case)
    for key, where in sorted(found.items(), key=lambda item: -len(item[1])):
        yield ReturnFigures(*key, tuple(case.id for case in where))


def _sections(cases: Iterable[Case], days: Range) -> Iterable[SectionFigures]:
    found: dict[str, list[tuple[Case, bool, bool]]] = {}
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


def _ids(cases: Iterable[Case]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(case.id for case in cases))
