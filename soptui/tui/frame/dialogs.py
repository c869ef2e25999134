"""The frame of all dialogs: a box in the middle, its keys at the foot, closed with Esc."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import ModalScreen

from soptui.locale import _
from soptui.tui.abstract import AbstractMeta
from soptui.tui.frame.face import Face, face_of
from soptui.tui.keys.commands import bindings_for, command_of
from soptui.tui.keys.keymap import key_name
from soptui.tui.widgets.bars import Hint, KeyBar

Answer = TypeVar("Answer")

_AROUND = 4
"""Lines of a box beside its list: two of its frame, one to type in, and one of keys."""


class Dialog(ModalScreen[Answer], metaclass=AbstractMeta):
    """Asks or tells something over the screen below. `title` is in the reader's language."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("dialog")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title

    @property
    def face(self) -> Face:
        """The app, as its screens see it."""
        return face_of(self)

    def compose(self) -> ComposeResult:
        """The box with its title, and its keys."""
        with Container(id="box") as box:
            box.border_title = self._heading
            yield from self.inside()
            yield KeyBar(self.hints, id="dialog-keys")

    @abstractmethod
    def inside(self) -> ComposeResult:
        """What the box holds."""

    def on_mount(self) -> None:
        """Fit before the first line is drawn."""
        self.on_resize()

    def on_resize(self) -> None:
        """However few lines there are, the keys stay in sight."""
        for long in self.query("#box > Table, #box > Pager"):
            long.styles.max_height = max(1, self.app.size.height - _AROUND)

    def hints(self) -> Sequence[Hint]:
        """The keys at the foot."""
        return (self.hint("back"),)

    def hint(self, command_id: str, does: str = "") -> Hint:
        """A command's key, and what it `does` here, in the reader's language."""
        command = command_of(command_id)
        keys = self.face.keys_of(command)
        # Where something is typed, a letter is no way back.
        key = "escape" if "escape" in keys else keys[0]
        return key_name(key), does or _(command.label)

    def action_run_command(self, command_id: str) -> None:
        """Run one of the few commands that a dialog has."""
        match command_id:
            case "back":
                self.dismiss(None)
            case "open":
                self.choose()
            case "redraw":
                self.face.redraw()
            case "quit":
                self.face.leave()

    def choose(self) -> None:
        """Take what is under the cursor."""
        self.dismiss(None)
