"""A case beside the list in which the cursor stands on it: what one decides by, without opening it.

The letter, where the case is among its steps, how its time stands, what was asked, and the first
lines of the newest attachment. Where there is room, one of four sheets follows the head.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from soptui.desk.views import CaseView, StepView
from soptui.desk.words.acts import info_of_entry
from soptui.desk.words.assignment import assignment_of_step
from soptui.desk.words.deadline import time_spent
from soptui.desk.words.moments import round_label
from soptui.desk.words.names import actor_title, officer_name, unit_title
from soptui.desk.words.terms import SECURITY, STATUS, STEP_STATE, URGENCY, state_label, step_label
from soptui.domain.attachment_text import AttachmentText
from soptui.domain.case import Case, Status, StepState
from soptui.domain.events import Letter, Security, Urgency
from soptui.domain.message import N_, Refusal
from soptui.locale import _, duration, short_day, translate
from soptui.tui.presentation.assignment import assignment_lines
from soptui.tui.presentation.facts import Facts
from soptui.tui.text.deadline import time_left
from soptui.tui.text.lines import (
    BLANK,
    Line,
    Span,
    first_lines,
    fit,
    line,
    one_line,
    text_of,
    width_of,
    without_tail,
    wrap,
)
from soptui.tui.text.phrases import STATE_TONE, brief_moment, size_of
from soptui.tui.widgets.tabs import Tab

DONE, AHEAD = "═", "─"

SHEETS = (
    Tab("letter", N_("Letter")),
    Tab("steps", N_("Steps")),
    Tab("history", N_("History")),
    Tab("requests", N_("Requests")),
)
"""The sheets of a wide preview, in their order."""

_LINES_AT_FIRST, _LINES_AT_FIRST_WIDE = 10, 14
"""How many lines of an attachment stand there before anybody scrolls: the rest costs the line."""
_MOST_LINES = 400
_MOST_CHARACTERS = 16_000
_LONGEST_NAME = 9
_MOST_SUBJECT_LINES = 2


class Previewed(Struct, frozen=True):
    """A case, and the text of its newest attachment or why there is none.

    `text` is None where nothing is attached, or it is not read yet: then `is_reading`.
    """

    view: CaseView
    text: AttachmentText | Refusal | None = None
    is_reading: bool = False


def preview_lines(
    one: Previewed, facts: Facts, width: int, *, sheet: str = "", unrolled: bool = False
) -> Sequence[Line]:
    """The case in so many cells; of the attachment all that is shown where it is `unrolled`.

    Without the name of a `sheet` there are none, and the letter follows its head.
    """
    lines = [*head_lines(one.view, facts, width), BLANK]
    if not sheet:
        most = _MOST_LINES if unrolled else _LINES_AT_FIRST
        return [*lines, *_file_lines(one, width, most)]
    lines.append(sheet_bar(one.view, sheet))
    match sheet:
        case "steps":
            return [*lines, *_step_lines(one.view, facts, width)]
        case "history":
            return [*lines, *_history_lines(one.view, facts, width)]
        case "requests":
            return [*lines, *_request_lines(one.view, facts, width)]
    return [*lines, *_file_lines(one, width, _MOST_LINES if unrolled else _LINES_AT_FIRST_WIDE)]


def head_lines(view: CaseView, facts: Facts, width: int) -> list[Line]:
    """The letter, the place among the steps, and why the case stands where it does."""
    case, letter = view.case, view.case.letter
    lines: list[Line] = [_cut(_title(view), width)]
    subject = letter.subject if letter else case.id
    lines += first_lines(wrap(one_line(subject), width, "bold"), _MOST_SUBJECT_LINES, width)
    if letter is not None:
        lines.append(_cut(_letter_line(letter, width), width))
    lines += [BLANK, step_strip(view, width), *_standing(view, facts, width)]
    asked = assignment_of_step(case, facts.registry.office, facts.now.date())
    lines += assignment_lines((asked,) if asked else (), width)
    lines += _last_act(view, facts, width)
    return lines


def _title(view: CaseView) -> Line:
    letter = view.case.letter
    number = f"{view.agenda_number or '-'}/{view.case.year}"
    if letter is None:
        return line(Span(number, "bold"))
    signs = []
    if letter.urgency is not Urgency.ORDINARY:
        signs.append(_(URGENCY[letter.urgency]))
    if letter.security is not Security.OPEN:
        signs.append(_(SECURITY[letter.security]))
    mark = Span(f"{' · '.join(signs)} · " if signs else "", "bad")
    return line(mark, Span(number, "bold"), f" · {letter.sender}")


def _letter_line(letter: Letter, width: int) -> Line:
    brief = line(f"{letter.number} · {short_day(letter.date)}")
    whole = line(*brief, f" · {_('received {moment}', moment=letter.received)}")
    return whole if width_of(whole) <= width else brief


# --- where it is ----------------------------------------------------------------------------------


def step_strip(view: CaseView, width: int) -> Line:
    """The steps in a row, `1a ═ [1] ─ 2`: what is done, where the case is, what is to come.

    With the names of those who work there where all fit; else around the present step.
    """
    for named in (True, False):
        parts = _strip(view, named=named)
        if width_of(_joined(parts)) <= width:
            return _joined(parts)
    return _around_present(parts, _present(view), width)


def _strip(view: CaseView, *, named: bool) -> list[Line]:
    """Each step with the sign that leads to the next."""
    parts: list[Line] = []
    for step in view.steps:
        text = step_label(step.step.number)
        if named:
            text += f" {_name_of(view.case, step)}"
        tone = STATE_TONE[step.state] if step.is_current else "dim"
        shown = Span(f"[{text}]" if step.is_current else text, "bold" if step.is_current else tone)
        is_last = step is view.steps[-1]
        lead = "" if is_last else f" {DONE if step.state is StepState.DONE else AHEAD} "
        parts.append(line(shown, Span(lead, "dim")))
    return parts


def _name_of(case: Case, step: StepView) -> str:
    title = one_line(actor_title(case.sop, step.step))
    return title if len(title) <= _LONGEST_NAME else title.split(" ")[0][:_LONGEST_NAME]


def _joined(parts: Sequence[Line]) -> Line:
    return tuple(span for part in parts for span in part)


def _present(view: CaseView) -> int:
    return next((at for at, one in enumerate(view.steps) if one.is_current), 0)


def _around_present(parts: Sequence[Line], here: int, width: int) -> Line:
    """As many steps as fit, the present one in the middle where it can be."""
    first, last = here, here + 1
    room = width - len("…  …") - width_of(parts[here])
    while first > 0 or last < len(parts):
        before, after = parts[first - 1 : first] if first else [], parts[last : last + 1]
        wider = here - first <= last - here - 1
        chosen = before if before and (wider or not after) else after
        room -= width_of(_joined(chosen))
        if room < 0:
            break
        if chosen is before:
            first -= 1
        else:
            last += 1
    cut = Span("… ", "dim") if first else Span("")
    tail = Span("…", "dim") if last < len(parts) else Span("")
    return (cut, *_joined(parts[first:last]), tail)


def _standing(view: CaseView, facts: Facts, width: int) -> list[Line]:
    """At which step, how its time stands, and with whom; of a suspended case also why."""
    case, visit = view.case, view.case.visit
    if visit is None or case.status.is_closed:
        return [line(Span(_(STATUS[case.status]), "dim"))]
    rework = round_label(visit.round)
    last = case.sop.steps[-1].number
    held = case.status is Status.SUSPENDED
    state = _(STATUS[case.status]) if held else state_label(visit.state, visit.step)
    spans: list[str | Span] = [
        _("Step {step} of {last}", step=step_label(visit.step), last=last),
        Span(f" ({rework})" if rework else "", "warn"),
        " · ",
        Span(state, "warn" if held else STATE_TONE[visit.state]),
    ]
    lines = [_cut(line(*spans), width)]
    if view.deadline is not None:
        left = time_left(facts.calendar, facts.now, view.deadline)
        whole = line(*spans, " · ", *left)
        # By how much it is late is never cut.
        lines = [whole] if width_of(whole) <= width else [*lines, line(*left)]
    holder = officer_name(facts.registry, visit.owner or visit.assignee)
    role = actor_title(case.sop, case.step)
    begun = brief_moment(visit.received or visit.sent, facts.now)
    told = f"{holder or role} · {_('since {moment}', moment=begun)}"
    lines += wrap(told, width)
    if held and visit.holds:
        lines += wrap(f"{_('Reason')}: {visit.holds[-1].reason}", width, "warn")
    return lines + wrap(_time_told(view), width)


def _time_told(view: CaseView) -> str:
    """How long the present stay waited and is worked on, and its norm: why it is late, if it is."""
    stay = next((one.stays[-1] for one in view.steps if one.is_current and one.stays), None)
    if stay is None:
        return ""
    timing = stay.timing
    parts = []
    if timing.norm is not None:
        parts.append(_("norm {norm}", norm=timing.norm.printed))
    parts.append(_("waited {time}", time=duration(seconds=timing.waited)))
    if stay.visit.received and timing.norm is not None:
        worked = time_spent(timing.worked, timing.norm.unit)
        parts.append(_("worked on for {time}", time=worked))
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


def _last_act(view: CaseView, facts: Facts, width: int) -> list[Line]:
    if not view.case.entries:
        return []
    entry = view.case.entries[-1]
    event = entry.event
    by = officer_name(facts.registry, event.by)
    what = _(info_of_entry(entry).done)
    told = _("Last: {at} {what} · {by}", at=brief_moment(event.at, facts.now), what=what, by=by)
    return wrap(told, width)


# --- sheets ---------------------------------------------------------------------------------------


def sheet_bar(view: CaseView, chosen: str) -> Line:
    """The names of the sheets, the one in sight in brackets, with how much each holds."""
    counts = {"history": len(view.case.entries), "requests": len(view.case.requests)}
    spans: list[Span] = []
    for sheet in SHEETS:
        count = counts.get(sheet.name, 0)
        text = f"{_(sheet.label)} {count}" if count else _(sheet.label)
        is_chosen = sheet.name == chosen
        spans.append(Span(f"[{text}]", "head") if is_chosen else Span(f" {text} ", "dim"))
    return tuple(spans)


def _file_lines(one: Previewed, width: int, most: int) -> list[Line]:
    """The newest attachment by name, and at most so many lines of its text."""
    files = one.view.attachments
    if not files:
        return wrap(_("No files are attached."), width, "dim")
    file, _entry = files[-1]
    told = _("File {at} of {count}", at=len(files), count=len(files))
    lines = [_cut(line(Span(f"{told} · ", "dim"), f"{file.name} · {size_of(file.size)}"), width)]
    if one.is_reading:
        return [*lines, line(Span(_("Reading ..."), "dim"))]
    if isinstance(one.text, Refusal):
        return lines + wrap(translate(one.text.message), width, "warn")
    if one.text is None:
        return lines
    wrapped = wrap(one.text.text[:_MOST_CHARACTERS].strip(), width)
    text = [found for found in wrapped if text_of([found])]
    shown = text[:most]
    if len(shown) < len(text) or len(one.text.text) > _MOST_CHARACTERS:
        shown.append(line(Span("…", "dim")))
    return lines + shown


def _step_lines(view: CaseView, facts: Facts, width: int) -> list[Line]:
    lines = []
    for step in view.steps:
        sign = "→" if step.is_current else " "
        state = Span(f" {_(STEP_STATE[step.state])}", STATE_TONE[step.state])
        norm = Span(f" {step.step.norm_printed or '-':>10}", "dim")
        label = f"{sign}{step_label(step.step.number):<3}"
        room = width - len(label) - 20 - width_of((norm,))
        told = fit(line(step.step.activity), room)
        lines.append((Span(label, "accent"), *told, *fit((state,), 20), norm))
    return lines


def _history_lines(view: CaseView, facts: Facts, width: int) -> list[Line]:
    lines = []
    for entry in reversed(view.case.entries):
        event = entry.event
        by = f"{event.capacity.prefix}{officer_name(facts.registry, event.by)}"
        what = _(info_of_entry(entry).done)
        void = Span("" if entry.effective else f" · {_('no effect')}", "bad")
        at = Span(f"{brief_moment(event.at, facts.now):<13}", "dim")
        lines.append(_cut((at, *line(f"{what} · {by}", void)), width))
    return lines


def _request_lines(view: CaseView, facts: Facts, width: int) -> list[Line]:
    if not view.case.requests:
        return wrap(_("No data was asked for."), width, "dim")
    lines = []
    for request in reversed(view.case.requests):
        title = unit_title(facts.registry.office, request.unit)
        if request.answered:
            word = Span(_("answered"), "good")
        elif request.withdrawn:
            word = Span(_("closed without answer"), "warn")
        else:
            word = Span(_("waiting"), "accent")
        asked = f" · {brief_moment(request.asked, facts.now)}"
        lines.append(_cut(line(f"{title} · ", word, asked), width))
    return lines


def _cut(parts: Line, width: int) -> Line:
    return without_tail(fit(parts, width))
