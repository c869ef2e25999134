"""All figures of the *papan kendali* as tables, and the cases behind each row of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial

from msgspec import Struct

from soptui.desk.board import Board
from soptui.desk.board import Span as DaySpan
from soptui.desk.standing import Standing
from soptui.desk.words.deadline import short_days, short_seconds
from soptui.desk.words.names import role_title, unit_title
from soptui.desk.words.terms import step_label
from soptui.domain.case_filter import CaseFilter, CaseOrder
from soptui.domain.message import N_
from soptui.domain.sop import Sop, Step
from soptui.domain.time.timeliness import Figures, StepFigures, percentile
from soptui.locale import _, number
from soptui.tui.design.columns import Column
from soptui.tui.presentation.bar_charts import (
    TWICE,
    amount_bar,
    amount_scale,
    count_bar,
    norm_bar,
    norm_scale,
)
from soptui.tui.presentation.facts import Facts
from soptui.tui.text.lines import BLANK, Line, Span, line
from soptui.tui.widgets.figures import Figure
from soptui.tui.widgets.sources import Row

_STEP = Column("", 4)
_ACTIVITY = Column("", 16, grow=3, most=50)

_WHERE = (
    _STEP,
    _ACTIVITY,
    Column(N_("Waiting"), 8, right=True),
    Column(N_("In work"), 10, right=True),
    Column(N_("Held"), 7, right=True, rank=1),
    Column(N_("Due soon"), 15, right=True, rank=2),
    Column(N_("Late"), 9, right=True),
)
_NORM = (
    _STEP,
    _ACTIVITY,
    Column(N_("Stays"), 6, right=True, rank=1),
    Column(N_("On time"), 11, right=True, rank=2),
    Column(N_("█ Half"), 9, right=True),
    Column(N_("▒ 9 of 10"), 10, right=True),
    Column("", 22, grow=3, most=40),
)
_TIME = (
    _STEP,
    _ACTIVITY,
    Column(N_("▒ Waited"), 10, right=True),
    Column(N_("█ Worked"), 12, right=True),
    Column("", 22, grow=3, most=40),
)
_RETURN = (
    Column("", 10),
    Column("", 24, grow=3, most=60),
    Column(N_("Count"), 8, right=True),
    Column("", 16, grow=2, most=30),
)
_SECTION = (
    Column("", 26, grow=3, most=50),
    Column(N_("Asked"), 7, right=True),
    Column(N_("Answered"), 8, right=True),
    Column(N_("Late"), 9, right=True, rank=1),
    Column(N_("Unanswered"), 10, right=True),
    Column("", 10, grow=2, most=30),
)
_LEAST_SCALE = 10
"""The least that a whole bar of a count stands for."""
_TOO_FEW = Fraction(4, 5)
_MINUTE_SECONDS = 60
_DAY_SECONDS = 27_000
"""A working day of seven and a half hours, to shorten long times to days."""


class Behind(Struct, frozen=True):
    """The cases behind a row, under a title in the reader's language, and their order."""

    title: str
    cases: CaseFilter
    order: CaseOrder = CaseOrder.DEADLINE


def span_title(span: DaySpan) -> str:
    """A range as people call it: `Triwulan IV 2026`."""
    if not span.quarter:
        return _("Year {year}", year=str(span.year))
    numeral = ("I", "II", "III", "IV")[span.quarter - 1]
    return _("Quarter {number} {year}", number=numeral, year=str(span.year))


def board_rows(board: Board, facts: Facts) -> Iterator[Row[Behind]]:
    """All rows, group by group; each stands for the cases behind it, headings for nothing.

    The first group is of now, the others of what ended in the range of days.
    """
    sop, figures = board.standing.sop, board.counted.figures
    yield from _where(board.standing)
    yield from _norms(sop, figures)
    yield from _times(sop, figures)
    yield from _returns(sop, figures)
    yield from _roles(sop, figures)
    yield from _sections(figures, facts)


def _where(standing: Standing) -> Iterator[Row[Behind]]:
    sop = standing.sop
    yield _heading("where", _("Where the cases are, now"), _WHERE)
    for step in _steps(sop):
        counts = standing.counts(step.number)
        cells = (
            *_named(step),
            _count(counts.waiting, "warn"),
            _count(counts.in_work, "accent"),
            _count(counts.suspended, "warn"),
            _count(counts.due_soon, "warn"),
            _count(counts.late, "bad"),
        )
        title = _("at step {step}", step=step_label(step.number))
        behind = Behind(title, CaseFilter(sop=sop.id, step=step.number, is_open=True))
        yield Figure(f"where {step.number}", cells, behind, columns=_WHERE)


def _norms(sop: Sop, figures: Figures) -> Iterator[Row[Behind]]:
    title = _("Time used of the norm, where a step ended")
    yield _heading("norm", title, _NORM, scale=norm_scale)
    known = {one.step: one for one in figures.steps}
    for step in _steps(sop):
        one = known[step.number]
        if step.norm is None and not one.stays:
            continue
        half, far = percentile(one.used, 50), percentile(one.used, 90)
        cells = (
            *_named(step),
            _count(one.stays),
            line(Span(percent(one.on_time_share), share_tone(one.on_time_share))),
            line(_share_of_norm(half)),
            line(_share_of_norm(far)),
        )
        bar = None
        if half is not None and far is not None:
            bar = partial(norm_bar, half, far, TWICE)
        yield Figure(f"norm {step.number}", cells, _ended(one), columns=_NORM, bar=bar)


def _ended(one: StepFigures) -> Behind:
    """The cases in which a step ended in the range."""
    title = _("that ended step {step} in this time", step=step_label(one.step))
    return Behind(title, CaseFilter(among=one.cases))


def _times(sop: Sop, figures: Figures) -> Iterator[Row[Behind]]:
    halves = {
        one.step: (percentile(one.waited, 50) or 0, percentile(one.worked, 50) or 0)
        for one in figures.steps
    }
    most = max((waited + worked for waited, worked in halves.values()), default=0)
    title = _("Waiting against work, half of all times")
    yield _heading("time", title, _TIME, scale=partial(amount_scale, _time_text(most)))
    for one in figures.steps:
        step = sop.step(one.step)
        if step is None or not sum(one.waited) + sum(one.worked):
            continue
        cells = (*_named(step), _time(one.waited), _time(one.worked))
        bar = None
        if _is_shown(one.waited) or _is_shown(one.worked):
            bar = partial(amount_bar, *halves[one.step], most)
        yield Figure(f"time {one.step}", cells, _ended(one), columns=_TIME, bar=bar)


def _returns(sop: Sop, figures: Figures) -> Iterator[Row[Behind]]:
    most = _scale_of(len(one.cases) for one in figures.returns)
    scale = partial(amount_scale, number(most)) if figures.returns else None
    yield _heading("return", _("Returns"), _RETURN, scale=scale)
    if not figures.returns:
        yield _nothing("return", _("None in this time."))
    for place, one in enumerate(figures.returns):
        reason = sop.reason(one.reason)
        way = f"{step_label(one.from_step)} → {step_label(one.to_step)}"
        text = reason.text if reason else one.reason
        cells = (line(way), line(text), _count(len(one.cases), "warn"))
        bar = partial(count_bar, len(one.cases), most, tone="warn")
        behind = Behind(f"{way}, {text}", CaseFilter(among=tuple(dict.fromkeys(one.cases))))
        yield Figure(f"return {place}", cells, behind, columns=_RETURN, bar=bar)


def _roles(sop: Sop, figures: Figures) -> Iterator[Row[Behind]]:
    most = _scale_of(one.late for one in figures.late_by_role)
    scale = partial(amount_scale, number(most)) if figures.late_by_role else None
    yield _heading("role", _("Ended late in this time, by role"), _RETURN, scale=scale)
    if not figures.late_by_role:
        yield _nothing("role", _("None in this time."))
    for one in figures.late_by_role:
        found = sop.role(one.role)
        title = role_title(sop, one.role)
        cells = (line(found.short if found else ""), line(title), _count(one.late, "bad"))
        bar = partial(count_bar, one.late, most, tone="bad")
        behind = Behind(_("late with {role}", role=title), CaseFilter(among=one.cases))
        yield Figure(f"role {one.role}", cells, behind, columns=_RETURN, bar=bar)


def _sections(figures: Figures, facts: Facts) -> Iterator[Row[Behind]]:
    most = _scale_of(one.asked for one in figures.sections)
    scale = partial(amount_scale, number(most)) if figures.sections else None
    yield _heading("section", _("Data asked of sections"), _SECTION, scale=scale)
    if not figures.sections:
        yield _nothing("section", _("None in this time."))
    for one in figures.sections:
        title = unit_title(facts.registry.office, one.unit)
        cells = (
            line(title),
            _count(one.asked),
            _count(one.answered, "good"),
            _count(one.late, "bad"),
            _count(one.open, "warn"),
        )
        bar = partial(count_bar, one.answered, most, tone="good")
        behind = Behind(_("that asked {section}", section=title), CaseFilter(among=one.cases))
        yield Figure(f"section {one.unit}", cells, behind, columns=_SECTION, bar=bar)


def _scale_of(counts: Iterable[int]) -> int:
    """How much a whole bar stands for: one of few is never drawn as if it were all."""
    return max(_LEAST_SCALE, *counts, _LEAST_SCALE)


def _steps(sop: Sop) -> tuple[Step, ...]:
    return sop.all_steps


def _heading(
    key: str,
    title: str,
    columns: tuple[Column, ...],
    *,
    scale: Callable[[int], Line] | None = None,
) -> Row[Behind]:
    """The head of a group; `scale` draws that of its bars."""
    # The title stands where rows have their names, over columns that need no label.
    named = [column for column in columns if not column.label and not column.right]
    width = sum(column.width for column in named[:2]) + 1
    first = Column("", width, grow=sum(one.grow for one in named[:2]), most=_most(named[:2]))
    rest = columns[2:] if columns[1] in named else columns[1:]
    labels = tuple((Span(_(one.label) if one.label else "", "dim"),) for one in rest)
    return Figure(
        f"= {key}",
        (line(Span(title, "head")), *labels),
        is_heading=True,
        columns=(first, *rest),
        bar=scale,
    )


def _most(columns: Sequence[Column]) -> int:
    return sum(one.most or one.width for one in columns) + len(columns) - 1


def _nothing(key: str, text: str) -> Row[Behind]:
    cells = (line(Span(text, "dim")),)
    return Figure(f"= no {key}", cells, is_heading=True, columns=(Column("", 30, grow=1),))


def _named(step: Step) -> tuple[Line, Line]:
    return line(step_label(step.number)), line(step.activity)


def _count(count: int, tone: str = "plain") -> Line:
    return line(Span(number(count), tone)) if count else line(Span("-", "dim"))


def percent(share: Fraction | None) -> str:
    """A share in whole percent, or a hyphen where there is none."""
    return "-" if share is None else f"{number(round(share * 100))}%"


def share_tone(share: Fraction | None) -> str:
    """How good a share in time is: bad below four in five."""
    if share is None:
        return "dim"
    return "bad" if share < _TOO_FEW else "plain"


def _share_of_norm(share: Fraction | None) -> Span:
    is_beyond = share is not None and round(share * 100) > 100
    tone = "dim" if share is None else "bad" if is_beyond else "plain"
    return Span(percent(share), tone)


def _is_shown(seconds: Sequence[int]) -> bool:
    """Whether the median is at least a minute, the least that `_time` shows."""
    return (percentile(seconds, 50) or 0) >= _MINUTE_SECONDS


def _time(seconds: Sequence[int]) -> Line:
    half = percentile(seconds, 50)
    return BLANK if half is None else line(_time_text(half))


def _time_text(seconds: int) -> str:
    if seconds >= _DAY_SECONDS:
        return short_days(Fraction(seconds, _DAY_SECONDS))
    return short_seconds(seconds)
