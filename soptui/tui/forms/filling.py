"""The sheet of a form on the screen: drawn, and filled in by keyboard."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Mapping, Sequence

from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Button

from soptui.desk import Desk
from soptui.desk.actions.fields import FieldKind, Form, Value
from soptui.desk.actions.table import info_of
from soptui.domain.case import Case
from soptui.domain.events import Action
from soptui.domain.message import Refusal
from soptui.locale import _, translate
from soptui.tui.forms.editors.choices import ChoiceEditor
from soptui.tui.forms.editors.external import edited, editor_of
from soptui.tui.forms.editors.files import FilesEditor
from soptui.tui.forms.editors.folder import FolderDialog
from soptui.tui.forms.editors.text import Editor, LongEditor
from soptui.tui.forms.field_row import FieldRow
from soptui.tui.forms.head import brief_head, full_head, letter_line
from soptui.tui.forms.sheet import Sheet
from soptui.tui.forms.signing import SigningScreen
from soptui.tui.keys.keymap import printed_key
from soptui.tui.presentation.asked import Asked, asked_of_sections, asked_of_step
from soptui.tui.text.lines import BLANK, Line, Span, line, width_of, wrap
from soptui.tui.widgets.bars import Hint, KeyBar
from soptui.tui.widgets.painted import LineView

_FULL_HEAD_FROM = 32
"""Lines from which there is room for all that a sheet of paper says of the letter."""


class FillingScreen(SigningScreen):
    """Title, fields, help of the field in hand, news and keys; what is typed goes to `sheet`."""

    _body = query_one("#body", VerticalScroll)
    _help = query_one("#help", LineView)
    _news = query_one("#news", LineView)

    def __init__(
        self,
        desk: Desk,
        form: Form,
        case: Case | None,
        values: Mapping[str, Value] | None,
        *,
        receive_first: bool,
        agenda: int | None,
    ) -> None:
        """`agenda` is the case's number in the mail register, where it is known."""
        super().__init__(desk, form, case, receive_first=receive_first)
        self._agenda = agenda
        self.sheet = Sheet(desk, form, values)
        self.rows = self._rows_of(form)
        self._said = ("", "plain")

    def _rows_of(self, form: Form) -> dict[str, FieldRow]:
        limit = self.desk.office.attachment_limit
        return {field.name: FieldRow(field, limit) for field in form.fields}

    # --- what subclasses say ---------------------------------------------------------------------

    @abstractmethod
    def hints(self) -> Sequence[Hint]:
        """The keys of the last line."""

    def was_edited(self) -> None:
        """Called after each change of a value."""

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
        yield KeyBar(self.hints, id="keys")

    def on_mount(self) -> None:
        """Fill in what is known, and begin where something is to be filled in."""
        self.show_values()
        self.begin()
        # Heights are known only when all is laid out, and change while somebody types.
        self.watch(self._body, "virtual_size", self.show_row_in_hand, init=False)

    def begin(self, name: str = "") -> None:
        """Go to the field of that name or, where there is none, to the first thing to fill in."""
        rows = list(self.rows.items())
        empty = (row for field, row in rows if self._is_again or not self.sheet.values[field])
        first = self.rows.get(name) or next(empty, rows[0][1] if rows else None)
        (first.editor.to_focus() if first else self.query_one("#sign")).focus(scroll_visible=False)

    @property
    def _is_again(self) -> bool:
        """Whether a letter that came back is put right: all of it may be wrong."""
        return self.form.action is Action.REGISTER and self.case is not None

    def on_resize(self) -> None:
        """Say more of the letter where there is room."""
        self.query_one("#head", LineView).show(self.head_lines)

    def show_row_in_hand(self) -> None:
        """Bring the field in hand into sight."""
        row = self._row_in_hand()
        if row is not None:
            row.scroll_visible(animate=False)

    def title_lines(self, width: int) -> Sequence[Line]:
        """The action, the case and who signs; and which letter it is, wherever one scrolls to."""
        act = _("Register the letter again")
        if not self._is_again:
            act = _(info_of(self.form.action).label)
        number, case_id = self.case_number(), self.case.id if self.case else ""
        named = [f"{number} · {case_id}", number] if number != case_id else [number]
        made = [self._title_line(act, where) for where in named]
        first = next((one for one in made if width_of(one) <= width), made[-1])
        return [first, *letter_line(self.case, self._agenda, width)]

    def _title_line(self, act: str, where: str) -> Line:
        named = " · ".join(filter(None, (where, self.desk.officer.name)))
        return line(" ", Span(act, "head"), f" · {named}")

    def case_number(self) -> str:
        """Also by the number in the mail register, where it is known."""
        if self.case is not None and self._agenda:
            return f"{self._agenda}/{self.case.year}"
        return super().case_number()

    def head_lines(self, width: int) -> Sequence[Line]:
        """What the form is about."""
        is_full = self.app.size.height >= _FULL_HEAD_FROM
        make = full_head if is_full else brief_head
        head = make(self.form.action, self.case, self.asked(), width)
        if self.form.fields:
            return head
        return [*head, *wrap(_(info_of(self.form.action).help), width)]

    def asked(self) -> tuple[Asked, ...]:
        """What was asked of whoever fills this in: of the section that answers, or of the step."""
        case, desk = self.case, self.desk
        if case is None:
            return ()
        today = desk.now().date()
        if self.form.action is Action.SUBMIT:
            units = {post.unit for post in desk.posts()}
            return asked_of_sections(case, units, today)
        asked = asked_of_step(case, desk.office, today)
        return (asked,) if asked else ()

    def _help_lines(self, width: int) -> Sequence[Line]:
        row = self._row_in_hand()
        if row is None:
            sign, preview = printed_key(self, "form-sign"), printed_key(self, "form-preview")
            text = _(
                "Enter or {sign} signs; {preview} shows what is signed.", sign=sign, preview=preview
            )
            return [line(" ", Span(text, "dim"))]
        parts = [
            _(row.field.help) if row.field.help else "", row.field.hint, row.editor.hint(),
        ]  # fmt: skip
        text = " ".join(part for part in parts if part)
        return [(Span(" "), *one) for one in wrap(text, width - 2, "dim")]

    def _news_lines(self, width: int) -> Sequence[Line]:
        text, tone = self._said
        return [(Span(" "), *one) for one in wrap(text, width - 2, tone)] if text else [BLANK]

    def say(self, text: str, tone: str = "plain") -> None:
        """A sentence at the foot, until the next."""
        self._said = (text, tone)
        self._news.show(self._news_lines)

    @property
    def news(self) -> str:
        """What was said last."""
        return self._said[0]

    def show_values(self) -> None:
        """Put into the fields what the sheet holds."""
        for name, row in self.rows.items():
            self._show_value(name)
            row.say(self.sheet.note(name))

    def _show_value(self, name: str) -> None:
        editor = self.rows[name].editor
        if isinstance(editor, ChoiceEditor):
            editor.offer(self.sheet.field(name).choices)
        editor.show_value(self.sheet.values[name])

    async def lay_out(self, typed: Mapping[str, Value]) -> None:
        """Draw the fields of another form, filled in with what was typed into the one before."""
        in_hand = self._row_in_hand()
        self.set_focus(None)
        for row in self.rows.values():
            await row.remove()
        self.sheet = Sheet(self.desk, self.form, typed)
        self.rows = self._rows_of(self.form)
        await self._body.mount_all(self.rows.values(), before="#sign")
        self.show_values()
        self.begin(in_hand.field.name if in_hand is not None else "")

    def _renew_help(self) -> None:
        self._help.show(self._help_lines)

    def _row_in_hand(self) -> FieldRow | None:
        return self._row_of(self.focused) if self.focused else None

    def _row_of(self, widget: Widget) -> FieldRow | None:
        return next((one for one in widget.ancestors_with_self if isinstance(one, FieldRow)), None)

    # --- filling in ------------------------------------------------------------------------------

    def on_editor_edited(self, event: Editor.Edited) -> None:
        """Take the value, and say how it is understood."""
        editor = event.editor
        name = editor.field.name
        for other in self.sheet.put(name, editor.filled):
            self._show_value(other)
        for other, row in self.rows.items():
            # What one field holds can be wrong because of another; files cost a look at the disk.
            if other == name or row.field.kind is not FieldKind.FILES:
                row.say(self.sheet.note(other))
        self._renew_help()
        self.was_edited()

    def on_editor_hinted(self, event: Editor.Hinted) -> None:
        """Say where the cursor is."""
        self._renew_help()

    def on_editor_finished(self, event: Editor.Finished) -> None:
        """Go on from a field."""
        self.action_go(event.steps)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Bring the whole field into sight, and show its help."""
        self.show_row_in_hand()
        self._renew_help()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """From now on, say of the field that was left also that it is still empty."""
        row = self._row_of(event.widget)
        if row is not None and self.is_attached and row is self.rows.get(row.field.name):
            self.sheet.leave(row.field.name)
            row.say(self.sheet.note(row.field.name))

    def settle(self) -> None:
        """Take whatever is half typed."""
        for row in self.rows.values():
            row.editor.settle()
            self.sheet.put(row.field.name, row.editor.filled)

    def go_to(self, name: str) -> None:
        """Go to a field."""
        self.rows[name].editor.to_focus().focus()

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

        limit, zone = self.desk.office.attachment_limit, self.desk.calendar.zone
        self.app.push_screen(FolderDialog(limit, zone, editor.start_folder), picked)
