"""Acts upon cases: from a key through the gate and a form to a signed commit, in threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from msgspec import Struct

from soptui.desk.actions.table import ACTIONS, FOR_SEVERAL
from soptui.desk.refusals import NotOpen
from soptui.desk.several import Outcome, gather
from soptui.desk.views import CaseView
from soptui.domain.case import Case
from soptui.domain.events import Action
from soptui.domain.ids import NO_CASE, CaseId
from soptui.domain.message import Refusal
from soptui.domain.receipt import Receipt
from soptui.domain.sop import StepKind
from soptui.locale import _
from soptui.tui.frame.dialogs import TextDialog
from soptui.tui.frame.office_screen import Handlers, OfficeScreen
from soptui.tui.presentation.outcomes import Recorded, outcome_lines, recorded_sentence

if TYPE_CHECKING:
    from soptui.desk import Desk
    from soptui.desk.actions.fields import Form
    from soptui.tui.frame.face import Face

T = TypeVar("T")


class _Asked(Struct, frozen=True):
    """The form of an act, and the case as it stands."""

    form: Form
    view: CaseView | None
    receives_first: bool = False


class _AskedTogether(Struct, frozen=True):
    """One form for several cases; `left_out` were refused."""

    form: Form
    cases: tuple[Case, ...]
    left_out: tuple[Outcome, ...]


class CasesInHand(Protocol):
    """What a screen says of the cases that can be acted upon there."""

    def case_in_hand(self) -> CaseId:
        """The id of the case under the cursor or on the screen, or an empty string."""

    def marked_cases(self) -> Sequence[CaseId]:
        """The ids of the cases that are marked."""

    def go_on_after(self, receipt: Receipt) -> None:
        """An act of one's own was recorded."""


@runtime_checkable
class ActsOnCases(Protocol):
    """A screen on which cases can be acted upon."""

    acting: Acting


class Acting:
    """Acts upon the cases of a screen, which holds it: from the key to the signed commit."""

    def __init__(self, screen: OfficeScreen, cases: CasesInHand) -> None:
        self._screen = screen
        self._cases = cases
        self.last_case = NO_CASE
        """The case in which the officer acted last from here."""

    def handlers(self) -> Handlers:
        """What runs the acts, and what belongs to them."""
        return {
            **{one.action.value: partial(self.act, one.action) for one in ACTIONS},
            "read": self.read,
            "last-case": self.open_last_case,
            "go-on": self.change_going_on,
        }

    @property
    def _desk(self) -> Desk:
        return self._screen.desk

    @property
    def _face(self) -> Face:
        return self._screen.face

    def _say(self, text: str, tone: str = "plain") -> None:
        self._screen.say(text, tone)

    # --- the screen above ---------------------------------------------------------------------

    @property
    def above(self) -> Acting | None:
        """What acts on the screen in sight, where that is another one than this."""
        screen = self._screen.app.screen
        return screen.acting if isinstance(screen, ActsOnCases) and screen.acting != self else None

    def say_above(self, text: str, tone: str) -> None:
        """Say it also on the screen above, when a key was quicker than that came up."""
        above = self.above
        if text and above is not None:
            above._say(text, tone)

    # --- reading ------------------------------------------------------------------------------

    def read(self) -> None:
        """Read what is attached to the case in hand, the newest first."""
        self._face.open_reader(self._cases.case_in_hand())

    # --- from the key to the form -------------------------------------------------------------

    def act(self, action: Action) -> None:
        """Begin an act: ask the gate, then the form. The form alone signs, by a key of its own."""
        if self._cases.marked_cases():
            self._act_on_marked(action)
        else:
            case_id = self._cases.case_in_hand()
            self._ask(lambda: self._form_of(case_id, action), self._take_form)

    def _act_on_marked(self, action: Action) -> None:
        case_ids = tuple(dict.fromkeys(self._cases.marked_cases()))
        if action in FOR_SEVERAL:
            self._ask(lambda: self._form_together(case_ids, action), self._take_form_together)
        elif action is Action.APPROVE:
            self._say(_("Each approval names its own documents. Esc takes the marks away."), "warn")
        else:
            self._say(
                _(
                    "Several cases at once can only be received or disposed. Esc takes the marks "
                    "away."
                ),
                "warn",
            )

    def _ask(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Ask in a thread for a form. Keys are held meanwhile: they are for what will come."""
        self._face.hold_keys()
        self._screen.threads.run("ask", work, then, when_back=self._release_keys)

    def _release_keys(self) -> None:
        # Only once the form is there, for which the keys are.
        self._screen.call_next(self._face.release_keys)

    def _form_together(self, case_ids: Sequence[CaseId], action: Action) -> _AskedTogether:
        from soptui.desk.forms.form_for import form_for

        together = gather(self._desk, action, case_ids)
        form = form_for(self._desk, action, together.cases[0])
        return _AskedTogether(form, together.cases, together.left_out)

    def _take_form_together(self, asked: _AskedTogether) -> None:
        """Show the one form for all of them."""
        if self._screen.app.screen is not self._screen:
            return
        from soptui.tui.forms import FormScreen, SeveralCases

        cases = SeveralCases(
            self._desk,
            asked.form,
            asked.cases,
            receive_first=asked.form.action is not Action.RECEIVE,
        )

        def closed(receipt: Receipt | None) -> None:
            if receipt is not None:
                outcomes = (*cases.outcomes, *asked.left_out)
                self._take_recorded(Recorded(asked.form.action, outcomes))

        self._screen.app.push_screen(FormScreen(cases), closed)

    def _form_of(self, case_id: CaseId, action: Action) -> _Asked:
        from soptui.desk.forms.form_for import form_for

        view = self._view_to_act_on(case_id, action) if case_id else None
        opening = view.opening(action) if view else None
        closed = (
            opening.closed_to(receive_first=True) if opening else self._desk.closed_to_register()
        )
        if closed is not None:
            raise NotOpen(closed)
        form = form_for(self._desk, action, view.case if view else None)
        needs_receipt = opening is not None and opening.needs_receipt
        return _Asked(form, view, needs_receipt)

    def _view_to_act_on(self, case_id: CaseId, action: Action) -> CaseView | None:
        """The case in hand; None when it has nothing to do with the letter to be registered."""
        if action is not Action.REGISTER:
            return self._desk.view(case_id)
        try:
            view = self._desk.view(case_id)
        except Refusal:
            return None
        return view if view.opening(action).closed_to(receive_first=True) is None else None

    def _take_form(self, asked: _Asked) -> None:
        """Show the form, also where there is nothing to fill in: it says what is signed."""
        form, view = asked.form, asked.view
        above = self.above
        if above is not None and view is not None and above._cases.case_in_hand() == view.case.id:
            # The list was asked, and then opened that very case.
            above._take_form(asked)
        if self._screen.app.screen is not self._screen:
            return
        from soptui.tui.forms import FormScreen, OneCase

        case = view.case if view else None
        agenda = view.agenda_number if view else None
        target = OneCase(self._desk, form, case, receive_first=asked.receives_first, agenda=agenda)

        def closed(receipt: Receipt | None) -> None:
            if receipt is None:
                if target.receipt_stands:
                    self._face.background.share_act()
            elif case is None:
                self._screen.threads.run(
                    "agenda", lambda: self._registered(receipt), self._take_recorded
                )
            else:
                outcome = Outcome(receipt.case, "", receipt)
                is_review = form.action is Action.APPROVE and case.step.kind is StepKind.REVIEW
                self._take_recorded(Recorded(form.action, (outcome,), is_review=is_review))

        self._screen.app.push_screen(FormScreen(target), closed)

    def _registered(self, receipt: Receipt) -> Recorded:
        """With the number that the letter has in the mail register."""
        from soptui.desk.sharing.sharing import Sharing

        number = self._desk.agenda_of(receipt.case) or "-"
        if Sharing(self._desk).state().hub:
            number = _("{number} (provisional until shared)", number=number)
        outcome = Outcome(receipt.case, "", receipt)
        return Recorded(Action.REGISTER, (outcome,), number)

    # --- what came of it ----------------------------------------------------------------------

    def _take_recorded(self, recorded: Recorded) -> None:
        """Say what was recorded, in which commit, and go on."""
        self._say(*self._sentence(recorded))
        if recorded.receipts:
            self.last_case = recorded.receipts[-1].case
            self._face.background.share_act()
            if recorded.agenda:
                self._screen.look()
            else:
                self._cases.go_on_after(recorded.receipts[-1])
            if (above := self.above) is not None:
                above._screen.look()
        if len(recorded.outcomes) > 1:
            self._list_outcomes(recorded.outcomes)

    def _sentence(self, recorded: Recorded) -> tuple[str, str]:
        text, tone = recorded_sentence(recorded, self._desk)
        if recorded.agenda:
            key = self._screen.key_of("last-case")
            text = f"{text} {_('{key} opens it.', key=key)}"
        return text, tone

    def open_last_case(self) -> None:
        """Open the case in which the officer acted last."""
        self._face.open_case(self.last_case)

    def _list_outcomes(self, outcomes: Sequence[Outcome]) -> None:

        picture = partial(outcome_lines, self._desk, outcomes)
        self._screen.app.push_screen(TextDialog(_("What became of each case"), picture))

    def change_going_on(self) -> None:
        """Whether the next case opens after an act, the other way round."""
        self._face.opens_next_case = not self._face.opens_next_case
        self._say(
            _("After an act, the next case of the list opens.")
            if self._face.opens_next_case
            else _("After an act, the case stays open.")
        )
