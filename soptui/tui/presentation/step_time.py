"""The time of a case beside its steps: each against its norm or, where there is room, by the day.

Waiting and work of a stay are drawn after one another (▒, █). A bar ends at twice the norm, which
is its middle (│), and says with `>` that more was used. On the line of days holidays are left out,
what is planned is a thin line, and `│` is when it is due.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import groupby

from msgspec import Struct

from soptui.desk.views import CaseView, Stay, StepView
from soptui.domain.time.normtime import NormTime, NormUnit
from soptui.domain.time.plan import Planned, planned
from soptui.domain.time.working_calendar import WorkingCalendar
from soptui.domain.time.worktime import elapsed
from soptui.locale import _, short_day
from soptui.tui.text.lines import Line, Span

WAITED, WORKED, NORM, BEYOND, AHEAD = "▒", "█", "│", ">", "─"

NORMS_SHOWN = 2
"""How many norms a bar is long."""

_WIDEST_DAY = 8
_NARROWEST_DAY = 2
_NAMED_FROM = 3
"""From so many cells on a day has its number over it."""

_SECONDS_PER_MINUTE = 60
_Cell = tuple[str, str]


class StepTimes:
    """The time of one case, drawn beside its steps for whatever width there is."""

    def __init__(self, view: CaseView, calendar: WorkingCalendar, now: datetime) -> None:
        self._view = view
        self._calendar = calendar
        self._now = now
        self._ahead = planned(calendar, view.case, now)
        self._days: dict[int, Days | None] = {}

    def bar(self, step: object, width: int) -> Line:
        """How much of its norm the last stay at a step took."""
        stays = step.stays if isinstance(step, StepView) else ()
        return norm_bar(stays[-1] if stays else None, self._calendar, self._now, width)

    def days(self, step: object, width: int) -> Line:
        """On which days a step was waited for and worked on, and when it is planned."""
        days = self._days_for(width)
        if days is None or not isinstance(step, StepView):
            return ()
        return day_line(days, step, self._ahead, self._now)

    def days_heading(self, width: int) -> str:
        """The days that are drawn."""
        days = self._days_for(width)
        return days.heading() if days is not None else ""

    def _days_for(self, width: int) -> Days | None:
        if width not in self._days:
            self._days[width] = days_of(self._view, self._ahead, self._calendar, self._now, width)
        return self._days[width]


# --- against the norm -----------------------------------------------------------------------------


def norm_scale(width: int) -> str:
    """The heading over bars of this width: `0 ──baku── 2x`, as far as there is room."""
    word = _("norm")
    room = width - len("0  2x") - len(word)
    if room < 0:
        return word[:width]
    left = room // 2
    return f"0 {AHEAD * left}{word}{AHEAD * (room - left)} {NORMS_SHOWN}x"


def norm_bar(stay: Stay | None, calendar: WorkingCalendar, now: datetime, width: int) -> Line:
    """How much of its norm a stay took, waiting first; nothing where no norm binds it."""
    norm = stay.timing.norm if stay is not None else None
    if stay is None or norm is None or width < NORMS_SHOWN + 1:
        return ()
    waited = _waited(calendar, norm, stay, now)
    worked = Fraction(stay.timing.worked) / _amount(norm)
    middle = width // NORMS_SHOWN
    ends = _cells(waited, middle), _cells(waited + worked, middle)
    cells: list[_Cell] = []
    for place in range(width):
        if place == middle:
            cells.append((NORM, "bold"))
        elif place == width - 1 and waited + worked > NORMS_SHOWN:
            cells.append((BEYOND, "bad"))
        elif place < ends[1]:
            sign = WAITED if place < ends[0] else WORKED
            cells.append((sign, "bad" if place > middle else "accent"))
        else:
            cells.append((" ", "plain"))
    return _spans(cells)


def _waited(calendar: WorkingCalendar, norm: NormTime, stay: Stay, now: datetime) -> Fraction:
    """How many norms long the stay waited for its receipt."""
    visit = stay.visit
    end = visit.received or visit.closed or now
    return Fraction(elapsed(calendar, norm.unit, visit.sent, end, visit.holds)) / _amount(norm)


def _amount(norm: NormTime) -> int:
    """The norm in the unit of what was worked."""
    return norm.amount * (_SECONDS_PER_MINUTE if norm.unit is NormUnit.MINUTES else 1)


def _cells(share: Fraction, middle: int) -> int:
    """How many cells a share of the norm takes; any has one."""
    return max(1, round(share * middle)) if share > 0 else 0


# --- by the day -----------------------------------------------------------------------------------


class Days(Struct, frozen=True):
    """The working days that are drawn, each `width` cells wide."""

    calendar: WorkingCalendar
    days: tuple[date, ...]
    width: int

    def place(self, moment: datetime) -> int:
        """The cell in which a moment lies, before the first or after the last too."""
        calendar = self.calendar
        begin = calendar.days_at(calendar.local_second(_midnight(self.days[0], calendar)))
        gone = calendar.days_at(calendar.local_second(moment)) - begin
        return int(gone * self.width // 1)

    def end(self, moment: datetime) -> int:
        """The last cell of what ends at a moment."""
        return max(self.place(moment), self.place(moment - timedelta(seconds=1)) + 1) - 1

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.days) * self.width

    def heading(self) -> str:
        """The days' numbers, each over its first cell; the month where it is another."""
        text = ""
        for index, one in enumerate(self.days):
            at = index * self.width
            label = str(one.day)
            if index == 0 or one.month != self.days[index - 1].month:
                label = short_day(one).removesuffix(f" {one.year}")
            if at >= len(text) + (1 if text else 0):
                text = f"{text:<{at}}{label}"
        return text[: self.cells]


def days_of(
    view: CaseView,
    ahead: Sequence[Planned],
    calendar: WorkingCalendar,
    now: datetime,
    width: int,
) -> Days | None:
    """The working days from the first stay to the last that is planned, as many as fit.

    Where not all do, the first ones are left out: what is now and what is to come stays in sight.
    None for a case without a stay, or where there is no room for a day.
    """
    visits = view.case.visits
    if not visits or width < _NARROWEST_DAY:
        return None
    last_visit = visits[-1].closed if view.case.status.is_closed else now
    end = max([*(one.due for one in ahead), last_visit or now])
    days = _working_days(calendar, visits[0].sent.date(), end.date())
    if not days:
        return None
    wide = max(_NARROWEST_DAY, min(_WIDEST_DAY, width // len(days)))
    most = width // wide
    if len(days) > most:
        here = next((at for at, one in enumerate(days) if one >= now.date()), len(days) - 1)
        first = max(0, min(len(days) - most, here - most // NORMS_SHOWN))
        days = days[first : first + most]
    return Days(calendar, tuple(days), wide)


def _working_days(calendar: WorkingCalendar, first: date, last: date) -> list[date]:
    count = (last - first).days + 1
    every = (first + timedelta(days=number) for number in range(count))
    return [one for one in every if calendar.is_working_day(one)]


def day_line(days: Days, step: StepView, ahead: Sequence[Planned], now: datetime) -> Line:
    """What a step took of the days, every stay at it, and what is planned of it."""
    cells: list[_Cell] = [(" ", "plain")] * days.cells
    for one in ahead:
        if one.step == step.step.number:
            _draw(cells, days, one.start, one.due, (AHEAD, "dim"))
            _put(cells, days.end(one.due), (NORM, "bold"))
    for stay in step.stays:
        visit, deadline = stay.visit, stay.timing.deadline
        end = visit.closed or now
        received = visit.received or end
        is_late = deadline is not None and end > deadline
        _draw(cells, days, visit.sent, received, (WAITED, "accent"))
        if visit.received is not None:
            _draw(cells, days, received, end, (WORKED, "bad" if is_late else "accent"))
        if is_late and visit.closed is None:
            _put(cells, days.end(end), (BEYOND, "bad"))
    return _spans(cells)


def _draw(cells: list[_Cell], days: Days, start: datetime, end: datetime, cell: _Cell) -> None:
    """Fill the cells from a moment to another; any time has one."""
    first, last = days.place(start), days.end(end)
    for place in range(max(0, first), min(len(cells), max(last, first) + 1)):
        cells[place] = cell


def _put(cells: list[_Cell], place: int, cell: _Cell) -> None:
    if 0 <= place < len(cells):
        cells[place] = cell


def _midnight(day: date, calendar: WorkingCalendar) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=calendar.zone)


def _spans(cells: Iterable[_Cell]) -> Line:
    return tuple(
        Span("".join(sign for sign, _tone in group), tone)
        for tone, group in groupby(cells, key=lambda one: one[1])
    )
