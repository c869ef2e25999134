"""A case's head and its steps as the form's table: who, when, how long against the norm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from soptui.desk.views import CaseView, Stay, StepView
from soptui.desk.words.acts import info_at, info_of_entry
from soptui.desk.words.assignment import assignment_of_step
from soptui.desk.words.deadline import time_spent
from soptui.desk.words.moments import kept_ago, round_label
from soptui.desk.words.names import actor_title, officer_name
from soptui.desk.words.terms import (
    SECURITY,
    STATUS,
    STEP_STATE,
    TIME_STATE,
    URGENCY,
    state_label,
    step_label,
)
from soptui.domain.case import Case, Hold, Status, StepState
from soptui.domain.events import Action, Letter, Security, Urgency
from soptui.domain.message import N_
from soptui.domain.sop import Step
from soptui.domain.time.normtime import NormTime, NormUnit
from soptui.domain.time.timing import Timing
from soptui.domain.time.worktime import TimeState
from soptui.locale import _, duration, moment, short_day
from soptui.tui.design import columns
from soptui.tui.design.columns import Column
from soptui.tui.design.header import Part
from soptui.tui.presentation.assignment import assignment_lines
from soptui.tui.presentation.facts import Facts
from soptui.tui.presentation.flowchart import flowchart
from soptui.tui.presentation.step_time import StepTimes, norm_scale
from soptui.tui.text.deadline import TIME_TONE, deadline_letter, time_left
from soptui.tui.text.lines import (
    BLANK,
    Line,
    Span,
    first_lines,
    fit,
    labelled,
    line,
    width_of,
    without_tail,
    wrap,
)
from soptui.tui.text.phrases import STATE_TONE, brief_moment
from soptui.tui.widgets.sources import Row, Rows

_SUBJECT_LINES = 2
_BAR, _LONGEST_BAR = 11, 24
_DAYS = 64
"""Cells that a bar against the norm has at least and at most, and those of the line of days."""


def step_columns(view: CaseView | None = None, facts: Facts | None = None) -> tuple[Column, ...]:
    """The columns of the steps, with the time of this case beside each.

    By days where there is room for them, else as a bar against the norm.
    """
    time = StepTimes(view, facts.calendar, facts.now) if view and facts else None
    days, bar = (time.days, time.bar) if time else (None, None)
    headings = (time.days_heading, norm_scale) if time else (None, None)
    return (
        columns.step(N_("No.")),
        Column(N_("Activity"), 18, grow=1),
        columns.state(N_("State")),
        Column(N_("Norm"), 8, rank=1),
        Column("", _DAYS, rank=2, draws=days, heading=headings[0]),
        Column(
            "", _BAR, grow=2, most=_LONGEST_BAR, substitute=True, draws=bar, heading=headings[1]
        ),
    )


def title_parts(view: CaseView, facts: Facts) -> tuple[Part, ...]:
    """What a screen says that is about a case: its number, its letter, and the time it has."""
    case = view.case
    number = f"{view.agenda_number}/{case.year}" if view.agenda_number else case.id
    subject = (Part(case.letter.subject, "bold", yields=True),) if case.letter else ()
    running = case.status is Status.RUNNING and view.deadline is not None
    left = time_left(facts.calendar, facts.now, view.deadline) if running else ()
    time = tuple(Part(span.text, span.tone) for span in left)
    return (Part(f"{_('Case')} {number}", "head"), *subject, *time)


def head(
    view: CaseView,
    facts: Facts,
    width: int,
    drafts: Sequence[tuple[Action, datetime]] = (),
    *,
    shows_subject: bool = True,
) -> Sequence[Line]:
    """The letter, the file's place, and one's own drafts, in two to five lines.

    Of a suspended case also why it is that. `shows_subject` is for where the header has no room
    for all that the letter is about.
    """
    case = view.case
    letter = case.letter
    lines: list[Line] = []
    if letter and shows_subject:
        subject = first_lines(wrap(letter.subject, width - 2, "bold"), _SUBJECT_LINES, width - 2)
        lines += [(Span(" "), *one) for one in subject]
    if letter:
        lines.append(_about(case, letter, width))
    held = _held(view)
    lines += [_position(view, facts)] if held is None else _held_lines(view, held, facts, width)
    if drafts:
        lines.append(_kept(drafts, view.case.step, facts.now, width))
    if view.missing_years:
        years = ", ".join(map(str, view.missing_years))
        told = _(
            "The records have no calendar for {years}: only weekends were counted.", years=years
        )
        lines += [(Span(" "), *one) for one in wrap(told, width - 2, "warn")]
    return lines


def _about(case: Case, letter: Letter, width: int) -> Line:
    """Of what weight the letter is, whether it is corrected, from whom, and which.

    When it was received too where that fits.
    """
    signs = []
    if letter.urgency is not Urgency.ORDINARY:
        signs.append(_(URGENCY[letter.urgency]).upper())
    if letter.security is not Security.OPEN:
        signs.append(_(SECURITY[letter.security]))
    if case.letter_corrections:
        signs.append(_("corrected, see Letter"))
    if case.migrations:
        signs.append(_("other SOP, see Letter"))
    mark = Span(f"{' · '.join(signs)}  ", "bad") if signs else Span("")
    parts = [letter.sender, _("No. {number}", number=letter.number), short_day(letter.date)]
    brief = line(" ", mark, " · ".join(parts))
    whole = line(*brief, f" · {_('received {moment}', moment=letter.received)}")
    return whole if width_of(whole) <= width else brief


def _kept(drafts: Sequence[tuple[Action, datetime]], step: Step, now: datetime, width: int) -> Line:
    """One's own drafts, each with the key of its act, cut to one line."""
    infos = [info_at(action, step) for action, _saved in drafts]
    acts = ", ".join(f"{_(info.label)} ({info.key})" for info in infos)
    told = _("Your draft, kept {age}: {acts}", age=kept_ago(drafts[0][1], now), acts=acts)
    return without_tail(fit(line(" ", Span(told, "warn")), width))


def _position(view: CaseView, facts: Facts) -> Line:
    """Where the file is, with whom, since when, and until when."""
    case, visit = view.case, view.case.visit
    if case.status is not Status.RUNNING or visit is None:
        ended = visit.closed if visit else None
        status = Span(f" {_(STATUS[case.status])}", "dim")
        return line(status, f" · {moment(ended)}" if ended else "")
    holder = officer_name(facts.registry, visit.owner or visit.assignee)
    role = actor_title(case.sop, case.step)
    whom = f"{role} ({holder})" if holder else role
    rework = round_label(visit.round)
    spans: list[str | Span] = [
        Span(_(" At step {step}", step=step_label(visit.step))),
        Span(f" ({rework})" if rework else "", "warn"),
        " · ",
        Span(state_label(visit.state, visit.step), STATE_TONE[visit.state]),
    ]
    begun = brief_moment(visit.received or visit.sent, facts.now)
    return line(*spans, f" · {whom} · ", _("since {moment}", moment=begun))


def _held(view: CaseView) -> Hold | None:
    """What holds a suspended case; None for any other."""
    case = view.case
    holds = case.visit.holds if case.visit and case.status is Status.SUSPENDED else ()
    return holds[-1] if holds else None


def _held_lines(view: CaseView, held: Hold, facts: Facts, width: int) -> list[Line]:
    """Where a suspended file is, since when it rests and with whom, then why."""
    case, visit = view.case, view.case.visit
    if visit is None:
        return []
    holder = officer_name(facts.registry, visit.owner or visit.assignee)
    rework = round_label(visit.round)
    place = line(
        Span(_(" At step {step}", step=step_label(visit.step))),
        Span(f" ({rework})" if rework else "", "warn"),
        " · ",
        Span(_(STATUS[case.status]), "warn"),
        " ",
        _("since {moment}", moment=brief_moment(held.starts, facts.now)),
        f" · {actor_title(case.sop, case.step, holder)}",
    )
    why = line(" ", Span(f"{_('Reason')}: {held.reason}", "warn"))
    return [place, without_tail(fit(why, width))]


def _state(view: CaseView, state: StepState, *, is_current: bool) -> Span:
    """How a step stands; where a suspended case lies, that it rests."""
    if is_current and view.case.status is Status.SUSPENDED:
        return Span(_(STATUS[Status.SUSPENDED]), "warn")
    return Span(_(STEP_STATE[state]), STATE_TONE[state])


def step_rows(view: CaseView, facts: Facts) -> Rows[StepView]:
    """The steps as the form's table: registration as 1a, then one row each."""
    return Rows([_step_row(view, step, facts) for step in view.steps])


def _step_row(view: CaseView, step: StepView, facts: Facts) -> Row[StepView]:
    last = step.stays[-1] if step.stays else None
    number = step_label(step.step.number)
    sign = Span("→" if step.is_current else " ", "accent")
    rework = round_label(last.visit.round) if last else ""
    return Row(
        str(step.step.number),
        (
            (sign, Span(f"{number}")),
            line(step.step.activity),
            line(
                _state(view, step.state, is_current=step.is_current),
                Span(f" {rework}" if rework else "", "warn"),
            ),
            line(Span(step.step.norm_printed or "-", "dim")),
        ),
        step,
        mark=_time_letter(last, step.step.norm),
    )


def _time_letter(last: Stay | None, norm: NormTime | None) -> Line:
    if last is None or norm is None:
        return ()
    state = last.timing.state
    return deadline_letter(late=state is TimeState.LATE, soon=state is TimeState.DUE_SOON)


def flow(view: CaseView, width: int) -> Sequence[Line]:
    """The SOP's flowchart, each step in the tone of its state, with an arrow at the current one."""
    tones = {one.step.number: STATE_TONE[one.state] for one in view.steps}
    here = next((one.step.number for one in view.steps if one.is_current), None)
    return flowchart(view.case.sop, width, tones, here)


def step_detail(view: CaseView, step: StepView, facts: Facts, width: int) -> Sequence[Line]:
    """Everything about one step: what it asks here and always, then every round with its times."""
    number = step_label(step.step.number)
    lines: list[Line] = [*wrap(f"{number}. {step.step.activity}", width, "bold")]
    if step.stays:
        lines += _brief_stay(view, step.stays[-1], facts, width)
    if step.is_current:
        asked = assignment_of_step(view.case, facts.registry.office, facts.now.date())
        lines += assignment_lines((asked,) if asked else (), width)
    lines += labelled(_("Needs"), ", ".join(step.step.requirements), width)
    lines += labelled(_("Output"), step.step.output, width)
    actor = actor_title(view.case.sop, step.step)
    norm = f" · {_('Norm')} {step.step.norm_printed}" if step.step.norm_printed else ""
    lines += labelled(_("Actor"), f"{actor}{norm}", width)
    lines += labelled(_("Remark"), step.step.remark, width)
    for stay in reversed(step.stays):
        lines += [BLANK, *_stay_lines(view, stay, facts, width)]
    return [*lines, *_acts_at(view, step, facts, width)]


def _brief_stay(view: CaseView, stay: Stay, facts: Facts, width: int) -> list[Line]:
    """With whom the step is or was, and how long it waited and was worked on."""
    visit, timing = stay.visit, stay.timing
    holder = officer_name(facts.registry, visit.owner or visit.assignee)
    who = actor_title(view.case.sop, view.case.step, holder)
    return wrap(f"{who} · {_measure(timing)}", width)


def _acts_at(view: CaseView, step: StepView, facts: Facts, width: int) -> list[Line]:
    """What was done at a step, the newest first."""
    number = step.step.number
    entries = [one for one in reversed(view.case.entries) if one.event.step == number]
    if not entries:
        return []
    lines: list[Line] = [BLANK, line(Span(_("History of this step"), "head"))]
    for entry in entries:
        event = entry.event
        told = f"{_(info_of_entry(entry).done)} · {officer_name(facts.registry, event.by)}"
        lines += wrap(f"{brief_moment(event.at, facts.now)}  {told}", width)
    return lines


def _measure(timing: Timing) -> str:
    unit = timing.norm.unit if timing.norm else NormUnit.WORKING_DAYS
    return _(
        "waiting {waited}, work {worked}",
        waited=duration(seconds=timing.waited),
        worked=time_spent(timing.worked, unit),
    )


def _stay_lines(view: CaseView, stay: Stay, facts: Facts, width: int) -> list[Line]:
    visit, timing = stay.visit, stay.timing
    name = round_label(visit.round) or _("first round")
    lines: list[Line] = [
        line(
            Span(name.capitalize(), "head"),
            " ",
            _state(view, visit.state, is_current=visit is view.case.visit),
            " ",
            Span(_(TIME_STATE[timing.state]), TIME_TONE[timing.state])
            if timing.norm or timing.named_due
            else Span(""),
        )
    ]
    sender = officer_name(facts.registry, visit.sender)
    lines += labelled(_("Sent"), f"{moment(visit.sent)} · {sender}", width)
    if visit.received:
        owner = officer_name(facts.registry, visit.owner)
        lines += labelled(_("Received"), f"{moment(visit.received)} · {owner}", width)
    if visit.closed and visit.outcome:
        outcome = _(info_at(visit.outcome, view.case.sop.step(visit.step)).done)
        lines += labelled(_("Ended"), f"{moment(visit.closed)} · {outcome}", width)
    lines += labelled(_("Time"), _measure(timing), width)
    if timing.deadline:
        lines += labelled(_("Due"), moment(timing.deadline), width)
    for hold in visit.holds:
        ended = moment(hold.ends) if hold.ends else "..."
        lines += labelled(_("Suspended"), f"{moment(hold.starts)} - {ended} {hold.reason}", width)
    return lines
