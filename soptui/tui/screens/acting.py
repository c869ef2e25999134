"""Acting upon cases: from a key through the gate and a form to a signed commit, never blocking."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message as Event
from textual.worker import Worker, WorkerState

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


class ActingScreen(WaitingScreen):
    """A screen on which a case can be acted upon."""

    @dataclass
    class Asked(Event):
        """The thread is back with the form of an act, and the case as it stands."""

        form: Form
        view: CaseView | None
        receives_first: bool = False

    @dataclass
    class AskedTogether(Event):
        """The thread is back with one form for several cases; `left_out` were refused."""

        form: Form
        cases: tuple[Case, ...]
        left_out: tuple[Outcome, ...]

    @dataclass
    class Recorded(Event):
        """What became of an act in each of its cases; `agenda` is of a letter just registered."""

        action: Action
        outcomes: tuple[Outcome, ...]
        agenda: str = ""

        @property
        def receipts(self) -> tuple[Receipt, ...]:
            """Of the acts that are signed and recorded."""
            return tuple(one.receipt for one in self.outcomes if one.receipt is not None)

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
            self.face.hold_keys()
            self._ask(self.case_in_hand(), action)

    def _act_on_marked(self, action: Action) -> None:
        case_ids = tuple(dict.fromkeys(self.marked_cases()))
        if action is Action.RECEIVE:
            self._receive_all(case_ids, self.signature.begin())
        elif action in FOR_SEVERAL:
            self.face.hold_keys()
            self._ask_together(case_ids, action)
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

    @work(thread=True, exclusive=True, group="ask", exit_on_error=False)
    def _ask_together(self, case_ids: Sequence[CaseId], action: Action) -> None:
        from soptui.desk.forms.form_for import form_for

        together = gather(self.desk, action, case_ids)
        form = form_for(self.desk, action, together.cases[0])
        self.post_message(self.AskedTogether(form, together.cases, together.left_out))

    def on_acting_screen_asked_together(self, event: ActingScreen.AskedTogether) -> None:
        """Show the one form for all of them."""
        if self.app.screen is not self:
            return
        from soptui.tui.forms.several import SeveralScreen

        screen = SeveralScreen(self.desk, event.form, event.cases, receive_first=True)

        def closed(receipt: Receipt | None) -> None:
            if receipt is not None:
                outcomes = (*screen.outcomes, *event.left_out)
                self.on_acting_screen_recorded(self.Recorded(event.form.action, outcomes))

        self.app.push_screen(screen, closed)

    @work(thread=True, exclusive=True, group="ask", exit_on_error=False)
    def _ask(self, case_id: CaseId, action: Action) -> None:
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
        self.post_message(self.Asked(form, view, needs_receipt))

    def _view_to_act_on(self, case_id: CaseId, action: Action) -> CaseView | None:
        """The case in hand; None when it has nothing to do with the letter to be registered."""
        if action is not Action.REGISTER:
            return self.desk.view(case_id)
        try:
            view = self.desk.view(case_id)
        except Refusal:
            return None
        return view if view.opening(action).closed_to(receive_first=True) is None else None

    def on_acting_screen_asked(self, event: ActingScreen.Asked) -> None:
        """Show the form or, when there is nothing to fill in, sign at once."""
        form, view = event.form, event.view
        above = self._above
        if above is not None and view is not None and above.case_in_hand() == view.case.id:
            # The list was asked, and then opened that very case.
            above.on_acting_screen_asked(event)
        if self.app.screen is not self:
            return
        if form.action is Action.RECEIVE and view is not None:
            self._receive(view.case, self.signature.begin())
            return
        from soptui.tui.forms import FormScreen

        case = view.case if view else None
        agenda = view.agenda_number if view else None
        screen = FormScreen(
            self.desk, form, case, receive_first=event.receives_first, agenda=agenda
        )

        def closed(receipt: Receipt | None) -> None:
            if receipt is None:
                if screen.receipt_stands:
                    self.face.background.share_act()
            elif case is None:
                self._find_agenda(receipt)
            else:
                outcome = Outcome(receipt.case, "", receipt)
                self.on_acting_screen_recorded(self.Recorded(form.action, (outcome,)))

        self.app.push_screen(screen, closed)

    @work(thread=True, exclusive=True, group="agenda", exit_on_error=False)
    def _find_agenda(self, receipt: Receipt) -> None:
        """The number that the letter has in the mail register, with its year."""
        from soptui.desk.sharing.sharing import Sharing

        number = self.desk.agenda_of(receipt.case) or "-"
        if Sharing(self.desk).state().hub:
            number = _("{number} (provisional until shared)", number=number)
        outcome = Outcome(receipt.case, "", receipt)
        self.post_message(self.Recorded(Action.REGISTER, (outcome,), number))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A signature that failed is awaited no more; keys that were held go to what has come."""
        if event.worker.group == "sign" and event.state is WorkerState.ERROR:
            self.signature.end()
        if event.worker.group == "ask" and event.worker.is_finished:
            self.face.release_keys()

    # --- signing without a form ---------------------------------------------------------------

    @work(thread=True, exclusive=True, group="sign", exit_on_error=False)
    def _receive(self, case: Case, cancelled: threading.Event) -> None:
        receipt = self.desk.act(case.id, Receive(), seen=case.last_id, cancelled=cancelled)
        self.post_message(self.Recorded(Action.RECEIVE, (Outcome(case.id, "", receipt),)))

    @work(thread=True, exclusive=True, group="sign", exit_on_error=False)
    def _receive_all(self, case_ids: Sequence[CaseId], cancelled: threading.Event) -> None:
        cases = [self.desk.case(case_id) for case_id in case_ids]
        outcomes = act_on_each(self.desk, cases, Receive(), cancelled=cancelled)
        self.post_message(self.Recorded(Action.RECEIVE, outcomes))

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

    def on_acting_screen_recorded(self, event: ActingScreen.Recorded) -> None:
        """Say what was recorded, in which commit, and go on."""
        self.signature.end()
        self.say(*self._said_of(event))
        if event.receipts:
            self.last_case = event.receipts[-1].case
            self.face.background.share_act()
            if event.agenda:
                self.look()
            else:
                self.went_on(event.receipts[-1])
            if self._above is not None:
                self._above.look()
        if len(event.outcomes) > 1:
            self._list_outcomes(event.outcomes)

    def _said_of(self, event: ActingScreen.Recorded) -> tuple[str, str]:
        text, tone = said_of(event, self.desk)
        if event.agenda:
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


def said_of(event: ActingScreen.Recorded, desk: Desk) -> tuple[str, str]:
    """What to say of acts recorded at a desk, and in which tone."""
    parts: list[str] = []
    if len(event.receipts) == 1:
        receipt = event.receipts[0]
        commit = receipt.commit[:10]
        parts.append(
            _(
                "Registered as agenda number {number}: case {case}, signed in commit {commit}.",
                number=event.agenda, case=receipt.case, commit=commit,
            )
            if event.agenda
            else _(
                "{act}: recorded and signed in commit {commit}.",
                act=Message(info_of(event.action).done), commit=commit,
            )
        )  # fmt: skip
        if receipt.edited:
            parts.append(
                _("Edited by hand and left alone: {paths}.", paths=", ".join(receipt.edited))
            )
    elif event.receipts:
        parts.append(
            _n(
                "{act}: {count} case, signed.",
                "{act}: {count} cases, each signed in a commit of its own.",
                len(event.receipts),
                act=Message(info_of(event.action).label),
            )
        )
    refused = [one for one in event.outcomes if one.reason is not None]
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
