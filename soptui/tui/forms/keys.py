"""The keys of a form, from the one table of commands, explained."""

from __future__ import annotations

from textual.dom import DOMNode

from soptui.locale import _
from soptui.tui.keys.commands import commands_on
from soptui.tui.keys.keymap import printed_keys
from soptui.tui.text.lines import BLANK, Line, Span, wrap

_KEYS_WIDTH = 16
_NARROWEST_HELP = 20


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
