"""The *papan kendali* as a picture: what is open, where each case lies, how step and week went."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from soptui.desk.board import Span as DaySpan
from soptui.desk.counting import Counted
from soptui.desk.standing import Standing
from soptui.desk.words.names import officer_name, role_title, unit_title
from soptui.desk.words.terms import step_label
from soptui.domain.case_filter import CaseFilter
from soptui.domain.case_list import CaseRow
from soptui.domain.time.timeliness import SectionFigures
from soptui.locale import _, number
from soptui.tui.presentation.bar_charts import trend
from soptui.tui.presentation.board_pipeline import pipeline
from soptui.tui.presentation.board_steps import steps_table
from soptui.tui.presentation.dashboard import Behind, percent, share_tone, span_title
from soptui.tui.presentation.facts import Facts
from soptui.tui.presentation.rows import agenda
from soptui.tui.text.deadline import time_left
from soptui.tui.text.drawn import Drawn, Pen, beside, stacked
from soptui.tui.text.lines import Line, Span, fit, line, width_of, without_tail

WIDE_FROM = 110
"""Columns from which lists stand beside one another."""

_NUMBER, _STEP, _TIME = 8, 11, 14
_ANSWERED = 6


class Picture(Struct, frozen=True):
    """All that the picture is drawn of; `counted` is None while that is being counted."""

    standing: Standing
    counted: Counted | None
    span: DaySpan
    facts: Facts


def board_picture(shown: Picture, width: int, height: int) -> Drawn:
    """The whole picture for a width; `height` is how many lines of it are in sight at once."""
    is_wide = width >= WIDE_FROM
    half = width // 2 if is_wide else width
    parts = [_counters(shown, width), pipeline(shown.standing, shown.facts, width, height)]
    if shown.counted is None:
        # What stands below will lie lower: drawn now, it would cost the line twice.
        return stacked((*parts, Drawn((line(" ", Span(_("Counting ..."), "dim")),))))
    late = _late(shown, half - 2 if is_wide else width)
    parts += [steps_table(shown.standing.sop, shown.counted, width), _trends(shown.counted, width)]
    sections = _sections(shown, shown.counted.figures.sections, width - half if is_wide else width)
    if is_wide:
        return stacked((*parts, beside(late, sections, half)))
    return stacked((*parts, late, sections))


# --- what is open, and what a time came to --------------------------------------------------------


def _counters(shown: Picture, width: int) -> Drawn:
    """First what is now, then what the time came to: two things, and never one number."""
    now, sop = shown.standing.all, shown.standing.sop.id
    is_late = CaseFilter(sop=sop, late_at=shown.facts.overdue_before)
    pen = Pen(0)
    pen.write(line(" ", Span(f"{_('Now')}:", "head")), len(_("Now")) + 3)
    for key, label, count, tone, cases in (
        (
            "open",
            _("Under way"),
            now.waiting + now.in_work,
            "bold",
            CaseFilter(sop=sop, is_open=True),
        ),
        ("late", _("Late"), now.late, "bad", is_late),
        ("soon", _("Due soon"), now.due_soon, "warn", None),
        ("held", _("Suspended"), now.suspended, "warn", CaseFilter(sop=sop, status="suspended")),
    ):
        if not count and key != "open":
            continue
        cell = line(Span(f"{label} ", "dim"), Span(number(count), tone))
        if cases is None:
            pen.write((Span(" "), *cell), width_of(cell) + 1)
        else:
            title = _("that are under way") if key == "open" else f"· {label}"
            pen.spot(
                cell,
                width_of(cell) + 1,
                key=f"now {key}",
                group="now",
                value=Behind(title, cases),
            )
        pen.write((Span(" "),), 1)
    lines = [pen.line]
    if shown.counted is not None:
        lines += _came_to(shown, shown.counted, width)
    return Drawn(tuple(lines), tuple(pen.spots))


def _came_to(shown: Picture, counted: Counted, width: int) -> Sequence[Line]:
    figures, before = counted.figures, counted.before.on_time_share
    returned = sum(len(one.cases) for one in figures.returns)
    share = figures.on_time_share
    told: list[tuple[str, str, str]] = [(_("On time"), percent(share), share_tone(share))]
    if before is not None:
        told.append((_("the {span} before", span=_span_word(shown.span)), percent(before), "plain"))
    told += [
        (_("Came in"), number(counted.arrived), "plain"),
        (_("Finished"), number(counted.finished), "plain"),
        (_("Returned"), number(returned), "warn" if returned else "plain"),
    ]
    if counted.unreadable:
        told.append((_("Damaged"), number(len(counted.unreadable)), "bad"))
    spans = [Span(" "), Span(f"{span_title(shown.span)}:", "head")]
    for label, value, tone in told:
        spans += (Span("  "), Span(f"{label} ", "dim"), Span(value, tone))
    return [without_tail(fit(spans, width))]


def _span_word(span: DaySpan) -> str:
    return _("quarter") if span.quarter else _("year")


# --- weeks, and lists -----------------------------------------------------------------------------


def _trends(counted: Counted, width: int) -> Drawn:
    """How the share in time, what came in, and what was finished went from week to week."""
    weeks = counted.weeks
    most = max((max(one.arrived, one.finished) for one in weeks), default=0)
    label = _("On time, {count} weeks", count=len(weeks))
    shares = [one.on_time_share for one in weeks]
    total = counted.figures.on_time_share
    counts = partial(trend, most=max(most, 1))
    parts = (
        (label, trend(shares), percent(total)),
        (
            _("Came in"),
            counts([one.arrived for one in weeks]),
            number(sum(one.arrived for one in weeks)),
        ),
        (
            _("Finished"),
            counts([one.finished for one in weeks]),
            number(sum(one.finished for one in weeks)),
        ),
    )
    scale = line(Span(_("scale: to 100%, to {count} cases a week", count=number(most)), "dim"))
    drawn: list[Line] = []
    current: list[Span] = [Span(" ")]
    pieces = [
        line(Span(f"{label} ", "dim"), Span(curve, "accent"), Span(f" {value}", "bold"))
        for label, curve, value in parts
    ]
    for piece in (*pieces, scale):
        if width_of(current) + width_of(piece) > width and len(current) > 1:
            drawn.append(without_tail(current))
            current = [Span(" ")]
        current += (*piece, Span("   "))
    return Drawn((*drawn, without_tail(current)))


def _late(shown: Picture, width: int) -> Drawn:
    """The open cases that are late longest, each opening its own."""
    late, facts = shown.standing.late, shown.facts
    if not late:
        return Drawn((line(" ", Span(_("No case is late now."), "good")),))
    lines = [line(" ", Span(_("Late the longest, now"), "head"))]
    spots = []
    for y, case in enumerate(late, 1):
        pen = Pen(y)
        pen.write((Span(" "),), 1)
        sop, who = facts.sop(case.sop), case.owner or case.assignee
        holder = officer_name(facts.registry, who) or _(
            "not received: {role}", role=role_title(sop, case.role)
        )
        room = max(8, width - _NUMBER - _STEP - _TIME - 4)
        cell = (
            *fit(_numbered(case, facts), _NUMBER),
            *fit(line(_("step {step}", step=step_label(case.step))), _STEP),
            *fit(line(holder), room),
            Span(" "),
            *fit(time_left(facts.calendar, facts.now, case.deadline), _TIME),
        )
        pen.spot(cell, width - 2, key=f"late {case.id}", group="late", value=case)
        lines.append(without_tail(pen.line))
        spots += pen.spots
    return Drawn(tuple(lines), tuple(spots))


def _numbered(case: CaseRow, facts: Facts) -> Line:
    return agenda(case, facts) if case.agenda else line(case.id[5:])


def _sections(shown: Picture, sections: Sequence[SectionFigures], width: int) -> Drawn:
    """The data asked of sections in the range: answered of asked, and what is missing."""
    if not sections:
        return Drawn()
    heading = _("Data asked of sections (answered/asked)")
    lines = [line(" ", Span(heading, "head"))]
    spots = []
    for y, one in enumerate(sections, 1):
        title = unit_title(shown.facts.registry.office, one.unit)
        rest = [Span(_("{count} missing", count=one.open), "warn")] if one.open else []
        rest += [Span(_("{count} late", count=one.late), "bad")] if one.late else []
        told = [span for part in rest for span in (part, Span("  "))] or [
            Span(_("complete"), "good")
        ]
        pen = Pen(y)
        pen.write((Span(" "),), 1)
        room = max(8, min(36, width - _ANSWERED - 24))
        cell = (
            *fit(line(title), room),
            *fit(line(f"{one.answered}/{one.asked}"), _ANSWERED, right=True),
            Span("  "),
            *told,
        )
        behind = Behind(_("that asked {section}", section=title), CaseFilter(among=one.cases))
        pen.spot(
            without_tail(cell), width - 2, key=f"section {one.unit}", group="section", value=behind
        )
        lines.append(without_tail(pen.line))
        spots += pen.spots
    return Drawn(tuple(lines), tuple(spots))
