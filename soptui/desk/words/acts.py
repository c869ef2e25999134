"""What an act is called where it was done, or can be: a review is no approval."""

from __future__ import annotations

from soptui.desk.actions.table import ActionInfo, info_of
from soptui.domain.case import Entry
from soptui.domain.events import Action
from soptui.domain.sop import Step, StepKind


def info_of_entry(entry: Entry) -> ActionInfo:
    """What the table of actions says of what was done."""
    return info_of(entry.event.action, is_review=entry.is_review)


def info_at(action: Action, step: Step | None) -> ActionInfo:
    """What the table of actions says of an action at a step; of none, what it says at any."""
    is_review = step is not None and step.kind is StepKind.REVIEW
    return info_of(action, is_review=is_review and action is Action.APPROVE)
