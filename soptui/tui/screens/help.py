"""What the keys do, made from the table of commands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from textual.app import ComposeResult

from soptui.locale import _
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.keys.commands import GROUP_ORDER, commands_on
from soptui.tui.keys.keymap import printed_keys
from soptui.tui.text.lines import BLANK, Line, Span, fit, line, wrap
from soptui.tui.widgets.bars import Hint
from soptui.tui.widgets.painted import Pager

_KEYS_WIDTH = 17


class HelpScreen(Dialog[None]):
    """The keys of one screen, by group."""

    def __init__(self, screen: str, title: str) -> None:
        super().__init__(_("Help: {title}", title=title))
        self._screen = screen

    def inside(self) -> ComposeResult:
        """The list of keys."""
        yield Pager(self._keys, id="help")

    def hints(self) -> Sequence[Hint]:
        """How to read on."""
        return self.hint("down"), self.hint("page-down"), self.hint("back")

    def _keys(self, width: int) -> Sequence[Line]:
        lines: list[Line] = []
        commands = sorted(commands_on(self._screen), key=lambda one: GROUP_ORDER[one.group])
        for _group, members in groupby(commands, key=lambda one: one.group):
            for position, one in enumerate(members):
                if position == 0:
                    lines.append(line(Span(_(one.group), "head")))
                keys = ", ".join(printed_keys(self, one.id))
                text = f"{_(one.label)}: {_(one.help)}"
                first, *rest = wrap(text, width - _KEYS_WIDTH - 1)
                head = fit((Span(keys, "accent"),), _KEYS_WIDTH)
                lines.append((*head, Span(" "), *first))
                lines += [(Span(" " * (_KEYS_WIDTH + 1)), *more) for more in rest]
            lines.append(BLANK)
        return lines
