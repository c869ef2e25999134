"""The audit trail as rows, findings as rows, and one commit in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from soptui.desk.actions.table import info_of
from soptui.desk.history.commit_view import ChangedFile, CommitView
from soptui.desk.history.export import effect_word, signature_word
from soptui.desk.history.trail import CommitKind, CommitLine, remedy, verdict
from soptui.desk.words.moments import round_label
from soptui.desk.words.names import officer_name
from soptui.desk.words.terms import step_label
from soptui.domain.events import Action
from soptui.domain.findings import Finding, Severity
from soptui.domain.message import N_
from soptui.locale import _, _n, moment, translate
from soptui.tui.design import columns
from soptui.tui.design.columns import Column
from soptui.tui.presentation.facts import Facts
from soptui.tui.text.lines import BLANK, Line, Span, labelled, line, wrap
from soptui.tui.text.phrases import brief_moment, size_of
from soptui.tui.widgets.sources import Row

COMMIT_COLUMNS = (
    columns.moment(N_("Time")),
    Column(N_("Act"), 14, grow=1),
    Column(N_("Case"), 13, rank=2),
    columns.step(N_("Step"), rank=4),
    Column(N_("By"), 12, grow=2),
    Column(N_("Effect"), 10, grow=3),
    Column(N_("Signed"), 9, grow=4, rank=3),
    Column(N_("Commit"), 8, grow=5, rank=5, most=16),
)
FINDING_COLUMNS = (
    Column(N_("Severity"), 11),
    Column(N_("Commit"), 10, rank=1),
    Column(N_("Code"), 16, rank=2),
    Column(N_("What was found"), 30, grow=1),
)
_LABEL_WIDTH = 14
_KINDS = {
    CommitKind.MERGE: N_("Merge"),
    CommitKind.UNREADABLE: N_("Unreadable"),
}


def commit_row(one: CommitLine, agenda: str, facts: Facts) -> Row[str]:
    """A commit: when, what, in which case (by its `agenda` number), by whom, how it stands.

    The row stands for the commit's id, which is known before the commit is read.
    """
    prefix = one.capacity.prefix if one.capacity else ""
    return Row(
        one.commit,
        (
            line(brief_moment(one.at, facts.now) if one.at else "-"),
            line(act_word(one)),
            line(agenda or one.case or Span("-", "dim")),
            line(step_label(one.step) if one.case else ""),
            line(Span(prefix, "warn"), officer_name(facts.registry, one.by) or "-"),
            effect_cell(one),
            signature_cell(one),
            line(Span(one.commit, "dim")),
        ),
        one.commit,
    )


def act_word(one: CommitLine) -> str:
    """What a commit does, in the reader's language."""
    if one.kind in _KINDS:
        return _(_KINDS[one.kind])
    if one.kind is CommitKind.CHANGE:
        return _("Founding") if one.path == "genesis" else one.path or one.subject
    known = next((action for action in Action if action.value == one.action), None)
    return _(info_of(known, is_review=one.is_review).done) if known else one.subject


def effect_cell(one: CommitLine) -> Line:
    """Whether an event takes effect, or the code for which its commit was refused."""
    if one.finding is not None:
        return line(Span(one.finding.code, "bad" if not one.accepted else "warn"))
    is_bad = not one.accepted or one.effective is False
    tone = "bad" if is_bad else "warn" if one.action == Action.MIGRATE.value else "dim"
    return line(Span(effect_word(one) or "-", tone))


def signature_cell(one: CommitLine) -> Line:
    """The state of a commit's signature."""
    if one.needs_review:
        return line(Span(_("review"), "bad"))
    tone = "bad" if not one.is_signed else "warn" if one.is_revoked else "dim"
    return line(Span(signature_word(one), tone))


def finding_row(key: str, finding: Finding) -> Row[Finding]:
    """A finding: how heavy, where, what."""
    is_error = finding.severity is Severity.ERROR
    weight = Span(_("Error"), "bad") if is_error else Span(_("Warning"), "warn")
    return Row(
        key,
        (
            line(weight),
            line(finding.commit[:10]),
            line(finding.code),
            line(translate(finding.message)),
        ),
        finding,
    )


def finding_detail(finding: Finding, width: int) -> list[Line]:
    """A finding in full, with what to do about it."""
    lines = wrap(translate(finding.message), width)
    advice = remedy(finding)
    if advice is not None:
        lines += labelled(_("What to do"), translate(advice), width)
    lines += labelled(_("Code"), finding.code, width)
    lines += labelled(_("Commit"), finding.commit, width)
    lines += labelled(_("Path"), finding.path, width)
    return lines


def commit_lines(view: CommitView, facts: Facts | None, width: int) -> Sequence[Line]:
    """A commit in full: the verdict, who and when, the lines it added, and its raw text."""
    one = view.line
    is_good = one.accepted and one.is_signed and one.finding is None
    lines: list[Line] = list(wrap(translate(verdict(one)), width, "good" if is_good else "bad"))
    if one.finding is not None:
        advice = remedy(one.finding)
        lines += labelled(_("Code"), one.finding.code, width, label_width=_LABEL_WIDTH)
        if advice is not None:
            lines += labelled(_("What to do"), translate(advice), width, label_width=_LABEL_WIDTH)
    name = officer_name(facts.registry, one.by) if facts else one.by
    prefix = one.capacity.prefix if one.capacity else ""
    why = translate(one.why_not) if one.why_not else ""
    shown = (
        (_("Act"), act_word(one)),
        (_("Case"), one.case),
        (_("Step"), _step(one)),
        (_("By"), f"{prefix}{name}"),
        (_("Time"), moment(one.at) if one.at else ""),
        (_("Effect"), f"{effect_word(one)}{': ' if why else ''}{why}"),
        (_("Signature"), f"{signature_word(one)} {one.fingerprint}"),
        (_("Commit"), one.commit),
        (_("Parents"), " ".join(view.parents)),
    )
    for label, value in shown:
        lines += labelled(label, value, width, label_width=_LABEL_WIDTH)
    for file in view.files:
        lines += _file_lines(file, width)
    if view.more:
        more = _n("… and {count} file more", "… and {count} files more", view.more)
        lines += [BLANK, line(Span(more, "dim"))]
    lines += [BLANK, line(Span(_("The commit as it is stored"), "head"))]
    for text in view.raw.splitlines():
        lines += wrap(text, width, "dim", indent="    ")
    return lines


def _step(one: CommitLine) -> str:
    if not one.case:
        return ""
    rework = round_label(one.round)
    return f"{step_label(one.step)} ({rework})" if rework else step_label(one.step)


def _file_lines(file: ChangedFile, width: int) -> Iterator[Line]:
    yield BLANK
    size = f"  {size_of(file.size)}" if file.size is not None else ""
    new = Span(_("  new"), "accent") if file.is_new else Span("")
    yield line(Span(file.path, "head"), Span(size, "dim"), new)
    for text in file.lines:
        yield from wrap(text, width, "good" if text.startswith("+") else "bad", indent="    ")
