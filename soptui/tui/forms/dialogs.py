"""Small screens over a form: a box with a title, and one with a text to read."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from soptui.locale import _
from soptui.tui.abstract import AbstractMeta
from soptui.tui.keys.commands import binding_of
from soptui.tui.keys.keymap import printed_key
from soptui.tui.text.lines import Span, line
from soptui.tui.widgets.bars import Hint, KeyBar
from soptui.tui.widgets.painted import LineView, Pager, Picture

Answer = TypeVar("Answer")


class BoxScreen(ModalScreen[Answer], metaclass=AbstractMeta):
    """A box with a title, a body and its keys."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        binding_of("form-leave", "leave"),
        # Tab has nowhere else to go.
        Binding("tab,shift+tab", "stay", show=False),
    ]

    def __init__(self, title: str) -> None:
        """`title` is shown as it is."""
        super().__init__()
        self._title_text = title

    @abstractmethod
    def body(self) -> ComposeResult:
        """The widgets between title and keys."""

    def hints(self) -> Sequence[Hint]:
        """The keys of the last line."""
        return ((printed_key(self, "form-leave"), _("Back")),)

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(id="box"):
            yield LineView(lambda width: [line(Span(self._title_text, "head"))], id="box-title")
            yield from self.body()
            yield KeyBar(self.hints, id="box-keys")

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def action_stay(self) -> None:
        """Keep the focus where it is."""


class TextScreen(BoxScreen[bool]):
    """Lines to read. Where `consent` names what follows, the key that signs answers True."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding_of("form-sign", "consent"),
        binding_of("form-preview", "leave"),
        Binding("q", "leave", show=False),
    ]

    def __init__(self, title: str, picture: Picture, *, consent: str = "") -> None:
        super().__init__(title)
        self._picture = picture
        self._consent = consent

    def body(self) -> ComposeResult:
        """The lines."""
        yield Pager(self._picture, id="text")

    def hints(self) -> Sequence[Hint]:
        """How to read on, and what follows."""
        follow = ((printed_key(self, "form-sign"), self._consent),) if self._consent else ()
        return (*follow, (_("Up/Down"), _("Read on")), *super().hints())

    def action_consent(self) -> None:
        """Go on to what follows."""
        if self._consent:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(False)
