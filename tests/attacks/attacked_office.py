"""The office that is attacked: the starter records, ten people, and what each does next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from soptui.domain.case import Case
from soptui.domain.events import (
    Approve,
    AttachmentKind,
    Complete,
    Details,
    Dispose,
    Receive,
    Register,
    Request,
    Submit,
)
from soptui.domain.ids import UnitId
from soptui.domain.office import ADMINISTRATOR, Capacity, Officer, Post
from soptui.domain.sop import Sop, StepKind
from soptui.records.clone.genesis import starter_files
from tests.attacks.keys import key_of
from tests.support.office_parts import ARCHIVE, LETTER, officer_with, post

SOP_PATH = "sops/pengukuran-data-kinerja/1.toml"
GENESIS_FILES = {
    path: data
    for path, data in starter_files().items()
    if path in ("office.toml", SOP_PATH, "calendars/2026.toml")
}
UNITS = (UnitId("seksi-pemerintahan"), UnitId("seksi-kesejahteraan-rakyat"))


def officer(name: str, *posts: Post) -> Officer:
    """An officer whose key has the officer's name."""
    return officer_with(key_of(name).line, name, *posts)


OFFICERS = (
    officer("admin-1", post(ADMINISTRATOR)),
    officer("penerima-1", post("staff-penerima-surat")),
    officer("camat-1", post("camat")),
    officer("sekretaris-1", post("sekretaris"), post("camat", Capacity.DAILY_ACTING)),
    officer("kasubbag-1", post("kasubbag-pk"), post("sekretaris", Capacity.ACTING)),
    officer("kasi-1", post("kasubbag-seksi-lain", unit=UNITS[0])),
    officer("kasi-2", post("kasubbag-seksi-lain", unit=UNITS[1])),
    officer("staff-1", post("staff")),
    officer("pensiun-1", post("staff", ends=date(2025, 12, 31))),
    officer("calon-1", post("staff", starts=date(2026, 3, 1))),
)
HOLDERS = {one.posts[0].role: one.id for one in reversed(OFFICERS[:8])}

Attached = tuple[tuple[AttachmentKind, bytes], ...]


@dataclass(frozen=True)
class Act:
    """Who does what, with which files."""

    by: str
    details: Details
    files: Attached = ()


def next_act(case: Case | None, sop: Sop) -> Act:
    """What the SOP expects next in a case."""
    if case is None or case.visit is None:
        return Act(HOLDERS[sop.registration.actor], Register(LETTER))
    step, visit = case.step, case.visit
    if visit.received is None:
        return Act(visit.assignee or HOLDERS[step.actor], Receive())
    following = sop.step_after(step)
    output: Attached = ()
    if step.output:
        made = f"{step.output}, langkah {step.number}, {case.id}, ke-{visit.round}"
        output = ((AttachmentKind.OUTPUT, made.encode()),)
    match step.kind:
        case StepKind.DISPOSE:
            to = (following.actor,) if following else ()
            return Act(visit.owner, Dispose(to, ("tindak-lanjuti",)))
        case StepKind.REVIEW | StepKind.APPROVE:
            documents = tuple(one.file.sha256 for one in case.current_documents)
            return Act(visit.owner, Approve(documents))
        case StepKind.ARCHIVE:
            return Act(visit.owner, ARCHIVE)
        case StepKind.COLLECT if not case.requests:
            return Act(visit.owner, Request(UNITS))
        case StepKind.COLLECT if case.open_requests:
            unit = case.open_requests[0].unit
            return Act(f"kasi-{UNITS.index(unit) + 1}", Submit(unit, "Data terlampir."))
        case _:
            return Act(visit.owner, Complete(step.requirements), output)
