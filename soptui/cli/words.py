"""Words that several commands use: where a case is, how it stands, how long, who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soptui.desk.words.names import actor_title, role_titles
from soptui.desk.words.terms import FILE_KIND, STATUS, state_label, step_label
from soptui.domain.case import Case, Status, StepState
from soptui.domain.ids import NOBODY, OfficerId, RoleId
from soptui.locale import _, duration

if TYPE_CHECKING:
    from soptui.desk.desk import Desk
    from soptui.domain.case_list import CaseRow
    from soptui.domain.findings import TrustRoot
    from soptui.domain.time.timing import Timing


def root_fields(root: TrustRoot) -> list[tuple[str, str]]:
    """Label and value of what is compared with the paper, and of as much as is enough to type."""
    from soptui.desk.office.trust_root import short_form

    return [
        (_("First commit"), root.genesis),
        (_("Fingerprint"), root.signer),
        (_("Enough to type"), " / ".join(short_form(root))),
    ]


def status_of(status: str) -> str:
    """How a case stands as a whole."""
    return _(STATUS[status])


def state_of(state: str, step: int) -> str:
    """How a step stands, by its number."""
    return state_label(state, step)


def kind_of(kind: str) -> str:
    """What a file is to its case."""
    return _(FILE_KIND[kind])


def role_title(desk: Desk, role: RoleId) -> str:
    """A role as its SOP calls it."""
    return role_titles(desk.sops()).get(role, role)


def person(desk: Desk, officer_id: OfficerId) -> str:
    """An officer's name with their id."""
    officer = desk.registry.officers.get(officer_id)
    return f"{officer.name} ({officer_id})" if officer else officer_id


def place_of(desk: Desk, case: Case) -> str:
    """Where a case lies now: the step, the role or person, and what it waits for."""
    if case.status.is_closed:
        return status_of(case.status)
    visit = case.visit
    holder = (visit.owner or visit.assignee) if visit else NOBODY
    who = actor_title(case.sop, case.step, person(desk, holder) if holder else "")
    state = status_of(case.status) if case.status is Status.SUSPENDED else ""
    return _(
        "step {step}, {who}: {state}",
        step=step_label(case.step.number),
        who=who,
        state=state or state_of(visit.state if visit else StepState.NOT_STARTED, case.step.number),
    )


def agenda_of(row: CaseRow, this_year: int) -> str:
    """The agenda number as commands take it: with its year when that is not this one."""
    if not row.agenda:
        return ""
    return str(row.agenda) if row.year == this_year else f"{row.agenda}/{row.year}"


def measures(timing: Timing) -> str:
    """How long a stay waited and worked, against its norm."""
    from soptui.domain.time.normtime import NormUnit

    if timing.norm is None or timing.norm.unit is NormUnit.MINUTES:
        worked = duration(seconds=timing.worked)
    else:
        worked = duration(days=timing.worked)
    return _(
        "waited {waited}, worked {worked}", waited=duration(seconds=timing.waited), worked=worked
    )
