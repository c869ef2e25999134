"""The palette: finds a command, a case or a person by a few letters, in either language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from soptui.desk.words.names import post_title
from soptui.domain.case_filter import CaseFilter
from soptui.domain.case_list import CaseRow
from soptui.domain.message import N_
from soptui.domain.office import Officer
from soptui.locale import _
from soptui.tui.design.columns import Column
from soptui.tui.design.foot import Hint
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.keys.commands import Command, commands_on
from soptui.tui.keys.keymap import printed_key
from soptui.tui.presentation.rows import agenda, subject
from soptui.tui.text.lines import Span, line
from soptui.tui.text.shortening import shortened
from soptui.tui.widgets.line_input import LineInput
from soptui.tui.widgets.sources import Row, Rows
from soptui.tui.widgets.table import Table

_COLUMNS = (
    Column("", 8),
    Column("", 24, grow=1, most=48, shorten=shortened),
    Column("", 16, grow=2),
)
_MOST_CASES = 12

Found = Command | CaseRow | Officer
"""What can be found."""


class PaletteDialog(Dialog[Found]):
    """A line to type into and what fits; Enter takes what is under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", N_("Down"), show=False),
        Binding("up", "move(-1)", N_("Up"), show=False),
    ]

    def __init__(self, screen: str) -> None:
        super().__init__(_("Find"))
        self._screen = screen
        self._cases: Sequence[CaseRow] = ()

    def inside(self) -> ComposeResult:
        """The line, and what fits."""
        yield LineInput(placeholder=_("Command, case, person"), selects=False)
        yield Table(_COLUMNS, empty=N_("Nothing fits."), id="found")

    def acts(self) -> tuple[Hint, ...]:
        """How to take what was found."""
        return self.hint("open"), ("↑↓", _("Choose"))

    def on_mount(self) -> None:
        """Begin with all commands."""
        self.query_one("#found", Table).can_focus = False
        self.query_one(Input).focus()
        self._list("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._cases = ()
        self._list(event.value)
        if event.value.strip():
            self._look_for(event.value)

    def _look_for(self, text: str) -> None:
        self.threads.run(
            "look",
            lambda: self.face.desk.cases(CaseFilter(text=text)).page(_MOST_CASES),
            lambda cases: self._show_found(text, cases),
        )

    def _show_found(self, text: str, cases: Sequence[CaseRow]) -> None:
        """List the cases below the commands, if they are still what is looked for."""
        if text == self.query_one(Input).value:
            self._cases = cases
            self._list(text)

    def _list(self, text: str) -> None:
        words = text.casefold().split()
        table = self.query_one("#found", Table)
        rows = [*self._commands(words), *self._case_rows(), *self._officers(words)]
        rows.sort(key=lambda row: not _begins_with(row, words))
        table.show(Rows(rows))
        table.action_first()

    def _commands(self, words: Sequence[str]) -> Iterator[Row[Found]]:
        for one in commands_on(self._screen):
            # Msgids are English, so what they translate to and they themselves are both languages.
            text = " ".join((one.label, one.help, _(one.label), _(one.help))).casefold()
            if one.runs or one.id == "palette" or not all(word in text for word in words):
                continue
            key = Span(printed_key(self, one.id), "accent")
            cells = (line(key), line(_(one.label)), line(Span(_(one.help), "dim")))
            yield Row(f"command {one.id}", cells, one)

    def _case_rows(self) -> Iterator[Row[Found]]:
        facts = self.face.facts
        if facts is None:
            return
        for case in self._cases:
            sender = line(Span(case.letter_sender, "dim"))
            cells = (agenda(case, facts), subject(case), sender)
            yield Row(f"case {case.id}", cells, case)

    def _officers(self, words: Sequence[str]) -> Iterator[Row[Found]]:
        facts = self.face.facts
        if facts is None or not words:
            return
        for officer in facts.registry.officers.values():
            posts = ", ".join(post_title(post) for post in officer.posts)
            if all(word in f"{officer.name} {posts}".casefold() for word in words):
                cells = (line("@"), line(officer.name), line(Span(posts, "dim")))
                yield Row(f"officer {officer.id}", cells, officer)

    def action_move(self, steps: int) -> None:
        """Move the cursor while typing."""
        self.query_one("#found", Table).action_move(steps)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.choose()

    def choose(self) -> None:
        """Take what is under the cursor."""
        found = self.query_one("#found", Table).value
        if isinstance(found, Command) and found.lasting:
            key = printed_key(self, found.id)
            self.say(_("Only its own key does this: {key}.", key=key))
        elif isinstance(found, Command | CaseRow | Officer):
            self.dismiss(found)


def _begins_with(row: Row[Found], words: Sequence[str]) -> bool:
    """Whether what was typed begins the name of a command or of a person."""
    name = "".join(span.text for span in row.cells[1]).casefold()
    return not isinstance(row.value, CaseRow) and bool(words) and name.startswith(" ".join(words))
