"""The head of a form: the letter it is about, laid out as on the office's disposition sheet."""

from __future__ import annotations

from rich.cells import cell_len

from soptui.domain.case import Case
from soptui.domain.events import Action
from soptui.domain.message import N_
from soptui.locale import _, day, moment
from soptui.tui.lines import BLANK, Line, Span, fit, labelled, line
from soptui.tui.words import SECURITY, URGENCY, round_label, step_label

_SHEETS = {
    Action.DISPOSE: N_("DISPOSITION SHEET"),
    Action.RETURN: N_("RETURN SHEET"),
    Action.ARCHIVE: N_("FILING"),
}
_TWO_COLUMNS_FROM = 72


def head_of(action: Action, case: Case | None, width: int) -> list[Line]:
    """The head for a width in cells; empty where there is no letter yet."""
    letter = case.letter if case else None
    if case is None or letter is None:
        return []
    heading = [line(Span(_(_SHEETS[action]), "head"))] if action in _SHEETS else []
    pairs = [
        (_("Letter from"), letter.sender),
        (_("Received"), moment(letter.received)),
        (_("Letter number"), letter.number),
        (_("Letter date"), day(letter.date)),
        (_("Urgency"), _(URGENCY[letter.urgency])),
        (_("Security class"), _(SECURITY[letter.security])),
    ]
    label_width = max(cell_len(label) for label, _value in pairs)
    if width >= _TWO_COLUMNS_FROM:
        rows = [
            (*_half(pairs[place], width, label_width), *_half(pairs[place + 1], width, label_width))
            for place in range(0, len(pairs), 2)
        ]
    else:
        rows = [
            one for label, value in pairs[::2] for one in _pair(label, value, width, label_width)
        ]
    subject = labelled(_("Subject"), letter.subject, width, label_width=label_width)
    return [*heading, *rows, *subject, *_step_line(case, width, label_width), BLANK]


def _half(pair: tuple[str, str], width: int, label_width: int) -> Line:
    value = line(Span(pair[1]))
    return fit([Span(fitted(pair[0], label_width), "dim"), Span("  "), *value], width // 2)


def _pair(label: str, value: str, width: int, label_width: int) -> list[Line]:
    return labelled(label, value, width, label_width=label_width)


def _step_line(case: Case, width: int, label_width: int) -> list[Line]:
    visit = case.visit
    if visit is None:
        return []
    rework = round_label(visit.round)
    text = f"{step_label(case.step.number)}. {case.step.activity}"
    shown = f"{text} ({rework})" if rework else text
    return labelled(_("Step"), shown, width, label_width=label_width)


def fitted(text: str, width: int) -> str:
    """`text` filled to a width in cells."""
    return text + " " * max(0, width - cell_len(text))
