"""Acting upon cases: from a key through the gate and a form to a signed commit, never blocking."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.actions.table import FOR_SEVERAL, info_of
from soptui.desk.refusals import NotOpen
from soptui.desk.several import Outcome, act_on_each, gather
from soptui.desk.views import CaseView
from soptui.domain.case import Case
from soptui.domain.events import Action, Receive
from soptui.domain.ids import NO_CASE, CaseId
from soptui.domain.message import Message, Refusal
from soptui.domain.receipt import Receipt
from soptui.locale import _, _n, translate
from soptui.tui.frame.signature import Signature
from soptui.tui.frame.waiting_keys import WaitingScreen
from soptui.tui.keys.commands import Command

if TYPE_CHECKING:
    from soptui.desk import Desk
    from soptui.desk.actions.fields import Form


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


class Recorded(Struct, frozen=True):
    """What became of an act in each of its cases; `agenda` is of a letter just registered."""

    action: Action
    outcomes: tuple[Outcome, ...]
    agenda: str = ""

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        """Of the acts that are signed and recorded."""
        return tuple(one.receipt for one in self.outcomes if one.receipt is not None)


class ActingScreen(WaitingScreen):
    """A screen on which a case can be acted upon."""

    def __init__(self) -> None:
        super().__init__()
        self.last_case = NO_CASE
        self.signature = Signature(self)

    # --- what subclasses say ----------------------------------------------------------------

    @abstractmethod
    def case_in_hand(self) -> CaseId:
        """The id of the case under the cursor or on the screen, or an empty string."""

    def marked_cases(self) -> Sequence[CaseId]:
        """The ids of the cases that are marked."""
        return ()

    def went_on(self, receipt: Receipt) -> None:
        """Called after an act of one's own was recorded."""
        self.look()

    # --- reading ------------------------------------------------------------------------------

    def do_read(self) -> None:
        """Read what is attached to the case in hand."""
        self.read_attachments(self.case_in_hand())

    def read_attachments(self, case_id: CaseId, position: int = -1) -> None:
        """Show an attachment of a case; the newest, unless its `position` is named."""
        self.face.open_reader(case_id, position)

    # --- from the key to the form -------------------------------------------------------------

    def carry_out(self, command: Command) -> None:
        """Also begin an act upon a case."""
        if command.action is None:
            super().carry_out(command)
        else:
            self.act(command.action)

    def act(self, action: Action) -> None:
        """Begin an act: ask the gate, then the form."""
        if self.signature.is_awaited:
            self.say(_("A signature is being made. Esc stops it."), "warn")
        elif self.marked_cases():
            self._act_on_marked(action)
        else:
            case_id = self.case_in_hand()
            self.face.hold_keys()
            self.threads.run(
                "ask",
                lambda: self._form_of(case_id, action),
                self._take_form,
                when_back=self._release_keys,
            )

    def _release_keys(self) -> None:
        # Only once the form is there, for which the keys are.
        self.call_next(self.face.release_keys)

    def _act_on_marked(self, action: Action) -> None:
        case_ids = tuple(dict.fromkeys(self.marked_cases()))
        if action is Action.RECEIVE:
            self._receive_all(case_ids)
        elif action in FOR_SEVERAL:
            self.face.hold_keys()
            self.threads.run(
                "ask",
                lambda: self._form_together(case_ids, action),
                self._take_form_together,
                when_back=self._release_keys,
            )
        elif action is Action.APPROVE:
            self.say(_("Each approval names its own documents. Esc takes the marks away."), "warn")
        else:
            self.say(
                _(
                    "Several cases at once can only be received or disposed. Esc takes the marks "
                    "away."
                ),
                "warn",
            )

    def _form_together(self, case_ids: Sequence[CaseId], action: Action) -> _AskedTogether:
        from soptui.desk.forms.form_for import form_for

        together = gather(self.desk, action, case_ids)
        form = form_for(self.desk, action, together.cases[0])
        return _AskedTogether(form, together.cases, together.left_out)

    def _take_form_together(self, asked: _AskedTogether) -> None:
        """Show the one form for all of them."""
        if self.app.screen is not self:
            return
        from soptui.tui.forms.several import SeveralScreen

        screen = SeveralScreen(self.desk, asked.form, asked.cases, receive_first=True)

        def closed(receipt: Receipt | None) -> None:
            if receipt is not None:
                outcomes = (*screen.outcomes, *asked.left_out)
                self.take_recorded(Recorded(asked.form.action, outcomes))

        self.app.push_screen(screen, closed)

    def _form_of(self, case_id: CaseId, action: Action) -> _Asked:
        from soptui.desk.forms.form_for import form_for

        view = self._view_to_act_on(case_id, action) if case_id else None
        opening = view.opening(action) if view else None
        closed = (
            opening.closed_to(receive_first=True) if opening else self.desk.closed_to_register()
        )
        if closed is not None:
            raise NotOpen(closed)
        form = form_for(self.desk, action, view.case if view else None)
        needs_receipt = opening is not None and opening.needs_receipt
        return _Asked(form, view, needs_receipt)

    def _view_to_act_on(self, case_id: CaseId, action: Action) -> CaseView | None:
        """The case in hand; None when it has nothing to do with the letter to be registered."""
        if action is not Action.REGISTER:
            return self.desk.view(case_id)
        try:
            view = self.desk.view(case_id)
        except Refusal:
            return None
        return view if view.opening(action).closed_to(receive_first=True) is None else None

    def _take_form(self, asked: _Asked) -> None:
        """Show the form or, when there is nothing to fill in, sign at once."""
        form, view = asked.form, asked.view
        above = self._above
        if above is not None and view is not None and above.case_in_hand() == view.case.id:
            # The list was asked, and then opened that very case.
            above._take_form(asked)
        if self.app.screen is not self:
            return
        if form.action is Action.RECEIVE and view is not None:
            self._receive(view.case)
            return
        from soptui.tui.forms import FormScreen

        case = view.case if view else None
        agenda = view.agenda_number if view else None
        screen = FormScreen(
            self.desk, form, case, receive_first=asked.receives_first, agenda=agenda
        )

        def closed(receipt: Receipt | None) -> None:
            if receipt is None:
                if screen.receipt_stands:
                    self.face.background.share_act()
            elif case is None:
                self._find_agenda(receipt)
            else:
                outcome = Outcome(receipt.case, "", receipt)
                self.take_recorded(Recorded(form.action, (outcome,)))

        self.app.push_screen(screen, closed)

    def _find_agenda(self, receipt: Receipt) -> None:
        self.threads.run("agenda", lambda: self._registered(receipt), self.take_recorded)

    def _registered(self, receipt: Receipt) -> Recorded:
        """With the number that the letter has in the mail register."""
        from soptui.desk.sharing.sharing import Sharing

        number = self.desk.agenda_of(receipt.case) or "-"
        if Sharing(self.desk).state().hub:
            number = _("{number} (provisional until shared)", number=number)
        outcome = Outcome(receipt.case, "", receipt)
        return Recorded(Action.REGISTER, (outcome,), number)

    # --- signing without a form ---------------------------------------------------------------

    def _receive(self, case: Case) -> None:
        cancelled = self.signature.begin()

        def receive() -> Recorded:
            receipt = self.desk.act(case.id, Receive(), seen=case.last_id, cancelled=cancelled)
            return Recorded(Action.RECEIVE, (Outcome(case.id, "", receipt),))

        self.threads.run("sign", receive, self.take_recorded, when_back=self.signature.end)

    def _receive_all(self, case_ids: Sequence[CaseId]) -> None:
        cancelled = self.signature.begin()

        def receive() -> Recorded:
            cases = [self.desk.case(case_id) for case_id in case_ids]
            outcomes = act_on_each(self.desk, cases, Receive(), cancelled=cancelled)
            return Recorded(Action.RECEIVE, outcomes)

        self.threads.run("sign", receive, self.take_recorded, when_back=self.signature.end)

    def say(self, text: str, tone: str = "plain") -> None:
        """Also on the screen above, when a key was quicker than that came up."""
        super().say(text, tone)
        above = self._above
        if text and above is not None:
            above.say(text, tone)

    @property
    def _above(self) -> ActingScreen | None:
        screen = self.app.screen
        return screen if isinstance(screen, ActingScreen) and screen is not self else None

    def do_back(self) -> None:
        """Stop a signature that waits, else go back."""
        if self.signature.is_awaited:
            self.signature.stop()
        else:
            super().do_back()

    def take_recorded(self, recorded: Recorded) -> None:
        """Say what was recorded, in which commit, and go on."""
        self.signature.end()
        self.say(*self._sentence(recorded))
        if recorded.receipts:
            self.last_case = recorded.receipts[-1].case
            self.face.background.share_act()
            if recorded.agenda:
                self.look()
            else:
                self.went_on(recorded.receipts[-1])
            if self._above is not None:
                self._above.look()
        if len(recorded.outcomes) > 1:
            self._list_outcomes(recorded.outcomes)

    def _sentence(self, recorded: Recorded) -> tuple[str, str]:
        text, tone = recorded_sentence(recorded, self.desk)
        if recorded.agenda:
            key = self.key_of("last-case")
            text = f"{text} {_('{key} opens it.', key=key)}"
        return text, tone

    def do_last_case(self) -> None:
        """Open the case in which the officer acted last."""
        self.face.open_case(self.last_case)

    def _list_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        from soptui.tui.forms.several import outcome_lines
        from soptui.tui.frame.dialogs import TextDialog

        picture = partial(outcome_lines, self.desk, outcomes)
        self.app.push_screen(TextDialog(_("What became of each case"), picture))

    def do_go_on(self) -> None:
        """Whether the next case opens after an act, the other way round."""
        self.face.go_on = not self.face.go_on
        self.say(
            _("After an act, the next case of the list opens.")
            if self.face.go_on
            else _("After an act, the case stays open.")
        )


def recorded_sentence(recorded: Recorded, desk: Desk) -> tuple[str, str]:
    """What to say of acts recorded at a desk, and in which tone."""
    parts: list[str] = []
    if len(recorded.receipts) == 1:
        receipt = recorded.receipts[0]
        commit = receipt.commit[:10]
        parts.append(
            _(
                "Registered as agenda number {number}: case {case}, signed in commit {commit}.",
                number=recorded.agenda, case=receipt.case, commit=commit,
            )
            if recorded.agenda
            else _(
                "{act}: recorded and signed in commit {commit}.",
                act=Message(info_of(recorded.action).done), commit=commit,
            )
        )  # fmt: skip
        if receipt.edited:
            parts.append(
                _("Edited by hand and left alone: {paths}.", paths=", ".join(receipt.edited))
            )
    elif recorded.receipts:
        parts.append(
            _n(
                "{act}: {count} case, signed.",
                "{act}: {count} cases, each signed in a commit of its own.",
                len(recorded.receipts),
                act=Message(info_of(recorded.action).label),
            )
        )
    refused = [one for one in recorded.outcomes if one.reason is not None]
    if refused:
        case_id, reason = refused[0].case, refused[0].reason
        first = Message("{case}: {reason}", case=desk.agenda_of(case_id) or case_id, reason=reason)
        parts.append(
            _n(
                "{count} was not: {reason}", "{count} were not: {reason}",
                len(refused), reason=translate(first),
            )
        )  # fmt: skip
    return " ".join(parts), "warn" if refused else "good"
