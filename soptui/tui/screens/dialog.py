"""The frame of all dialogs: a box in the middle, closed with Esc."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import ModalScreen

from soptui.tui.abstract import AbstractMeta
from soptui.tui.commands import bindings_for

if TYPE_CHECKING:
    from soptui.tui.app import SoptuiApp

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer], metaclass=AbstractMeta):
    """Asks or tells something over the screen below. `title` is in the reader's language."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("dialog")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title

    @property
    def face(self) -> SoptuiApp:
        """The app."""
        return cast("SoptuiApp", self.app)

    def compose(self) -> ComposeResult:
        """The box with its title."""
        with Container(id="box") as box:
            box.border_title = self._heading
            yield from self.inside()

    @abstractmethod
    def inside(self) -> ComposeResult:
        """What the box holds."""

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
