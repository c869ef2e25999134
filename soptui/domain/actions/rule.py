"""What the domain knows of one action, as one record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from msgspec import Struct

from soptui.domain.case import Case, Closed
from soptui.domain.events import Action, AttachmentKind, Details, Event
from soptui.domain.ids import EventId, OfficerId, RoleId, UnitId
from soptui.domain.office import Registry
from soptui.domain.sop import Sops

D = TypeVar("D", bound=Details)


def _no_fault(*_: object) -> None:
    return None


def _never(event: Event) -> bool:
    return False


def always(event: Event) -> bool:
    """For whatever is so of every event of an action."""
    return True


def _no_units(details: object) -> frozenset[UnitId]:
    return frozenset()


def _no_change(case: Case, event_id: EventId, event: Event, details: object, sops: Sops) -> Case:
    return case


class Rule(Struct, Generic[D], frozen=True):
    """One action: `details` is the type of what its events carry.

    Of the questions, each answered by None or by why not:
    `gate` asks the case alone whether the action is open to an officer (by id) in a role;
    `fits` whether what the event carries fits the case, once the gate is open;
    `known` whether the SOP versions that it names are in the records;
    `parties` whether those whom it names are in the registry on a day.

    `effect` is what it makes of the case (with the event's id); it never raises on an event that
    the questions let through. `files` are the kinds of attachments that an event may bring.
    `of_any_place` says that it may speak of any step and round where the case has been, and not
    of the present one only. `leaves_state_alone` says whether an event commutes with every other;
    `units` are the sections that it concerns, and events of different sections commute.
    """

    details: type[D]
    gate: Callable[[Case, OfficerId, RoleId], Closed | None]
    effect: Callable[[Case, EventId, Event, D, Sops], Case] = _no_change
    fits: Callable[[Case, Event, D], Closed | None] = _no_fault
    known: Callable[[Case, D, Sops], Closed | None] = _no_fault
    parties: Callable[[Registry, Case, D, date], Closed | None] = _no_fault
    files: frozenset[AttachmentKind] = frozenset()
    of_any_place: bool = False
    leaves_state_alone: Callable[[Event], bool] = _never
    units: Callable[[D], frozenset[UnitId]] = _no_units

    @property
    def action(self) -> Action:
        """The verb."""
        return self.details.action
