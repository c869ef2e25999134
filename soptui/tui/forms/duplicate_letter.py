"""Warns that a letter is registered already: while one types, and once before it is signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from soptui.desk.forms.duplicate_letter import (
    case_with_letter,
    duplicate_notice,
    registered_before,
)
from soptui.desk.forms.filling import Filled
from soptui.desk.refusals import FieldFault
from soptui.domain.events import Action
from soptui.domain.ids import NO_CASE
from soptui.domain.message import Message

if TYPE_CHECKING:
    from soptui.domain.case_list import CaseRow
    from soptui.tui.forms.target import Target
    from soptui.tui.frame.threads import Threads


class DuplicateLetter:
    """Looks up a letter by its number and sender; of any other act it knows nothing."""

    def __init__(
        self, target: Target, threads: Threads, found: Callable[[CaseRow | None], None]
    ) -> None:
        """`found` is told of the case that has the letter which is typed now, or of None."""
        self._target = target
        self._threads = threads
        self._found = found
        self._letter = ("", "")
        """Number and sender that were looked up last."""
        self._warned_of = ""
        """The case of which it was said, when somebody signed, that it has this letter."""

    def forget(self) -> None:
        """The sheet is another, and does not know yet what was found."""
        self._letter = ("", "")

    def look_up(self, number: str, sender: str) -> None:
        """Look the letter up when it is another now."""
        if self._target.form.action is not Action.REGISTER or (number, sender) == self._letter:
            return
        self._letter = (number, sender)
        if not (number and sender):
            self._found(None)
            return
        desk, besides = self._target.desk, self._target.case.id if self._target.case else NO_CASE
        self._threads.run(
            "look-up",
            lambda: case_with_letter(desk, number, sender, besides),
            lambda row: self._take((number, sender), row),
        )

    def _take(self, letter: tuple[str, str], row: CaseRow | None) -> None:
        # Another may have been typed meanwhile.
        if letter == self._letter:
            self._found(row)

    def warn_once(self, filled: Filled, sign_key: str) -> None:
        """Raises `FieldFault` the first time that a letter is to be signed which is there already.

        Reads records: for a thread.
        """
        row = registered_before(self._target.desk, filled.details, self._target.case)
        if row is not None and row.id != self._warned_of:
            self._warned_of = row.id
            raise FieldFault(
                "number",
                Message(
                    "{registered} {key} again registers it all the same.",
                    registered=duplicate_notice(row),
                    key=sign_key,
                ),
            )
