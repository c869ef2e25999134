"""Dialogs: a box in the middle, its keys at the foot, closed with Esc. One frame for all of them,
and the two that any screen may need: one asks for a line, one shows a text.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.worker import Worker

from soptui.domain.message import Refusal
from soptui.locale import _, translate
from soptui.tui.design.foot import Foot, Hint
from soptui.tui.frame.abstract import AbstractMeta
from soptui.tui.frame.face import Face, face_of
from soptui.tui.frame.room import take_room
from soptui.tui.frame.threads import Threads
from soptui.tui.keys.commands import binding_of, bindings_for, command_of
from soptui.tui.keys.keymap import key_name, printed_key
from soptui.tui.text.lines import one_line, wrap
from soptui.tui.widgets.key_bar import KeyBar
from soptui.tui.widgets.line_input import LineInput
from soptui.tui.widgets.painted import LineView, Pager, Picture

Answer = TypeVar("Answer")

_AROUND = 4
"""Lines of a box beside its list: two of its frame, one to type in, and one of keys."""


class Dialog(ModalScreen[Answer], metaclass=AbstractMeta):
    """Asks or tells something over the screen below. `title` is in the reader's language.

    Its answer is None when it was left.
    """

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012 (Textual's own type)
        (0, "-narrow"), (120, "-wide"), (180, "-broad"),
    ]  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("dialog")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title
        self.threads = Threads(self, refused=self.refused, failed=self.say)

    @property
    def face(self) -> Face:
        """The app, as its screens see it."""
        return face_of(self)

    def compose(self) -> ComposeResult:
        """The box with its title, and its keys."""
        take_room(self)
        with Container(id="box") as box:
            # A plain string would be read as markup, and a title may come from the records.
            box.border_title = Content(one_line(self._heading))
            yield from self.inside()
            yield KeyBar(self.foot, id="dialog-keys")

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

    def foot(self) -> Foot:
        """The keys at the foot: those of this dialog, then the way back and help."""
        return Foot(self.acts(), kept=self.kept_hints())

    def acts(self) -> tuple[Hint, ...]:
        """What can be done here."""
        return ()

    def kept_hints(self) -> tuple[Hint, ...]:
        """The way back, and help."""
        return self.hint("back"), self.hint("help")

    def hint(self, command_id: str, does: str = "") -> Hint:
        """A command's key, and what it `does` here, in the reader's language."""
        command = command_of(command_id)
        keys = self.face.keys_of(command)
        # Where something is typed, a letter is no way back, nor does a sign bring help.
        named = [one for one in keys if one == "escape" or re.fullmatch(r"f\d+", one)]
        return key_name((*named, *keys)[0]), does or _(command.label)

    def say(self, text: str, tone: str = "bad") -> None:
        """Say in the frame what went wrong, in the reader's language; a frame has no tones."""
        self.query_one("#box", Container).border_subtitle = Content(one_line(text))

    def refused(self, refusal: Refusal) -> None:
        """Say what a thread was refused."""
        self.say(translate(refusal.message))

    async def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A thread has ended."""
        await self.threads.ended(event)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """What runs each of the few commands that a dialog has."""
        return {
            "back": self.leave,
            "open": self.choose,
            "redraw": self.redraw,
            "help": self.show_help,
        }

    def action_run_command(self, command_id: str) -> None:
        """Run a command."""
        self.handlers()[command_id]()

    def leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def redraw(self) -> None:
        """Draw everything again."""
        self.face.redraw()

    def show_help(self) -> None:
        """Show the keys of dialogs."""
        self.face.open_help("dialog", self._heading)

    def choose(self) -> None:
        """Take what is under the cursor."""
        self.dismiss(None)


class AskDialog(Dialog[str]):
    """A line to type into; its answer is the line as typed, or None where it is blank.

    Typing takes the place of what is proposed; an arrow keeps it to be changed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [binding_of("form-sign", "answer")]

    def __init__(self, title: str, value: str = "", *, refused: str = "", writes: str = "") -> None:
        """`refused` says why the last answer was not taken, in the reader's language.

        Where something is written with the answer, `writes` names that, and Enter, which can
        stand in pasted text, gives none: the key that signs does.
        """
        super().__init__(title)
        self._value = value
        self._refused = refused
        self._writes = writes

    def inside(self) -> ComposeResult:
        """Why it is asked again, and the line."""
        if self._refused:
            yield LineView(lambda width: wrap(self._refused, width, "bad"))
        yield LineInput(self._value)

    def acts(self) -> tuple[Hint, ...]:
        """What takes the line as it is."""
        key = printed_key(self, "form-sign")
        return ((key, self._writes) if self._writes else self.hint("open", _("Go on")),)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._writes:
            self.say(f"{printed_key(self, 'form-sign')} {self._writes}")
        else:
            self.action_answer()

    def action_answer(self) -> None:
        """Take the line as it is."""
        value = self.query_one(Input).value
        self.dismiss(value if value.strip() else None)


class TextDialog(Dialog[bool]):
    """Lines to read. Where `consent` names what follows, the key that signs answers True."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding_of("form-sign", "consent"),
        binding_of("form-preview", "run_command('back')"),
    ]

    def __init__(self, title: str, picture: Picture, *, consent: str = "") -> None:
        super().__init__(title)
        self._picture = picture
        self._consent = consent

    def inside(self) -> ComposeResult:
        """The lines."""
        yield Pager(self._picture, id="text")

    def acts(self) -> tuple[Hint, ...]:
        """How to read on, and what follows."""
        follow = ((printed_key(self, "form-sign"), self._consent),) if self._consent else ()
        return (*follow, ("↑↓", _("Read on")))

    def action_consent(self) -> None:
        """Go on to what follows."""
        if self._consent:
            self.dismiss(True)

    def choose(self) -> None:
        """Enter neither consents nor leaves: it is read with other keys."""
