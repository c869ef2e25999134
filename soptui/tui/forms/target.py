"""What a form is signed for: one case or a letter to be registered, or several cases at once.

Knows the desk and no widget: what is asked of it may run in a thread.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from soptui.desk import Desk
from soptui.desk.actions.fields import Form
from soptui.desk.forms.filling import Filled
from soptui.desk.forms.reload import Reloaded
from soptui.desk.views import Shown
from soptui.domain.case import Case
from soptui.domain.ids import CaseId
from soptui.domain.receipt import Receipt
from soptui.tui.design.header import Part
from soptui.tui.forms.preview import PreviewPart
from soptui.tui.text.lines import Line


class Target(ABC):
    """The form of an act at a desk, and where it would be recorded."""

    def __init__(self, desk: Desk, form: Form, case: Case | None, *, receive_first: bool) -> None:
        """`receive_first` takes the case in hand first, where only that is missing."""
        self.desk = desk
        self.form = form
        self.case = case
        """The case; the first of several; None where a letter is registered."""
        self.receive_first = receive_first
        self.receipt_stands = False
        """Whether the case was received here, and the act itself came to nothing so far."""

    # --- what the screen says of it --------------------------------------------------------------

    @property
    @abstractmethod
    def draft_name(self) -> str:
        """What a draft is of: the case, the cases, or nothing where a letter is registered."""

    @abstractmethod
    def title_parts(self) -> tuple[Part, ...]:
        """The act, and the case or cases in which it is recorded."""

    def letter_lines(self, width: int) -> Sequence[Line]:
        """Which letter it is, wherever one scrolls to; nothing where it is of none or several."""
        return ()

    @abstractmethod
    def head_lines(self, width: int, *, is_full: bool) -> Sequence[Line]:
        """What the form is about; all of it where there is room for it."""

    # --- what is done with it, in a thread -------------------------------------------------------

    @abstractmethod
    def preview(self, filled: Filled) -> tuple[PreviewPart, ...]:
        """What would be appended, case by case. Raises `Refusal`."""

    @abstractmethod
    def record(
        self, filled: Filled, shown: Mapping[CaseId, Shown], cancelled: threading.Event
    ) -> Receipt:
        """Sign and record. `shown` are the previews that hold, by case.

        Raises `Refusal` when nothing was recorded.
        """

    @abstractmethod
    def catch_up(self) -> None:
        """See one's own receipts, recorded before the act itself came to nothing."""

    @abstractmethod
    def reload(self) -> Reloaded:
        """The form and its cases as they are now. Raises `Refusal`."""

    def take(self, found: Reloaded) -> None:
        """The form is about this from now on."""
        self.form, self.receive_first = found.form, found.receive_first
        self.case = found.cases[0] if found.cases else None
