"""`attach` and `note`: any participant adds a file or a comment, at any step that was passed."""

from __future__ import annotations

from soptui.domain.actions.contents import words_fault
from soptui.domain.actions.guards import participant_gate
from soptui.domain.actions.rule import Rule, always
from soptui.domain.case import Case, Closed
from soptui.domain.events import Attach, AttachmentKind, Event, Note
from soptui.domain.message import Message


def _attach_fits(case: Case, event: Event, details: Attach) -> Closed | None:
    return (
        None
        if event.attachments
        else Closed("no-file", Message("Name a file to attach."), field="attachments")
    )


ATTACH = Rule(
    Attach, participant_gate,
    fits=_attach_fits, files=frozenset({AttachmentKind.SUPPORT}),
    of_any_place=True, leaves_state_alone=always,
)  # fmt: skip


def _note_fits(case: Case, event: Event, details: Note) -> Closed | None:
    return words_fault(details.note)


NOTE = Rule(Note, participant_gate, fits=_note_fits, of_any_place=True, leaves_state_alone=always)
