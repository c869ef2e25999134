"""Step by step: late of what ended in each of the last weeks, and time used against the norm."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from soptui.desk.counting import Counted
from soptui.desk.words.terms import step_label
from soptui.domain.case_filter import CaseFilter
from soptui.domain.sop import Sop, Step
from soptui.domain.time.timeliness import StepFigures, percentile
from soptui.domain.time.weeks import StepWeek, Week
from soptui.locale import _, day_and_month, number
from soptui.tui.presentation.bar_charts import TWICE, norm_bar, norm_scale
from soptui.tui.presentation.board_pipeline import role_word
from soptui.tui.presentation.dashboard import Behind, percent
from soptui.tui.text.drawn import Drawn, Pen
from soptui.tui.text.lines import Line, Span, line

_STEP, _LEAST_NAME, _MOST_NAME, _WEEK = 4, 11, 30, 7
_USED = 20
"""Cells of the two shares in words."""
_LEAST_BAR, _MOST_BAR = 10, 30
_FAR = Fraction(10)
"""From so many norms on, it is said how many times the norm that is, and no percentage."""
_WEEKS = ((138, 13), (110, 6), (0, 4))
"""From how many columns on so many weeks are shown."""


def steps_table(sop: Sop, counted: Counted, width: int) -> Drawn:
    """A row for each step that has a norm: its weeks, its bar and the two shares."""
    count = next(most for least, most in _WEEKS if width >= least)
    weeks = counted.weeks[-count:]
    known = {one.step: one for one in counted.figures.steps}
    steps = [step for step in sop.steps if step.norm is not None or known[step.number].timed]
    left = 1 + _STEP + _WEEK * len(weeks)
    bar = min(_MOST_BAR, width - left - _LEAST_NAME - _USED - 2)
    if bar < _LEAST_BAR:
        bar = 0
    name = min(_MOST_NAME, width - left - _USED - 2 - bar)
    lines, spots = _heads(weeks, name, bar), []
    for y, step in enumerate(steps, len(lines)):
        pen = Pen(y)
        pen.write(line(" ", step_label(step.number)), 1 + _STEP)
        pen.write(line(role_word(sop, step, name - 1)), name)
        for week in weeks:
            _heat(pen, step, week)
        _used(pen, known[step.number], bar)
        lines.append(pen.line)
        spots += pen.spots
    return Drawn(tuple(lines), tuple(spots))


def _heads(weeks: Sequence[Week], name: int, bar: int) -> list[Line]:
    left = 1 + _STEP + name + _WEEK * len(weeks)
    titles, labels = Pen(0), Pen(1)
    titles.write(line(" ", Span(_("Late/ended, by week"), "head")), left + 2)
    titles.write(line(Span(_("Of the norm: half, 9 of 10"), "head")), bar + _USED)
    labels.write(line(" ", Span(_("Step"), "dim")), 1 + _STEP + name)
    for week in weeks:
        labels.write((Span(day_and_month(week.days.first), "dim"),), _WEEK, right=True)
    labels.write((Span("  "),), 2)
    labels.write(norm_scale(bar), bar)
    return [titles.line, labels.line]


def _heat(pen: Pen, step: Step, week: Week) -> None:
    """How many of those that ended at the step in the week ended late."""
    one = week.at(step.number)
    if one is None:
        pen.write((Span("·"),), _WEEK, right=True)
        return
    behind = Behind(
        _(
            "that ended step {step} in the week of {day}",
            step=step_label(step.number),
            day=day_and_month(week.days.first),
        ),
        CaseFilter(among=one.cases),
    )
    key = f"week {week.days.first} {step.number}"
    cell = (Span(f"{one.late}/{one.ended}", heat_tone(one)),)
    pen.spot(cell, _WEEK, key=key, group="heat", value=behind, right=True)


def heat_tone(one: StepWeek) -> str:
    """What is late stands out, by how much of it there is; the rest is plain, light on the line."""
    if not one.late:
        return "plain"
    return "bad" if 2 * one.late >= one.ended else "warn"


def _used(pen: Pen, figures: StepFigures, bar: int) -> None:
    half, far = percentile(figures.used, 50), percentile(figures.used, 90)
    pen.write((Span(" "),), 1)
    if half is None or far is None:
        pen.write((Span(" "),), 1 + bar)
        pen.write((Span("·", "dim"),), _USED)
        return
    if bar:
        pen.write((Span(" "), *norm_bar(half, far, TWICE, bar)), bar + 1)
    title = _("that ended step {step} in this time", step=step_label(figures.step))
    behind = Behind(title, CaseFilter(among=figures.cases))
    cell = line(_share(half), Span(" · "), _share(far))
    pen.spot(cell, _USED, key=f"norm {figures.step}", group="heat", value=behind)


def _share(share: Fraction) -> Span:
    tone = "bad" if share > 1 else "plain"
    if share < _FAR:
        return Span(percent(share), tone)
    return Span(_("{count} times", count=number(round(share))), tone)
