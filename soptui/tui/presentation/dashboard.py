"""The dashboard (*papan kendali*) as rows, and the cases behind each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

from msgspec import Struct

from soptui.desk.board import Board
from soptui.desk.board import Span as DaySpan
from soptui.desk.words.deadline import short_days, short_seconds
from soptui.desk.words.names import role_title, unit_title
from soptui.desk.words.terms import step_label
from soptui.domain.case_filter import CaseFilter
from soptui.domain.message import N_
from soptui.domain.sop import Sop, Step
from soptui.domain.time.timeliness import percentile
from soptui.locale import _, _n, number, short_day
from soptui.tui.design.columns import Column
from soptui.tui.presentation.bar_charts import count_bar, divided_bar, norm_bar, scale_of
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
    Column(N_("Median"), 6, right=True),
    Column("P90", 6, right=True),
    Column(N_("█ median ▒ P90 │ norm"), 22, grow=3, most=60),
)
_TIME = (
    _STEP,
    _ACTIVITY,
    Column(N_("Waited"), 8, right=True),
    Column(N_("Worked"), 10, right=True),
    Column(N_("▒ waiting █ work"), 22, grow=3, most=60),
)
_RETURN = (
    Column("", 10),
    Column("", 24, grow=3, most=60),
    Column(N_("Count"), 8, right=True),
    Column("", 16, grow=2, most=60),
)
_SECTION = (
    Column("", 26, grow=3, most=50),
    Column(N_("Asked"), 7, right=True),
    Column(N_("Answered"), 8, right=True),
    Column(N_("Late"), 9, right=True, rank=1),
    Column(N_("Unanswered"), 10, right=True),
    Column(N_("█ answered"), 10, grow=2, most=40),
)
_MINUTE_SECONDS = 60
_DAY_SECONDS = 27_000
"""A working day of seven and a half hours, to shorten long times to days."""


class Behind(Struct, frozen=True):
    """The cases behind a row, under a title in the reader's language."""

    title: str
    cases: CaseFilter


def span_title(span: DaySpan) -> str:
    """A range as people call it: `Triwulan IV 2026`."""
    if not span.quarter:
        return _("Year {year}", year=str(span.year))
    numeral = ("I", "II", "III", "IV")[span.quarter - 1]
    return _("Quarter {number} {year}", number=numeral, year=str(span.year))


def summary(board: Board, span: DaySpan, width: int) -> Sequence[Line]:
    """The range, what was counted in it, and how many cases are open now."""
    days = span.days
    open_now = sum(one.waiting + one.in_work for one in board.standing)
    late = sum(one.late for one in board.standing)
    counted = _n("{count} case counted", "{count} cases counted", board.figures.cases)
    parts = [
        Span(f" {span_title(span)}", "bold"),
        Span(f" · {short_day(days.first)} - {short_day(days.last)}", "dim"),
        Span(f" · {counted}"),
    ]
    now = [Span(" "), Span(_("Open now: {count}", count=number(open_now)))]
    now.append(Span(" · " + _("late: {count}", count=number(late)), "bad" if late else "plain"))
    if board.unreadable:
        now.append(Span(" · " + _("damaged: {count}", count=len(board.unreadable)), "bad"))
    return [line(*parts), line(*now)]


def board_rows(board: Board, facts: Facts) -> Iterator[Row[Behind]]:
    """All rows, group by group; each stands for the cases behind it, headings for nothing."""
    yield from _where(board)
    yield from _norms(board)
    yield from _times(board)
    yield from _returns(board)
    yield from _roles(board)
    yield from _sections(board, facts)


def _where(board: Board) -> Iterator[Row[Behind]]:
    yield _heading("where", _("Where the cases are"), _WHERE)
    for step in _steps(board.sop):
        counts = board.counts(step.number)
        cells = (
            *_named(step),
            _count(counts.waiting, "warn"),
            _count(counts.in_work, "accent"),
            _count(counts.suspended, "warn"),
            _count(counts.due_soon, "warn"),
            _count(counts.late, "bad"),
        )
        title = _("at step {step}", step=step_label(step.number))
        behind = Behind(title, CaseFilter(sop=board.sop.id, step=step.number, is_open=True))
        yield Figure(f"where {step.number}", cells, behind, columns=_WHERE)


def _norms(board: Board) -> Iterator[Row[Behind]]:
    yield _heading("norm", _("Time used of the norm"), _NORM)
    known = {one.step: one for one in board.figures.steps}
    ends = [one.used[-1] for one in board.figures.steps if one.used]
    far = [share for one in board.figures.steps if (share := percentile(one.used, 90))]
    scale = scale_of(far or ends)
    for step in _steps(board.sop):
        one = known[step.number]
        if step.norm is None and not one.stays:
            continue
        median, p90 = percentile(one.used, 50), percentile(one.used, 90)
        cells = (
            *_named(step),
            _count(one.stays),
            _share(one.on_time_share, bad_below=Fraction(4, 5)),
            _share(median, bad_above=Fraction(1)),
            _share(p90, bad_above=Fraction(1)),
        )
        bar = None
        if median is not None and p90 is not None:
            bar = partial(norm_bar, median, p90, scale)
        behind = Behind(
            _("that ended step {step} in this time", step=step_label(step.number)),
            CaseFilter(among=one.cases),
        )
        yield Figure(f"norm {step.number}", cells, behind, columns=_NORM, bar=bar)


def _times(board: Board) -> Iterator[Row[Behind]]:
    yield _heading("time", _("Waiting against work"), _TIME)
    for one in board.figures.steps:
        step = board.sop.step(one.step)
        if step is None or not sum(one.waited) + sum(one.worked):
            continue
        cells = (*_named(step), _time(one.waited), _time(one.worked))
        bar = None
        if _is_shown(one.waited) or _is_shown(one.worked):
            bar = partial(divided_bar, sum(one.waited), sum(one.worked))
        behind = Behind(
            _("that ended step {step} in this time", step=step_label(one.step)),
            CaseFilter(among=one.cases),
        )
        yield Figure(f"time {one.step}", cells, behind, columns=_TIME, bar=bar)


def _returns(board: Board) -> Iterator[Row[Behind]]:
    yield _heading("return", _("Returns"), _RETURN)
    returns = board.figures.returns
    if not returns:
        yield _nothing("return", _("None in this time."))
    most = max((len(one.cases) for one in returns), default=0)
    for place, one in enumerate(returns):
        reason = board.sop.reason(one.reason)
        way = f"{step_label(one.from_step)} → {step_label(one.to_step)}"
        text = reason.text if reason else one.reason
        cells = (line(way), line(text), _count(len(one.cases), "warn"))
        bar = partial(count_bar, len(one.cases), most, tone="warn")
        behind = Behind(f"{way}, {text}", CaseFilter(among=tuple(dict.fromkeys(one.cases))))
        yield Figure(f"return {place}", cells, behind, columns=_RETURN, bar=bar)


def _roles(board: Board) -> Iterator[Row[Behind]]:
    yield _heading("role", _("Late, by role"), _RETURN)
    roles = board.figures.late_by_role
    if not roles:
        yield _nothing("role", _("None in this time."))
    most = max((one.late for one in roles), default=0)
    for one in roles:
        found = board.sop.role(one.role)
        title = role_title(board.sop, one.role)
        cells = (line(found.short if found else ""), line(title), _count(one.late, "bad"))
        bar = partial(count_bar, one.late, most, tone="bad")
        behind = Behind(_("late with {role}", role=title), CaseFilter(among=one.cases))
        yield Figure(f"role {one.role}", cells, behind, columns=_RETURN, bar=bar)


def _sections(board: Board, facts: Facts) -> Iterator[Row[Behind]]:
    yield _heading("section", _("Data asked of sections"), _SECTION)
    if not board.figures.sections:
        yield _nothing("section", _("None in this time."))
    for one in board.figures.sections:
        title = unit_title(facts.registry.office, one.unit)
        cells = (
            line(title),
            _count(one.asked),
            _count(one.answered, "good"),
            _count(one.late, "bad"),
            _count(one.open, "warn"),
        )
        bar = partial(count_bar, one.answered, one.asked, tone="good")
        behind = Behind(_("that asked {section}", section=title), CaseFilter(among=one.cases))
        yield Figure(f"section {one.unit}", cells, behind, columns=_SECTION, bar=bar)


def _steps(sop: Sop) -> tuple[Step, ...]:
    return (sop.registration, *sop.steps)


def _heading(key: str, title: str, columns: tuple[Column, ...]) -> Row[Behind]:
    # The title stands where rows have their names, over columns that need no label.
    named = [column for column in columns if not column.label and not column.right]
    width = sum(column.width for column in named[:2]) + 1
    first = Column("", width, grow=sum(one.grow for one in named[:2]), most=_most(named[:2]))
    rest = columns[2:] if columns[1] in named else columns[1:]
    labels = tuple((Span(_(one.label) if one.label else "", "dim"),) for one in rest)
    return Figure(
        f"= {key}", (line(Span(title, "head")), *labels), is_heading=True, columns=(first, *rest)
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


def _share(
    share: Fraction | None,
    *,
    bad_above: Fraction | None = None,
    bad_below: Fraction | None = None,
) -> Line:
    if share is None:
        return line(Span("-", "dim"))
    percent = round(share * 100)
    is_bad = (bad_above is not None and percent > bad_above * 100) or (
        bad_below is not None and percent < bad_below * 100
    )
    return line(Span(f"{number(percent)}%", "bad" if is_bad else "plain"))


def _is_shown(seconds: Sequence[int]) -> bool:
    """Whether the median is at least a minute, the least that `_time` shows."""
    return (percentile(seconds, 50) or 0) >= _MINUTE_SECONDS


def _time(seconds: Sequence[int]) -> Line:
    median = percentile(seconds, 50)
    if median is None:
        return BLANK
    if median >= _DAY_SECONDS:
        return line(short_days(Fraction(median, _DAY_SECONDS)))
    return line(short_seconds(median))
