"""`archive`: the last role puts the file away; the case can then only be read."""

from __future__ import annotations

from soptui.domain.actions.guards import owner_fault, running_fault, step_fault
from soptui.domain.actions.moves import close_visit
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Case, Closed, Status
from soptui.domain.events import Archive, AttachmentKind, Event
from soptui.domain.ids import EventId, OfficerId, RoleId
from soptui.domain.message import Message
from soptui.domain.office import FATES
from soptui.domain.path import is_unavoidable, path_of
from soptui.domain.replace import replace
from soptui.domain.sop import Sops, StepKind


def _gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    return (
        running_fault(case)
        or step_fault(case, Archive.action)
        or owner_fault(case, by, role)
        or _approval_fault(case)
    )


def _approval_fault(case: Case) -> Closed | None:
    """A row that approves has no approval in force, though the case passed it or had to."""
    approved = {approval.step for approval in case.approvals if not approval.voided_by}
    path, here = path_of(case.visits), case.step.number
    for step in case.sop.steps:
        if step.kind is not StepKind.APPROVE or step.number in approved:
            continue
        # A migration can set a case down behind a row that no way leads around.
        if step.number in path or is_unavoidable(case.sop, step.number, here):
            return Closed(
                "not-approved",
                Message(
                    "The document has no valid approval, so the case cannot be archived; return it."
                ),
                roles=(step.actor,),
            )
    return None


def _fits(case: Case, event: Event, details: Archive) -> Closed | None:
    if not (details.classification and details.file_number and details.title and details.place):
        return Closed(
            "archive-incomplete",
            Message("The archive needs a classification code, a file number, a title and a place."),
        )
    if not details.items:
        return Closed("archive-empty", Message("List what the file holds."), field="items")
    if details.fate not in FATES:
        return Closed(
            "unknown-fate",
            Message("The final fate is one of: {fates}.", fates=", ".join(FATES)),
            field="fate",
        )
    if details.active_years < 0 or details.inactive_years < 0:
        return Closed(
            "negative-retention",
            Message("A file is kept for zero years or more."),
            field="active_years",
        )
    return None


def _effect(case: Case, event_id: EventId, event: Event, details: Archive, sops: Sops) -> Case:
    return replace(close_visit(case, event), status=Status.DONE, archive=details)


ARCHIVE = Rule(Archive, _gate, _effect, fits=_fits, files=frozenset({AttachmentKind.SUPPORT}))
