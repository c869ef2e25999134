"""How the records stand to the hub, and checkpoints as rows and in full."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.sharing.sentences import warnings
from soptui.desk.words.deadline import working_time_since
from soptui.desk.words.names import officer_name
from soptui.domain.checkpoint import Checkpoint
from soptui.domain.message import N_, Message
from soptui.locale import _, moment, number, translate
from soptui.tui.design import columns
from soptui.tui.design.columns import Column
from soptui.tui.presentation.facts import Facts
from soptui.tui.text.lines import BLANK, Line, Span, labelled, line, wrap
from soptui.tui.text.phrases import brief_moment
from soptui.tui.widgets.sources import Row

if TYPE_CHECKING:
    from soptui.desk.sharing.sharing import SharingState

CHECKPOINT_COLUMNS = (
    Column(N_("Position"), 9, right=True),
    columns.moment(N_("Signed at")),
    columns.duration(N_("Age")),
    Column(N_("Cases"), 7, right=True, rank=1),
    Column(N_("Officer"), 14, grow=1),
    Column(N_("Commit"), 12, rank=2, grow=2, most=40),
)
_LABEL_WIDTH = 18


class KeptCheckpoint(Struct, frozen=True):
    """A checkpoint, and its bytes as they were signed."""

    checkpoint: Checkpoint
    text: bytes


def sharing_lines(
    state: SharingState, facts: Facts, width: int, *, came_in: int | None, background: str
) -> Sequence[Line]:
    """What is shared, verified and stated.

    `came_in` counts the records that the last sync brought, None before the first; `background`
    says how often the next ones run.
    """
    lines: list[Line] = []
    for warning in warnings(state, facts.now):
        lines += wrap(translate(warning), width - 2, "bad")
    if state.hub:
        lines += _hub_lines(state, facts, width - 2, came_in)
        lines.append(_field(_("In the background"), background))
    else:
        lines += wrap(
            _(
                "These records have no hub: nothing is shared over the network. soptui sync --hub "
                "names one; soptui disk carries them on a flash disk."
            ),
            width - 2,
            "warn",
        )
    verified = _("place {place} of the main line", place=number(state.verified))
    lines.append(_field(_("Verified up to"), verified))
    if state.checkpoint:
        tone = "bad" if state.has_old_checkpoint(facts.now) else "plain"
        lines.append(_field(_("Last checkpoint"), _with_age(state.checkpoint, facts), tone))
    return [(Span(" "), *one) for one in lines]


def _hub_lines(
    state: SharingState, facts: Facts, width: int, came_in: int | None
) -> Sequence[Line]:
    lines = labelled(_("Hub"), state.hub, width, label_width=_LABEL_WIDTH)
    ahead = "warn" if state.ahead else "good"
    lines.append(_field(_("Not sent yet"), number(state.ahead), ahead))
    if state.behind is not None:
        behind = "warn" if state.behind else "good"
        lines.append(_field(_("Not taken in yet"), number(state.behind), behind))
    if came_in is not None:
        lines.append(_field(_("Came in last"), number(came_in)))
    answered = _with_age(state.answered, facts) if state.answered else _("never")
    lines.append(_field(_("Last answer"), answered))
    if state.offline_since:
        lines.append(_field(_("Offline since"), moment(state.offline_since), "bad"))
        lines += labelled(_("Because"), state.offline, width, label_width=_LABEL_WIDTH)
    return lines


def _field(label: str, value: str, tone: str = "plain") -> Line:
    return line(Span(f"{label:<{_LABEL_WIDTH}}  ", "dim"), Span(value, tone))


def _with_age(value: datetime, facts: Facts) -> str:
    return f"{moment(value)} ({working_time_since(facts.calendar, value, facts.now)})"


def checkpoint_row(key: str, kept: KeptCheckpoint, facts: Facts) -> Row[KeptCheckpoint]:
    """A checkpoint: how far, when, over how many cases, by whom."""
    one = kept.checkpoint
    return Row(
        key,
        (
            line(number(one.position)),
            line(brief_moment(one.at, facts.now)),
            line(working_time_since(facts.calendar, one.at, facts.now)),
            line(number(one.cases)),
            line(officer_name(facts.registry, one.officer)),
            line(Span(one.commit, "dim")),
        ),
        kept,
    )


def checkpoint_lines(one: Checkpoint, standing: Message | None, width: int) -> Sequence[Line]:
    """A checkpoint's text under its `standing` or, before it was examined, how to ask for that."""
    lines = (
        wrap(_("Enter holds it against these records."), width, "dim")
        if standing is None
        else [*wrap(translate(standing), width, "bold"), BLANK]
    )
    for text in one.text().decode("ascii").splitlines():
        lines += wrap(text, width)
    return lines
