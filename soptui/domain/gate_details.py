"""The second half of the gate: whether what an event carries fits the case.

`soptui.domain.gate` has already found the action open to its author; here the contents are
judged: the step named, the documents, the reasons, the dates.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from soptui.domain.case import Case, Closed, Status
from soptui.domain.events import (
    Action,
    Approve,
    Archive,
    Attachment,
    AttachmentKind,
    Complete,
    Correct,
    Dispose,
    Event,
    Migrate,
    Reassign,
    Register,
    Reopen,
    Request,
    Return,
    Submit,
)
from soptui.domain.message import Message
from soptui.domain.separation import separated_from
from soptui.domain.sop import REGISTRATION, StepKind

FATES = ("permanen", "musnah")
"""*Nasib akhir*: what becomes of a file after its retention."""

_KINDS: dict[Action, frozenset[AttachmentKind]] = {
    Action.REGISTER: frozenset({AttachmentKind.LETTER}),
    Action.DISPOSE: frozenset({AttachmentKind.SUPPORT}),
    Action.REQUEST: frozenset({AttachmentKind.SUPPORT}),
    Action.SUBMIT: frozenset({AttachmentKind.SUPPORT}),
    Action.COMPLETE: frozenset({AttachmentKind.OUTPUT, AttachmentKind.SUPPORT}),
    Action.APPROVE: frozenset({AttachmentKind.SUPPORT}),
    Action.RETURN: frozenset({AttachmentKind.SUPPORT}),
    Action.ATTACH: frozenset({AttachmentKind.SUPPORT}),
    Action.CORRECT: frozenset({AttachmentKind.OUTPUT}),
    Action.ARCHIVE: frozenset({AttachmentKind.SUPPORT}),
}
_ANYWHERE = frozenset({Action.ATTACH, Action.NOTE, Action.CORRECT})


def details_fault(case: Case, event: Event) -> Closed | None:
    """Why the contents of `event` do not fit `case`; None when they do."""
    fault = _place_fault(case, event) or _attachments_fault(event)
    if fault is not None:
        return fault
    check = _CHECKS.get(event.action)
    return None if check is None else check(case, event, event.details)


def _fault(code: str, text: str, **values: object) -> Closed:
    return Closed(code, Message(text, **values))


def _place_fault(case: Case, event: Event) -> Closed | None:
    if case.status is Status.NEW:
        place = (REGISTRATION, 1)
    elif event.action in _ANYWHERE:
        # A recall or a migration takes places away; who had not seen it still speaks of them.
        known = {(visit.step, visit.round) for visit in case.visits} | {
            (entry.event.step, entry.event.round) for entry in case.entries if entry.effective
        }
        place = (event.step, event.round) if (event.step, event.round) in known else (-1, -1)
    else:
        place = (case.visits[-1].step, case.visits[-1].round)
    if place == (event.step, event.round):
        return None
    return _fault(
        "other-place",
        "The case is not at step {step}, round {round}.",
        step=event.step,
        round=event.round,
    )


def _attachments_fault(event: Event) -> Closed | None:
    allowed = _KINDS.get(event.action, frozenset())
    seen: set[str] = set()
    for file in event.attachments:
        if file.kind not in allowed:
            return _fault(
                "attachment-kind", "The file {name} does not belong here.", name=file.name
            )
        if not file.name or "/" in file.name or "\n" in file.name or file.name in (".", ".."):
            return _fault("attachment-name", "{name} is not a file name.", name=file.name)
        if file.sha256 in seen:
            return _fault("attachment-twice", "The file {name} is attached twice.", name=file.name)
        seen.add(file.sha256)
    return None


def _register(case: Case, event: Event, details: Register) -> Closed | None:
    letter = details.letter
    if not (letter.number and letter.sender and letter.subject):
        return _fault(
            "letter-incomplete", "The letter needs its number, its sender and its subject."
        )
    return receipt_fault(letter.date, letter.received, event.at)


def receipt_fault(written: date, received: datetime, now: datetime) -> Closed | None:
    """Why a letter of that date cannot have been received then; None when it can."""
    if received.date() < written:
        return _fault(
            "received-before-letter",
            "The letter cannot be received before its own date; correct one of the two.",
        )
    if received > now:
        return _fault(
            "received-in-future",
            "The letter cannot be received in the future; give the time at which it came.",
        )
    return None


def due_fault(due: date | None, today: date) -> Closed | None:
    """Why something cannot be due on that day; None when it can."""
    if due is not None and due < today:
        return _fault("due-in-past", "The due date lies in the past.")
    return None


def _dispose(case: Case, event: Event, details: Dispose) -> Closed | None:
    following = case.sop.step_after(case.step.number)
    if following is not None and following.actor not in details.to:
        return Closed(
            "wrong-addressee",
            Message("The SOP hands this step to another role, which must be addressed."),
            roles=(following.actor,),
        )
    if len(set(details.to)) != len(details.to) or any(
        case.sop.role(role) is None for role in details.to
    ):
        return _fault("unknown-addressee", "Only roles of the SOP can be addressed, each once.")
    if not details.instructions and not details.note:
        return _fault("no-instruction", "A disposition needs an instruction or a note.")
    return due_fault(details.due, event.at.date())


def _request(case: Case, event: Event, details: Request) -> Closed | None:
    asked = {request.unit for request in case.open_requests}
    if case.sop.asked_role(case.step) is None:
        return _fault("nobody-to-ask", "At this step the SOP has no sections to ask.")
    if not details.units or "" in details.units or len(set(details.units)) != len(details.units):
        return _fault("no-section", "Name each section to be asked once.")
    for unit in details.units:
        if unit in asked:
            return Closed(
                "asked-already",
                Message("The section {unit} still owes an answer.", unit=unit),
                units=(unit,),
            )
    return due_fault(details.due, event.at.date())


def _submit(case: Case, event: Event, details: Submit) -> Closed | None:
    if details.unit not in {request.unit for request in case.open_requests}:
        return Closed(
            "not-asked",
            Message("The section {unit} has no open request.", unit=details.unit),
            units=tuple(request.unit for request in case.open_requests),
        )
    if not (details.note or details.data or event.attachments):
        return _fault("nothing-submitted", "Submit data, a file or a note.")
    if any(not datum.indicator for datum in details.data):
        return _fault("datum-without-indicator", "Each line of data needs its indicator.")
    return None


def _complete(case: Case, event: Event, details: Complete) -> Closed | None:
    step = case.step
    missing = [name for name in step.requirements if name not in details.requirements]
    if missing:
        return _fault("requirement-missing", "Still required: {names}.", names="; ".join(missing))
    if set(details.requirements) != set(step.requirements):
        return _fault("unknown-requirement", "The step does not have such a requirement.")
    if step.output and not event.attached(AttachmentKind.OUTPUT):
        return _fault(
            "output-missing", "Attach the output of the step: {output}.", output=step.output
        )
    if step.kind is StepKind.COLLECT and not details.early_reason:
        units = tuple(request.unit for request in case.open_requests)
        asked = any(
            request.step == step.number and request.round == event.round and not request.withdrawn
            for request in case.requests
        )
        if units or not asked:
            return Closed(
                "answers-missing",
                Message("Not every section has answered; give a reason to close early."),
                units=units,
            )
    return None


def _approve(case: Case, event: Event, details: Approve) -> Closed | None:
    current = tuple(document.file.sha256 for document in case.current_documents)
    if not current:
        return _fault("no-document", "There is no document to approve.")
    if details.documents != current:
        return _fault("other-document", "The document is no longer the one that was read.")
    return None


def _return(case: Case, event: Event, details: Return) -> Closed | None:
    edge = case.step.return_to(details.to_step)
    if edge is None or details.to_step >= case.step.number:
        return _fault(
            "no-way-back", "The SOP has no way back to step {step}.", step=details.to_step
        )
    if details.reason not in edge.reasons:
        return _fault(
            "unknown-reason",
            "That is no reason to go back to step {step}; choose one of that step.",
            step=details.to_step,
        )
    if not details.note:
        return _words_missing()
    return _passed_fault(case, details.to_step)


def _reassign(case: Case, event: Event, details: Reassign) -> Closed | None:
    visit = case.visits[-1]
    if details.officer in (visit.owner, visit.assignee):
        return _fault("same-officer", "{officer} has the case already.", officer=details.officer)
    if details.officer in separated_from(case, case.step.number):
        return _fault(
            "separation-of-duties",
            "{officer} worked at a step that must be kept apart from this one.",
            officer=details.officer,
        )
    return None if details.note else _words_missing()


def _words(case: Case, event: Event, details: Any) -> Closed | None:
    return None if details.note else _words_missing()


def _attach(case: Case, event: Event, details: Any) -> Closed | None:
    return None if event.attachments else _fault("no-file", "Name a file to attach.")


def _correct(case: Case, event: Event, details: Correct) -> Closed | None:
    entry = case.entry(details.event)
    if entry is None:
        return _fault("unknown-event", "The case has no such event to correct.")
    if event.attachments:
        author = (entry.event.by, entry.event.role)
        if not isinstance(entry.event.details, Complete) or author != (event.by, event.role):
            return Closed(
                "not-its-author",
                Message("Only who completed a step, in that role, can replace its output."),
                officers=(entry.event.by,),
            )
        if all(document.event != entry.id for document in case.documents):
            return _fault("no-output", "That event left no output that could be replaced.")
        if case.status is Status.SUSPENDED:
            return _fault("suspended", "The case is suspended; resume it first.")
    return None if details.note else _words_missing()


def _archive(case: Case, event: Event, details: Archive) -> Closed | None:
    if not (details.classification and details.file_number and details.title and details.place):
        return _fault(
            "archive-incomplete",
            "The archive needs a classification code, a file number, a title and a place.",
        )
    if not details.items:
        return _fault("archive-empty", "List what the file holds.")
    if details.fate not in FATES:
        return _fault("unknown-fate", "The final fate is one of: {fates}.", fates=", ".join(FATES))
    if details.active_years < 0 or details.inactive_years < 0:
        return _fault("negative-retention", "A file is kept for zero years or more.")
    return None


def _reopen(case: Case, event: Event, details: Reopen) -> Closed | None:
    if details.to_step > case.step.number:
        return _fault(
            "ahead", "The case had come no further than step {step}.", step=case.step.number
        )
    return _passed_fault(case, details.to_step) or _words(case, event, details)


def _migrate(case: Case, event: Event, details: Migrate) -> Closed | None:
    if details.sop_version == case.sop.version:
        return _fault(
            "same-version",
            "The case already runs under version {version}.",
            version=case.sop.version,
        )
    mapped = dict(details.steps)
    missing = sorted({visit.step for visit in case.visits} - mapped.keys())
    if missing or len(mapped) != len(details.steps):
        return _fault(
            "mapping-incomplete",
            "Say where each passed step goes; missing: {steps}.",
            steps=", ".join(str(number) for number in missing),
        )
    if any((old == REGISTRATION) != (new == REGISTRATION) for old, new in details.steps):
        return _fault("mapping-registration", "The registration, and it alone, stays step 0.")
    return None if details.note else _words_missing()


def _passed_fault(case: Case, number: int) -> Closed | None:
    if any(visit.step == number for visit in case.visits):
        return None
    return _fault("not-passed", "The case has not been at step {step}.", step=number)


def _words_missing() -> Closed:
    return _fault("no-reason", "Say why, in words.")


def files_limit_fault(files: tuple[Attachment, ...], limit: int) -> Closed | None:
    """The first file larger than the office's limit in bytes, as a refusal, or None."""
    for file in files:
        if file.size > limit:
            return _fault(
                "attachment-too-large",
                "The file {name} is too large: {size} bytes of at most {limit}.",
                name=file.name,
                size=file.size,
                limit=limit,
            )
    return None


_CHECKS: dict[Action, Callable[[Case, Event, Any], Closed | None]] = {
    Action.REGISTER: _register,
    Action.DISPOSE: _dispose,
    Action.REQUEST: _request,
    Action.SUBMIT: _submit,
    Action.COMPLETE: _complete,
    Action.APPROVE: _approve,
    Action.RETURN: _return,
    Action.REASSIGN: _reassign,
    Action.SUSPEND: _words,
    Action.ATTACH: _attach,
    Action.NOTE: _words,
    Action.CORRECT: _correct,
    Action.ARCHIVE: _archive,
    Action.CANCEL: _words,
    Action.REOPEN: _reopen,
    Action.MIGRATE: _migrate,
}
