"""A field on the screen: its label, its editor, and what there is to say beside it."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.getters import query_one

from soptui.desk.actions.fields import Field, FieldKind
from soptui.desk.forms.sheet import Note
from soptui.locale import _
from soptui.tui.forms.editors.choices import ChoiceEditor
from soptui.tui.forms.editors.files import FilesEditor
from soptui.tui.forms.editors.text import DataEditor, Editor, LineEditor, LongEditor, column_labels
from soptui.tui.text.lines import Line, Span, line, wrap
from soptui.tui.widgets.painted import LineView

_FEW = 4
_SHORT = (FieldKind.DATE, FieldKind.MOMENT, FieldKind.NUMBER)


class FieldRow(Container):
    """A field. The label of the one in hand begins with `>`; an asterisk ends that of a duty."""

    _label = query_one(".label", LineView)
    _note_view = query_one(".note", LineView)

    def __init__(self, field: Field, limit: int) -> None:
        super().__init__()
        self.field = field
        self.editor = _editor_of(field, limit)
        self._shown_note: Note = ("", "plain")
        self._in_hand = False
        self.set_class(_is_long(field), "-stacked")
        self.set_class(field.kind in _SHORT, "-short")

    def compose(self) -> ComposeResult:
        """Label, editor, note."""
        yield LineView(self._label_lines).add_class("label")
        with Vertical(classes="right"):
            if self.field.kind is FieldKind.DATA:
                yield LineView(self._column_lines).add_class("columns")
            yield self.editor
            note = LineView(self._note_lines).add_class("note")
            note.display = bool(self._shown_note[0])
            yield note

    def show_note(self, note: Note) -> None:
        """Show a note beside the field, or none."""
        if note != self._shown_note:
            self._shown_note = note
            self._note_view.display = bool(note[0])
            self._note_view.show(self._note_lines)

    @property
    def note(self) -> str:
        """The text of the note beside the field."""
        return self._shown_note[0]

    @property
    def help_text(self) -> str:
        """What is to be filled in here and how, in the reader's language."""
        parts = (_(self.field.help) if self.field.help else "", self.field.hint, self.editor.hint())
        return " ".join(part for part in parts if part)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Mark the label."""
        self._mark(True)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Take the mark away."""
        self._mark(False)

    def _mark(self, in_hand: bool) -> None:
        self._in_hand = in_hand
        self._label.show(self._label_lines)

    def _label_lines(self, width: int) -> list[Line]:
        duty = " *" if self.field.required else ""
        tone = "head" if self._in_hand else "plain"
        marker = ">" if self._in_hand else " "
        first, *rest = wrap(f"{_(self.field.label)}{duty}", max(8, width - 1), tone)
        return [(Span(marker, "accent"), *first), *((Span(" "), *more) for more in rest)]

    def _column_lines(self, width: int) -> list[Line]:
        return [line(Span(" | ".join(column_labels()), "dim"))]

    def _note_lines(self, width: int) -> list[Line]:
        text, tone = self._shown_note
        return wrap(text, width, tone) if text else []


def _editor_of(field: Field, limit: int) -> Editor:
    match field.kind:
        case FieldKind.LONG_TEXT:
            return LongEditor(field)
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return ChoiceEditor(field)
        case FieldKind.FILES:
            return FilesEditor(field, limit)
        case FieldKind.DATA:
            return DataEditor(field)
        case _:
            return LineEditor(field)


def _is_long(field: Field) -> bool:
    return field.kind is FieldKind.DATA or len(field.choices) > _FEW
