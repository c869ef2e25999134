"""Who may reach the hub: the lines of `authorized_keys`, from the officers' keys in its records."""

from __future__ import annotations

from pathlib import Path

from soptui.domain.ids import CommitId, OfficerId
from soptui.domain.message import Message, Refusal
from soptui.records.files.snapshot import Shelf
from soptui.records.git.commit import read_commit
from soptui.records.git.history import History
from soptui.records.git.objects import ObjectReader
from soptui.records.git.refs import MAIN, read_ref
from soptui.records.hub.trust import HubTrust, open_hub, remembered_position
from soptui.records.verify.walk import seconds_now, verify

_FOUNDER = OfficerId("pendiri")


def authorized_keys(path: Path) -> list[str]:
    """One line for each valid key, forcing Git's services of this hub and nothing else.

    Only verified records are asked. Raises `NotAHub`, and `Refusal` when the records fail.
    """
    directory, trust = open_hub(path.absolute())
    tip = read_ref(directory, MAIN)
    if tip is None:
        return [_line(directory.path, _FOUNDER, trust.first_key)] if trust.first_key else []
    with ObjectReader(directory) as reader:
        if not remembered_position(directory.path, trust, tip):
            _verify(History(directory), reader, trust, tip)
        tree = read_commit(reader, tip).tree
        registry = Shelf(reader).snapshot(tree).registry
    return [
        _line(directory.path, officer.id, key.public)
        for _, officer in sorted(registry.officers.items())
        for key in officer.valid_keys()
    ]


def _verify(history: History, reader: ObjectReader, trust: HubTrust, tip: CommitId) -> None:
    report = verify(history, reader, trust.root, new=tip, now=seconds_now())
    if not report.ok:
        raise Refusal(
            Message(
                "The hub's records fail verification ({code}), so no keys are printed. soptui "
                "verify tells more.",
                code=report.errors[0].code,
            )
        )


def _line(path: Path, officer: OfficerId, key: str) -> str:
    return f'restrict,command="{path}/soptui/serve {path} {officer}" {key} {officer}'
