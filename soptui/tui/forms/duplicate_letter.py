"""A form that knows its letter again: told while one types, and asked once before it is signed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from soptui.desk.forms.duplicate_letter import (
    case_with_letter,
    duplicate_notice,
    registered_before,
)
from soptui.desk.forms.filling import Filled
from soptui.desk.refusals import FieldFault
from soptui.desk.views import Shown
from soptui.domain.events import Action
from soptui.domain.ids import NO_CASE, CaseId
from soptui.domain.message import Message
from soptui.domain.receipt import Receipt
from soptui.tui.forms.filling import FillingScreen
from soptui.tui.keys.keymap import printed_key

if TYPE_CHECKING:
    from soptui.domain.case_list import CaseRow


class RegisteredScreen(FillingScreen):
    """The sheet of any form; that of a letter says when its letter is in the records already."""

    _letter = ("", "")
    """Number and sender that were looked up last."""
    _told_of = ""
    """The case of which it was said, when somebody signed, that it has this letter."""

    def show_values(self) -> None:
        """Also look the letter up, which the sheet does not know yet."""
        super().show_values()
        self._letter = ("", "")
        self._look_up()

    def was_edited(self) -> None:
        """Look the letter up when it is another now."""
        super().was_edited()
        self._look_up()

    def _look_up(self) -> None:
        if self.form.action is not Action.REGISTER:
            return
        number, sender = (str(self.sheet.values[name]) for name in ("number", "sender"))
        if (number, sender) != self._letter:
            self._letter = (number, sender)
            if number and sender:
                besides = self.case.id if self.case else NO_CASE
                self.threads.run(
                    "look-up",
                    lambda: case_with_letter(self.desk, number, sender, besides),
                    lambda row: self._say_registered((number, sender), row),
                )
            else:
                self._say_registered(self._letter, None)

    def _say_registered(self, letter: tuple[str, str], row: CaseRow | None) -> None:
        """Say it beside the number, unless another was typed meanwhile."""
        if letter == self._letter:
            self.sheet.registered = row
            self.rows["number"].say(self.sheet.note("number"))

    def record(
        self, filled: Filled, shown: Mapping[CaseId, Shown], cancelled: threading.Event
    ) -> Receipt:
        """Sign and record; a letter that is in the records already only when asked once more."""
        row = registered_before(self.desk, filled.details, self.case)
        if row is not None and row.id != self._told_of:
            self._told_of = row.id
            raise FieldFault(
                "number",
                Message(
                    "{registered} {key} again registers it all the same.",
                    registered=duplicate_notice(row), key=printed_key(self, "form-sign"),
                ),
            )  # fmt: skip
        return super().record(filled, shown, cancelled)
