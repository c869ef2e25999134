"""Help: what the keys of a screen do, made from the table of commands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, zip_longest

from textual.app import ComposeResult
from textual.dom import DOMNode

from soptui.domain.message import N_
from soptui.locale import _
from soptui.tui.design.foot import Hint
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.keys.commands import GROUP_ORDER, commands_on
from soptui.tui.keys.keymap import printed_keys
from soptui.tui.presentation.signs import signs_of
from soptui.tui.text.lines import BLANK, Line, Span, fit, line, without_tail, wrap
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


_COLUMN, _BETWEEN = 54, 2
"""Cells of a column of the help, and between two of them."""
_MOST_COLUMNS = 3


class HelpDialog(Dialog[None]):
    """The keys of one screen by group, and what its signs mean; in columns where there is room."""

    def __init__(self, screen: str, title: str) -> None:
        super().__init__(_("Help: {title}", title=title))
        self._screen = screen

    def inside(self) -> ComposeResult:
        """The list of keys."""
        yield Pager(self._columns, id="help")

    def acts(self) -> tuple[Hint, ...]:
        """How to read on."""
        return ("↑↓", _("Read on")), self.hint("page-down")

    def kept_hints(self) -> tuple[Hint, ...]:
        """The way back: this is the help."""
        return (self.hint("back"),)

    def _columns(self, width: int) -> Sequence[Line]:
        count = max(1, min(_MOST_COLUMNS, (width + _BETWEEN) // (_COLUMN + _BETWEEN)))
        column = (width - _BETWEEN * (count - 1)) // count
        pieces = [*key_pieces(self, self._screen, column), *self._sign_pieces(column)]
        if self._screen == "form":
            pieces += [
                [*wrap(_(_IN_FIELDS[place]), column), BLANK] for place in range(len(_IN_FIELDS))
            ]
        return in_columns(pieces, count, column)

    def _sign_pieces(self, width: int) -> list[Piece]:
        facts = self.face.facts
        signs = list(signs_of(self._screen, facts.sops if facts else ()))
        pieces = [_entry(sign, meaning, width, "bold") for sign, meaning in signs]
        if pieces:
            pieces[0].insert(0, line(Span(_("Signs of this screen"), "head")))
            pieces[-1].append(BLANK)
        return pieces


Piece = list[Line]
"""Lines that stay together."""


def key_pieces(node: DOMNode, screen: str, width: int) -> list[Piece]:
    """The keys of a screen by group, each with what it does, for a width in cells.

    The keys are those that the person at the app of this `node` has.
    """
    pieces: list[Piece] = []
    commands = sorted(commands_on(screen), key=lambda one: GROUP_ORDER[one.group])
    for _group, grouped in groupby(commands, key=lambda one: one.group):
        members = list(grouped)
        entries = [
            _entry(
                ", ".join(printed_keys(node, one.id)),
                f"{_(one.label)}: {_(one.help)}",
                width,
                "accent",
            )
            for one in members
        ]
        entries[0].insert(0, line(Span(_(members[0].group), "head")))
        entries[-1].append(BLANK)
        pieces += entries
    return pieces


def _entry(head: str, text: str, width: int, tone: str) -> Piece:
    first, *rest = wrap(text, max(1, width - _KEYS_WIDTH - 1))
    margin = Span(" " * (_KEYS_WIDTH + 1))
    return [
        (*fit((Span(head, tone),), _KEYS_WIDTH), Span(" "), *first),
        *((margin, *more) for more in rest),
    ]


def in_columns(pieces: Sequence[Piece], count: int, width: int) -> list[Line]:
    """The pieces in so many columns of about the same height, read downwards, then to the right."""
    height = -(-sum(map(len, pieces)) // count)
    columns: list[Piece] = [[]]
    for piece in pieces:
        if len(columns) < count and len(columns[-1]) >= height:
            columns.append([])
        if columns[-1] or piece != [BLANK]:
            columns[-1] += piece
    if len(columns) == 1:
        return columns[0]
    rows = zip_longest(*columns, fillvalue=BLANK)
    gap = Span(" " * _BETWEEN)
    return [
        without_tail([span for cell in row for span in (*fit(cell, width), gap)]) for row in rows
    ]
