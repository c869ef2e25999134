"""Cases in lists as sentences: what presses, which case it is, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from soptui.desk.actions.table import info_of
from soptui.desk.desk import Desk
from soptui.desk.tray import TrayGroup, TrayPart, awaited_acts
from soptui.desk.words.deadline import of_norm, time_left
from soptui.desk.words.moments import round_label
from soptui.desk.words.names import officer_name, role_title, unit_title
from soptui.desk.words.terms import SECURITY, STATUS, URGENCY, state_label, step_label
from soptui.domain.case import Status
from soptui.domain.case_list import CaseRow, RequestRow
from soptui.domain.events import Security, Urgency
from soptui.domain.sop import Sop
from soptui.domain.time.worktime import closing_of
from soptui.locale import _


class Fact(str):
    """What the records say, which is told as it stands: no letter of it is made a capital."""

    __slots__ = ()


def sentences(parts: Iterable[str]) -> str:
    """Parts as sentences in one line: with a capital at the head of each, a stop at its end."""
    shown = (part if isinstance(part, Fact) else part[:1].upper() + part[1:] for part in parts)
    return " ".join(part if part[-1:] in ".?!:" else f"{part}." for part in shown if part)


def tray_sentences(desk: Desk, part: TrayPart) -> Iterator[tuple[CaseRow, str]]:
    """Each case of a group of the tray, and what is said of it."""
    sops = {sop.id: sop for sop in desk.sops()}
    for case in part.cases:
        acts = awaited_acts(part.group, case, sops.get(case.sop))
        if part.group in (TrayGroup.INFORMED, TrayGroup.LEFT_BEHIND):
            where = _place(desk, case, sops.get(case.sop))
        else:
            where = _step(case)
        awaited = _(info_of(acts[0]).label) if acts else ""
        yield case, sentences((_time(desk, case), *_letter(case, desk.now()), where, awaited))
    for request in part.requests:
        yield request.case, _request(desk, request)


def case_sentence(desk: Desk, case: CaseRow) -> str:
    """What is said of a case in a list of all: which it is, where it lies, how its time stands."""
    sop = next((one for one in desk.sops() if one.id == case.sop), None)
    time = "" if Status(case.status).is_closed else _time(desk, case)
    return sentences((*_letter(case, desk.now()), _place(desk, case, sop), time))


def case_name(case: CaseRow, now: datetime) -> str:
    """How people name a case: by its number in the mail register, else by its id."""
    if not case.agenda:
        return _("case {case}", case=case.id)
    number = str(case.agenda) if case.year == now.year else f"{case.agenda}/{case.year}"
    return _("agenda {number}", number=number)


def _letter(case: CaseRow, now: datetime) -> Iterator[str]:
    yield case_name(case, now)
    if case.urgency and case.urgency != Urgency.ORDINARY.value:
        yield _(URGENCY[case.urgency])
    if case.security and case.security != Security.OPEN.value:
        yield _(SECURITY[case.security])
    yield Fact(case.subject)
    if case.letter_sender:
        yield _("from {sender}", sender=case.letter_sender)


def _time(desk: Desk, case: CaseRow) -> str:
    if case.suspended:
        return _(STATUS[case.status])
    left = time_left(desk.calendar, desk.now(), case.deadline)
    sop = next((one for one in desk.sops() if one.id == case.sop), None)
    return f"{left.text} {of_norm(case, sop)}".rstrip() if left else ""


def _step(case: CaseRow) -> str:
    rework = round_label(case.round)
    step = _("step {step}", step=step_label(case.step))
    migrated = _("moved to another version of its SOP") if case.migrated else ""
    return ", ".join(filter(None, (step, rework, migrated)))


def _place(desk: Desk, case: CaseRow, sop: Sop | None) -> str:
    """The step, how it stands, and with whom; of a closed case only that it is."""
    status = Status(case.status)
    if status.is_closed:
        return _(STATUS[status])
    holder = officer_name(desk.registry, case.owner or case.assignee) or role_title(sop, case.role)
    word = _(STATUS[status]) if case.suspended else state_label(case.state, case.step)
    return f"{_step(case)}, {holder}, {word}"


def _request(desk: Desk, request: RequestRow) -> str:
    due = closing_of(desk.calendar, request.due) if request.due else None
    left = time_left(desk.calendar, desk.now(), due)
    asked = _("asked by {who}", who=officer_name(desk.registry, request.asked_by))
    acts = awaited_acts(TrayGroup.REQUESTS, request.case, None)
    return sentences(
        (
            left.text if left else "",
            *_letter(request.case, desk.now()),
            Fact(unit_title(desk.office, request.unit)),
            asked,
            _(info_of(acts[0]).label),
        )
    )
