"""What a person typed into an indicator's cell: a number, a predicate, or whether it was done.

The same reading serves a grid, a pasted column and a spreadsheet. What was read is echoed in full
before it is signed.
"""

from __future__ import annotations

from collections.abc import Iterable

from soptui.domain.measure.number import canonical, exact, show_in_full
from soptui.domain.measure.register import Indicator, Rule
from soptui.domain.measure.typed import read_typed
from soptui.domain.measure.value import EMPTY, Empty, Figure
from soptui.domain.message import Message, Misread

_NOTHING = frozenset({"", "-", "\u2013", "\u2014"})
_DONE = {
    **dict.fromkeys(("1", "ya", "sudah", "selesai", "terlaksana", "yes", "done"), "1"),
    **dict.fromkeys(("0", "tidak", "belum", "no"), "0"),
}


def read_figure(indicator: Indicator, labels: Iterable[str], typed: str) -> Figure | Empty:
    """The figure that `typed` means for an indicator; `labels` are its predicates, if it has any.

    Raises `Misread`, of the kind `UnclearNumber` where each possible reading can be offered.
    """
    match indicator.rule:
        case Rule.SCALE:
            return _chosen({label.casefold(): label for label in labels}, tuple(labels), typed)
        case Rule.DONE:
            return _chosen(_DONE, ("1", "0"), typed)
    read = read_typed(typed, indicator.measure)
    return read if isinstance(read, Empty) else Figure(canonical(read.exact))


def echo(indicator: Indicator, figure: Figure) -> str:
    """The figure as it is echoed: every digit of a number, or a predicate's label."""
    return figure.text if indicator.rule is Rule.SCALE else show_in_full(exact(figure.text))


def _chosen(meanings: dict[str, str], choices: tuple[str, ...], typed: str) -> Figure | Empty:
    word = " ".join(typed.split()).casefold()
    if word in _NOTHING:
        return EMPTY
    if word not in meanings:
        raise Misread(
            Message(
                "{text} is not one of: {choices}.", text=typed.strip(), choices=", ".join(choices)
            )
        )
    return Figure(meanings[word])
