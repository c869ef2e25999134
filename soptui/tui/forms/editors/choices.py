"""Edits a choice: a compact list from which one or several are chosen by number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.strip import Strip

from soptui.desk.actions.fields import Choice, Field, FieldKind, Value, number_of
from soptui.domain.replace import replace
from soptui.locale import _, translate
from soptui.tui.forms.editors.text import Editor
from soptui.tui.text.lines import Line, Span, fit, one_line
from soptui.tui.widgets.painted import Painted

_MOST_ROWS = 9
_MOST_COLUMNS = 4
_NARROWEST = 28
_GAP = 2
_READ_ACROSS = 2
"""So many rows are read from left to right; more of them downwards, as on a printed list."""


class _Grid(Struct, frozen=True):
    """How choices are laid out: in so many rows, and columns of these widths."""

    rows: int
    widths: tuple[int, ...]

    def place(self, row: int, column: int) -> int:
        """Which choice stands there, counted from 0; there may be none."""
        if self.rows <= _READ_ACROSS:
            return row * len(self.widths) + column
        return column * self.rows + row

    def cell(self, place: int) -> tuple[int, int]:
        """Row and column of a choice."""
        if self.rows <= _READ_ACROSS:
            return divmod(place, len(self.widths))
        column, row = divmod(place, self.rows)
        return row, column


class ChoiceEditor(Painted, Editor, can_focus=True):
    """The choices of a field, each with its number; typing the number chooses it.

    A number that could be the beginning of a longer one waits for the next key.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move_row(-1)", show=False),
        Binding("down", "move_row(1)", show=False),
        Binding("left", "move_column(-1)", show=False),
        Binding("right", "move_column(1)", show=False),
        Binding("home", "move_to(0)", show=False),
        Binding("end", "move_to(-1)", show=False),
        Binding("space", "choose", show=False),
        Binding("comma", "settle", show=False),
        Binding("backspace", "untype", show=False),
        Binding("enter", "finish", show=False),
        Binding("asterisk", "choose_all", show=False),
    ]

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.cursor = 0
        self._several = field.kind is FieldKind.CHOICES
        self._chosen: dict[str, None] = {}
        self._typed = ""
        self._numbers = _numbers_of(field.choices)

    def offer(self, choices: tuple[Choice, ...]) -> None:
        """Let these be chosen, and no others."""
        if choices == self.field.choices:
            return
        self.field = replace(self.field, choices=choices)
        self._numbers = _numbers_of(choices)
        self._typed = ""
        self.cursor = 0
        self.virtual_size = Size(self.size.width, self._grid.rows)
        self.scroll_to(y=0, animate=False)
        self.refresh(layout=True)

    @property
    def filled(self) -> Value:
        """The values chosen, in the order of the form; one alone where only one may be."""
        values = tuple(one.value for one in self.field.choices if one.value in self._chosen)
        return values if self._several else "".join(values)

    def show_value(self, value: Value) -> None:
        """Choose these, without telling anybody."""
        self._chosen = dict.fromkeys((value,) if isinstance(value, str) else value)
        self._chosen.pop("", None)
        for place, choice in enumerate(self.field.choices):
            if choice.value in self._chosen:
                self.cursor = place
                break
        self.refresh()

    def hint(self) -> str:
        """The number that is being typed, or how to choose."""
        if self._typed:
            return _("Number {typed}_", typed=self._typed)
        if not self.field.choices:
            return _("There is nothing to choose.")
        how = (
            _("Numbers or Space tick, * ticks all.")
            if self._several
            else _("Its number or Space chooses.")
        )
        label = _text_of(self.field.choices[self.cursor])
        grid = self._grid
        room = grid.widths[grid.cell(self.cursor)[1]] - self._head_width()
        return label if cell_len(label) > room else how

    def settle(self) -> None:
        """Take the number typed so far."""
        typed, self._typed = self._typed, ""
        if typed in self._numbers:
            self._choose(self._numbers.index(typed))
        elif typed:
            self.post_message(self.Hinted(self))

    # --- keys ------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Digits number a choice; a letter goes to the next choice with a word that begins so."""
        character = event.character or ""
        if character.isascii() and character.isdigit():
            event.stop()
            self._type(character)
        elif len(character) == 1 and character.isalpha():
            event.stop()
            self.settle()
            self._seek(character)

    def _type(self, digit: str) -> None:
        if self._typed and not any(one.startswith(self._typed + digit) for one in self._numbers):
            self.settle()
        self._typed += digit
        longer = any(one.startswith(self._typed) and one != self._typed for one in self._numbers)
        if longer:
            self.post_message(self.Hinted(self))
        else:
            self.settle()

    def _seek(self, letter: str) -> None:
        choices = self.field.choices
        after = self.cursor + 1
        for place in [*range(after, len(choices)), *range(min(after, len(choices)))]:
            words = re.findall(r"\w+", _text_of(choices[place]).casefold())
            if any(word.startswith(letter.casefold()) for word in words):
                self._go_to(place)
                return

    def action_settle(self) -> None:
        """Take the number typed so far."""
        self.settle()

    def action_untype(self) -> None:
        """Forget the number typed so far."""
        self._typed = ""
        self.post_message(self.Hinted(self))

    def action_choose(self) -> None:
        """Choose what is under the cursor, or the number typed so far."""
        if self._typed:
            self.settle()
        elif self.field.choices:
            self._choose(self.cursor)

    def action_choose_all(self) -> None:
        """Tick everything or, when all is ticked, nothing."""
        if self._several:
            every = dict.fromkeys(choice.value for choice in self.field.choices)
            self._chosen = {} if len(every) == len(self._chosen) else every
            self._post_edited()

    def action_finish(self) -> None:
        """Go on; where one must be chosen, with the one under the cursor."""
        if self._typed:
            self.settle()
        elif not self._several and self.field.choices:
            self._choose(self.cursor)
        self.action_go(1)

    def action_move_row(self, steps: int) -> None:
        """A row up or down; beyond the list, to the field before or after."""
        self.settle()
        grid = self._grid
        row, column = grid.cell(self.cursor)
        place = grid.place(row + steps, column)
        if 0 <= row + steps < grid.rows and place < len(self.field.choices):
            self._go_to(place)
        else:
            self.action_go(steps)

    def action_move_column(self, steps: int) -> None:
        """A column to the left or right."""
        self.settle()
        grid = self._grid
        row, column = grid.cell(self.cursor)
        place = grid.place(row, column + steps)
        if 0 <= column + steps < len(grid.widths) and place < len(self.field.choices):
            self._go_to(place)

    def action_move_to(self, place: int) -> None:
        """To the first or last choice."""
        self._go_to(place % max(1, len(self.field.choices)))

    def _choose(self, place: int) -> None:
        value = self.field.choices[place].value
        if not self._several:
            self._chosen = {value: None}
        elif value in self._chosen:
            del self._chosen[value]
        else:
            self._chosen[value] = None
        self._go_to(place)
        self._post_edited()

    def _post_edited(self) -> None:
        self.refresh()
        self.post_message(self.Edited(self))

    def _go_to(self, place: int) -> None:
        self.cursor = place
        row = self._grid.cell(place)[0]
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if not top <= row < top + height:
            self.scroll_to(y=row if row < top else row - height + 1, animate=False)
        self.refresh()
        self.post_message(self.Hinted(self))

    # --- drawing ---------------------------------------------------------------------------------

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are, up to some."""
        return max(1, min(self._layout(width).rows, _MOST_ROWS))

    @property
    def cursor_cell(self) -> Offset:
        """Where the choice under the cursor begins."""
        grid = self._grid
        row, column = grid.cell(self.cursor)
        before = sum(grid.widths[:column]) + _GAP * column
        return Offset(before, row - self.scroll_offset.y)

    def on_resize(self) -> None:
        """Lay the choices out anew."""
        self.virtual_size = Size(self.size.width, self._grid.rows)

    def on_focus(self) -> None:
        """Light the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """A number half typed counts; the cursor goes out."""
        self.settle()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of choices."""
        grid = self._grid
        row = y + self.scroll_offset.y
        if row >= grid.rows:
            return self.paint([Span("-", "dim")] if not grid.rows else [])
        spans: list[Span] = []
        for column, width in enumerate(grid.widths):
            place = grid.place(row, column)
            if place < len(self.field.choices):
                spans += [Span(" " * _GAP)] if column else []
                spans += fit(self._cell(place), width)
        return self.paint(spans)

    def _cell(self, place: int) -> Line:
        choice = self.field.choices[place]
        is_chosen = choice.value in self._chosen
        mark = ("[x]" if is_chosen else "[ ]") if self._several else ("(*)" if is_chosen else "( )")
        number = self._numbers[place] if _shows_number(choice) else ""
        head = f"{mark} {number.rjust(self._number_width())}{'. ' if number else ''}"
        tone = "cursor" if self.has_focus and place == self.cursor else "plain"
        if is_chosen and tone == "plain":
            tone = "bold"
        return (Span(head + _text_of(choice), tone),)

    def _layout(self, width: int) -> _Grid:
        """As many columns as have room.

        A list too long to be seen whole is cut into two columns even if that cuts its labels.
        """
        head = self._head_width()
        sizes = [head + cell_len(_text_of(one)) for one in self.field.choices]
        for columns in range(min(len(sizes), _MOST_COLUMNS), 1, -1):
            grid = _grid_of(sizes, -(-len(sizes) // columns))
            room = width - _GAP * (len(grid.widths) - 1)
            if sum(grid.widths) <= room:
                return grid
            if columns == 2 and len(sizes) > _MOST_ROWS and room >= 2 * _NARROWEST:
                first = min(grid.widths[0], room // 2)
                return _Grid(grid.rows, (first, room - first))
        return _Grid(len(sizes), (max(1, width),))

    @property
    def _grid(self) -> _Grid:
        return self._layout(self.size.width)

    def _head_width(self) -> int:
        return 4 + (self._number_width() + 2 if self._number_width() else 0)

    def _number_width(self) -> int:
        shown = zip(self.field.choices, self._numbers, strict=True)
        return max((len(number) for choice, number in shown if _shows_number(choice)), default=0)


def _grid_of(sizes: Sequence[int], rows: int) -> _Grid:
    """The grid of so many rows that has room for choices of these sizes."""
    widths = [0] * -(-len(sizes) // rows)
    grid = _Grid(rows, tuple(widths))
    for place, size in enumerate(sizes):
        column = grid.cell(place)[1]
        widths[column] = max(widths[column], size)
    return _Grid(rows, tuple(widths))


def _numbers_of(choices: Sequence[Choice]) -> list[str]:
    return [number_of(choice, place) for place, choice in enumerate(choices)]


def _shows_number(choice: Choice) -> bool:
    """Whether the number stands before the label: not where the label begins with its own."""
    return choice.number is not None or not choice.value.isdigit()


def _text_of(choice: Choice) -> str:
    label = choice.label
    return one_line(label if isinstance(label, str) else translate(label))
