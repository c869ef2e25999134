"""The head of a form: the letter it is about, laid out as on the office's disposition sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from soptui.desk.actions.labels import LABELS
from soptui.desk.actions.table import info_of
from soptui.desk.words.assignment import Assignment
from soptui.desk.words.case import letter_field
from soptui.desk.words.moments import round_label
from soptui.desk.words.terms import step_label
from soptui.domain.case import Case
from soptui.domain.events import Action, Letter
from soptui.locale import _, day
from soptui.tui.presentation.assignment import assignment_lines
from soptui.tui.text.lines import (
    BLANK,
    Line,
    Span,
    first_lines,
    fit,
    labelled,
    line,
    one_line,
    without_tail,
)

_TWO_COLUMNS_FROM = 72
_MOST_SUMMARY_LINES = 6

_Pair = tuple[str, str]


def letter_line(case: Case | None, width: int) -> list[Line]:
    """Which letter it is, in one line that never scrolls away; none where there is none yet."""
    letter = case.letter if case else None
    if case is None or letter is None:
        return []
    number = _("No. {number}", number=letter.number)
    if case.letter_corrections:
        number = f"{number} ({_('corrected')})"
    text = " · ".join((number, day(letter.date), letter.sender))
    return [without_tail(fit((Span(" "), Span(one_line(text))), width))]


def brief_head(
    action: Action, case: Case | None, asked: Sequence[Assignment], width: int
) -> list[Line]:
    """What `letter_line` leaves out, for a screen of few lines: the subject, when it was received,
    how urgent and how secret it is are never cut, all else is to a line.
    """
    letter = case.letter if case else None
    if case is None or letter is None:
        return []
    subject = letter_field(letter, "subject")
    step = (_("Step"), _step_of(case))
    summary = letter_field(letter, "summary")
    told = (subject, *([summary] if letter.summary else ()), step, *asked)
    labels = (label for label, _value in told)
    label_width = _widest((*labels, _(LABELS["urgency"]), _(LABELS["received"])))
    nature = _nature(letter, width - label_width - 2)

    def cut(label: str, value: str) -> Line:
        head = Span(f"{_filled(label, label_width)}  ", "dim")
        return without_tail(fit((head, *line(value)), width))

    return [
        *_one_column([subject], width, label_width),
        *([cut(*summary)] if letter.summary else ()),
        cut(*step),
        *assignment_lines(asked, width, label_width=label_width),
        *(cut(*pair) for pair in nature),
    ]


def _nature(letter: Letter, room: int) -> Sequence[_Pair]:
    """How urgent and how secret the letter is, and when it came: on one line where it has room."""
    names = ("urgency", "security", "received")
    urgency, security, received = (letter_field(letter, name) for name in names)
    beside, labelled_security = ": ".join(received), ": ".join(security)
    label, brief = urgency[0], f"{urgency[1]} · {security[1]}"
    for text in (f"{urgency[1]} · {labelled_security} · {beside}", f"{brief} · {beside}"):
        if cell_len(text) <= room:
            return ((label, text),)
    return ((label, brief), received)


def full_head(
    action: Action, case: Case | None, asked: Sequence[Assignment], width: int
) -> list[Line]:
    """The head as on the printed sheet, for a width in cells; empty where there is no letter."""
    letter = case.letter if case else None
    if case is None or letter is None:
        return []
    info = info_of(action)
    heading = [line(Span(_(info.sheet), "head"))] if info.sheet else []
    names = ("sender", "received", "number", "date", "urgency", "security")
    pairs = [letter_field(letter, name) for name in names]
    subject = letter_field(letter, "subject")
    step = (_("Step"), _step_of(case))
    if width >= _TWO_COLUMNS_FROM:
        rows = _two_columns(pairs[::2], pairs[1::2], width)
        label_width = _widest(label for label, _value in pairs[::2])
    else:
        label_width = _widest(label for label, _value in pairs)
        rows = _one_column(pairs, width, label_width)
    summary = _one_column([letter_field(letter, "summary")], width, label_width)
    about = [
        *_one_column([subject], width, label_width),
        *first_lines(summary, _MOST_SUMMARY_LINES, width),
        *_one_column([step], width, label_width),
    ]
    return [
        *heading,
        *rows,
        *about,
        *assignment_lines(asked, width, label_width=label_width),
        BLANK,
    ]


def _two_columns(left: Sequence[_Pair], right: Sequence[_Pair], width: int) -> list[Line]:
    labels = (_widest(label for label, _value in left), _widest(label for label, _value in right))
    right_width = labels[1] + 2 + _widest(value for _label, value in right)
    left_width = max(width // 3, min(width - right_width, width * 2 // 3))
    made = []
    for (label, value), (other_label, other_value) in zip(left, right, strict=True):
        first = [Span(f"{_filled(label, labels[0])}  ", "dim"), *line(value)]
        second = [Span(f"{_filled(other_label, labels[1])}  ", "dim"), *line(other_value)]
        made.append((*fit(first, left_width - 1), Span(" "), *fit(second, width - left_width)))
    return made


def _one_column(pairs: Sequence[_Pair], width: int, label_width: int) -> list[Line]:
    return [
        one
        for label, value in pairs
        for one in labelled(label, value, width, label_width=label_width)
    ]


def _step_of(case: Case) -> str:
    visit = case.visit
    if visit is None:
        return ""
    rework = round_label(visit.round)
    text = f"{step_label(case.step.number)}. {case.step.activity}"
    return f"{text} ({rework})" if rework else text


def _widest(texts: Iterable[str]) -> int:
    return max(cell_len(text) for text in texts)


def _filled(text: str, width: int) -> str:
    return text + " " * max(0, width - cell_len(text))
