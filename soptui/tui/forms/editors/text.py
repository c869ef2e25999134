"""Editors for text: one line, several lines, and lines of data."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from soptui.desk.actions.fields import Field, Value
from soptui.desk.actions.labels import DATUM_LABELS
from soptui.locale import _
from soptui.tui.frame.abstract import AbstractMeta
from soptui.tui.keys.commands import binding_of
from soptui.tui.keys.keymap import printed_key
from soptui.tui.widgets.edges import Edged
from soptui.tui.widgets.one_line import OneLine


def column_labels() -> tuple[str, ...]:
    """The columns of a line of data, in the reader's language."""
    return tuple(_(DATUM_LABELS[name]) for name in DATUM_LABELS)


class Editor(Widget, metaclass=AbstractMeta):
    """What a form asks of the editor of a field."""

    @dataclass
    class Edited(Message):
        """The field has another value."""

        editor: Editor

    @dataclass
    class Finished(Message):
        """The editor is done with: the focus may go on by so many fields."""

        editor: Editor
        steps: int = 1

    @dataclass
    class Hinted(Message):
        """What there is to say about the place of the cursor changed."""

        editor: Editor

    field: Field

    @property
    @abstractmethod
    def filled(self) -> Value:
        """What is filled in."""

    @abstractmethod
    def show_value(self, value: Value) -> None:
        """Fill in, without telling anybody."""

    def settle(self) -> None:
        """Take what is half typed as it is."""

    def hint(self) -> str:
        """A line about the place of the cursor, in the reader's language; may be empty."""
        return ""

    def to_focus(self) -> Widget:
        """The widget that gets the focus."""
        return self

    def action_go(self, steps: int) -> None:
        """Let the focus go on."""
        self.post_message(self.Finished(self, steps))


class LineEditor(OneLine, Editor):
    """One line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", show=False),
        Binding("down,enter", "go(1)", show=False),
    ]

    def __init__(self, field: Field) -> None:
        blank = _(field.blank) if field.blank else ""
        super().__init__(compact=True, select_on_focus=False, placeholder=blank)
        self.field = field
        self.cursor_blink = False

    @property
    def filled(self) -> Value:
        """The text."""
        return self.value

    def show_value(self, value: Value) -> None:
        """Fill in, without telling anybody."""
        with self.prevent(Input.Changed):
            self.value = value if isinstance(value, str) else ", ".join(value)
        self.cursor_position = len(self.value)
        if not self.has_focus:
            self._show_beginning()

    def on_focus(self, event: events.Focus) -> None:
        """Go on where the cursor was left."""
        before = cell_len(self.value[: self.cursor_position])
        self.scroll_to_region(Region(before, 0, 1, 1), force=True, animate=False)

    def on_blur(self, event: events.Blur) -> None:
        """Show how a long text begins: its end alone looks as if letters were lost."""
        self._show_beginning()

    def _show_beginning(self) -> None:
        self.scroll_to(x=0, animate=False, force=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(self.Edited(self))


class LongEditor(Edged, TextArea, Editor):
    """Several lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding_of("form-editor"),
    ]

    def __init__(self, field: Field) -> None:
        super().__init__(compact=True, highlight_cursor_line=False)
        self.field = field
        self.cursor_blink = False

    @property
    def filled(self) -> Value:
        """The text."""
        return self.text

    def show_value(self, value: Value) -> None:
        """Fill in, without telling anybody."""
        with self.prevent(TextArea.Changed):
            self.load_text(value if isinstance(value, str) else "\n".join(value))
        self.move_cursor(self.document.end)

    def on_blur(self, event: events.Blur) -> None:
        """Show how a long text begins."""
        self.scroll_home(animate=False, force=True)

    def replace_text(self, text: str) -> None:
        """Put another text in, as if it had been typed."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(self.Edited(self))

    def hint(self) -> str:
        """How to get more room."""
        return _("{key} writes it in your own editor.", key=printed_key(self, "form-editor"))

    def action_cursor_up(self, select: bool = False) -> None:
        """A line up or, from the first, to the field before."""
        if self.cursor_at_first_line and not select:
            self.action_go(-1)
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """A line down or, from the last, to the next field."""
        if self.cursor_at_last_line and not select:
            self.action_go(1)
        else:
            super().action_cursor_down(select)


class DataEditor(LongEditor):
    """Lines of data, cells parted by `|`; brought into columns when it is left."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.soft_wrap = False

    def hint(self) -> str:
        """In which column the cursor is."""
        row, column = self.cursor_location
        place = self.document.get_line(row)[:column].count("|")
        columns = column_labels()
        if place >= len(columns):
            return _("A line has at most {count} cells.", count=len(columns))
        return _(
            "Line {line}, column {column}. | goes to the next cell, Enter to the next line.",
            line=row + 1,
            column=columns[place],
        )

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Tell in which column the cursor is now."""
        event.stop()
        self.post_message(self.Hinted(self))

    def on_blur(self, event: events.Blur) -> None:
        """Bring the cells into columns."""
        aligned = in_columns(self.text)
        if aligned != self.text:
            self.replace_text(aligned)


def in_columns(text: str) -> str:
    """Lines of data with their cells brought one under the other; blank lines are left out."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.split("\n") if line.strip()]
    most = max((len(row) for row in rows), default=0)
    widths = [
        max((cell_len(row[place]) for row in rows if place < len(row)), default=0)
        for place in range(most)
    ]
    return "\n".join(
        " | ".join(
            set_cell_size(cell, width) for cell, width in zip(row, widths, strict=False)
        ).rstrip()
        for row in rows
    )
