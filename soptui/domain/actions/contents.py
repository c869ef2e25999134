"""What is asked of the contents of many events: their place, their files, their words and days."""

from __future__ import annotations

from datetime import date

from soptui.domain.case import Case, Closed, Status
from soptui.domain.events import Attachment, AttachmentKind, Event
from soptui.domain.file_name import name_fault
from soptui.domain.message import Message
from soptui.domain.path import path_of
from soptui.domain.size import Size
from soptui.domain.sop import REGISTRATION

MOST_TOGETHER = 48 * 1024 * 1024
"""How large the files of one act may be together, in bytes: one push must carry it to the hub."""


def place_fault(case: Case, event: Event, *, of_any_place: bool) -> Closed | None:
    """The event is of another step or round than where the case is or, `of_any_place`, was."""
    if case.status is Status.NEW:
        place = (REGISTRATION, 1)
    elif of_any_place:
        # A recall or a migration takes places away; who had not seen it still speaks of them.
        known = {(visit.step, visit.round) for visit in case.visits} | {
            (entry.event.step, entry.event.round) for entry in case.entries if entry.effective
        }
        place = (event.step, event.round) if (event.step, event.round) in known else (-1, -1)
    else:
        place = (case.visits[-1].step, case.visits[-1].round)
    if place == (event.step, event.round):
        return None
    return Closed(
        "other-place",
        Message(
            "The case is no longer as it was when this was signed: at step {step}.", step=event.step
        ),
    )


def attachments_fault(event: Event, allowed: frozenset[AttachmentKind]) -> Closed | None:
    """A file is of a kind that does not belong here, has no proper name, or comes twice."""
    names: set[str] = set()
    seen: set[str] = set()
    for file in event.attachments:
        if file.kind not in allowed:
            return Closed(
                "attachment-kind", Message("The file {name} does not belong here.", name=file.name)
            )
        fault = name_fault(file.name)
        if fault is not None:
            return Closed("attachment-name", fault, field="attachments")
        if file.sha256 in seen:
            return Closed(
                "attachment-twice",
                Message("The file {name} is attached twice.", name=file.name),
                field="attachments",
            )
        if file.name in names:
            told = Message(
                "Two files are called {name}. Give each a name of its own.", name=file.name
            )
            return Closed("attachment-same-name", told, field="attachments")
        names.add(file.name)
        seen.add(file.sha256)
    return None


def files_limit_fault(files: tuple[Attachment, ...], limit: int) -> Closed | None:
    """The first file larger than the office's limit in bytes, as a refusal, or None.

    All files of one act together may be as large as `MOST_TOGETHER`.
    """
    for file in files:
        if file.size > limit:
            return Closed(
                "attachment-too-large",
                Message(
                    "The file {name} is too large: {size} of at most {limit}.",
                    name=file.name,
                    size=Size(file.size),
                    limit=Size(limit),
                ),
                field="attachments",
            )
    together = sum(file.size for file in files)
    if together > MOST_TOGETHER:
        return Closed(
            "attachments-too-large",
            Message(
                "The files are too large together: {size} of at most {limit} in one act.",
                size=Size(together),
                limit=Size(MOST_TOGETHER),
            ),
            field="attachments",
        )
    return None


def words_fault(note: str) -> Closed | None:
    """No reason is given in words."""
    return None if note else Closed("no-reason", Message("Say why, in words."), field="note")


def way_fault(case: Case, label: str) -> Closed | None:
    """The present step has several ways onward and none of them is chosen, or it has no choice."""
    if case.sop.way_chosen(case.step, label) is not None:
        return None
    ways = case.sop.ways_of(case.step)
    if len(ways) < 2:
        told = Message("The SOP has only one way onward from here; none is to be chosen.")
    else:
        told = Message(
            "Choose how the case goes on: {ways}.", ways=", ".join(way.label for way in ways)
        )
    return Closed("unknown-way", told, field="way")


def passed_fault(case: Case, step: int) -> Closed | None:
    """The case has not passed that step on its way here."""
    if step in path_of(case.visits):
        return None
    return Closed(
        "not-passed",
        Message("The case did not come here by step {step}.", step=step),
        field="to_step",
    )


def due_fault(due: date | None, today: date) -> Closed | None:
    """Why something cannot be due on that day; None when it can."""
    if due is not None and due < today:
        return Closed("due-in-past", Message("The due date lies in the past."), field="due")
    return None
