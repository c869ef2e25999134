"""`migrate`: an administrator moves the case to another version of its SOP, with the mapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

from soptui.domain.actions.contents import words_fault
from soptui.domain.actions.guards import role_fault, running_fault
from soptui.domain.actions.moves import change_visit, withdraw_requests
from soptui.domain.actions.rule import Rule
from soptui.domain.case import Case, Closed, Document, SectionRequest, Visit
from soptui.domain.events import Event, Migrate
from soptui.domain.ids import EventId, OfficerId, RoleId
from soptui.domain.message import Message
from soptui.domain.office import ADMINISTRATOR
from soptui.domain.replace import replace
from soptui.domain.separation import apart_after, separated_from, steps_to_map
from soptui.domain.sop import REGISTRATION, Sops, StepKind


def _gate(case: Case, by: OfficerId, role: RoleId) -> Closed | None:
    return running_fault(case) or role_fault(role, ADMINISTRATOR)


def _fits(case: Case, event: Event, details: Migrate) -> Closed | None:
    if details.sop_version == case.sop.version:
        return Closed(
            "same-version",
            Message("The case already runs under version {version}.", version=case.sop.version),
            field="sop_version",
        )
    mapped = dict(details.steps)
    missing = [number for number in steps_to_map(case) if number not in mapped]
    if missing or len(mapped) != len(details.steps):
        return Closed(
            "mapping-incomplete",
            Message(
                "Say where each step goes that was passed, or that is for another person than one "
                "that was; missing: {steps}.",
                steps=", ".join(str(number) for number in missing),
            ),
            field="steps",
        )
    if any((old == REGISTRATION) != (new == REGISTRATION) for old, new in details.steps):
        return Closed(
            "mapping-registration",
            Message("The registration, and it alone, stays step 0."),
            field="steps",
        )
    return words_fault(details.note)


def _known(case: Case, details: Migrate, sops: Sops) -> Closed | None:
    sop = sops.get((case.sop.id, details.sop_version))
    if sop is None or sop.digest != details.sop_sha256:
        return Closed("unknown-sop", Message("The records do not have that version of the SOP."))
    if any(sop.step(number) is None for _, number in details.steps):
        return Closed("mapping-unknown", Message("The other version does not have such a step."))
    return None


def _effect(case: Case, event_id: EventId, event: Event, details: Migrate, sops: Sops) -> Case:
    """The case goes on under the other version, at the step that the mapping gives its place.

    Whoever has it in hand keeps it, unless the other version gives the step to another role or
    keeps it from that person. What the version so far kept from whoever finished a step stays
    kept from them.
    """
    actor = case.step.actor
    steps, sop = dict(details.steps), sops[case.sop.id, details.sop_version]
    places = _mapped_places(case, steps)
    case = replace(
        case,
        sop=sop,
        visits=tuple(
            replace(_moved(visit, places), apart=apart_after(visit, case.sop, sop, steps))
            for visit in case.visits
        ),
        requests=tuple(_moved(request, places) for request in case.requests),
        documents=tuple(_moved(document, places) for document in case.documents),
        approvals=tuple(
            replace(approval, step=steps[approval.step]) for approval in case.approvals
        ),
    )
    if case.step.kind is not StepKind.COLLECT:
        case = withdraw_requests(case)
    visit = case.visits[-1]
    kept_out = separated_from(case, visit.step)
    if case.step.actor != actor or visit.owner in kept_out or visit.assignee in kept_out:
        case = change_visit(case, received=None, owner="", assignee="")
    return case


_Place = tuple[int, int]
_Placed = TypeVar("_Placed", Visit, SectionRequest, Document)


def _mapped_places(case: Case, steps: Mapping[int, int]) -> dict[_Place, _Place]:
    """Where each step and round goes; steps that fall together count their rounds on."""
    places: dict[_Place, _Place] = {}
    rounds: Counter[int] = Counter()
    for visit in case.visits:
        if (visit.step, visit.round) not in places:
            step = steps[visit.step]
            rounds[step] += 1
            places[visit.step, visit.round] = (step, rounds[step])
    return places


def _moved(one: _Placed, places: Mapping[_Place, _Place]) -> _Placed:
    step, round_ = places[one.step, one.round]
    return replace(one, step=step, round=round_)


MIGRATE = Rule(Migrate, _gate, _effect, fits=_fits, known=_known)
