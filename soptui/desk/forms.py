"""The forms: for each action what is asked, with choices and defaults from the case at hand.

A form knows nothing of how it is shown. A screen draws its fields; a command makes options of
them; both hand the values, as people typed them, to `soptui.desk.filling.fill`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from soptui.desk.desk import Desk
from soptui.domain.case import Case
from soptui.domain.events import Action, AttachmentKind, Complete, Security, Urgency
from soptui.domain.message import N_, Message
from soptui.domain.duties import separated_from
from soptui.domain.rules_details import FATES
from soptui.domain.sop import StepKind


class FieldKind(StrEnum):
    """How a field is filled in; the type of its value stands behind it."""

    TEXT = "text"  # str, one line
    LONG_TEXT = "long-text"  # str, several lines
    DATE = "date"  # str, as people write dates
    MOMENT = "moment"  # str, a date with or without a time
    NUMBER = "number"  # str of digits
    CHOICE = "choice"  # str, one of the choices' values
    CHOICES = "choices"  # tuple of str, several of the choices' values
    FILES = "files"  # tuple of str, paths
    DATA = "data"  # str, a line a datum: indicator | unit | target | actual | note


Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a field's choices: its value, what people read, and its number on a printed list."""

    value: str
    label: str | Message
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked. `name` is also the name of the command's option."""

    name: str
    kind: FieldKind
    label: str
    help: str = ""
    required: bool = False
    default: Value = ""
    choices: tuple[Choice, ...] = ()
    file_kind: AttachmentKind = AttachmentKind.SUPPORT


@dataclass(frozen=True, slots=True)
class Form:
    """All that an action asks."""

    action: Action
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(field for field in self.fields if field.name == name)


def form_for(desk: Desk, action: Action, case: Case | None = None) -> Form:
    """The form of an action, with the choices and defaults that fit `case` (None to register)."""
    if action is Action.REGISTER:
        return Form(action, _register(desk, case))
    if case is None:
        raise ValueError(action)
    return Form(action, _FIELDS[action](desk, case))


_NOTE = Field("note", FieldKind.LONG_TEXT, N_("Note"))
_FILES = Field("file", FieldKind.FILES, N_("Files"), N_("Supporting evidence (bukti dukung)."))
_DUE = Field("due", FieldKind.DATE, N_("Due date"), N_("For example 24/11/2026 or +3 hari kerja."))


def _why(label: str) -> Field:
    return Field("note", FieldKind.LONG_TEXT, label, required=True)


def _choices(values: Iterable[str], labels: Mapping[str, Message]) -> tuple[Choice, ...]:
    return tuple(Choice(value, labels[value]) for value in values)


_URGENCY = {
    Urgency.ORDINARY: Message("Ordinary"),
    Urgency.URGENT: Message("Urgent"),
    Urgency.MOST_URGENT: Message("Most urgent"),
}
_SECURITY = {
    Security.OPEN: Message("Open (B)"),
    Security.LIMITED: Message("Limited (T)"),
    Security.SECRET: Message("Secret (R)"),
    Security.TOP_SECRET: Message("Top secret (SR)"),
}


def _register(desk: Desk, case: Case | None) -> tuple[Field, ...]:
    letter = case.letter if case else None
    fields = (
        Field(
            "number", FieldKind.TEXT, N_("Letter number"), required=True,
            default=letter.number if letter else "",
        ),
        Field(
            "date", FieldKind.DATE, N_("Letter date"), required=True,
            default=letter.date.isoformat() if letter else "",
        ),
        Field(
            "received", FieldKind.MOMENT, N_("Received"), N_("Date and time; empty means now."),
            default=letter.received.strftime("%Y-%m-%d %H:%M") if letter else "",
        ),
        Field(
            "sender", FieldKind.TEXT, N_("Letter from"), required=True,
            default=letter.sender if letter else "",
        ),
        Field(
            "subject", FieldKind.TEXT, N_("Subject"), required=True,
            default=letter.subject if letter else "",
        ),
        Field(
            "summary", FieldKind.LONG_TEXT, N_("Summary"),
            default=letter.summary if letter else "",
        ),
        Field(
            "urgency", FieldKind.CHOICE, N_("Urgency"),
            default=letter.urgency if letter else Urgency.ORDINARY.value,
            choices=_choices(Urgency, {key.value: label for key, label in _URGENCY.items()}),
        ),
        Field(
            "security", FieldKind.CHOICE, N_("Security class"),
            default=letter.security if letter else Security.OPEN.value,
            choices=_choices(Security, {key.value: label for key, label in _SECURITY.items()}),
        ),
        Field(
            "file", FieldKind.FILES, N_("Scan of the letter"), file_kind=AttachmentKind.LETTER,
        ),
    )  # fmt: skip
    sops = desk.sops()
    if case is not None or len(sops) < 2:
        return fields
    choices = tuple(Choice(sop.id, sop.identity.title) for sop in sops)
    return (
        Field("sop", FieldKind.CHOICE, N_("SOP"), required=True, choices=choices),
        *fields,
    )


def _dispose(desk: Desk, case: Case) -> tuple[Field, ...]:
    following = case.sop.step_after(case.step.number)
    roles = tuple(Choice(role.id, role.title) for role in case.sop.roles)
    instructions = tuple(
        Choice(line.code, line.text, line.number) for line in desk.office.instructions
    )
    return (
        Field(
            "to", FieldKind.CHOICES, N_("Forwarded to"),
            N_("The next role of the SOP must be among them; others are informed."),
            required=True, choices=roles, default=(following.actor,) if following else (),
        ),
        Field(
            "instruction", FieldKind.CHOICES, N_("Please kindly"),
            N_("The numbered instructions of the disposition sheet."), choices=instructions,
        ),
        _NOTE,
        _DUE,
        _FILES,
    )  # fmt: skip


def _request(desk: Desk, case: Case) -> tuple[Field, ...]:
    owing = {request.unit for request in case.open_requests}
    asked = case.sop.asked_role(case.step) or ""
    today = desk.now().date()
    units = tuple(
        Choice(unit.id, unit.title)
        for unit in desk.office.units
        if unit.id not in owing
        and next(desk.registry.holders(asked, today, unit=unit.id), None) is not None
    )
    return (
        Field(
            "unit", FieldKind.CHOICES, N_("Sections"), required=True, choices=units,
            default=tuple(unit.value for unit in units),
        ),
        _NOTE,
        _DUE,
        _FILES,
    )  # fmt: skip


def _submit(desk: Desk, case: Case) -> tuple[Field, ...]:
    mine = {post.unit for post in desk.posts()}
    titles = {unit.id: unit.title for unit in desk.office.units}
    units = tuple(
        Choice(request.unit, titles.get(request.unit, request.unit))
        for request in case.open_requests
        if request.unit in mine
    )
    return (
        Field(
            "unit", FieldKind.CHOICE, N_("Section"), required=True, choices=units,
            default=units[0].value if units else "",
        ),
        Field(
            "data", FieldKind.DATA, N_("Data"),
            N_("One line each: indicator | unit | target | actual | note"),
        ),
        _FILES,
        _NOTE,
    )  # fmt: skip


def _applications(desk: Desk) -> tuple[Field, ...]:
    known = ", ".join(desk.office.applications)
    return (
        Field("application", FieldKind.TEXT, N_("Application"), known),
        Field(
            "reference", FieldKind.TEXT, N_("Proof of upload"),
            N_("Receipt number, account and time that the application showed."),
        ),
    )  # fmt: skip


def _complete(desk: Desk, case: Case) -> tuple[Field, ...]:
    step = case.step
    requirements = tuple(Choice(name, name) for name in step.requirements)
    fields: tuple[Field, ...] = (
        Field(
            "requirement", FieldKind.CHOICES, N_("Requirements"),
            N_("Tick what is at hand; all are needed."), required=bool(requirements),
            choices=requirements,
        ),
        Field(
            "output", FieldKind.FILES, N_("Output"), step.output, required=bool(step.output),
            file_kind=AttachmentKind.OUTPUT,
        ),
        _NOTE,
        _FILES,
    )  # fmt: skip
    if step.kind is StepKind.COLLECT:
        return (
            *fields,
            Field(
                "early_reason", FieldKind.LONG_TEXT, N_("Reason to close early"),
                N_("Needed while a section has not answered."),
            ),
        )  # fmt: skip
    return (*fields, *_applications(desk))


def _approve(desk: Desk, case: Case) -> tuple[Field, ...]:
    documents = tuple(
        Choice(document.file.sha256, document.file.name) for document in case.current_documents
    )
    return (
        Field(
            "document", FieldKind.CHOICES, N_("Documents"), N_("What you approve, by its digest."),
            required=True, choices=documents,
            default=tuple(choice.value for choice in documents),
        ),
        _NOTE,
        _FILES,
    )  # fmt: skip


def _return(desk: Desk, case: Case) -> tuple[Field, ...]:
    edges = case.step.returns
    steps = tuple(_step_choice(case, edge.to) for edge in edges)
    codes = dict.fromkeys(code for edge in edges for code in edge.reasons)
    reasons = tuple(
        Choice(code, reason.text) for code in codes if (reason := case.sop.reason(code))
    )
    return (
        Field(
            "to_step", FieldKind.CHOICE, N_("Back to"), required=True, choices=steps,
            default=steps[0].value if steps else "",
        ),
        Field("reason", FieldKind.CHOICE, N_("Reason"), required=True, choices=reasons),
        _why(N_("What is to be mended")),
        _FILES,
    )  # fmt: skip


def _reassign(desk: Desk, case: Case) -> tuple[Field, ...]:
    visit = case.visit
    has_it = {visit.owner, visit.assignee} if visit else set()
    out = has_it | separated_from(case, case.step.number)
    holders = desk.registry.holders(case.step.actor, desk.now().date())
    choices = tuple(Choice(one.id, one.name) for one in holders if one.id not in out)
    return (
        Field("officer", FieldKind.CHOICE, N_("Officer"), required=True, choices=choices),
        _why(N_("Reason")),
    )


def _attach(desk: Desk, case: Case) -> tuple[Field, ...]:
    return (Field("file", FieldKind.FILES, N_("Files"), required=True), _NOTE)


def _correct(desk: Desk, case: Case) -> tuple[Field, ...]:
    entries = tuple(
        Choice(entry.id, f"{entry.event.action} {entry.event.by} {entry.event.at:%Y-%m-%d %H:%M}")
        for entry in reversed(case.entries)
    )
    replaceable = any(
        isinstance(entry.event.details, Complete) and entry.event.by == desk.officer_id
        for entry in case.entries
    )
    fields = (
        Field("event", FieldKind.CHOICE, N_("Event"), required=True, choices=entries),
        _why(N_("What is wrong, and what is right")),
    )
    if not replaceable:
        return fields
    return (
        *fields,
        Field(
            "output", FieldKind.FILES, N_("Replaced output"),
            N_("Only for a step that you completed; it voids an approval."),
            file_kind=AttachmentKind.OUTPUT,
        ),
    )  # fmt: skip


def _archive(desk: Desk, case: Case) -> tuple[Field, ...]:
    lines = desk.office.classifications
    codes = tuple(Choice(line.code, f"{line.code} {line.title}") for line in lines)
    first = lines[0] if lines else None
    names = dict.fromkeys(file.name for entry in case.entries for file in entry.event.attachments)
    subject = case.letter.subject if case.letter else ""
    return (
        Field(
            "classification", FieldKind.CHOICE, N_("Classification code"), required=True,
            choices=codes, default=first.code if first else "",
        ),
        Field("file_number", FieldKind.TEXT, N_("File number"), required=True),
        Field("title", FieldKind.TEXT, N_("File title"), required=True, default=subject),
        Field(
            "items", FieldKind.LONG_TEXT, N_("File list"), N_("One item a line."), required=True,
            default="\n".join(names) or subject,
        ),
        Field(
            "place", FieldKind.TEXT, N_("Place"), N_("Cabinet and folder, or where it is kept."),
            required=True,
        ),
        Field(
            "active_years", FieldKind.NUMBER, N_("Active retention, years"), required=True,
            default=str(first.active_years) if first else "",
        ),
        Field(
            "inactive_years", FieldKind.NUMBER, N_("Inactive retention, years"), required=True,
            default=str(first.inactive_years) if first else "",
        ),
        Field(
            "fate", FieldKind.CHOICE, N_("Final fate"), required=True,
            choices=tuple(Choice(fate, _FATES[fate]) for fate in FATES),
            default=first.fate if first else FATES[0],
        ),
        _NOTE,
        *_applications(desk),
        _FILES,
    )  # fmt: skip


_FATES = {"permanen": Message("Permanent"), "musnah": Message("Destroy")}


def _reopen(desk: Desk, case: Case) -> tuple[Field, ...]:
    numbers = dict.fromkeys(visit.step for visit in case.visits)
    steps = tuple(_step_choice(case, number) for number in numbers)
    return (
        Field("to_step", FieldKind.CHOICE, N_("At step"), required=True, choices=steps),
        _why(N_("Reason")),
    )


def _migrate(desk: Desk, case: Case) -> tuple[Field, ...]:
    versions = tuple(
        Choice(f"{sop.id}/{sop.version}", f"{sop.identity.title} v{sop.version}")
        for sop in desk.sop_versions(case.sop.id)
        if sop.version != case.sop.version
    )
    numbers = dict.fromkeys(visit.step for visit in case.visits)
    return (
        Field("version", FieldKind.CHOICE, N_("Version"), required=True, choices=versions),
        Field(
            "steps", FieldKind.LONG_TEXT, N_("Steps"),
            N_("Old and new number of each passed step, one pair a line, as 3=4."), required=True,
            default="\n".join(f"{number}={number}" for number in numbers),
        ),
        _why(N_("Reason")),
    )  # fmt: skip


def _step_choice(case: Case, number: int) -> Choice:
    step = case.sop.step(number)
    activity = step.activity if step else ""
    return Choice(str(number), f"{number or '1a'}. {activity}")


def _only_note(desk: Desk, case: Case) -> tuple[Field, ...]:
    return (_NOTE,)


def _only_reason(desk: Desk, case: Case) -> tuple[Field, ...]:
    return (_why(N_("Reason")),)


def _nothing(desk: Desk, case: Case) -> tuple[Field, ...]:
    return ()


_FIELDS = {
    Action.RECEIVE: _nothing,
    Action.DISPOSE: _dispose,
    Action.REQUEST: _request,
    Action.SUBMIT: _submit,
    Action.COMPLETE: _complete,
    Action.APPROVE: _approve,
    Action.RETURN: _return,
    Action.RECALL: _only_note,
    Action.REASSIGN: _reassign,
    Action.SUSPEND: _only_reason,
    Action.RESUME: _only_note,
    Action.ATTACH: _attach,
    Action.NOTE: lambda desk, case: (_why(N_("Note")),),
    Action.CORRECT: _correct,
    Action.ARCHIVE: _archive,
    Action.CANCEL: _only_reason,
    Action.REOPEN: _reopen,
    Action.MIGRATE: _migrate,
}
