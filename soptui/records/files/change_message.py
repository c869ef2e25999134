"""The message of an administrative change, which its writer makes and the verifier compares."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from soptui.domain.ids import CommitId, OfficerId
from soptui.records.files import codec, commit_message, layout

if TYPE_CHECKING:
    from soptui.records.files.snapshot import Snapshot


def message_of_change(
    before: Snapshot, path: str, data: bytes, officer: OfficerId, genesis: CommitId
) -> str:
    """The message of the commit that puts `data` at `path` of the records `before`.

    Raises a `Refusal` when an officer's file is not in form.
    """
    return commit_message.change_message(
        path,
        hashlib.sha256(data).hexdigest(),
        not before.lookup(path),
        officer,
        genesis,
        lost_key=_brings_lost_key(before, path, data),
    )


def _brings_lost_key(before: Snapshot, path: str, data: bytes) -> bool:
    """Whether a change gives a person a key in the place of a lost one."""
    from soptui.records.files.office import officer_from_document

    if layout.kind_of(path) is not layout.Kind.OFFICER:
        return False
    officer = officer_from_document(codec.parse_document(data))
    return bool(officer.lost_keys_since(before.registry.officers.get(officer.id)))
