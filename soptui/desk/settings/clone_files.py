"""Who usually sits at a clone, and with which key: kept in the user's own state folder."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from soptui.domain.ids import NOBODY, CommitId, OfficerId
from soptui.records.platform.private_files import load_kept, save_kept, state_path

_SEAT = ".desk"


class DeskFile(Struct, frozen=True):
    """Who usually sits at a clone, and with which key."""

    officer: OfficerId = NOBODY
    key: str = ""


def load_desk_file(clone: Path, genesis: CommitId) -> DeskFile:
    """The desk file of a clone of the records that begin with `genesis`; empty when it has none."""
    fields = load_kept(state_path(clone, _SEAT), genesis)
    if not isinstance(fields, dict):
        return DeskFile()
    officer, key = fields.get("officer", ""), fields.get("key", "")
    known = isinstance(officer, str) and isinstance(key, str)
    return DeskFile(OfficerId(officer), key) if known else DeskFile()


def save_desk_file(clone: Path, genesis: CommitId, desk: DeskFile) -> None:
    """Remember who sits at a clone. Raises `OSError`."""
    save_kept(state_path(clone, _SEAT), asdict(desk), genesis)
