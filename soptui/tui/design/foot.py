"""The foot of every screen, form and dialog: one line of keys, in one grammar.

At the left the acts for what is under the cursor, the most likely first, then what reads on; at
the right, always at the same place, how one gets elsewhere, back, and to the help.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.cells import cell_len

from soptui.tui.text.lines import Line, Span

Hint = tuple[str, str]
"""A key as printed, and what it does, both in the reader's language."""

_GAP = 2
_FIRST_ACTS = 3
"""So many of the acts come before most of what only gets one elsewhere."""
_FIRST_ACTS_ABOVE = 4
"""So many on a screen that lies above another, from which one goes back and not elsewhere."""


class Foot(Struct, frozen=True):
    """What the last line says.

    Where there is less room the help and the way back (`kept`) stay, then the first act, then the
    first of the `ways`, then two acts more, then the other ways, then the acts that are left. Where
    there is a way back, four acts come before all other ways.
    """

    acts: tuple[Hint, ...] = ()
    ways: tuple[Hint, ...] = ()
    kept: tuple[Hint, ...] = ()

    def line(self, width: int) -> Line:
        """The line, at most as wide as the screen."""
        acts, ways = self._shown(width)
        right = (*ways, *self.kept)
        blank = width - 2 - _width(acts) - _width(right)
        return (Span(" "), *_spans(acts), Span(" " * max(0, blank)), *_spans(right), Span(" "))

    def _shown(self, width: int) -> tuple[tuple[Hint, ...], tuple[Hint, ...]]:
        """The acts and the ways that have room."""
        room = width - 2 - _width(self.kept)
        acts: list[Hint] = []
        ways: list[Hint] = []
        full: set[str] = set()
        for side, hint in self._by_weight():
            taken = _width((hint,)) + _GAP
            if side in full or taken > room:
                full.add(side)
                continue
            room -= taken
            (acts if side == "act" else ways).append(hint)
        return tuple(acts), tuple(ways)

    def _by_weight(self) -> Iterator[tuple[str, Hint]]:
        is_above = len(self.kept) > 1
        first, most = (_FIRST_ACTS_ABOVE,) * 2 if is_above else (1, _FIRST_ACTS)
        yield from (("act", one) for one in self.acts[:first])
        yield from (("way", one) for one in self.ways[:1])
        yield from (("act", one) for one in self.acts[first:most])
        yield from (("way", one) for one in self.ways[1:])
        yield from (("act", one) for one in self.acts[most:])


def _spans(hints: Sequence[Hint]) -> Line:
    spans: list[Span] = []
    for at, (key, does) in enumerate(hints):
        spans += (Span(" " * _GAP),) if at else ()
        spans += (Span(key, "bold"), Span(f" {does}", "dim"))
    return tuple(spans)


def _width(hints: Sequence[Hint]) -> int:
    gaps = _GAP * max(0, len(hints) - 1)
    return sum(cell_len(key) + 1 + cell_len(does) for key, does in hints) + gaps
