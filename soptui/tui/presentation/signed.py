"""What one has signed today, line by line: `10.41 Disposisi 11/2026 → Sekretaris e795a41 sent`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from soptui.desk.actions.table import info_of
from soptui.domain.message import N_
from soptui.locale import _, clock
from soptui.tui.design.columns import Column
from soptui.tui.text.lines import Line, Span, fit, line, width_of, without_tail
from soptui.tui.widgets.sources import Row, Rows

if TYPE_CHECKING:
    from soptui.desk.history.signed_today import SignedAct, SignedToday

SIGNED_COLUMNS = (
    Column(N_("Time"), 5),
    Column(N_("Act"), 20, grow=1),
    Column(N_("Proof"), 10),
    Column(N_("With the others"), 15),
)

_ID_SHOWN = 7
_MARGIN = " "


def signed_lines(signed: SignedToday, width: int, most: int) -> Sequence[Line]:
    """The newest acts in at most so many lines, under their heading; nothing where there are none.

    Where not all fit, the heading says how many there are.
    """
    if not signed.acts:
        return ()
    shown = signed.acts[: most - 1]
    count = f" {len(shown)}/{len(signed.acts)}" if len(shown) < len(signed.acts) else ""
    heading = line(_MARGIN, Span(_("Today, by you"), "head"), Span(count, "dim"))
    return [heading, *(_line(one, width) for one in shown)]


def _line(one: SignedAct, width: int) -> Line:
    sent = _sent(one)
    tail = line(Span(f" {one.commit[:_ID_SHOWN]}", "dim"), Span(f" {sent.text}", sent.tone))
    head = line(_MARGIN, Span(f"{clock(one.at)} ", "dim"), act_text(one))
    return without_tail((*fit(head, max(0, width - width_of(tail))), *tail))


def signed_rows(signed: SignedToday) -> Rows[SignedAct]:
    """Every act of the day, the newest first."""
    return Rows([_row(one) for one in signed.acts])


def _row(one: SignedAct) -> Row[SignedAct]:
    return Row(
        one.commit,
        (
            line(Span(clock(one.at), "dim")),
            line(act_text(one)),
            line(Span(one.commit[:_ID_SHOWN], "dim")),
            line(_sent(one)),
        ),
        one,
    )


def act_text(one: SignedAct) -> str:
    """What was done, in which case, and to whom it was disposed."""
    if one.action is None:
        return one.path
    told = f"{_(info_of(one.action, is_review=one.is_review).done)} {one.agenda or one.case}"
    return f"{told} → {', '.join(one.to)}" if one.to else told


def _sent(one: SignedAct) -> Span:
    """Whether the office's other people can have it; nothing where there is no hub."""
    if one.is_sent is None:
        return Span("")
    return Span(_("sent"), "dim") if one.is_sent else Span(_("NOT SENT"), "warn")
