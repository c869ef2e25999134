"""What a sync came to, as sentences: first what matters, then what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from soptui.desk.sharing.sharing import CHECKPOINT_AGE, SharingState
from soptui.domain.checkpoint import Standing
from soptui.domain.message import Message
from soptui.records.sharing.result import Result

STANDINGS: dict[Standing, Message] = {
    Standing.CONFIRMED: Message("Confirmed: these records continue it."),
    Standing.SIDE_LINE: Message(
        "NOT confirmed: these records hold it, but put other acts before it. That is in order only "
        "if it was signed where no hub was known; else the main line was rewritten. Keep both as "
        "evidence and tell the administrator."
    ),
    Standing.WITHHELD: Message(
        "These records end before it: something is withheld, or has not come yet. Sync; if that "
        "does not help, tell the administrator."
    ),
    Standing.REWRITTEN: Message(
        "NOT confirmed: these records have another history. Keep both as evidence."
    ),
    Standing.OTHER_RECORDS: Message("It is a checkpoint of other records."),
}
"""What it means when a checkpoint is held against records."""


def warnings(state: SharingState, now: datetime) -> Iterator[Message]:
    """What is wrong with the sharing of records, as sentences; none when nothing is."""
    if state.went_back:
        yield Message(
            "The hub went back or was rewritten, which was noticed on {at}: it lacks {count} "
            "commits of these records. Tell the administrator; after a restore, soptui sync "
            "--give-back sends what it lost.",
            at=state.went_back,
            count=state.ahead,
        )
    if state.has_old_checkpoint(now):
        yield Message(
            "The last checkpoint is older than {days} days. Sign a new one, and keep it elsewhere.",
            days=CHECKPOINT_AGE.days,
        )


def sentences(result: Result, without_effect: Iterable[Message] = ()) -> Iterator[Message]:
    """The sentences of one sync, never none; `without_effect` tells of what took no effect."""
    if result.unreachable is not None:
        yield result.unreachable
        if result.ahead:
            yield Message("Not sent yet: {count}.", count=result.ahead)
        return
    yield Message("Came in: {behind}. Yours: {ahead}.", behind=result.behind, ahead=result.ahead)
    if result.pushed:
        yield Message("Sent to the hub.")
    yield from without_effect
    if result.administration:
        yield Message(
            "Others were faster, so {count} administrative changes of yours must be signed again. "
            "Nothing was changed. Run: soptui sync --redo-administration",
            count=len(result.administration),
        )
    if result.redone:
        yield Message("Your changes were signed again on top of what came. Nothing is lost.")
    if result.set_aside:
        yield Message(
            "Your own work was set aside and is not in the records: {commit}. Look at it and do "
            "again what is needed.",
            commit=result.set_aside[:12],
        )
    for line in result.refusal:
        yield Message("The hub refused: {line}", line=line)
    for finding in result.findings:
        yield Message(
            "{code} in {commit}: {finding}",
            code=finding.code, commit=finding.commit[:12] or "-", finding=finding.message,
        )  # fmt: skip
    if result.hub_went_back and result.cannot_give_back:
        yield Message(
            "The hub does not hold what it held before, and has gone on without it. Joined, the "
            "new acts would come before those that it had accepted, so nothing was changed. Tell "
            "the administrator: the hub is made anew from a clone that has everything, and what "
            "was sent since comes in from a flash disk."
        )
    elif result.hub_went_back:
        yield Message(
            "The hub went back or was rewritten. Nothing was changed. Tell the administrator; "
            "after a restore, soptui sync --give-back sends what it lost."
        )
    elif result.own_refused:
        yield Message(
            "Your own work cannot be accepted any more. Nothing was changed. soptui sync "
            "--set-aside keeps it apart and goes on."
        )
