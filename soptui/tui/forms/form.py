"""A form on the screen: filled in by keyboard, kept as a draft while typing, then signed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual.binding import BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Button

from soptui.desk import Desk
from soptui.desk.actions.fields import Form
from soptui.desk.actions.table import info_of
from soptui.desk.forms.drafts import Draft, drafts_of, new_draft, newest_first
from soptui.desk.forms.filling import field_at_fault
from soptui.desk.refusals import NotOpen
from soptui.domain.case import Case
from soptui.domain.events import Attachment
from soptui.domain.message import Refusal
from soptui.domain.receipt import Receipt
from soptui.domain.system_fault import reason_of
from soptui.locale import _, translate
from soptui.tui.forms.duplicate_letter import RegisteredScreen
from soptui.tui.forms.editors.files import FilesEditor
from soptui.tui.forms.refresh import Found, carried_over, told_since
from soptui.tui.forms.signing import Part, preview_lines
from soptui.tui.frame.dialogs import TextDialog
from soptui.tui.frame.office_screen import OfficeScreen
from soptui.tui.keys.commands import binding_of, commands_on
from soptui.tui.keys.keymap import printed_key
from soptui.tui.terminal.driver import redraw
from soptui.tui.text.phrases import kept_ago
from soptui.tui.widgets.bars import Hint, KeyBar
from soptui.tui.widgets.painted import LineView

_BOUND_ELSEWHERE = ("redraw", "form-editor")
_DRAFT_AFTER = 0.3
"""Seconds without a key after which the draft is kept."""
_DRAFT_EVERY = 1.0
"""Seconds between two savings of the draft while somebody types without a pause."""


class FormScreen(RegisteredScreen):
    """Draws any form of the desk. Dismissed with the receipt, or None when it was left."""

    CSS_PATH = "form.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-normal")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding_of(one.id) for one in commands_on("form") if one.id not in _BOUND_ELSEWHERE),
        binding_of("redraw", "redraw"),
    ]
    AUTO_FOCUS = ""  # the form itself says where to begin, and nothing may be typed before

    def __init__(
        self,
        desk: Desk,
        form: Form,
        case: Case | None = None,
        *,
        receive_first: bool = False,
        agenda: int | None = None,
    ) -> None:
        """`receive_first` takes the case in hand first, where only that is missing."""
        self._draft_of = self.draft_name(case)
        newest = newest_first(drafts_of(desk, form, self._draft_of))
        self._draft_file = newest[0][0] if newest else new_draft(desk, form, self._draft_of)
        self._draft_found = self._draft_file.load()
        typed = self._draft_found.values if self._draft_found else None
        super().__init__(desk, form, case, typed, receive_first=receive_first, agenda=agenda)
        self._is_done = False
        self._is_kept = False
        self._was_refused = False
        self._said_until_typed = False
        self._focused_before: Widget | None = None
        self._pause: Timer | None = None
        self._longest: Timer | None = None

    def draft_name(self, case: Case | None) -> str:
        """What the draft is of: the case, or nothing where a letter is registered."""
        return case.id if case else ""

    def on_mount(self) -> None:
        """Say what is not to be expected."""
        self.read_clock()
        if self._draft_found is not None:
            self._say_draft(self._draft_found)
        elif self.receive_first and self.case is not None:
            self.say(_("Received first, by an act of its own; both are signed."))

    def hints(self) -> Sequence[Hint]:
        """The keys that do something now."""
        takes_files = any(isinstance(row.editor, FilesEditor) for row in self.rows.values())
        silent = {
            "form-look": not self._was_refused,
            "form-files": not takes_files,
            "form-draft": self._draft_found is None,
            "form-read": self.case is None,
        }
        ranked = [one for one in commands_on("form") if one.rank and not silent.get(one.id)]
        ranked.sort(key=lambda one: one.rank or 0)
        shown = [one for one in ranked if one.id == "form-leave" or not self.is_signing]
        return [(printed_key(self, one.id), _(one.label)) for one in shown]

    # --- drafts ----------------------------------------------------------------------------------

    def was_edited(self) -> None:
        """Keep the draft a little later; what was to be mended is being mended."""
        super().was_edited()
        if self._said_until_typed:
            self._said_until_typed = False
            self.say("")
        if self._pause is None:
            self._pause = self.set_timer(_DRAFT_AFTER, self.save_draft)
            self._longest = self.set_timer(_DRAFT_EVERY, self.save_draft)
        else:
            self._pause.reset()

    def save_draft(self) -> bool:
        """Keep now what was typed; False when that failed. Never raises; a full disk is said."""
        for timer in (self._pause, self._longest):
            if timer is not None:
                timer.stop()
        self._pause = self._longest = None
        if self._is_done or not self.sheet.has_input:
            return True
        try:
            self._is_kept = self._draft_file.save(self.sheet.values)
        except OSError as error:
            # When the screen ends, its widgets are gone before it is.
            if self.query("#news"):
                reason = translate(reason_of(error))
                self.say(_("The draft could not be kept ({reason}).", reason=reason), "warn")
            return False
        return True

    def _say_draft(self, draft: Draft) -> None:
        age = kept_ago(draft.saved, self.desk.now())
        key = printed_key(self, "form-draft")
        kept = [file.place for file in drafts_of(self.desk, self.form, self._draft_of)]
        if kept[-1:] == [self._draft_file.place]:
            follows = _("{key} begins with an empty form; this draft stays.", key=key)
        else:
            follows = _("{key} shows the next of {count} drafts.", key=key, count=len(kept))
        forget = _("{key} throws it away.", key=printed_key(self, "form-forget"))
        self.say(f"{_('This is your draft, kept {age}.', age=age)} {follows} {forget}")

    def action_next_draft(self) -> None:
        """Show the next of the drafts that are kept and, after the last, a form with nothing in."""
        if self._draft_found is None or self.is_signing:
            return
        self.settle()
        if not self.save_draft():
            return
        kept = drafts_of(self.desk, self.form, self._draft_of)
        places = [file.place for file in kept]
        here = self._draft_file.place
        following = kept[places.index(here) + 1 :] if here in places else kept
        new = new_draft(self.desk, self.form, self._draft_of)
        self._draft_file = next(iter(following), new)
        draft = self._draft_file.load()
        self.sheet.fill_with(draft.values if draft else {})
        self.show_values()
        self.begin()
        if draft is not None:
            self._say_draft(draft)
        elif kept:
            key = printed_key(self, "form-draft")
            self.say(_("An empty form. {key} brings the draft back.", key=key))

    def action_forget(self) -> None:
        """Throw away what is typed here, with its draft, when asked twice."""
        self.settle()
        if self.is_signing or not self.sheet.has_input:
            return
        key = printed_key(self, "form-forget")
        question = _("{key} again throws away what is typed here.", key=key)
        if self.news != question:
            self.say(question, "warn")
            self._said_until_typed = True
            return
        try:
            self._draft_file.delete()
        except OSError as error:
            reason = translate(reason_of(error))
            self.say(_("The draft could not be thrown away ({reason}).", reason=reason), "warn")
            return
        self._is_kept = False
        self.sheet.fill_with({})
        self.show_values()
        self.begin()
        self.say(_("What was typed here is thrown away."))

    def on_unmount(self) -> None:
        """Keep what was typed, however the screen goes."""
        self.save_draft()

    # --- looking again ---------------------------------------------------------------------------

    def action_look_again(self) -> None:
        """Show the case as it is now; what was typed stays."""
        if not self.is_signing:
            self.settle()
            self.save_draft()
            self.say(_("Looking ..."), "dim")
            self.read_clock()
            self.look_again()

    async def take_found(self, found: Found) -> None:
        """Fill the form as it is now with what was typed, or say why the act is open no longer."""
        if self.is_signing:
            return
        if found.closed is not None:
            self.case = found.cases[0] if found.cases else None
            why = self.sentence_of(NotOpen(found.closed))
            self.say(f"{why} {_('What you typed is kept as a draft.')}", "warn")
        else:
            typed = carried_over(self.sheet.values, self.form, found.form)
            self.take(found)
            await self.lay_out(typed)
            self.say(told_since(self.desk, found), "warn" if found.left_out else "plain")
        self._was_refused = False
        self.query_one("#title", LineView).show(self.title_lines)
        self.query_one("#head", LineView).show(self.head_lines)
        self.query_one(KeyBar).renew()

    def take(self, found: Found) -> None:
        """The form is about this from now on."""
        self.form, self.receive_first = found.form, found.receive_first
        self._previewed = None
        self.case = found.cases[0] if found.cases else None

    # --- signing ---------------------------------------------------------------------------------

    def _is_ready(self) -> bool:
        """Settle everything; when a field is not right, go to it and say so."""
        self.settle()
        self.sheet.leave_all()
        for name, row in self.rows.items():
            row.say(self.sheet.note(name))
        name = self.sheet.first_fault()
        if not name:
            return True
        self._ask_to_mend(name, self.rows[name].said)
        return False

    def _ask_to_mend(self, name: str, why: str) -> None:
        """Go to the field that stands in the way; what is said of it goes when one types."""
        self.go_to(name)
        self.say(_("Nothing was signed yet: {why}", why=why), "bad")
        self._said_until_typed = True

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Sign."""
        event.stop()
        self.action_sign()

    def action_sign(self) -> None:
        """Sign what is filled in."""
        if self.is_signing or not self._is_ready():
            return
        self.save_draft()
        self._focused_before = self.focused
        self.set_focus(None)
        self.begin_signing(dict(self.sheet.values))
        self.query_one(KeyBar).renew()

    def action_preview(self) -> None:
        """Show the exact lines that will be appended, and the files that go along."""
        if not self.is_signing and self._is_ready():
            self.preview(dict(self.sheet.values))

    def show_preview(self, parts: Sequence[Part], files: Sequence[Attachment]) -> None:
        """Show them; the key that signs does so from there."""
        screen = TextDialog(
            _("What you sign"),
            lambda width: preview_lines(parts, files, width),
            consent=_("Sign"),
        )
        self.app.push_screen(screen, lambda agreed: self.action_sign() if agreed else None)

    def signed(self, receipt: Receipt) -> None:
        """It is recorded: the draft has done its duty."""
        self._is_done = True
        with suppress(OSError):
            self._draft_file.delete()
        self.dismiss(receipt)

    def end_signing(self) -> None:
        """Give the fields back."""
        super().end_signing()
        if self.is_attached:
            (self._focused_before or self.query_one("#sign")).focus()
            self.query_one(KeyBar).renew()

    def refused(self, refusal: Refusal) -> None:
        """Say why, and go to the field that can mend it; all that was typed stays."""
        field = field_at_fault(self.form, refusal)
        told = self.sentence_of(refusal)
        self._was_refused = self.case is not None and not field
        if field and not self.receipt_stands:
            self._ask_to_mend(field, told)
        else:
            self.say(told, "bad")
        if field:
            self.rows[field].say((translate(refusal.message), "bad"))
            self.go_to(field)
        self.query_one(KeyBar).renew()

    # --- everything else -------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Stop a signature that is being made; else leave, keeping the draft."""
        if self.is_signing:
            self.signature.stop()
            return
        self.save_draft()
        below = self.app.screen_stack[-2]
        self.dismiss(None)
        if self._is_kept and isinstance(below, OfficeScreen):
            act = _(info_of(self.form.action).label)
            below.say(_("{act}: what you typed is kept as a draft.", act=act))

    def action_read(self) -> None:
        """Read what is attached to the case."""
        if self.case is not None and not self.is_signing:
            self.save_draft()
            self.face.open_reader(self.case.id)

    def action_help(self) -> None:
        """Show the keys."""
        self.face.open_help("form", _(info_of(self.form.action).label))

    def action_redraw(self) -> None:
        """Draw the whole screen anew."""
        redraw(self.app)
