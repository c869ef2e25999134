"""What is about to be signed, in plain sentences: the act, its case, and what it sets going."""

from __future__ import annotations

from collections.abc import Iterator

from soptui.desk.desk import Desk
from soptui.desk.forms.filling import Filled
from soptui.desk.words.acts import info_at, info_of_entry
from soptui.desk.words.names import actor_title, officer_name, role_title, unit_title
from soptui.desk.words.terms import step_label
from soptui.domain.case import Case
from soptui.domain.events import (
    Approve,
    Archive,
    Complete,
    Correct,
    Dispose,
    Reassign,
    Register,
    Reopen,
    Request,
    Return,
    Submit,
)
from soptui.domain.size import Size
from soptui.domain.sop import FILING
from soptui.locale import _, size


def preview_text(
    desk: Desk, filled: Filled, case: Case | None, number: str, *, receive_first: bool
) -> str:
    """What is signed, told before the exact lines; `number` is the case's in the mail register."""
    details = filled.details
    act = _(info_at(details.action, case.step if case else None).label)
    if case is None:
        subject = details.letter.subject if isinstance(details, Register) else ""
        return _("You sign: {act}, {subject}.", act=act, subject=subject)
    subject = case.letter.subject if case.letter else case.id
    first = _("You sign: {act}, case {number}, {subject}.", act=act, number=number, subject=subject)
    sentences = [first, *_consequences(desk, filled, case)]
    if receive_first and case.visit is not None and case.visit.received is None:
        sentences.append(_("Received first, by an act of its own; both are signed."))
    return " ".join(sentences)


def _consequences(desk: Desk, filled: Filled, case: Case) -> Iterator[str]:
    """To whom the case or the request goes, and which documents are meant."""
    details = filled.details
    office, sop = desk.office, case.sop
    match details:
        case Dispose():
            to = ", ".join(role_title(sop, role) for role in details.to)
            yield _("It goes to {who}.", who=to)
        case Complete() | Approve():
            way = sop.way_chosen(case.step, details.way)
            following = sop.target(way) if way else None
            if following is not None:
                yield _step_sentence(case, following.number)
        case Return() | Reopen():
            yield _step_sentence(case, details.to_step)
        case Request():
            units = ", ".join(unit_title(office, unit) for unit in details.units)
            yield _("It goes to {who}.", who=units)
        case Submit():
            asked = next((one for one in case.open_requests if one.unit == details.unit), None)
            if asked is not None:
                who = officer_name(desk.registry, asked.asked_by)
                yield _("It goes to {who}.", who=who)
        case Reassign():
            yield _("It goes to {who}.", who=officer_name(desk.registry, details.officer))
        case Archive():
            yield _("The case is then closed.")
        case Correct():
            entry = case.entry(details.event)
            if entry is not None:
                by = officer_name(desk.registry, entry.event.by)
                what = _(info_of_entry(entry).done)
                yield _("What is corrected: {what}, {who}.", what=what, who=by)
    if isinstance(details, Approve):
        names = {one.file.sha256: one.file for one in case.current_documents}
        shown = (names.get(digest) for digest in details.documents)
        documents = "; ".join(f"{one.name} ({size(Size(one.size))})" for one in shown if one)
        yield _("Documents: {names}.", names=documents)


def _step_sentence(case: Case, number: int) -> str:
    step = case.sop.step(number)
    actor = actor_title(case.sop, step or case.sop.registration)
    if number == FILING:
        return _("The SOP is then through; {who} files the case.", who=actor)
    return _("It goes to {who}, step {step}.", who=actor, step=step_label(number))
