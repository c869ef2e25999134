"""The SOP's table with its flowchart, drawn in text: a lane for each role, a block for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from soptui.domain.sop import REGISTRATION, Sop, Step, Symbol
from soptui.domain.swimlane import Flow, LaneRow, Mark, lanes
from soptui.locale import _
from soptui.tui.text.lines import BLANK, Line, Span, fit, wrap

_NUMBER = 3
_EMPTY_REMARKS = 6
"""Cells of the column of remarks where no row has one: its name alone."""
_SIDES = {
    Symbol.CAPSULE: ("(", ")"),
    Symbol.BOX: ("[", "]"),
    Symbol.DIAMOND: ("<", ">"),
}


HEAD_LINES = 2
"""So many lines name the columns, and stay in sight while the others scroll."""

HERE = "→"
"""Stands before the number of the row in which a case lies."""


def flowchart(
    sop: Sop, width: int, tones: Mapping[int, str] | None = None, here: int | None = None
) -> Sequence[Line]:
    """The table in `width` cells: number, activity, lanes and norm. Requirements, output and
    remark have columns of their own from 118 cells on; below that they follow the activity.
    `tones` gives steps a tone, so that a case can be followed through them; `here` is the step at
    which it lies, shown by an arrow too, for those who see no colours.
    """
    layout = _Layout(sop, width, tones or {}, here)
    lines: list[Line] = list(layout.header())
    page = ""
    rows = lanes(sop)
    after = (*rows[1:], None)[: len(rows)]
    for row, step, following in zip(rows, sop.steps, after, strict=True):
        if row.connector_above:
            lines += [layout.rule("=" * layout.total), layout.connector(row, page, above=True)]
        lines += layout.block(row, step)
        if row.connector_below:
            page = chr(ord(page) + 1) if page else "A"
            lines.append(layout.connector(row, page, above=False))
        elif following is not None:
            lines.append(layout.flow(row, following))
    lines += [layout.rule("─" * layout.total), *wrap(_legend(sop), width, "dim")]
    return lines


def _legend(sop: Sop) -> str:
    legend = _(
        "( ) begin or end · [ ] activity · < > decision: Yes goes on, N:n is No, back to n · "
        "* takes part · (A) page connector"
    )
    parts = [legend]
    if any(step.ways for step in sop.steps):
        parts.append(_("label:n a way to n · ▼n a way from n arrives"))
    if any(step.printed != str(step.number) for step in sop.steps):
        parts.append(_("the first column has the printed number, a symbol that of the step"))
    return " · ".join(parts)


class _Layout:
    """Where everything stands for one width."""

    def __init__(self, sop: Sop, width: int, tones: Mapping[int, str], here: int | None) -> None:
        self.sop = sop
        self.tones = tones
        self.here = here
        count = max(1, len(sop.roles))
        self.is_wide = width >= 118
        self.norm = 9 if width >= 72 else 0
        self.lane = 7 if width >= 96 else 6 if width >= 78 else 5
        lanes_width = self.lane * count
        rest = width - _NUMBER - lanes_width - 3 - (self.norm + 1 if self.norm else 0)
        self.needs = self.output = self.remark = 0
        if self.is_wide:
            has_remarks = any(step.remark for step in sop.steps)
            self.remark = max(12, rest // 6) if has_remarks else _EMPTY_REMARKS
            rest -= self.remark + 1
            self.needs = self.output = max(14, rest // 4)
            rest -= self.needs + self.output + 2
        self.activity = max(12, rest)
        self.total = width

    # --- the columns ------------------------------------------------------------------------

    def header(self) -> Sequence[Line]:
        """The names of the columns."""
        titles = tuple(
            Span(role.short.center(self.lane)[: self.lane], "dim") for role in self.sop.roles
        )
        cells = self._row(
            Span(_("No."), "dim"), (Span(_("Activity"), "dim"),), titles,
            (Span(_("Norm"), "dim"),), (Span(_("Needs"), "dim"),), (Span(_("Output"), "dim"),),
            (Span(_("Remark"), "dim"),),
        )  # fmt: skip
        return [cells, self.rule("─" * self.total)]

    def rule(self, text: str) -> Line:
        """A line across the table."""
        return (Span(text[: self.total], "dim"),)

    def _row(
        self,
        number: Span,
        activity: Sequence[Span],
        lanes_: Sequence[Span],
        norm: Sequence[Span] = (),
        needs: Sequence[Span] = (),
        output: Sequence[Span] = (),
        remark: Sequence[Span] = (),
    ) -> Line:
        gap = Span(" ")
        spans = [*fit((number,), _NUMBER), *fit(activity, self.activity), gap]
        spans += fit(lanes_, self.lane * len(self.sop.roles))
        if self.norm:
            spans += (gap, *fit(norm, self.norm))
        if self.is_wide:
            spans += (gap, *fit(needs, self.needs), gap, *fit(output, self.output))
            spans += (gap, *fit(remark, self.remark))
        return tuple(spans)

    # --- one row of the SOP -------------------------------------------------------------------

    def block(self, row: LaneRow, step: Step) -> list[Line]:
        """The lines of a row: its marks on the first, beside the wrapped texts."""
        activity = wrap(step.activity, self.activity) if row.printed else []
        needs: Sequence[Line] = ()
        output: Sequence[Line] = ()
        remark: Sequence[Line] = ()
        if self.is_wide:
            needs = wrap(", ".join(step.requirements), self.needs)
            output = wrap(step.output, self.output)
            remark = wrap(step.remark, self.remark)
        else:
            activity += self._standard(step)
        below = self._onward_texts(row)
        height = max(*map(len, (activity, needs, output, remark)), 1 + len(below))
        lines = []
        for position in range(height):
            is_first = position == 0
            drawn = self._marks(row, step) if is_first else self._below(row, below, position)
            lines.append(
                self._row(
                    self._number(row, step) if is_first else Span(""),
                    _at(activity, position),
                    drawn,
                    (Span(step.norm_printed),) if is_first else (),
                    _at(needs, position),
                    _at(output, position),
                    _at(remark, position),
                )
            )
        return lines

    def _standard(self, step: Step) -> Sequence[Line]:
        """What has no column at this width, to stand below the activity."""
        parts = (
            (_("Norm"), "" if self.norm else step.norm_printed),
            (_("Needs"), ", ".join(step.requirements)),
            (_("Output"), step.output),
            (_("Remark"), step.remark),
        )
        return [
            one
            for label, text in parts
            if text
            for one in wrap(f"{label}: {text}", self.activity, "dim", indent="  ")
        ]

    def _tone(self, number: int) -> str:
        return self.tones.get(number, "bold")

    def _number(self, row: LaneRow, step: Step) -> Span:
        # The registration has no row of its own: it shares that of the first step.
        if self.here == REGISTRATION and step is self.sop.steps[0]:
            return Span(f"{HERE}1a", self._tone(REGISTRATION))
        arrow = HERE if self.here == step.number else ""
        return Span(f"{arrow}{row.printed}", self._tone(step.number))

    def _marks(self, row: LaneRow, step: Step) -> list[Span]:
        cells = [" "] * (self.lane * len(self.sop.roles))
        tones = ["dim"] * len(cells)
        before: Mark | None = None
        for position, mark in enumerate(row.marks):
            is_registration = len(row.marks) > 1 and position == 0
            text = "1a" if is_registration else str(step.number)
            tone = self._tone(REGISTRATION if is_registration else step.number)
            start = self._put(cells, tones, mark, text, tone)
            if before is not None:
                self._arrow(cells, before, mark, start)
            before = mark
        for column in row.helpers:
            _put_text(cells, self._middle(column), "*")
        return _spans(cells, tones)

    def _put(self, cells: list[str], tones: list[str], mark: Mark, text: str, tone: str) -> int:
        """Draw a mark over its lanes; where it begins."""
        left, right = _SIDES.get(mark.symbol, ("[", "]"))
        start = mark.first * self.lane
        end = (mark.last + 1) * self.lane - 1
        inside = text.center(end - start - 2)
        _put_text(cells, start, f"{left}{inside}{right}")
        for position in range(start, end):
            tones[position] = tone
        return start

    def _arrow(self, cells: list[str], before: Mark, mark: Mark, start: int) -> None:
        if mark.first > before.last:
            begin = (before.last + 1) * self.lane - 1
            _put_text(cells, begin, "─" * (start - begin - 1) + "►")
        else:
            begin = (mark.last + 1) * self.lane - 1
            finish = before.first * self.lane
            _put_text(cells, begin, "◄" + "─" * (finish - begin - 1))

    def _onward_texts(self, row: LaneRow) -> list[str]:
        """Where No leads, and each way that has a label or leads elsewhere than to the next row."""
        texts = []
        if row.back:
            texts.append(_("N:{step}", step=",".join(map(self._step_of, row.back))))
        if row.answer:
            texts.append(f"{row.answer}▼")
        for jump in row.jumps:
            to = _("end") if jump.to is None else self._step_of(jump.to)
            texts.append(f"{jump.label}:{to}" if jump.label else f"►{to}")
        return texts

    def _below(self, row: LaneRow, texts: Sequence[str], position: int) -> list[Span]:
        """Under the marks: the way on downward, and where others lead."""
        cells = [" "] * (self.lane * len(self.sop.roles))
        tones = ["dim"] * len(cells)
        if row.marks and (row.onward is not None or row.connector_below):
            _put_text(cells, self._exit(row), "│")
        if row.marks and position <= len(texts):
            text = texts[position - 1]
            start = self._exit(row) + 1
            if start + cell_len(text) > len(cells):
                start = max(0, self._exit(row) - cell_len(text))
            _put_text(cells, start, text)
        return _spans(cells, tones)

    def _step_of(self, flow: Flow) -> str:
        """The step to which No leads: the registration shares row 1 with the first step."""
        column = next(
            (
                at
                for at, role in enumerate(self.sop.roles)
                if role.id == self.sop.registration.actor
            ),
            None,
        )
        first = self.sop.steps[0]
        is_registration = flow.row == first.number and flow.column == column
        return (
            "1a"
            if is_registration and first.actor != self.sop.registration.actor
            else str(flow.row)
        )

    def flow(self, row: LaneRow, following: LaneRow) -> Line:
        """The line between a row and the next: the arrow from lane to lane, and what joins it."""
        cells = [" "] * (self.lane * len(self.sop.roles))
        if row.onward is not None and row.marks:
            start, end = self._exit(row), self._middle(row.onward.column)
            if start == end:
                _put_text(cells, start, "▼")
            elif start < end:
                _put_text(cells, start, "└" + "─" * (end - start - 1) + "▼")
            else:
                _put_text(cells, end, "▼" + "─" * (start - end - 1) + "┘")
        if following.arrivals and following.marks:
            end = (following.marks[-1].first * self.lane) + (self.lane - 1) // 2
            _put_text(cells, end, "▼" + ",".join(map(str, following.arrivals)))
        return self._row(Span(""), (), _spans(cells, ["dim"] * len(cells)))

    def connector(self, row: LaneRow, page: str, *, above: bool) -> Line:
        """A page connector: where the flow leaves a page, or comes back on the next."""
        cells = [" "] * (self.lane * len(self.sop.roles))
        if above and row.marks:
            middle = (row.marks[0].first * self.lane) + (self.lane - 1) // 2
        else:
            middle = self._exit(row)
        _put_text(cells, max(0, middle - 1), f"({page})")
        words = _("from the page before") if above else _("to the next page")
        return self._row(Span(""), (Span(words, "dim"),), _spans(cells, ["accent"] * len(cells)))

    def _exit(self, row: LaneRow) -> int:
        if not row.marks:
            return 0
        last = row.marks[-1]
        return (last.first * self.lane + (last.last + 1) * self.lane - 2) // 2

    def _middle(self, column: int) -> int:
        return column * self.lane + (self.lane - 1) // 2


def _at(lines: Sequence[Line], position: int) -> Line:
    return lines[position] if position < len(lines) else BLANK


def _put_text(cells: list[str], start: int, text: str) -> None:
    for offset, character in enumerate(text):
        if 0 <= start + offset < len(cells):
            cells[start + offset] = character


def _spans(cells: Sequence[str], tones: Sequence[str]) -> list[Span]:
    spans: list[Span] = []
    for character, tone in zip(cells, tones, strict=True):
        if spans and spans[-1].tone == tone:
            spans[-1] = Span(spans[-1].text + character, tone)
        else:
            spans.append(Span(character, tone))
    return spans
