"""What a sync came to, and what a person may decide beforehand."""

from __future__ import annotations

from msgspec import Struct

from soptui.domain.case import Closed
from soptui.domain.events import Action
from soptui.domain.findings import Finding
from soptui.domain.ids import NO_COMMIT, CaseId, CommitId, EventId, OfficerId
from soptui.domain.message import Message, Refusal


class WithoutEffect(Struct, frozen=True):
    """An event of one's own that was shared but took no effect, and why: it may be done again."""

    case: CaseId
    event: EventId
    action: Action
    closed: Closed


class Renumbered(Struct, frozen=True):
    """A case whose agenda number, such as 12/2026, moved; `by` is who registered it."""

    case: CaseId
    before: str
    now: str
    by: OfficerId


class Result(Struct, frozen=True):
    """What a sync came to.

    `ahead` and `behind` count the commits that the hub and the clone lacked when it began; they
    still lack them where it did not end well. `offline` says why the hub could not be reached, and
    `unreachable` that, with what to do, as a sentence.
    `findings` are what the verifier found wrong: with the hub's line, or, when `own_refused`,
    with one's own. `refusal` is what the hub said. `administration` are own administrative
    commits that cannot be merged (`redo_administration`). `without_effect` are
    own events that were shared and took none. `cannot_give_back`: what the hub lost was to be given
    back, and the hub has gone on without it.
    `twins` are the cases of each letter that is registered more than once now, and `renumbered`
    those whose agenda number moved.
    `redone`: own commits were signed again on top of what came. `set_aside` is the tip of own work
    that the records go on without.
    `hub` is the newest commit that the hub was seen to hold, verified or not; empty where it was
    not seen or held none.
    """

    ahead: int = 0
    behind: int = 0
    merged: bool = False
    pushed: bool = False
    attempts: int = 1
    offline: str = ""
    unreachable: Message | None = None
    findings: tuple[Finding, ...] = ()
    own_refused: bool = False
    hub_went_back: bool = False
    cannot_give_back: bool = False
    refusal: tuple[str, ...] = ()
    administration: tuple[str, ...] = ()
    without_effect: tuple[WithoutEffect, ...] = ()
    twins: tuple[tuple[CaseId, ...], ...] = ()
    renumbered: tuple[Renumbered, ...] = ()
    redone: bool = False
    set_aside: CommitId = NO_COMMIT
    edited: tuple[str, ...] = ()
    hub: CommitId = NO_COMMIT

    @property
    def ok(self) -> bool:
        """Whether clone and hub now hold the same."""
        return not (self.offline or self.findings or self.refusal or self.administration)


class Choices(Struct, frozen=True):
    """What a person may decide beforehand: each is refused and told when it is not chosen.

    `redo_administration`: sign own administrative commits again on top of a line that moved.
    `set_aside`: keep own commits that can no longer be accepted under a private ref, and go on.
    `give_back`: push to a hub that went back, and has not gone on since, what it has lost.
    """

    redo_administration: bool = False
    set_aside: bool = False
    give_back: bool = False


class DamagedClone(Refusal):
    """This clone has lost objects that its own history needs; the hub is not at fault."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            Message(
                "This clone is damaged ({reason}); the hub is not at fault. Nothing was changed. "
                "Join the office again with soptui join, in another folder, and keep this one.",
                reason=reason,
            )
        )


class Busy(Refusal):
    """Another sync of this clone is running."""

    def __init__(self) -> None:
        super().__init__(
            Message(
                "Another sync of these records is running. Nothing was changed. Wait for it, then "
                "try again."
            )
        )
