"""What an act is done to: a letter or one case, or several cases by one form."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence

from soptui.desk.desk import Desk
from soptui.desk.forms.filling import Filled
from soptui.desk.forms.recording import preview_of, record
from soptui.desk.forms.signed_text import preview_text
from soptui.desk.several import Outcome, act_on_each, with_own_receipt
from soptui.desk.views import Shown
from soptui.desk.words.acts import info_at
from soptui.desk.words.receipt import receipt_sentence
from soptui.domain.case import Case
from soptui.domain.events import Action
from soptui.domain.ids import NO_CASE, CaseId
from soptui.domain.message import Refusal
from soptui.locale import _, translate
from soptui.plain.row_words import Fact, sentences

Shows = Mapping[CaseId, Shown]
"""What was shown before signing, by case; of a letter under no case."""


class Target(ABC):
    """What an act is done to."""

    def __init__(self, desk: Desk, action: Action, *, receive_first: bool) -> None:
        self.desk = desk
        self.action = action
        self.receive_first = receive_first

    @property
    @abstractmethod
    def first(self) -> Case | None:
        """The case of which the form is; None of a letter that is to be registered."""

    @property
    @abstractmethod
    def draft_name(self) -> str:
        """Under which its draft is kept."""

    @abstractmethod
    def preview(self, filled: Filled) -> Shows:
        """The exact lines that would be appended. Raises as `Desk.preview` does."""

    @abstractmethod
    def told(self, filled: Filled) -> Iterator[str]:
        """What is signed, a sentence for each case."""

    @abstractmethod
    def record(self, filled: Filled, shown: Shows, cancelled: threading.Event) -> Sequence[str]:
        """Sign what is filled in, and say what came of it.

        Raises `Refusal` when nothing was recorded anywhere.
        """

    @abstractmethod
    def catch_up(self) -> None:
        """See one's own receipts, recorded before the act itself came to nothing."""


class OneCase(Target):
    """One case or, without one, a letter that is to be registered."""

    def __init__(
        self, desk: Desk, action: Action, case: Case | None, *, receive_first: bool = False
    ) -> None:
        super().__init__(desk, action, receive_first=receive_first)
        self._case = case

    @property
    def first(self) -> Case | None:
        """The case."""
        return self._case

    @property
    def draft_name(self) -> str:
        """The case's id."""
        return self._case.id if self._case else ""

    def preview(self, filled: Filled) -> Shows:
        """Of the one case."""
        case = self._case
        shown = preview_of(self.desk, filled, case, receive_first=self.receive_first)
        return {case.id if case else NO_CASE: shown}

    def told(self, filled: Filled) -> Iterator[str]:
        """One sentence."""
        case = self._case
        number = _number(self.desk, case) if case else ""
        yield preview_text(self.desk, filled, case, number, receive_first=self.receive_first)

    def record(self, filled: Filled, shown: Shows, cancelled: threading.Event) -> Sequence[str]:
        """Sign it: the receipt as a sentence."""
        case = self._case
        receipt = record(
            self.desk, filled, case, receive_first=self.receive_first,
            shown=shown[case.id if case else NO_CASE], cancelled=cancelled,
        )  # fmt: skip
        agenda = self.desk.agenda_of(receipt.case) if case is None else ""
        info = info_at(self.action, case.step if case else None)
        return (receipt_sentence(info, receipt, agenda),)

    def catch_up(self) -> None:
        """See one's own receipt."""
        if self._case is not None and self.receive_first:
            self._case = with_own_receipt(self.desk, self._case)


class SeveralCases(Target):
    """Several cases at one step, each of which is signed by itself."""

    def __init__(self, desk: Desk, action: Action, cases: Sequence[Case]) -> None:
        super().__init__(desk, action, receive_first=action is not Action.RECEIVE)
        self._cases = tuple(cases)

    @property
    def first(self) -> Case:
        """The one of which the form is."""
        return self._cases[0]

    @property
    def draft_name(self) -> str:
        """These cases together: the draft of one alone is another."""
        return " ".join(sorted(case.id for case in self._cases))

    def preview(self, filled: Filled) -> Shows:
        """Of each case that still takes it. Raises as the first of them when none does."""
        shown: dict[CaseId, Shown] = {}
        refusal: Refusal | None = None
        for case in self._cases:
            try:
                shown[case.id] = self.desk.preview(
                    case.id, filled.details, files=filled.files, receive_first=self.receive_first
                )
            except Refusal as found:
                refusal = refusal or found
        if refusal is not None and not shown:
            raise refusal
        return shown

    def told(self, filled: Filled) -> Iterator[str]:
        """A sentence for each case."""
        for case in self._cases:
            yield preview_text(
                self.desk, filled, case, _number(self.desk, case), receive_first=self.receive_first
            )

    def record(self, filled: Filled, shown: Shows, cancelled: threading.Event) -> Sequence[str]:
        """Sign in each: what became of each as a sentence."""
        outcomes = act_on_each(
            self.desk, self._cases, filled.details, files=filled.files,
            receive_first=self.receive_first, shown=shown, cancelled=cancelled,
        )  # fmt: skip
        reasons = [one.reason for one in outcomes if one.reason is not None]
        if len(reasons) == len(outcomes):
            raise Refusal(reasons[0])
        return [outcome_sentence(self.desk, self.action, one, self.first) for one in outcomes]

    def catch_up(self) -> None:
        """See one's own receipts."""
        self._cases = tuple(with_own_receipt(self.desk, case) for case in self._cases)


def outcome_sentence(desk: Desk, action: Action, outcome: Outcome, case: Case) -> str:
    """What became of an act in a case of several: the proof, or why nothing was recorded."""
    number = desk.agenda_of(outcome.case) or outcome.case
    which = _("agenda {number}", number=number)
    if outcome.receipt is not None:
        return sentences((which, receipt_sentence(info_at(action, case.step), outcome.receipt)))
    why = translate(outcome.reason) if outcome.reason is not None else ""
    return sentences((which, Fact(outcome.subject), _("Nothing was recorded: {why}", why=why)))


def _number(desk: Desk, case: Case) -> str:
    return desk.agenda_of(case.id) or case.id
