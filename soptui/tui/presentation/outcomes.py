"""What became of an act, in one case or in several: a sentence, and a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len

from soptui.desk.actions.table import info_of
from soptui.desk.words.receipt import receipt_sentence
from soptui.domain.events import Action
from soptui.domain.ids import CaseId
from soptui.domain.message import Message
from soptui.domain.receipt import Receipt
from soptui.locale import _, _n, translate
from soptui.tui.text.lines import BLANK, Line, wrap

if TYPE_CHECKING:
    from soptui.desk import Desk
    from soptui.desk.several import Outcome


class Recorded(Struct, frozen=True):
    """What became of an act in each of its cases; `agenda` is of a letter just registered.

    `is_review` tells an approval that only reviews.
    """

    action: Action
    outcomes: tuple[Outcome, ...]
    agenda: str = ""
    is_review: bool = False

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        """Of the acts that are signed and recorded."""
        return tuple(one.receipt for one in self.outcomes if one.receipt is not None)


def recorded_sentence(recorded: Recorded, desk: Desk) -> tuple[str, str]:
    """What to say of acts recorded at a desk, and in which tone."""
    parts: list[str] = []
    info = info_of(recorded.action, is_review=recorded.is_review)
    if len(recorded.receipts) == 1:
        receipt = recorded.receipts[0]
        sentence = receipt_sentence(info, receipt, recorded.agenda)
        # The row that it is about may stand far away, or in another group by now.
        number = "" if recorded.agenda else desk.agenda_of(receipt.case)
        parts.append(f"{number} · {sentence}" if number else sentence)
    elif recorded.receipts:
        parts.append(
            _n(
                "{act}: {count} case, signed.",
                "{act}: {count} cases, each signed in a commit of its own.",
                len(recorded.receipts),
                act=Message(info.label),
            )
        )
    refused = [one for one in recorded.outcomes if one.reason is not None]
    if refused:
        case_id, reason = refused[0].case, refused[0].reason
        first = Message("{case}: {reason}", case=desk.agenda_of(case_id) or case_id, reason=reason)
        parts.append(
            _n(
                "{count} was not: {reason}", "{count} were not: {reason}",
                len(refused), reason=translate(first),
            )
        )  # fmt: skip
    return " ".join(parts), "warn" if refused else "good"


def case_title(agenda: str, case_id: CaseId, subject: str, width: int) -> str:
    """A case by the number that people know, then, where that stays on one line, by its id."""
    whole = " ".join(filter(None, (agenda, case_id, subject)))
    return whole if cell_len(whole) <= width or not agenda else f"{agenda} {subject}"


def outcome_lines(desk: Desk, outcomes: Sequence[Outcome], width: int) -> list[Line]:
    """What became of each case: the commit, or the reason why nothing was recorded."""
    made: list[Line] = []
    for outcome in outcomes:
        made += [*([BLANK] if made else [])]
        title = case_title(desk.agenda_of(outcome.case), outcome.case, outcome.subject, width)
        made += wrap(title, width, "bold", indent="  ")
        if outcome.receipt is not None:
            commit = outcome.receipt.commit[:10]
            text = _("Recorded and signed in commit {commit}.", commit=commit)
            made += wrap(f"+ {text}", width, "good", indent="  ")
        if outcome.reason is not None:
            made += wrap(f"! {translate(outcome.reason)}", width, "warn", indent="  ")
    return made
