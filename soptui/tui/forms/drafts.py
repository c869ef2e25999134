"""The drafts of a form: what is typed is saved a little later, and at the latest on leaving."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from soptui.desk.forms.drafts import DraftFile, drafts_of, new_draft, newest_first
from soptui.desk.words.moments import kept_ago
from soptui.domain.system_fault import reason_of
from soptui.locale import _, translate

if TYPE_CHECKING:
    from textual.timer import Timer

    from soptui.desk.forms.drafts import Draft
    from soptui.desk.forms.sheet import Sheet
    from soptui.tui.forms.target import Target

_AFTER_SECONDS = 0.3
"""Without a key for so long, the draft is saved."""
_EVERY_SECONDS = 1.0
"""So often it is saved while somebody types without a pause."""


class _Form(Protocol):
    """What is asked of the screen on which the form is filled in."""

    @property
    def news(self) -> str: ...

    @property
    def sheet(self) -> Sheet: ...

    def say(self, text: str, tone: str = "plain") -> None: ...

    def say_until_typed(self, text: str, tone: str) -> None: ...

    def show_values(self) -> None: ...

    def key_of(self, command_id: str) -> str: ...

    def set_timer(self, delay: float, callback: Callable[[], object]) -> Timer: ...


class Drafts:
    """The draft in hand, and the others of the same form."""

    def __init__(self, form: _Form, target: Target) -> None:
        self._form = form
        self._target = target
        self._name = target.draft_name
        newest = newest_first(drafts_of(target.desk, target.form, self._name))
        self._file = newest[0][0] if newest else self._new()
        self.found = self._file.load()
        """The draft with which the form began."""
        self.is_kept = False
        """Whether what was typed here is in a draft now."""
        self._is_done = False
        self._timers: tuple[Timer, ...] = ()

    def _new(self) -> DraftFile:
        return new_draft(self._target.desk, self._target.form, self._name)

    @property
    def _kept(self) -> tuple[DraftFile, ...]:
        return drafts_of(self._target.desk, self._target.form, self._name)

    # --- saving ----------------------------------------------------------------------------------

    def save_soon(self) -> None:
        """Save when nothing more is typed for a moment, and from time to time until then."""
        if self._timers:
            self._timers[0].reset()
        else:
            self._timers = (
                self._form.set_timer(_AFTER_SECONDS, self.save),
                self._form.set_timer(_EVERY_SECONDS, self.save),
            )

    def save(self) -> bool:
        """Keep now what was typed; False when that failed. Never raises; a full disk is said."""
        for timer in self._timers:
            timer.stop()
        self._timers = ()
        if self._is_done or not self._form.sheet.has_input:
            return True
        try:
            self.is_kept = self._file.save(self._form.sheet.values)
        except OSError as error:
            reason = translate(reason_of(error))
            self._form.say(_("The draft could not be kept ({reason}).", reason=reason), "warn")
            return False
        return True

    def end(self) -> None:
        """What was typed is recorded: the draft has done its duty."""
        self._is_done = True
        with suppress(OSError):
            self._file.delete()

    # --- going through them ----------------------------------------------------------------------

    def say_found(self) -> None:
        """Say of the draft with which the form began what there is to say."""
        if self.found is not None:
            self._say(self.found)

    def show_next(self) -> None:
        """Show the draft after this one and, after the last, a form with nothing in."""
        if self.found is None or not self.save():
            return
        kept = self._kept
        places = [file.place for file in kept]
        here = self._file.place
        following = kept[places.index(here) + 1 :] if here in places else kept
        self._file = next(iter(following), self._new())
        draft = self._file.load()
        self._form.sheet.fill_with(draft.values if draft else {})
        self._form.show_values()
        if draft is not None:
            self._say(draft)
        elif kept:
            key = self._form.key_of("form-draft")
            self._form.say(_("An empty form. {key} brings the draft back.", key=key))

    def _say(self, draft: Draft) -> None:
        age = kept_ago(draft.saved, self._target.desk.now())
        key = self._form.key_of("form-draft")
        kept = [file.place for file in self._kept]
        if kept[-1:] == [self._file.place]:
            follows = _("{key} begins with an empty form; this draft stays.", key=key)
        else:
            follows = _("{key} shows the next of {count} drafts.", key=key, count=len(kept))
        forget = _("{key} throws it away.", key=self._form.key_of("form-forget"))
        self._form.say(f"{_('This is your draft, kept {age}.', age=age)} {follows} {forget}")

    def throw_away(self) -> None:
        """Throw away what is typed, with its draft, when asked twice."""
        if not self._form.sheet.has_input:
            return
        key = self._form.key_of("form-forget")
        question = _("{key} again throws away what is typed here.", key=key)
        if self._form.news != question:
            self._form.say_until_typed(question, "warn")
            return
        try:
            self._file.delete()
        except OSError as error:
            reason = translate(reason_of(error))
            self._form.say(
                _("The draft could not be thrown away ({reason}).", reason=reason), "warn"
            )
            return
        self.is_kept = False
        self._form.sheet.fill_with({})
        self._form.show_values()
        self._form.say(_("What was typed here is thrown away."))
