"""Help: what the keys of a screen do, made from the table of commands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from textual.app import ComposeResult
from textual.dom import DOMNode

from soptui.domain.message import N_
from soptui.locale import _
from soptui.tui.design.foot import Hint
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.keys.commands import GROUP_ORDER, commands_on
from soptui.tui.keys.keymap import printed_keys
from soptui.tui.text.lines import BLANK, Line, Span, fit, line, wrap
from soptui.tui.widgets.painted import Pager

_KEYS_WIDTH = 17

_IN_FIELDS = (
    N_(
        "Dates: 24/11/2026, 24 Nov, besok, Senin, +3 hari kerja; beside it stands what was "
        "understood."
    ),
    N_(
        "Lists: type the number, or go with the arrows and choose with Space. A letter goes to "
        "the next choice with a word that begins so."
    ),
)
"""What keys do in the fields of a form, which no command stands for."""


class HelpDialog(Dialog[None]):
    """The keys of one screen, by group."""

    def __init__(self, screen: str, title: str) -> None:
        super().__init__(_("Help: {title}", title=title))
        self._screen = screen

    def inside(self) -> ComposeResult:
        """The list of keys."""
        yield Pager(self._keys, id="help")

    def acts(self) -> tuple[Hint, ...]:
        """How to read on."""
        return ("↑↓", _("Read on")), self.hint("page-down")

    def kept_hints(self) -> tuple[Hint, ...]:
        """The way back: this is the help."""
        return (self.hint("back"),)

    def _keys(self, width: int) -> Sequence[Line]:
        lines = key_lines(self, self._screen, width)
        if self._screen == "form":
            for place in range(len(_IN_FIELDS)):
                lines += [*wrap(_(_IN_FIELDS[place]), width), BLANK]
        return lines


def key_lines(node: DOMNode, screen: str, width: int) -> list[Line]:
    """The keys of a screen by group, each with what it does, for a width in cells.

    The keys are those that the person at the app of this `node` has.
    """
    lines: list[Line] = []
    commands = sorted(commands_on(screen), key=lambda one: GROUP_ORDER[one.group])
    for _group, grouped in groupby(commands, key=lambda one: one.group):
        members = list(grouped)
        lines.append(line(Span(_(members[0].group), "head")))
        for one in members:
            keys = ", ".join(printed_keys(node, one.id))
            text = f"{_(one.label)}: {_(one.help)}"
            first, *rest = wrap(text, width - _KEYS_WIDTH - 1)
            head = fit((Span(keys, "accent"),), _KEYS_WIDTH)
            lines.append((*head, Span(" "), *first))
            lines += [(Span(" " * (_KEYS_WIDTH + 1)), *more) for more in rest]
        lines.append(BLANK)
    return lines
