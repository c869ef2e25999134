"""The sheet of a form on the screen: what it is about, its fields, and which key signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from soptui.desk.actions.fields import FieldKind, Value
from soptui.desk.forms.sheet import Sheet
from soptui.domain.events import Action
from soptui.tui.forms.duplicate_letter import DuplicateLetter
from soptui.tui.forms.editors.choices import ChoiceEditor
from soptui.tui.forms.editors.files import FilesEditor
from soptui.tui.forms.editors.text import Editor
from soptui.tui.forms.field_row import FieldRow
from soptui.tui.forms.sign_mark import SignMark
from soptui.tui.forms.target import Target
from soptui.tui.widgets.lettered import LetteredText
from soptui.tui.widgets.painted import LineView, Picture

if TYPE_CHECKING:
    from soptui.domain.case_list import CaseRow
    from soptui.tui.frame.threads import Threads


class SheetView(VerticalScroll, can_focus=False):
    """What is typed goes to `sheet`, and what there is to say of it stands beside each field.

    `Editor.Edited` and `Editor.Hinted` go on to the screen once the sheet has taken them.
    """

    def __init__(
        self,
        target: Target,
        values: Mapping[str, Value] | None,
        head: Picture,
        threads: Threads,
        *,
        id: str,  # noqa: A002
    ) -> None:
        """`head` draws what the form is about; `threads` are those of the screen."""
        super().__init__(id=id)
        self._target = target
        self._head = head
        self.duplicate = DuplicateLetter(target, threads, self._say_registered)
        self.sheet = Sheet(target.desk, target.form, values)
        self.rows = self._rows()

    def _rows(self) -> dict[str, FieldRow]:
        limit = self._target.desk.office.attachment_limit
        return {field.name: FieldRow(field, limit) for field in self._target.form.fields}

    def compose(self) -> ComposeResult:
        """The head, the fields, the key that signs."""
        yield LineView(self._head, id="head")
        yield from self.rows.values()
        yield SignMark(id="sign")

    def on_mount(self) -> None:
        """Keep the field in hand in sight."""
        # Heights are known only when all is laid out, and change while somebody types.
        self.watch(self, "virtual_size", self.show_row_in_hand, init=False)

    async def lay_out(self, typed: Mapping[str, Value]) -> None:
        """Draw the fields of the form as it is now, filled in with what was typed before."""
        in_hand = self.row_in_hand
        self.screen.set_focus(None)
        for row in self.rows.values():
            await row.remove()
        self.sheet = Sheet(self._target.desk, self._target.form, typed)
        self.rows = self._rows()
        await self.mount_all(self.rows.values(), before="#sign")
        self.show_values()
        self.begin(in_hand.field.name if in_hand is not None else "")

    def renew_head(self) -> None:
        """Draw again what the form is about."""
        self.query_one("#head", LineView).show(self._head)

    # --- where one is ----------------------------------------------------------------------------

    def begin(self, name: str = "") -> None:
        """Go to the field of that name or, where there is none, to the first thing to fill in."""
        rows = list(self.rows.items())
        # Of a letter that came back to be put right, all may be wrong.
        is_again = self._target.form.action is Action.REGISTER and self._target.case is not None
        empty = (row for field, row in rows if is_again or not self.sheet.values[field])
        first = self.rows.get(name) or next(empty, rows[0][1] if rows else None)
        (first.editor.to_focus() if first else self.query_one("#sign")).focus(scroll_visible=False)

    def go_to(self, name: str) -> None:
        """Go to a field."""
        self.rows[name].editor.to_focus().focus()

    @property
    def row_in_hand(self) -> FieldRow | None:
        """The field that has the focus."""
        return self._row_of(self.screen.focused) if self.screen.focused else None

    @property
    def files_editor(self) -> FilesEditor | None:
        """The field in hand or, where it takes no files, the first that does."""
        rows = [one for one in (self.row_in_hand, *self.rows.values()) if one is not None]
        editors = (one.editor for one in rows)
        return next((one for one in editors if isinstance(one, FilesEditor)), None)

    def _row_of(self, widget: Widget) -> FieldRow | None:
        return next((one for one in widget.ancestors_with_self if isinstance(one, FieldRow)), None)

    def show_row_in_hand(self) -> None:
        """Bring the field in hand into sight."""
        row = self.row_in_hand
        if row is not None:
            row.scroll_visible(animate=False)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Bring the whole field into sight."""
        self.show_row_in_hand()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """From now on, say of the field that was left also that it is still empty."""
        if isinstance(self.screen.focused, LetteredText):
            return  # a line is being picked for this very field
        row = self._row_of(event.widget)
        if row is not None and self.is_attached and row is self.rows.get(row.field.name):
            self.sheet.leave(row.field.name)
            self.show_note(row.field.name)

    # --- what is filled in -----------------------------------------------------------------------

    def show_values(self) -> None:
        """Put into the fields what the sheet holds."""
        for name in self.rows:
            self._show_value(name)
            self.show_note(name)
        self.duplicate.forget()
        self._look_up_letter()

    def _look_up_letter(self) -> None:
        values = self.sheet.values
        self.duplicate.look_up(str(values.get("number", "")), str(values.get("sender", "")))

    def _say_registered(self, row: CaseRow | None) -> None:
        self.sheet.registered = row
        self.show_note("number")

    def _show_value(self, name: str) -> None:
        editor = self.rows[name].editor
        if isinstance(editor, ChoiceEditor):
            editor.offer(self.sheet.field(name).choices)
        editor.show_value(self.sheet.values[name])

    def show_note(self, name: str) -> None:
        """Say beside a field what there is to say of it now."""
        self.rows[name].show_note(self.sheet.note(name))

    def on_editor_edited(self, event: Editor.Edited) -> None:
        """Take the value, and say how it is understood."""
        name = event.editor.field.name
        for other in self.sheet.put(name, event.editor.filled):
            self._show_value(other)
        for other, row in self.rows.items():
            # What one field holds can be wrong because of another; files cost a look at the disk.
            if other == name or row.field.kind is not FieldKind.FILES:
                self.show_note(other)
        self._look_up_letter()

    def settle(self) -> None:
        """Take whatever is half typed."""
        for name, row in self.rows.items():
            row.editor.settle()
            self.sheet.put(name, row.editor.filled)

    def judge(self) -> tuple[str, ...]:
        """Settle everything and judge every field; the names of those that are not right."""
        self.settle()
        self.sheet.leave_all()
        for name in self.rows:
            self.show_note(name)
        return self.sheet.faults()
