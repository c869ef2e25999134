"""The header of every screen and form: one line, in one grammar.

`place or act · object · count or order ... what needs you │ Person, Role · Office · time`
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from msgspec import Struct
from rich.cells import cell_len

from soptui.tui.text.lines import ELLIPSIS, Line, Span, fit, line, one_line, width_of, without_tail

_GAP = 2
"""Blanks at the least between what a screen is about and what stands at the right."""
_LEAST_OF_A_PART = 12
"""Cells of a part that yields, below which nothing of it is shown."""


class Part(Struct, frozen=True):
    """What a screen is about, or how much of it: one that `yields` is cut before any other."""

    text: str
    tone: str = "plain"
    yields: bool = False


class Need(Struct, frozen=True):
    """What the person should know wherever they are; `brief` is said where there is less room."""

    text: str
    brief: str
    tone: str = "warn"


class Header(Struct, frozen=True):
    """What the first line of a screen says; all of it in the reader's language.

    `whose` is whose desk it is: person, role, office and time, each of which may be empty. Where
    there is less room, time goes first, then office, then role; then the needs become brief, the
    parts that yield are cut, and last the person's name.
    """

    parts: tuple[Part, ...]
    needs: tuple[Need, ...] = ()
    person: str = ""
    role: str = ""
    office: str = ""
    time: str = ""

    @property
    def text(self) -> str:
        """What the screen is about, as plain text."""
        return " · ".join(part.text for part in self.parts)

    def line(self, width: int) -> Line:
        """The line, as wide as the screen."""
        left, right = self._left(self.parts), self._least()
        fitting = next((one for one in self._rights() if _fits(left, one, width)), None)
        if fitting is not None:
            right = fitting
        else:
            left = self._cut(width - width_of(right) - _GAP - 1)
            if not _fits(left, right, width):
                most = max(width // 3, width - width_of(left) - _GAP - 1)
                right = without_tail(fit(right, min(width_of(right), most)))
        room = max(0, width - width_of(right) - 1)
        return fit((*fit(left, room), *right), width)

    def shows_all(self, width: int) -> bool:
        """Whether everything that the screen is about is said whole at a width."""
        left = self._left(self.parts)
        return any(_fits(left, one, width) for one in (*self._rights(), self._least()))

    def _whose(self) -> Iterator[str]:
        """Whose desk it is, from the longest form to the shortest."""
        who = ", ".join(filter(None, (self.person, self.role)))
        for parts in (
            (who, self.office, self.time),
            (who, self.office),
            (who,),
            (self.person or self.office,),
        ):
            yield " · ".join(filter(None, parts))

    def _rights(self) -> Iterator[Line]:
        for brief, whose in product((False, True), tuple(self._whose())):
            yield _right(self.needs, whose, brief=brief)

    def _least(self) -> Line:
        *_longer, person = self._whose()
        return _right(self.needs, person, brief=True)

    @staticmethod
    def _left(parts: Sequence[Part]) -> Line:
        spans: list[Span] = [Span(" ")]
        for at, part in enumerate(parts):
            spans += (Span(" · ", "dim"),) if at else ()
            spans += line(Span(part.text, part.tone))
        return tuple(spans)

    def _cut(self, room: int) -> Line:
        """What the screen is about, in so many cells as far as what yields has them to give."""
        parts = list(self.parts)
        for at in range(len(parts) - 1, -1, -1):
            lacking = width_of(self._left(parts)) - room
            if lacking <= 0:
                break
            if not parts[at].yields:
                continue
            kept = cell_len(one_line(parts[at].text)) - lacking
            if kept < _LEAST_OF_A_PART:
                del parts[at]
                continue
            text = "".join(one.text for one in fit((Span(one_line(parts[at].text)),), kept))
            parts[at] = Part(f"{text.rstrip(f' {ELLIPSIS}')}{ELLIPSIS}", parts[at].tone)
        return self._left(parts)


def _right(needs: Sequence[Need], whose: str, *, brief: bool) -> Line:
    spans: list[Span] = []
    for at, need in enumerate(needs):
        spans += (Span(" · ", "dim"),) if at else ()
        spans += line(Span(need.brief if brief else need.text, need.tone))
    if whose:
        spans += (*((Span(" "),) if spans else ()), *line(Span(f"│ {whose}", "dim")))
    return tuple(spans)


def _fits(left: Line, right: Line, width: int) -> bool:
    return width_of(left) + _GAP + width_of(right) + 1 <= width
