"""The other tabs of a case: history, files, requests, the permitted acts, and the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.views import CaseView, Opening
from soptui.desk.words.acts import info_at, info_of_entry
from soptui.desk.words.assignment import assignment_in_request
from soptui.desk.words.case import letter_fields, result_fields, sop_text
from soptui.desk.words.event import (
    correction_lines,
    effect_label,
    event_fields,
    migration_told,
)
from soptui.desk.words.moments import round_label
from soptui.desk.words.names import officer_name, role_title, unit_title
from soptui.desk.words.terms import FILE_KIND, agenda_number, step_label
from soptui.desk.words.who_can import who_can
from soptui.domain.actions.guards import STEP_ACTIONS
from soptui.domain.case import Closed, Entry, SectionRequest
from soptui.domain.events import Action, Attachment, Migrate
from soptui.domain.message import N_
from soptui.locale import _, moment, short_day, translate
from soptui.tui.design import columns
from soptui.tui.design.columns import Column
from soptui.tui.presentation.assignment import assignment_lines
from soptui.tui.presentation.facts import Facts
from soptui.tui.text.lines import BLANK, Line, Span, labelled, line, wrap
from soptui.tui.text.phrases import brief_moment, size_of, when
from soptui.tui.widgets.sources import Row, Rows

if TYPE_CHECKING:
    from soptui.desk.history.log import LogLine

HISTORY_COLUMNS = (
    columns.moment(N_("Time")),
    columns.step(N_("Step")),
    Column(N_("Act"), 17, grow=1),
    Column(N_("By"), 14, grow=2),
    Column(N_("Effect"), 12, rank=1),
    Column(N_("Signed"), 6, rank=2),
    Column(N_("Proof"), 10, grow=3, rank=3, most=12),
)
FILE_COLUMNS = (
    Column(N_("File"), 44, grow=1),
    Column(N_("Kind"), 12),
    columns.size(N_("Size")),
    Column(N_("By"), 12, grow=2, rank=1),
    Column(N_("SHA-256"), 20, grow=3, rank=2, most=64),
)
REQUEST_COLUMNS = (
    Column(N_("Section"), 20, grow=1),
    Column(N_("Rework"), 15, rank=2),
    columns.moment(N_("Asked"), rank=1),
    columns.moment(N_("Due")),
    Column(N_("Answer"), 18, grow=2),
)
OPENING_COLUMNS = (
    Column(N_("Key"), 6),
    Column(N_("Act"), 16, grow=1),
    Column(N_("Is open"), 8),
    Column(N_("Why not, and who can"), 24, grow=2),
)


# --- history --------------------------------------------------------------------------------------


def history_rows(view: CaseView, facts: Facts, log: Mapping[str, LogLine] | None) -> Rows[Entry]:
    """Every event, newest first. `log` is None while commits and signatures are looked up."""
    return Rows([_entry_row(entry, facts, log) for entry in reversed(view.case.entries)])


def _entry_row(entry: Entry, facts: Facts, log: Mapping[str, LogLine] | None) -> Row[Entry]:
    event = entry.event
    found = (log or {}).get(entry.id)
    name = officer_name(facts.registry, event.by)
    return Row(
        entry.id,
        (
            line(brief_moment(event.at, facts.now)),
            line(step_label(event.step)),
            line(_(info_of_entry(entry).done)),
            line(Span(event.capacity.prefix, "warn"), name),
            _effect(entry),
            line(Span("...", "dim") if log is None else _signature(found)),
            line(Span(found.commit[:12] if found else "", "dim")),
        ),
        entry,
    )


def _effect(entry: Entry) -> Line:
    changes_sop = isinstance(entry.event.details, Migrate)
    tone = "bad" if not entry.effective else "warn" if changes_sop else "dim"
    return line(Span(effect_label(entry.event.action.value, effective=entry.effective), tone))


def _signature(found: LogLine | None) -> Span:
    """The state of an event's signature: only verified commits are ever shown."""
    if found is None or not found.commit:
        return Span(_("not found"), "bad")
    return Span(_("review"), "bad") if found.needs_review else Span(_("valid"), "good")


def entry_detail(
    view: CaseView, entry: Entry, facts: Facts, log: Mapping[str, LogLine] | None, width: int
) -> Sequence[Line]:
    """One event with all that it carries, and why it had no effect if it had none."""
    event = entry.event
    name = officer_name(facts.registry, event.by)
    title = f"{event.capacity.prefix}{role_title(view.case.sop, event.role)}"
    lines: list[Line] = [line(Span(_(info_of_entry(entry).done), "bold"), f" · {name} · {title}")]
    if entry.closed is not None:
        why = translate(entry.closed.reason)
        lines += wrap(_("Without effect: {why}", why=why), width, "bad")
    elif isinstance(event.details, Migrate):
        lines += wrap(migration_told(event.details), width, "warn")
    for label, value in event_fields(view.case, entry.event, facts.registry):
        lines += labelled(label, value, width)
    files = ", ".join(f"{file.name} ({size_of(file.size)})" for file in event.attachments)
    lines += labelled(_("Files"), files, width)
    found = (log or {}).get(entry.id)
    if found is not None:
        if found.is_revoked:
            from soptui.desk.history.log import signature_text

            lines += labelled(_("Signature"), signature_text(found), width)
        lines += labelled(_("Proof"), found.commit, width)
    lines += labelled(_("Event"), entry.id, width)
    return lines


# --- files ----------------------------------------------------------------------------------------


class AttachedFile(Struct, frozen=True):
    """An attachment, its place among those of the case, and the event that brought it."""

    position: int
    file: Attachment
    entry: Entry


def attached_file(view: CaseView, position: int) -> AttachedFile:
    """The attachment at a place. Raises `IndexError`."""
    file, entry = view.attachments[position]
    return AttachedFile(position, file, entry)


def file_rows(view: CaseView, facts: Facts) -> Rows[AttachedFile]:
    """The attachments, newest first."""
    found = [attached_file(view, at) for at in reversed(range(len(view.attachments)))]
    return Rows([_file_row(one, facts) for one in found])


def _file_row(one: AttachedFile, facts: Facts) -> Row[AttachedFile]:
    file = one.file
    return Row(
        # The same file may be attached twice.
        f"{one.position} {file.sha256}",
        (
            line(file.name),
            line(_(FILE_KIND[file.kind])),
            line(size_of(file.size)),
            line(officer_name(facts.registry, one.entry.event.by)),
            line(Span(file.sha256, "dim")),
        ),
        one,
    )


def file_detail(view: CaseView, one: AttachedFile, facts: Facts, width: int) -> Sequence[Line]:
    """One attachment with its digest and the event that brought it."""
    file, entry = one.file, one.entry
    approval = view.case.approval
    lines: list[Line] = [line(Span(file.name, "bold"))]
    lines += labelled(_("Kind"), f"{_(FILE_KIND[file.kind])} · {size_of(file.size)}", width)
    lines += labelled("SHA-256", file.sha256, width)
    by = officer_name(facts.registry, entry.event.by)
    lines += labelled(
        _("By"), f"{by} · {_(info_of_entry(entry).done)} · {moment(entry.event.at)}", width
    )
    if approval is not None and file.sha256 in approval.documents:
        approver = officer_name(facts.registry, approval.by)
        lines += labelled(_("Approved"), f"{approver} · {moment(approval.at)}", width)
    return lines


# --- requests -------------------------------------------------------------------------------------


def request_rows(view: CaseView, facts: Facts) -> Rows[SectionRequest]:
    """The requests for data, newest first, with their answers."""
    office = facts.registry.office
    rows = []
    for position, request in reversed(list(enumerate(view.case.requests))):
        if request.answered:
            answer = line(Span(_("answered"), "good"), f" {moment(request.answered)}")
        elif request.withdrawn:
            answer = line(Span(_("closed without answer"), "warn"))
        else:
            answer = line(Span(_("waiting"), "accent"))
        rows.append(
            Row(
                str(position),
                (
                    line(unit_title(office, request.unit)),
                    line(round_label(request.round) or "-"),
                    line(brief_moment(request.asked, facts.now)),
                    line(short_day(request.due) if request.due else "-"),
                    answer,
                ),
                request,
            )
        )
    return Rows(rows)


def request_detail(
    view: CaseView, request: SectionRequest, facts: Facts, width: int
) -> Sequence[Line]:
    """One request, with the figures that came."""
    lines: list[Line] = [line(Span(unit_title(facts.registry.office, request.unit), "bold"))]
    lines += assignment_lines((assignment_in_request(view.case, request, facts.now.date()),), width)
    asker = f"{officer_name(facts.registry, request.asked_by)} · {moment(request.asked)}"
    lines += labelled(_("By"), asker, width)
    answer = view.case.entry(request.answer) if request.answer else None
    if answer is not None:
        by = officer_name(facts.registry, request.answered_by)
        lines += labelled(_("Answered"), f"{by} · {when(request.answered)}", width)
        for label, value in event_fields(view.case, answer.event, facts.registry):
            lines += labelled(label, value, width)
    return lines


# --- what is open ---------------------------------------------------------------------------------


def opening_rows(view: CaseView, facts: Facts) -> Rows[Opening]:
    """Every act: the open ones first, then those of this step, then the rest, each with why not."""
    ordered = sorted(view.openings, key=lambda one: (not _is_open(one), _is_far(view, one.action)))
    return Rows([_opening_row(view, one, facts) for one in ordered])


def _is_open(opening: Opening) -> bool:
    return opening.closed_to(receive_first=True) is None


def _open_text(view: CaseView, opening: Opening) -> str:
    role = role_title(view.case.sop, opening.role)
    if opening.is_open:
        return _("as {role}", role=role)
    return _("as {role}; it is received first", role=role)


def _is_far(view: CaseView, action: Action) -> int:
    if action in STEP_ACTIONS[view.case.step.kind] or action is Action.RECEIVE:
        return 0
    return 1 if action in (Action.RETURN, Action.REQUEST, Action.SUBMIT) else 2


def _opening_row(view: CaseView, opening: Opening, facts: Facts) -> Row[Opening]:
    info = info_at(opening.action, view.case.step)
    is_open = _is_open(opening)
    tone = "plain" if is_open else "dim"
    if is_open or opening.closed is None:
        state = Span(_("open"), "good")
        text = _open_text(view, opening)
    else:
        state = Span(_("closed"), "dim")
        who = _who_can(view, opening.closed, facts)
        why = translate(opening.closed.reason)
        text = f"{who}: {why}" if who else why
    return Row(
        opening.action.value,
        (
            line(Span(info.key, "accent" if is_open else "dim")),
            line(Span(_(info.label), tone)),
            line(state),
            line(Span(text, tone)),
        ),
        opening,
    )


def opening_detail(view: CaseView, opening: Opening, facts: Facts, width: int) -> Sequence[Line]:
    """One act: what it does; and if it is closed, why and who can."""
    info = info_at(opening.action, view.case.step)
    lines = [line(Span(_(info.label), "bold")), *wrap(_(info.help), width), BLANK]
    if _is_open(opening) or opening.closed is None:
        lines += labelled(_("Is open"), _open_text(view, opening), width)
        return lines
    lines += labelled(_("Why not"), translate(opening.closed.reason), width)
    lines += labelled(_("Who can"), _who_can(view, opening.closed, facts), width)
    return lines


def _who_can(view: CaseView, closed: Closed, facts: Facts) -> str:
    return "; ".join(who_can(closed, facts.registry, facts.now.date(), (view.case.sop,)))


# --- the letter -----------------------------------------------------------------------------------


def letter_lines(view: CaseView, facts: Facts, width: int) -> Sequence[Line]:
    """The letter as the agenda has it, then what the archive says of the file."""
    case, letter = view.case, view.case.letter
    lines: list[Line] = []
    size = 20
    pairs: list[tuple[str, str]] = [(_("Case"), case.id)]
    if letter is not None:
        pairs += [(_("Agenda number"), agenda_number(view)), *letter_fields(letter)]
        corrections = correction_lines(case, facts.registry)
        pairs += [(_("Correction"), told) for told in corrections]
    pairs.append((_("SOP"), sop_text(case)))
    pairs += result_fields(case, facts.registry)
    for label, value in pairs:
        lines += labelled(label, value, width, label_width=size)
    return lines
