"""A case as sentences: in brief, with all there is to know, its history, and its files."""

from __future__ import annotations

from collections.abc import Iterator

from soptui.desk.desk import Desk
from soptui.desk.history.log import LogLine, log_of, signature_text
from soptui.desk.views import CaseView, StepView
from soptui.desk.words.acts import info_of_entry
from soptui.desk.words.assignment import assignment_of_step, assignments_of_sections
from soptui.desk.words.case import letter_fields, result_fields, sop_text
from soptui.desk.words.deadline import time_left
from soptui.desk.words.event import correction_lines, event_fields
from soptui.desk.words.moments import round_label
from soptui.desk.words.names import actor_title, officer_name, role_title
from soptui.desk.words.terms import (
    FILE_KIND,
    SECURITY,
    STATUS,
    STEP_STATE,
    URGENCY,
    agenda_number,
    state_label,
    step_label,
)
from soptui.domain.case import Case, Status, StepState
from soptui.domain.events import Attachment, Security, Urgency
from soptui.domain.size import Size
from soptui.domain.time.timing import Timing
from soptui.domain.time.working_calendar import missing_year_warning
from soptui.domain.time.worktime import TimeState
from soptui.locale import _, _n, duration, moment, size, translate
from soptui.plain.row_words import Fact, sentences


def brief(desk: Desk, view: CaseView) -> Iterator[str]:
    """What one has to know to act: the letter, where it is, what was asked, what is attached."""
    case, letter, today = view.case, view.case.letter, desk.now().date()
    number = _("agenda {number}", number=agenda_number(view))
    yield sentences((number, Fact(letter.subject if letter else case.id)))
    if letter is not None:
        yield sentences(
            (
                _("from {sender}", sender=letter.sender),
                _("letter {number}, {date}", number=letter.number, date=letter.date),
                _(URGENCY[letter.urgency]) if letter.urgency is not Urgency.ORDINARY else "",
                _(SECURITY[letter.security]) if letter.security is not Security.OPEN else "",
            )
        )
    yield sentences(_standing(desk, view))
    units = {post.unit for post in desk.posts()}
    asked = assignment_of_step(case, desk.office, today)
    for label, text in ((asked,) if asked else ()) + assignments_of_sections(case, units, today):
        yield f"{label}: {_in_one_line(text)}"
    for line in correction_lines(case, desk.registry):
        yield f"{_('Correction')}: {line}"
    count = len(view.attachments)
    if count:
        newest = view.attachments[-1][0].name
        yield sentences((_n("{count} file, the newest {name}", "{count} files, the newest {name}",
                            count, name=newest),))  # fmt: skip


def _standing(desk: Desk, view: CaseView) -> Iterator[str]:
    case, visit = view.case, view.case.visit
    if case.status.is_closed or visit is None:
        yield _(STATUS[case.status])
        return
    yield _("step {step}", step=step_label(case.step.number)) + f". {case.step.activity}"
    yield round_label(visit.round)
    if case.status is Status.SUSPENDED:
        yield _(STATUS[case.status])
    else:
        yield state_label(visit.state, visit.step)
    holder = officer_name(desk.registry, visit.owner or visit.assignee)
    yield Fact(actor_title(case.sop, case.step, holder))
    left = (
        None
        if case.status is Status.SUSPENDED
        else time_left(desk.calendar, desk.now(), view.deadline)
    )
    yield left.text if left else ""


def details(desk: Desk, view: CaseView) -> Iterator[str]:
    """All that is known of a case: the letter, the steps, the requests, what came of it."""
    case = view.case
    if case.letter is not None:
        for label, value in letter_fields(case.letter):
            if value:
                yield f"{label}: {_in_one_line(value)}"
    for row in view.steps:
        yield from _step(desk, view, row)
    for request in case.requests:
        if request.is_open:
            state = _("open since {asked}", asked=request.asked)
        elif request.answered is not None:
            who = officer_name(desk.registry, request.answered_by)
            state = _("answered {at} by {who}", at=request.answered, who=who)
        else:
            state = _("withdrawn")
        yield f"{desk.office.unit_title(request.unit)}: {state}"
    for label, value in result_fields(case, desk.registry):
        if value:
            yield f"{label}: {value}"
    yield f"{_('SOP')}: {sop_text(case)}"
    yield f"{_('Case')}: {case.id}"
    for year in view.missing_years:
        yield translate(missing_year_warning(year))


def _step(desk: Desk, view: CaseView, row: StepView) -> Iterator[str]:
    step = row.step
    norm = _("norm {norm}", norm=step.norm_printed) if step.norm_printed else ""
    here = _("the case is here") if row.is_current else ""
    who = "" if row.stays else actor_title(view.case.sop, step)
    label = _("step {step}", step=step_label(step.number))
    yield sentences((f"{label}, {step.activity}", _(STEP_STATE[row.state]), here, who, norm))
    for stay in row.stays:
        visit = stay.visit
        holder = officer_name(desk.registry, visit.owner or visit.assignee)
        yield sentences(
            (
                round_label(visit.round),
                Fact(actor_title(view.case.sop, step, holder)),
                _("sent {at}", at=visit.sent),
                _("received {at}", at=visit.received) if visit.received else "",
                _("closed {at}", at=visit.closed) if visit.closed else "",
                _measures(stay.timing) if row.state is not StepState.NOT_STARTED else "",
            )
        )


def _measures(timing: Timing) -> str:
    from soptui.domain.time.normtime import NormUnit

    in_time = timing.norm is None or timing.norm.unit is NormUnit.MINUTES
    worked = duration(seconds=timing.worked) if in_time else duration(days=timing.worked)
    said = _(
        "waited {waited}, worked {worked}", waited=duration(seconds=timing.waited), worked=worked
    )
    return f"{said}, {_('LATE').lower()}" if timing.state is TimeState.LATE else said


def history(desk: Desk, case: Case) -> Iterator[str]:
    """What was done in a case, the newest first: by whom, what, with which proof."""
    for line in reversed(log_of(desk, case)):
        yield sentences(_entry(desk, case, line))


def _entry(desk: Desk, case: Case, line: LogLine) -> Iterator[str]:
    entry, event = line.entry, line.entry.event
    yield moment(event.at)
    yield _(info_of_entry(entry).done)
    title = f"{event.capacity.prefix}{role_title(case.sop, event.role)}"
    yield f"{officer_name(desk.registry, event.by)}, {title}"
    yield _("step {step}", step=step_label(event.step))
    for label, value in event_fields(case, event, desk.registry):
        yield f"{label}: {_in_one_line(value)}"
    if event.attachments:
        yield f"{_('Files')}: {', '.join(file.name for file in event.attachments)}"
    if entry.closed is not None:
        yield f"{_('Without effect')}: {translate(entry.closed.reason)}"
    proof = _("proof {commit}", commit=line.commit[:10])
    yield f"{proof}, {_('Signature').lower()} {signature_text(line)}"


def file_sentence(file: Attachment) -> str:
    """A file: its name, what it is to the case, its size."""
    return f"{file.name}, {_(FILE_KIND[file.kind])}, {size(Size(file.size))}."


def _in_one_line(text: str) -> str:
    """Lines as parts of one sentence, and the cells of a line of data as a list."""
    return "; ".join(", ".join(line.split(" | ")) for line in text.splitlines() if line.strip())
