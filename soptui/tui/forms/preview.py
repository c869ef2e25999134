"""The preview of what is about to be signed: in plain words, then its exact lines and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from soptui.desk import Desk
from soptui.desk.actions.table import info_of
from soptui.desk.forms.filling import Filled
from soptui.desk.views import Shown
from soptui.desk.words.names import officer_name, role_title, unit_title
from soptui.desk.words.terms import FILE_KIND, step_label
from soptui.domain.case import Case
from soptui.domain.events import (
    Approve,
    Archive,
    Attachment,
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
from soptui.domain.message import Message
from soptui.domain.text import safe
from soptui.locale import _
from soptui.tui.text.lines import BLANK, Line, Span, line, wrap
from soptui.tui.text.phrases import size_of


class PreviewPart(Struct, frozen=True):
    """What would be appended to one case, or the reason why nothing would.

    `title` names the case where there are several; `text` says in plain sentences what is signed.
    """

    shown: Shown | None = None
    title: str = ""
    text: str = ""
    reason: Message | None = None


def preview_text(
    desk: Desk, filled: Filled, case: Case | None, number: str, *, receive_first: bool
) -> str:
    """The sentences before the exact lines. `number` names the case as the mail register does."""
    details = filled.details
    act = _(info_of(details.action).label)
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
            following = sop.step_after(case.step.number)
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
                what = _(info_of(entry.event.action).done)
                yield _("What is corrected: {what}, {who}.", what=what, who=by)
    if isinstance(details, Approve):
        names = {one.file.sha256: one.file for one in case.current_documents}
        shown = (names.get(digest) for digest in details.documents)
        documents = "; ".join(f"{one.name} ({size_of(one.size)})" for one in shown if one)
        yield _("Documents: {names}.", names=documents)


def _step_sentence(case: Case, number: int) -> str:
    step = case.sop.step(number)
    actor = role_title(case.sop, step.actor if step else case.sop.registration.actor)
    return _("It goes to {who}, step {step}.", who=actor, step=step_label(number))


def preview_lines(
    parts: Sequence[PreviewPart], files: Sequence[Attachment], width: int
) -> list[Line]:
    """What will be signed: of every part in plain words and its exact lines, then the files."""
    made: list[Line] = []
    for part in parts:
        if part.title:
            made += [*([BLANK] if made else []), *wrap(part.title, width, "bold")]
        if part.reason is not None:
            made += wrap(_("Not signed: {reason}", reason=part.reason), width, "warn")
        if part.shown is None:
            continue
        if part.text:
            made += [*wrap(part.text, width), BLANK]
        for one in safe(part.shown.lines.decode("utf-8")).strip("\n").split("\n"):
            made += wrap(one, width, "head" if one.startswith("[") else "plain", indent="    ")
    made.append(BLANK)
    if not files:
        return [*made, line(Span(_("No files go along."), "dim"))]
    made.append(line(Span(_("Files that go along:"), "head")))
    for file in files:
        made.append(
            line(
                f"+ {file.name}", Span(f"  {_(FILE_KIND[file.kind])}, {size_of(file.size)}", "dim")
            )
        )
        made += wrap(f"  sha256 {file.sha256}", width, "dim", indent="    ")
    return made
