"""A form for one case, or for a letter to be registered."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from soptui.desk import Desk
from soptui.desk.actions.fields import Form
from soptui.desk.actions.table import ActionInfo
from soptui.desk.forms.filling import Filled
from soptui.desk.forms.recording import preview_of, record
from soptui.desk.forms.reload import Reloaded, reload_form
from soptui.desk.forms.signed_text import preview_text
from soptui.desk.several import with_own_receipt
from soptui.desk.views import Shown
from soptui.desk.words.acts import info_at
from soptui.desk.words.assignment import (
    Assignment,
    assignment_of_step,
    assignments_of_sections,
)
from soptui.domain.case import Case
from soptui.domain.events import Action
from soptui.domain.ids import CaseId
from soptui.domain.receipt import Receipt
from soptui.locale import _
from soptui.tui.design.header import Part
from soptui.tui.forms.head import brief_head, full_head, letter_line
from soptui.tui.forms.preview import PreviewPart
from soptui.tui.forms.target import Target
from soptui.tui.text.lines import Line, wrap


class OneCase(Target):
    """An act in one case, or the registration of a letter."""

    def __init__(
        self,
        desk: Desk,
        form: Form,
        case: Case | None = None,
        *,
        receive_first: bool = False,
        agenda: int | None = None,
    ) -> None:
        """`agenda` is the case's number in the mail register, where it is known."""
        super().__init__(desk, form, case, receive_first=receive_first)
        self._agenda = agenda

    @property
    def draft_name(self) -> str:
        """The case; nothing where a letter is registered."""
        return self.case.id if self.case else ""

    @property
    def _number(self) -> str:
        """How people name the case: by its number in the mail register, else by its id."""
        if self.case is None:
            return ""
        return f"{self._agenda}/{self.case.year}" if self._agenda else self.case.id

    @property
    def _info(self) -> ActionInfo:
        return info_at(self.form.action, self.case.step if self.case else None)

    # --- what the screen says of it --------------------------------------------------------------

    def title_parts(self) -> tuple[Part, ...]:
        """The act, and the case by its number and what its letter is about."""
        is_again = self.form.action is Action.REGISTER and self.case is not None
        act = _("Register the letter again") if is_again else _(self._info.label)
        case = self.case
        if case is None:
            return (Part(act, "head"),)
        about = (Part(case.letter.subject, yields=True),) if case.letter else ()
        return (Part(act, "head"), Part(self._number, "bold"), *about)

    def letter_lines(self, width: int) -> Sequence[Line]:
        """Which letter it is, wherever one scrolls to."""
        return letter_line(self.case, width)

    def head_lines(self, width: int, *, is_full: bool) -> Sequence[Line]:
        """The letter and what was asked; of a form without fields, also what it does."""
        make = full_head if is_full else brief_head
        head = make(self.form.action, self.case, self._asked(), width)
        if self.form.fields:
            return head
        return [*head, *wrap(_(self._info.help), width)]

    def _asked(self) -> tuple[Assignment, ...]:
        """What was asked of whoever fills this in: of the section that answers, or of the step."""
        case, desk = self.case, self.desk
        if case is None:
            return ()
        today = desk.now().date()
        if self.form.action is Action.SUBMIT:
            units = {post.unit for post in desk.posts()}
            return assignments_of_sections(case, units, today)
        asked = assignment_of_step(case, desk.office, today)
        return (asked,) if asked else ()

    # --- what is done with it, in a thread -------------------------------------------------------

    def preview(self, filled: Filled) -> tuple[PreviewPart, ...]:
        """What would be appended to the case, or be its beginning."""
        text = preview_text(
            self.desk, filled, self.case, self._number, receive_first=self.receive_first
        )
        shown = preview_of(self.desk, filled, self.case, receive_first=self.receive_first)
        return (PreviewPart(shown, text=text),)

    def record(
        self, filled: Filled, shown: Mapping[CaseId, Shown], cancelled: threading.Event
    ) -> Receipt:
        """Sign and record."""
        return record(
            self.desk, filled, self.case, receive_first=self.receive_first,
            shown=next(iter(shown.values()), None), cancelled=cancelled,
        )  # fmt: skip

    def catch_up(self) -> None:
        """See one's own receipt, and that it stands."""
        if self.case is not None and self.receive_first:
            now = with_own_receipt(self.desk, self.case)
            self.receipt_stands = self.receipt_stands or now.last_id != self.case.last_id
            self.case = now

    def reload(self) -> Reloaded:
        """The form and the case as they are now."""
        return reload_form(self.desk, self.form.action, self.case)
