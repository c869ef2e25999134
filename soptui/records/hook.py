"""The hub's pre-receive hook: nothing comes in that the verifier does not accept.

Git runs it with the pushed objects in quarantine; when it ends with another code than 0 they are
thrown away. It fails closed: whatever goes wrong in it refuses the push. Refusals are written for
the person at the other end, in Indonesian and English, each with its code and commit.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from msgspec import Struct

from soptui.domain.findings import Finding
from soptui.domain.ids import NO_COMMIT, CommitId
from soptui.domain.message import N_, Message, Refusal
from soptui.records.git.history import History
from soptui.records.git.locks import break_stale_lock
from soptui.records.git.objects import ObjectReader
from soptui.records.git.process import GitDirectory, is_full_id
from soptui.records.git.refs import MAIN
from soptui.records.hub.trust import HubTrust, open_hub, remember_tip, remembered_position
from soptui.records.verify.walk import seconds_now, verify

_ABSENT = "0" * 40
_MOST_SHOWN = 5

SENTENCES = {
    "hub-ref": N_("The hub takes only the branch main, not {name}."),
    "hub-delete": N_("The branch main cannot be deleted."),
    "hub-history": N_(
        "The hub's own history fails verification ({finding}); tell the administrator."
    ),
    "hub-fault": N_("The hub could not verify the push ({detail}); tell the administrator."),
}
"""What the hook itself may refuse, beyond the findings of the verifier."""


class Reason(Struct, frozen=True):
    """Why a push is refused: a stable code, the commit if there is one, and the sentence."""

    code: str
    commit: CommitId
    message: Message


def main() -> int:
    """Judge the push that Git describes on the standard input; 0 accepts it."""
    language = ""
    try:
        directory = GitDirectory.of_hook()
        _, trust = open_hub(directory.path)
        language = trust.language
        reasons = list(judge(directory, trust, sys.stdin.read()))
    except Refusal as refusal:
        reasons = [_fault(refusal.message)]
    except Exception as error:  # noqa: BLE001 (it must fail closed, with a sentence)
        reasons = [_fault(type(error).__name__)]
    if reasons:
        sys.stderr.write("\n".join(_lines(reasons, _languages(language))) + "\n")
    return 1 if reasons else 0


def judge(directory: GitDirectory, trust: HubTrust, push: str) -> Iterator[Reason]:
    """Why the push may not come in; `push` has Git's lines `<old> <new> <ref>`."""
    moved: list[tuple[CommitId, CommitId]] = []
    # The name of a ref may hold what Python takes for a line's end.
    for line in filter(None, push.split("\n")):
        old, new, name = line.split(" ", 2)
        if name != MAIN:
            yield _reason("hub-ref", name=name)
        elif new == _ABSENT or not (is_full_id(old) and is_full_id(new)):
            yield _reason("hub-delete")
        else:
            moved.append((CommitId(old) if old != _ABSENT else NO_COMMIT, CommitId(new)))
    for name in (MAIN, "HEAD"):
        break_stale_lock(directory, name)
    with ObjectReader(directory) as reader:
        for before, after in moved:
            yield from _judge_main(directory, reader, trust, before, after)


def _judge_main(
    directory: GitDirectory, reader: ObjectReader, trust: HubTrust, old: CommitId, new: CommitId
) -> Iterator[Reason]:
    history = History(directory)
    position = remembered_position(directory.path, trust, old) if old else 0
    if old and not position:
        known = verify(history, reader, trust.root, new=old, now=seconds_now())
        if not known.ok:
            yield _reason("hub-history", finding=known.errors[0].code)
            return
        position = known.position
    report = verify(
        history, reader, trust.root, old=old, old_position=position, new=new, now=seconds_now()
    )
    if report.ok:
        remember_tip(directory.path, trust, new, report.position)
    yield from map(_of_finding, report.errors)


def _of_finding(finding: Finding) -> Reason:
    return Reason(finding.code, finding.commit, finding.message)


def _reason(code: str, **values: object) -> Reason:
    return Reason(code, NO_COMMIT, Message(SENTENCES[code], **values))


def _fault(detail: object) -> Reason:
    return _reason("hub-fault", detail=detail)


def _languages(of_hub: str) -> list[str]:
    """The pusher's language where the connection tells it, else the hub's, else both."""
    from soptui.locale.language import LANGUAGES

    chosen = os.environ.get("SOPTUI_LANG") or of_hub
    return [chosen] if chosen in LANGUAGES else list(LANGUAGES)


def _lines(reasons: list[Reason], languages: list[str]) -> Iterator[str]:
    from soptui.locale.language import use
    from soptui.locale.translation import _, translate

    for reason in reasons[:_MOST_SHOWN]:
        place = f"[{reason.code}] {reason.commit[:12]}".rstrip()
        for language in languages:
            use(language)
            yield f"soptui: {_('refused')} {place}: {translate(reason.message)}"
    if len(reasons) > _MOST_SHOWN:
        yield f"soptui: + {len(reasons) - _MOST_SHOWN}"
