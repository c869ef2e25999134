"""A form on the screen: filled in by keyboard, kept as a draft while typing, then signed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Button

from soptui.desk import Desk
from soptui.desk.actions import info_of
from soptui.desk.drafts import Draft, DraftFile
from soptui.desk.fields import Form
from soptui.desk.filling import FieldFault
from soptui.domain.case import Case
from soptui.domain.message import Refusal
from soptui.locale import _, _n, translate
from soptui.tui.driver import redraw
from soptui.tui.forms.attaching import FilesEditor
from soptui.tui.forms.dialogs import TextScreen
from soptui.tui.forms.editor import edited, editor_of
from soptui.tui.forms.editors import Editor, LongEditor
from soptui.tui.forms.head import head_of
from soptui.tui.forms.keys import FORM_KEYS, help_lines
from soptui.tui.forms.picker import FolderScreen
from soptui.tui.forms.row import FieldRow
from soptui.tui.forms.sheet import Sheet
from soptui.tui.forms.signing import SigningScreen, preview_lines
from soptui.tui.lines import BLANK, Line, Span, line, wrap
from soptui.tui.widgets.bars import Hint, KeyBar
from soptui.tui.widgets.painted import LineView

_DRAFT_EVERY = 1.0
"""Seconds between two savings of the draft while somebody types."""


class FormScreen(SigningScreen):
    """Draws any form of the desk. Dismissed with the receipt, or None when it was left."""

    CSS_PATH = "form.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-normal")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(one.keys), one.action, show=False, id=f"form-{one.id}")
        for one in FORM_KEYS
        if one.keys
    ]
    AUTO_FOCUS = ""  # the form itself says where to begin, and nothing may be typed before

    _body = query_one("#body", VerticalScroll)
    _help = query_one("#help", LineView)
    _news = query_one("#news", LineView)

    def __init__(
        self, desk: Desk, form: Form, case: Case | None = None, *, receive_first: bool = False
    ) -> None:
        """`receive_first` takes the case in hand first, where only that is missing."""
        super().__init__(desk, form, case, receive_first=receive_first)
        self._draft_file = DraftFile(desk, form, self.draft_name())
        self._draft: Draft | None = self._draft_file.load()
        self._draft_in_use = self._draft is not None
        self.sheet = Sheet(desk, form, self._draft.values if self._draft else None)
        limit = desk.office.attachment_limit
        self.rows = {field.name: FieldRow(field, limit) for field in form.fields}
        self._said = ("", "plain")
        self._is_done = False
        self._focused_before: Widget | None = None
        self._keeping = False

    def draft_name(self) -> str:
        """What the draft is of: the case, or nothing where a letter is registered."""
        return self.case.id if self.case else ""

    # --- drawing ---------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Title, the sheet, help of the field in hand, news, keys."""
        yield LineView(self.title_lines, id="title")
        with VerticalScroll(id="body", can_focus=False):
            yield LineView(self.head_lines, id="head")
            yield from self.rows.values()
            yield Button(Content(f"[ {_('Sign')} ]"), id="sign", compact=True)
        yield LineView(self._help_lines, id="help")
        yield LineView(self._news_lines, id="news")
        yield KeyBar(self._hints, id="keys")

    def on_mount(self) -> None:
        """Fill in what is known, and begin where something is to be filled in."""
        self._show_values()
        if self._draft is not None:
            self._say_draft(self._draft)
        elif self.receive_first and self.case is not None:
            self.say(_("The case is received first, by an act of its own; both are signed."))
        rows = list(self.rows.items())
        empty = (row for name, row in rows if not self.sheet.values[name])
        first = next(empty, rows[0][1] if rows else None)
        (first.editor.to_focus() if first else self.query_one("#sign")).focus(scroll_visible=False)
        # Heights are known only when all is laid out, and change while somebody types.
        self.watch(self._body, "virtual_size", self._show_row_in_hand, init=False)

    def _show_row_in_hand(self) -> None:
        row = self._row_in_hand()
        if row is not None:
            row.scroll_visible(animate=False)

    def title_lines(self, width: int) -> Sequence[Line]:
        """The action, the case and who signs."""
        info = info_of(self.form.action)
        where = f" · {self.case.id}" if self.case else ""
        return [line(" ", Span(_(info.label), "head"), Span(f"{where} · {self.desk.officer.name}"))]

    def head_lines(self, width: int) -> Sequence[Line]:
        """What the form is about."""
        head = head_of(self.form.action, self.case, width)
        if self.form.fields:
            return head
        return [*head, *wrap(_(info_of(self.form.action).help), width)]

    def _help_lines(self, width: int) -> Sequence[Line]:
        row = self._row_in_hand()
        if row is None:
            return [line(" ", Span(_("Enter or F10 signs; F3 shows what is signed."), "dim"))]
        parts = [
            _(row.field.help) if row.field.help else "", row.field.hint, row.editor.hint(),
        ]  # fmt: skip
        text = " ".join(part for part in parts if part)
        return [(Span(" "), *one) for one in wrap(text, width - 2, "dim")]

    def _news_lines(self, width: int) -> Sequence[Line]:
        text, tone = self._said
        return [(Span(" "), *one) for one in wrap(text, width - 2, tone)] if text else [BLANK]

    def _hints(self) -> Sequence[Hint]:
        shown = [one for one in FORM_KEYS if one.printed]
        if self.is_signing:
            shown = [one for one in shown if one.id == "leave"]
        elif self._draft is None:
            shown = [one for one in shown if one.id != "draft"]
        return [(one.printed, _(one.label)) for one in shown]

    def say(self, text: str, tone: str = "plain") -> None:
        """A sentence at the foot, until the next."""
        self._said = (text, tone)
        self._news.show(self._news_lines)

    @property
    def news(self) -> str:
        """What was said last."""
        return self._said[0]

    def _show_values(self) -> None:
        for name, row in self.rows.items():
            row.editor.show_value(self.sheet.values[name])
            row.say(self.sheet.note(name))

    def _renew_help(self) -> None:
        self._help.show(self._help_lines)

    def _row_in_hand(self) -> FieldRow | None:
        return self._row_of(self.focused) if self.focused else None

    def _row_of(self, widget: Widget) -> FieldRow | None:
        return next((one for one in widget.ancestors_with_self if isinstance(one, FieldRow)), None)

    # --- filling in ------------------------------------------------------------------------------

    def on_editor_edited(self, event: Editor.Edited) -> None:
        """Take the value, say how it is understood, and keep the draft a little later."""
        editor = event.editor
        name = editor.field.name
        for other, value in self.sheet.put(name, editor.filled).items():
            self.rows[other].editor.show_value(value)
            self.rows[other].say(self.sheet.note(other))
        self.rows[name].say(self.sheet.note(name))
        self._renew_help()
        if not self._keeping:
            self._keeping = True
            self.set_timer(_DRAFT_EVERY, self.save_draft)

    def on_editor_hinted(self, event: Editor.Hinted) -> None:
        """Say where the cursor is."""
        self._renew_help()

    def on_editor_finished(self, event: Editor.Finished) -> None:
        """Go on from a field."""
        self.action_go(event.steps)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Bring the whole field into sight, and show its help."""
        self._show_row_in_hand()
        self._renew_help()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """From now on, say of the field that was left also that it is still empty."""
        row = self._row_of(event.widget)
        if row is not None and self.is_attached:
            self.sheet.leave(row.field.name)
            row.say(self.sheet.note(row.field.name))

    def action_go(self, steps: int) -> None:
        """To the next field or the one before; nowhere while a signature is being made."""
        if self.is_signing:
            return
        if steps > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_edit_outside(self) -> None:
        """Write the long text in hand in the writer's own editor."""
        editor = self.focused
        if not isinstance(editor, LongEditor):
            return
        try:
            command = editor_of(os.environ)
            with self.app.suspend():
                text = edited(editor.text, command)
        except Refusal as refusal:
            self.say(translate(refusal.message), "bad")
        except SuspendNotSupported:
            self.say(_("An editor cannot be opened from this terminal."), "warn")
        else:
            editor.replace_text(text)

    def action_pick_files(self) -> None:
        """Pick files for the field in hand or, where it takes none, for the first that does."""
        row = self._row_in_hand()
        rows = [one for one in (row, *self.rows.values()) if one is not None]
        editors = (one.editor for one in rows)
        editor = next((one for one in editors if isinstance(one, FilesEditor)), None)
        if editor is None or self.is_signing:
            return

        def picked(paths: tuple[str, ...] | None) -> None:
            if paths:
                editor.add(paths)
            editor.to_focus().focus()

        limit = self.desk.office.attachment_limit
        self.app.push_screen(FolderScreen(limit, editor.start_folder), picked)

    # --- drafts ----------------------------------------------------------------------------------

    def save_draft(self) -> None:
        """Keep now what was typed. Never raises; a full disk is said."""
        self._keeping = False
        if self._is_done or not self.sheet.has_input:
            return
        try:
            self._draft_file.save(self.sheet.values)
        except OSError as error:
            if self.is_attached:
                reason = error.strerror or ""
                self.say(_("The draft could not be kept ({reason}).", reason=reason), "warn")

    def _say_draft(self, draft: Draft) -> None:
        age = int((self.desk.now() - draft.saved).total_seconds() // 60)
        if age < 1:
            kept = _("just now")
        elif age < 60:
            kept = _n("{count} minute ago", "{count} minutes ago", age)
        elif age < 24 * 60:
            kept = _n("{count} hour ago", "{count} hours ago", age // 60)
        else:
            kept = _n("{count} day ago", "{count} days ago", age // (24 * 60))
        self.say(_("This is your draft, kept {age}. F8 begins with an empty form.", age=kept))

    def action_swap_draft(self) -> None:
        """Change between the draft that was found and a form with nothing typed in."""
        if self._draft is None or self.is_signing:
            return
        self._draft_in_use = not self._draft_in_use
        self.sheet.fill_with(self._draft.values if self._draft_in_use else {})
        self._show_values()
        if self._draft_in_use:
            self._say_draft(self._draft)
        else:
            self.say(_("An empty form. F8 brings the draft back."))

    def on_unmount(self) -> None:
        """Keep what was typed, however the screen goes."""
        self.save_draft()

    # --- signing ---------------------------------------------------------------------------------

    def _is_ready(self) -> bool:
        """Settle everything; when a field is not right, go to it and say so."""
        for row in self.rows.values():
            row.editor.settle()
            self.sheet.put(row.field.name, row.editor.filled)
        self.sheet.leave_all()
        for name, row in self.rows.items():
            row.say(self.sheet.note(name))
        name = self.sheet.first_fault()
        if not name:
            return True
        self._go_to(name)
        self.say(_("Nothing was signed yet: {why}", why=self.rows[name].said), "bad")
        return False

    def _go_to(self, name: str) -> None:
        self.rows[name].editor.to_focus().focus()

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

    def on_signing_screen_previewed(self, event: SigningScreen.Previewed) -> None:
        """Show them; F10 signs from there."""
        screen = TextScreen(
            _("What you sign"),
            lambda width: preview_lines(event.parts, event.files, width),
            consent=_("Sign"),
        )
        self.app.push_screen(screen, lambda agreed: self.action_sign() if agreed else None)

    def on_signing_screen_signed(self, event: SigningScreen.Signed) -> None:
        """It is recorded: the draft has done its duty."""
        self.end_signing()
        self._is_done = True
        with suppress(OSError):
            self._draft_file.delete()
        self.dismiss(event.receipt)

    def end_signing(self) -> None:
        """Give the fields back."""
        super().end_signing()
        if self.is_attached:
            (self._focused_before or self.query_one("#sign")).focus()
            self.query_one(KeyBar).renew()

    def refused(self, refusal: Refusal) -> None:
        """Say why; all that was typed stays."""
        self.say(self.sentence_of(refusal), "bad")
        if isinstance(refusal, FieldFault) and refusal.field in self.rows:
            self.rows[refusal.field].say((translate(refusal.message), "bad"))
            self._go_to(refusal.field)

    # --- everything else -------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Stop a signature that is being made; else leave, keeping the draft."""
        if self.is_signing:
            self.cancel_signing()
        else:
            self.dismiss(None)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(TextScreen(_("Keys of a form"), help_lines))

    def action_redraw(self) -> None:
        """Draw the whole screen anew."""
        redraw(self.app)
