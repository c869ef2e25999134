"""Edits the list of files to attach: named by path with completion, or picked from folders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input

from soptui.desk.actions.fields import Field, Value
from soptui.desk.forms.paths import (
    completed,
    fault_of_file,
    named_by,
    remember_folder,
    size_at,
)
from soptui.locale import _
from soptui.tui.forms.editors.text import Editor
from soptui.tui.keys.keymap import printed_key
from soptui.tui.text.lines import Line, Span, line
from soptui.tui.widgets.one_line import OneLine
from soptui.tui.widgets.painted import LineView


class _PathSuggester(Suggester):
    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        longer = completed(value) if value else value
        return longer if longer != value else None


class _PathInput(OneLine):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
        Binding("tab", "complete", show=False),
        Binding("backspace", "delete_left_or_file", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False, suggester=_PathSuggester())
        self.cursor_blink = False

    def take_lines(self, lines: list[str]) -> None:
        """Of several lines that are pasted, each names a file."""
        if len(lines) < 2:
            super().take_lines(lines)
        else:
            self._files.add(lines)

    @property
    def _files(self) -> FilesEditor:
        if not isinstance(self.parent, FilesEditor):
            raise TypeError(self.parent)
        return self.parent

    def action_go(self, steps: int) -> None:
        self._files.action_go(steps)

    def action_complete(self) -> None:
        longer = completed(self.value) if self.value else self.value
        if longer == self.value:
            self._files.action_go(1)
        else:
            self.value = longer
            self.cursor_position = len(longer)

    def action_delete_left_or_file(self) -> None:
        if self.value:
            self.action_delete_left()
        else:
            self._files.drop_last()


class FilesEditor(Vertical, Editor):
    """The files chosen, each with its size, and a line to name another."""

    _list = query_one(LineView)
    _input = query_one(_PathInput)

    def __init__(self, field: Field, limit: int) -> None:
        super().__init__()
        self.field = field
        self._limit = limit
        self._paths: list[str] = []

    def compose(self) -> ComposeResult:
        """The list, and the line."""
        yield LineView(self._lines)
        yield _PathInput()

    @property
    def filled(self) -> Value:
        """The paths, the one that is being typed among them."""
        typed = named_by(self._input.value)
        return (*self._paths, typed) if typed else tuple(self._paths)

    def show_value(self, value: Value) -> None:
        """Fill in, without telling anybody."""
        self._paths = [one for one in ((value,) if isinstance(value, str) else value) if one]
        with self.prevent(Input.Changed):
            self._input.value = ""
        self._redraw()

    def to_focus(self) -> Widget:
        """The line."""
        return self._input

    def hint(self) -> str:
        """How files are named and taken away."""
        key = printed_key(self, "form-files")
        if self._paths and not self._input.value:
            return _("{key} picks files. Backspace takes the last one away.", key=key)
        return _("{key} picks files. Tab completes a path, Enter adds it.", key=key)

    def settle(self) -> None:
        """Take the path that is typed, when there is such a file."""
        typed = named_by(self._input.value)
        if typed and fault_of_file(Path(typed).expanduser(), self._limit) is None:
            self.add([typed])

    def add(self, paths: Sequence[str]) -> None:
        """Add files, each once."""
        for path in paths:
            if path not in self._paths:
                self._paths.append(path)
            remember_folder(Path(path).expanduser().parent)
        with self.prevent(Input.Changed):
            self._input.value = ""
        self._changed()

    def take_picked(self, paths: Sequence[str] | None) -> None:
        """Add what was picked from folders, if anything was; the field in hand stays so."""
        if paths:
            self.add(paths)

    def drop_last(self) -> None:
        """Take the last file away."""
        if self._paths:
            self._paths.pop()
            self._changed()

    @property
    def start_folder(self) -> Path | None:
        """The folder that is being typed, for the picker to begin in."""
        typed = Path(self._input.value).expanduser() if self._input.value else None
        return typed if typed and typed.is_dir() else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(self.Edited(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter adds the file, opens the folder, or goes on when there is nothing."""
        event.stop()
        if not event.value.strip():
            self.action_go(1)
        elif self.start_folder is not None:
            self.call_next(self.screen.run_action, "pick_files")
        else:
            self.settle()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A path that was typed and left counts."""
        self.settle()

    def _changed(self) -> None:
        self._redraw()
        self.post_message(self.Edited(self))

    def _redraw(self) -> None:
        self._list.display = bool(self._paths)
        self._list.show(self._lines)

    def _lines(self, width: int) -> list[Line]:
        return [self._line(path, width) for path in self._paths]

    def _line(self, path: str, width: int) -> Line:
        whole = Path(path).expanduser()
        fault = fault_of_file(whole, self._limit)
        size = _("not usable") if fault else size_at(whole)
        shown = path if len(path) + len(size) + 4 <= width else whole.name
        return line(Span(f"+ {shown}", "bad" if fault else "plain"), Span(f"  {size}", "dim"))
