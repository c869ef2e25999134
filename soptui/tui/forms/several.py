"""One form for several cases at the same step; each is signed on its own."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from soptui.desk import Desk
from soptui.desk.actions.fields import Form
from soptui.desk.actions.table import info_of
from soptui.desk.forms.filling import Filled
from soptui.desk.several import Outcome, act_on_each, gather, subject_of, with_own_receipt
from soptui.desk.views import Shown
from soptui.desk.words.terms import step_label
from soptui.domain.case import Case
from soptui.domain.ids import CaseId
from soptui.domain.message import Refusal
from soptui.domain.receipt import Receipt
from soptui.domain.replace import replace
from soptui.locale import _, _n
from soptui.tui.forms.form import FormScreen
from soptui.tui.forms.preview import told_of
from soptui.tui.forms.refresh import Found, found_now
from soptui.tui.forms.signing import Part
from soptui.tui.presentation.outcomes import case_title
from soptui.tui.text.lines import BLANK, Line, Span, line, wrap


class SeveralScreen(FormScreen):
    """A form whose act is recorded in each of several cases.

    Dismissed with the last receipt; `outcomes` then holds what became of every case.
    """

    def __init__(
        self, desk: Desk, form: Form, cases: Sequence[Case], *, receive_first: bool = False
    ) -> None:
        """`cases` lie at one step of one SOP; the form is that of the first."""
        self.cases = tuple(cases)
        self.outcomes: tuple[Outcome, ...] = ()
        super().__init__(desk, form, self.cases[0], receive_first=receive_first)

    def draft_name(self, case: Case | None) -> str:
        """These cases together: the draft of one alone is another."""
        return " ".join(sorted(case.id for case in self.cases))

    def title_lines(self, width: int) -> Sequence[Line]:
        """The action, how many cases, and who signs."""
        count = _n("{count} case", "{count} cases", len(self.cases))
        label = _(info_of(self.form.action).label)
        return [line(" ", Span(label, "head"), f" · {count} · {self.desk.officer.name}")]

    def head_lines(self, width: int) -> Sequence[Line]:
        """The step, and every case that will be signed."""
        step = self.cases[0].step
        made: list[Line] = [
            *wrap(f"{step_label(step.number)}. {step.activity}", width),
            line(Span(_("Signed in each of these cases, one by one:"), "head")),
        ]
        for case in self.cases:
            made += wrap(self._title_of(case, width), width, indent="  ")
        return [*made, BLANK]

    def _title_of(self, case: Case, width: int) -> str:
        return case_title(self.desk.agenda_of(case.id), case.id, subject_of(case), width)

    def record(
        self, filled: Filled, shown: Mapping[CaseId, Shown], cancelled: threading.Event
    ) -> Receipt:
        """Sign in every case. Raises `Refusal` when nothing was recorded in any."""
        outcomes = act_on_each(
            self.desk, self.cases, filled.details,
            files=filled.files, receive_first=self.receive_first, shown=shown, cancelled=cancelled,
        )  # fmt: skip
        receipts = [one.receipt for one in outcomes if one.receipt is not None]
        reasons = [one.reason for one in outcomes if one.reason is not None]
        if not receipts:
            raise Refusal(reasons[0])
        self.outcomes = outcomes
        return receipts[-1]

    def found_now(self) -> Found:
        """Those of the cases that the form still serves. Raises `Refusal` when there are none."""
        action = self.form.action
        together = gather(self.desk, action, [case.id for case in self.cases])
        first = found_now(self.desk, action, together.cases[0])
        return replace(
            first, cases=together.cases, left_out=len(together.left_out), receive_first=True
        )

    def take(self, found: Found) -> None:
        """The form serves these cases from now on."""
        super().take(found)
        self.cases = found.cases

    def catch_up(self) -> None:
        """See one's own receipts, recorded before the acts themselves came to nothing."""
        self.cases = tuple(with_own_receipt(self.desk, case) for case in self.cases)

    def parts_of(self, filled: Filled) -> tuple[Part, ...]:
        """What would be appended to each case, or why nothing would."""
        parts = []
        for case in self.cases:
            number = self.desk.agenda_of(case.id) or case.id
            title = f"{number} {subject_of(case)}"
            try:
                shown = self.desk.preview(
                    case.id, filled.details, files=filled.files, receive_first=self.receive_first
                )
            except Refusal as refusal:
                parts.append(Part(title=title, reason=refusal.message))
            else:
                told = told_of(self.desk, filled, case, number, receive_first=self.receive_first)
                parts.append(Part(shown, title, told))
        return tuple(parts)
