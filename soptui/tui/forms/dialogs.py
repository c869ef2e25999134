"""Small screens to ask or to read on: a text, a question, a choice."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from soptui.desk.fields import Choice, Field, FieldKind
from soptui.locale import _
from soptui.tui.abstract import AbstractMeta
from soptui.tui.commands import binding_of
from soptui.tui.forms.choosing import ChoiceEditor
from soptui.tui.forms.editors import Editor
from soptui.tui.forms.keys import printed_key
from soptui.tui.lines import Span, line, wrap
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


class ConfirmScreen(BoxScreen[bool]):
    """A question that is answered with yes or no; Enter and Esc say no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", show=False),
        Binding("n,t,enter,q", "leave", show=False),
    ]

    def __init__(self, title: str, question: str) -> None:
        super().__init__(title)
        self._question = question

    def body(self) -> ComposeResult:
        """The question."""
        yield LineView(lambda width: wrap(self._question, width), id="question")

    def hints(self) -> Sequence[Hint]:
        """Yes and no."""
        return (("Y", _("Yes")), ("T/N", _("No")))

    def action_yes(self) -> None:
        """Yes."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """No."""
        self.dismiss(False)


class ChoiceScreen(BoxScreen[str]):
    """One of several choices, by number or with the arrows; None when it is left."""

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__(title)
        self._field = Field("choice", FieldKind.CHOICE, title, choices=tuple(choices))

    def body(self) -> ComposeResult:
        """The choices."""
        yield ChoiceEditor(self._field)

    def hints(self) -> Sequence[Hint]:
        """How to choose."""
        return (("1-9", _("Choose")), *super().hints())

    def on_editor_edited(self, event: Editor.Edited) -> None:
        """A choice is the answer."""
        event.stop()
        self.dismiss(str(event.editor.filled))

    def on_editor_finished(self, event: Editor.Finished) -> None:
        """The list goes round at its ends."""
        event.stop()
