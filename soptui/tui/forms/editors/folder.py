"""Picks files by keyboard from the folders used lately, the home folder, and folders in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.getters import query_one
from textual.reactive import reactive
from textual.strip import Strip

from soptui.desk.forms.paths import Item, fault_of_file, items_of, recent_folders
from soptui.domain.system_fault import reason_of
from soptui.locale import _, moment, translate
from soptui.tui.design.foot import Hint
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.keys.commands import binding_of
from soptui.tui.keys.keymap import printed_key
from soptui.tui.text.lines import ELLIPSIS, Line, Span, fit, line, one_line, width_of
from soptui.tui.text.phrases import size_of
from soptui.tui.widgets.key_bar import KeyBar
from soptui.tui.widgets.painted import LineView, Painted

_TOLD_WIDTH = 31
"""Cells of a file's size and of when it was changed."""


class _Items(Painted, can_focus=True):
    """What is in a folder, with a cursor and marks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("home", "move(-1000000)", show=False),
        Binding("end", "move(1000000)", show=False),
    ]
    cursor: reactive[int] = reactive(0)

    def __init__(self, zone: tzinfo) -> None:
        super().__init__(id="items")
        self.zone = zone
        self.items: Sequence[Item] = ()
        self.marked: Sequence[str] = ()

    def show(self, items: Sequence[Item], cursor_on: str = "") -> None:
        self.items = items
        names = [item.name for item in items]
        first_file = next((at for at, item in enumerate(items) if not item.is_folder), 0)
        self.cursor = names.index(cursor_on) if cursor_on in names else first_file
        self.virtual_size = Size(self.size.width, len(items))
        self.refresh()

    @property
    def item(self) -> Item | None:
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    @property
    def cursor_cell(self) -> Offset:
        return Offset(0, self.cursor - self.scroll_offset.y)

    def action_move(self, steps: int) -> None:
        self.cursor = max(0, min(len(self.items) - 1, self.cursor + steps))

    def watch_cursor(self, cursor: int) -> None:
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if not top <= cursor < top + height:
            self.scroll_to(y=cursor if cursor < top else cursor - height + 1, animate=False)

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        if place >= len(self.items):
            empty = place == 0
            return self.paint([Span(_("Nothing here."), "dim")] if empty else [])
        item = self.items[place]
        is_here = place == self.cursor
        mark = "*" if item.name in self.marked else " "
        name = f"{item.name}/" if item.is_folder else item.name
        told = "" if item.is_folder else f"{size_of(item.size):>11}  {self._when(item):>18}"
        head = f"{'>' if is_here else ' '}{mark} {one_line(name)}"
        room = max(4, self.size.width - _TOLD_WIDTH - 1)
        parts = (*fit([Span(head)], room), Span(told.rjust(_TOLD_WIDTH), "dim"))
        return self.paint(parts, under_cursor=is_here)

    def _when(self, item: Item) -> str:
        return moment(datetime.fromtimestamp(item.changed, self.zone))


class FolderDialog(Dialog[tuple[str, ...]]):
    """Pick files, the newest in hand. Typing narrows the list; marked files go together.

    Space always marks, so names are looked for without their blanks.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,insert", "mark", show=False),
        Binding("left", "parent", show=False),
        Binding("right", "enter_folder", show=False),
        Binding("backspace", "widen", show=False),
        binding_of("form-files", "next_recent"),
        Binding("f5", "hidden", show=False),
        binding_of("form-sign", "take"),
    ]

    _items = query_one(_Items)
    _head = query_one("#folder", LineView)

    def __init__(self, limit: int, zone: tzinfo, start: Path | None = None) -> None:
        """`limit` is in bytes; times are shown as they are in `zone`."""
        super().__init__(_("Pick files"))
        self._zone = zone
        self._limit = limit
        self._recent = recent_folders()
        self._folder = (start or next(iter(self._recent), Path.home())).absolute()
        self._all: list[Item] = []
        self._words = ""
        self._marked: dict[str, None] = {}
        self._fault = ""
        self._hidden = False

    def inside(self) -> ComposeResult:
        """The folder and what is in it."""
        yield LineView(self._head_lines, id="folder")
        yield _Items(self._zone)

    def acts(self) -> tuple[Hint, ...]:
        """The keys."""
        return (
            self.hint("open", _("Take")),
            (_("Space"), _("Mark")),
            ("←→", _("Folder")),
            (printed_key(self, "form-files"), _("Recent folders")),
            ("F5", _("Hidden")),
        )

    def kept_hints(self) -> tuple[Hint, ...]:
        """The way back, first to all files."""
        return self.hint("back", _("All files") if self._words else ""), self.hint("help")

    def on_mount(self) -> None:
        """Look into the first folder."""
        self._items.focus()
        self._open(self._folder)

    def on_key(self, event: events.Key) -> None:
        """What is typed narrows the list, but for the blank, which marks."""
        if event.is_printable and event.character and not event.character.isspace():
            event.stop()
            self._narrow(self._words + event.character)

    def leave(self) -> None:
        """Show all files again or, when they are shown, leave."""
        if self._words:
            item = self._items.item
            self._narrow("", item.name if item else "")
        else:
            super().leave()

    def action_widen(self) -> None:
        """Take the last letter back or, when there is none, go to the folder above."""
        if self._words:
            self._narrow(self._words[:-1])
        else:
            self.action_parent()

    def action_parent(self) -> None:
        """To the folder above."""
        self._open(self._folder.parent, self._folder.name)

    def action_enter_folder(self) -> None:
        """Into the folder under the cursor."""
        item = self._items.item
        if item and item.is_folder:
            self._open(self._folder / item.name)

    def action_next_recent(self) -> None:
        """To the next of the folders used lately, then home."""
        places = list(dict.fromkeys([*self._recent, Path.home()]))
        here = places.index(self._folder) if self._folder in places else -1
        self._open(places[(here + 1) % len(places)])

    def action_hidden(self) -> None:
        """Show what begins with a dot, or do not."""
        self._hidden = not self._hidden
        self._open(self._folder)

    def action_mark(self) -> None:
        """Mark the file under the cursor or unmark it, and go on to the next."""
        item = self._items.item
        if item is None or item.is_folder:
            return
        path = str(self._folder / item.name)
        if self._marked.pop(path, self) is self and self._usable(path):
            self._marked[path] = None
        self._show_marks()
        self._items.action_move(1)

    def choose(self) -> None:
        """Into a folder, or take the file together with those marked."""
        item = self._items.item
        if item is not None and item.is_folder:
            self._open(self._folder / item.name)
            return
        if item is not None and not self._marked:
            path = str(self._folder / item.name)
            if not self._usable(path):
                return
            self._marked[path] = None
        self.action_take()

    def action_take(self) -> None:
        """Take the files that are marked."""
        if self._marked:
            self.dismiss(tuple(self._marked))

    def _usable(self, path: str) -> bool:
        fault = fault_of_file(Path(path), self._limit)
        self._fault = translate(fault) if fault else ""
        self._head.show(self._head_lines)
        return fault is None

    def _open(self, folder: Path, cursor_on: str = "") -> None:
        try:
            self._all = items_of(folder, hidden=self._hidden)
        except OSError as error:
            self._fault = _(
                "{path} cannot be read ({reason}).", path=str(folder), reason=reason_of(error)
            )
            self._head.show(self._head_lines)
            return
        self._folder, self._words, self._fault = folder, "", ""
        self._items.show(self._all, cursor_on)
        self._show_marks()
        self.query_one(KeyBar).renew()

    def _narrow(self, words: str, cursor_on: str = "") -> None:
        self._words = words
        wanted = words.casefold()
        found = [item for item in self._all if wanted in _without_blanks(item.name).casefold()]
        self._items.show(found, cursor_on)
        self._head.show(self._head_lines)
        self.query_one(KeyBar).renew()

    def _show_marks(self) -> None:
        marked = (Path(path) for path in self._marked)
        self._items.marked = [path.name for path in marked if path.parent == self._folder]
        self._items.refresh()
        self._head.show(self._head_lines)

    def _head_lines(self, width: int) -> list[Line]:
        count = len(self._marked)
        marks = _("{count} marked", count=count) if count else ""
        typed = Span(f"/{self._words}", "accent")
        beside = line(
            Span("  "),
            typed if self._words else Span(_("Typing narrows the list."), "dim"),
            Span(f"  {marks}", "good") if marks else "",
        )
        # The end of a path tells folders apart, and what is typed must stay in sight.
        folder, room = one_line(str(self._folder)), max(1, width - width_of(beside))
        if cell_len(folder) > room:
            folder = ELLIPSIS + folder[len(folder) - room + 1 :]
        first: Line = (Span(folder, "bold"), *beside)
        return [first, line(Span(self._fault, "bad"))] if self._fault else [first]


def _without_blanks(text: str) -> str:
    return "".join(text.split())
