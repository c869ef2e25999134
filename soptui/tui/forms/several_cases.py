"""One form for several cases at the same step; each is signed on its own."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from soptui.desk import Desk
from soptui.desk.actions.fields import Form
from soptui.desk.actions.table import info_of
from soptui.desk.forms.filling import Filled
from soptui.desk.forms.reload import Reloaded, reload_form
from soptui.desk.forms.signed_text import preview_text
from soptui.desk.several import Outcome, act_on_each, gather, subject_of, with_own_receipt
from soptui.desk.views import Shown
from soptui.desk.words.terms import step_label
from soptui.domain.case import Case
from soptui.domain.ids import CaseId
from soptui.domain.message import Refusal
from soptui.domain.receipt import Receipt
from soptui.domain.replace import replace
from soptui.locale import _, _n
from soptui.tui.design.header import Part
from soptui.tui.forms.preview import PreviewPart
from soptui.tui.forms.target import Target
from soptui.tui.presentation.outcomes import case_title
from soptui.tui.text.lines import BLANK, Line, Span, line, wrap


class SeveralCases(Target):
    """An act that is recorded in each of several cases; `outcomes` is what became of them."""

    def __init__(
        self, desk: Desk, form: Form, cases: Sequence[Case], *, receive_first: bool = False
    ) -> None:
        """`cases` lie at one step of one SOP; the form is that of the first."""
        super().__init__(desk, form, cases[0], receive_first=receive_first)
        self.cases = tuple(cases)
        self.outcomes: tuple[Outcome, ...] = ()

    @property
    def draft_name(self) -> str:
        """These cases together: the draft of one alone is another."""
        return " ".join(sorted(case.id for case in self.cases))

    # --- what the screen says of it --------------------------------------------------------------

    def title_parts(self) -> tuple[Part, ...]:
        """The act, and in how many cases."""
        count = _n("{count} case", "{count} cases", len(self.cases))
        return Part(_(info_of(self.form.action).label), "head"), Part(count)

    def head_lines(self, width: int, *, is_full: bool) -> Sequence[Line]:
        """The step, where it is one, and every case that will be signed."""
        steps = {f"{step_label(one.step.number)}. {one.step.activity}" for one in self.cases}
        made: list[Line] = [
            *(wrap(steps.pop(), width) if len(steps) == 1 else ()),
            line(Span(_("Signed in each of these cases, one by one:"), "head")),
        ]
        for case in self.cases:
            title = case_title(self.desk.agenda_of(case.id), case.id, subject_of(case), width)
            made += wrap(title, width, indent="  ")
        if not self.form.fields:
            made += [BLANK, *wrap(_(info_of(self.form.action).help), width)]
        return [*made, BLANK]

    # --- what is done with it, in a thread -------------------------------------------------------

    def preview(self, filled: Filled) -> tuple[PreviewPart, ...]:
        """What would be appended to each case, or why nothing would."""
        return tuple(self._preview_in(case, filled) for case in self.cases)

    def _preview_in(self, case: Case, filled: Filled) -> PreviewPart:
        number = self.desk.agenda_of(case.id) or case.id
        title = f"{number} {subject_of(case)}"
        try:
            shown = self.desk.preview(
                case.id, filled.details, files=filled.files, receive_first=self.receive_first
            )
        except Refusal as refusal:
            return PreviewPart(title=title, reason=refusal.message)
        text = preview_text(self.desk, filled, case, number, receive_first=self.receive_first)
        return PreviewPart(shown, title, text)

    def record(
        self, filled: Filled, shown: Mapping[CaseId, Shown], cancelled: threading.Event
    ) -> Receipt:
        """Sign in every case; the last receipt. Refused when nothing was recorded in any."""
        outcomes = act_on_each(
            self.desk,
            self.cases,
            filled.details,
            files=filled.files,
            receive_first=self.receive_first,
            shown=shown,
            cancelled=cancelled,
        )
        receipts = [one.receipt for one in outcomes if one.receipt is not None]
        reasons = [one.reason for one in outcomes if one.reason is not None]
        if not receipts:
            raise Refusal(reasons[0])
        self.outcomes = outcomes
        return receipts[-1]

    def catch_up(self) -> None:
        """See one's own receipts."""
        self.cases = tuple(with_own_receipt(self.desk, case) for case in self.cases)

    def reload(self) -> Reloaded:
        """Those of the cases that the form still serves."""
        action = self.form.action
        together = gather(self.desk, action, [case.id for case in self.cases])
        first = reload_form(self.desk, action, together.cases[0])
        return replace(
            first,
            cases=together.cases,
            left_out=len(together.left_out),
            receive_first=self.receive_first,
        )

    def take(self, found: Reloaded) -> None:
        """The form serves these cases from now on."""
        super().take(found)
        self.cases = found.cases
