"""What the letters and signs of a screen mean: whatever is cut short there is told in its help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from soptui.domain.message import N_
from soptui.domain.sop import Sop
from soptui.locale import _


class Sign(Struct, frozen=True):
    """A sign as it stands on the screen, and what it means: msgids both."""

    sign: str
    meaning: str


_LATE = Sign(N_("L"), N_("late"))
_SOON = Sign(N_("S"), N_("due soon: less than a quarter of the norm is left"))
_STEP = Sign(N_("1a"), N_("the registration, a part of row 1 of the SOP's table"))
_CASES = (
    Sign(">", N_("here is the cursor")),
    Sign("*", N_("marked")),
    _LATE,
    _SOON,
    Sign("!", N_("urgent; !! is most urgent")),
    Sign("TW", N_("quarter (triwulan)")),
    _STEP,
)
_BOARD = (
    _LATE,
    _SOON,
    Sign(N_("H"), N_("suspended")),
    Sign(N_("R1"), N_("the first rework, R2 the second")),
    Sign(N_("X"), N_("cancelled")),
    _STEP,
    Sign("1/3", N_("of three that ended in that week, one was late")),
    Sign(N_("half, 9 of 10"), N_("half of all times, nine of ten times, it took at most so long")),
    Sign("│", N_("the norm; the bar ends at twice that, and > is beyond")),
    Sign("█▒", N_("used in half of all times, in nine of ten")),
    Sign("·", N_("nothing ended, or came, in that time")),
    Sign(N_("Now"), N_("what lies there at this moment; all else is of the time in the title")),
)
_SIGNS = {
    "tray": _CASES,
    "cases": _CASES,
    "case": (_LATE, _SOON, _STEP, Sign("TW", N_("quarter (triwulan)"))),
    "board": _BOARD,
    "sop": (_STEP,),
}
_WITH_ROLES = frozenset(("board", "sop", "case", "tray", "cases"))
"""Screens on which roles may stand by their short names."""


def signs_of(screen: str, sops: Sequence[Sop]) -> Iterator[tuple[str, str]]:
    """Each sign of a screen and what it means, in the reader's language."""
    for one in _SIGNS.get(screen, ()):
        yield _(one.sign), _(one.meaning)
    if screen in _WITH_ROLES:
        seen: dict[str, str] = {}
        for sop in sops:
            seen |= {role.short: role.title for role in sop.roles}
        yield from seen.items()
