"""The one gate: whether an action is open to an officer now and, if not, why not and who could.

`gate` and `judge` ask the case and its SOP alone: they decide whether an event takes effect, and
are all that the fold needs. Whether the officer holds the post that an event names is another
question, asked of the registry: `soptui.domain.authority`. What each action requires stands with
it, in `soptui.domain.actions`.
"""

from __future__ import annotations

from collections.abc import Iterable

from soptui.domain.actions.contents import attachments_fault, place_fault
from soptui.domain.actions.table import RULES
from soptui.domain.case import Case, Closed
from soptui.domain.events import Action, Event
from soptui.domain.ids import NO_ROLE, OfficerId, RoleId, UnitId


def gate(case: Case, action: Action, by: OfficerId, role: RoleId) -> Closed | None:
    """Why `action` is not open in `case` to officer `by` acting as `role`; None when it is."""
    return RULES[action].gate(case, by, role)


def judge(case: Case, event: Event) -> Closed | None:
    """Why the whole event, with what it carries, may not take effect; None when it may."""
    rule = RULES[event.action]
    return (
        rule.gate(case, event.by, event.role)
        or place_fault(case, event, of_any_place=rule.of_any_place)
        or attachments_fault(event, rule.files)
        or rule.fits(case, event, event.details)
    )


def commutes(event: Event, other: Event) -> bool:
    """Whether it does not matter which of two events comes first.

    Notes, attachments and corrections in words commute with all; requests and submissions that
    concern different sections commute with each other; decisions commute with nothing.
    """
    units, others = _units_of(event), _units_of(other)
    if units and others:
        return not units & others
    return leaves_state_alone(event) or leaves_state_alone(other)


def leaves_state_alone(event: Event) -> bool:
    """Whether the event commutes with every other: a note, a file, a correction in words."""
    return RULES[event.action].leaves_state_alone(event)


def _units_of(event: Event) -> frozenset[UnitId]:
    """The sections that a request or a submission concerns."""
    return RULES[event.action].units(event.details)


def choose_role(
    case: Case, action: Action, by: OfficerId, roles: Iterable[RoleId]
) -> tuple[RoleId, Closed | None]:
    """The role, of those an officer holds, in which to act: an open one, or the nearest to it."""
    best: tuple[RoleId, Closed | None] | None = None
    for role in roles:
        closed = gate(case, action, by, role)
        if closed is None:
            return role, None
        if best is None or (role in closed.roles and best[0] not in closed.roles):
            best = (role, closed)
    return best or (NO_ROLE, gate(case, action, by, NO_ROLE))
