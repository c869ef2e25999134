"""The keys of a form, from the one table of commands: as they are printed, and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.dom import DOMNode

from soptui.locale import _
from soptui.tui.commands import command_of, commands_on
from soptui.tui.lines import BLANK, Line, Span, wrap
from soptui.tui.words import key_name

if TYPE_CHECKING:
    from soptui.tui.app import SoptuiApp

_KEYS_WIDTH = 16
_NARROWEST_HELP = 20


def printed_keys(node: DOMNode, command_id: str) -> tuple[str, ...]:
    """The keys of a command as this person has them, the usual one first."""
    face = cast("SoptuiApp", node.app)
    return tuple(map(key_name, face.keys_of(command_of(command_id))))


def printed_key(node: DOMNode, command_id: str) -> str:
    """The usual key of a command."""
    return printed_keys(node, command_id)[0]


def help_lines(node: DOMNode, width: int) -> list[Line]:
    """The keys of a form, explained."""
    made: list[Line] = []
    for one in commands_on("form"):
        keys = ", ".join(printed_keys(node, one.id))
        first, *rest = wrap(_(one.help), max(_NARROWEST_HELP, width - _KEYS_WIDTH))
        made.append((Span(keys.ljust(_KEYS_WIDTH), "bold"), *first))
        made += [(Span(" " * _KEYS_WIDTH), *more) for more in rest]
    made.append(BLANK)
    dates = _(
        "Dates: 24/11/2026, 24 Nov, besok, Senin, +3 hari kerja; beside it stands what was "
        "understood."
    )
    lists = _(
        "Lists: type the number, or go with the arrows and choose with Space. A letter goes to "
        "the next choice with a word that begins so."
    )
    return [*made, *wrap(dates, width), *wrap(lists, width)]
