"""What is kept beside the records of a clone: who usually sits there, and notes made of them.

Private files in `soptui/`, in the clone's Git directory, which a `folder` names here.
"""

from __future__ import annotations

import json
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from soptui.domain.ids import NOBODY, OfficerId
from soptui.records.platform.private_files import write_private


class DeskFile(Struct, frozen=True):
    """Who usually sits at a clone, and with which key."""

    officer: OfficerId = NOBODY
    key: str = ""


def load_desk_file(folder: Path) -> DeskFile:
    """The desk file of a clone; an empty one when there is none, or it is bad."""
    try:
        fields = json.loads((folder / "desk.json").read_text(encoding="utf-8"))
        officer, key = fields.get("officer", ""), fields.get("key", "")
    except (OSError, ValueError, AttributeError, RecursionError):
        return DeskFile()
    known = isinstance(officer, str) and isinstance(key, str)
    return DeskFile(OfficerId(officer), key) if known else DeskFile()


def save_desk_file(folder: Path, desk: DeskFile) -> None:
    """Remember who sits at a clone. Raises `OSError`."""
    save_note(folder, "desk.json", asdict(desk))


def has_note(folder: Path, name: str) -> bool:
    """Whether there is a note of that name."""
    return (folder / name).exists()


def save_note(folder: Path, name: str, value: object) -> None:
    """Write a note that the records can give again at any time. Raises `OSError`."""
    write_private(folder / name, json.dumps(value).encode("utf-8"))


def forget_note(folder: Path, name: str) -> None:
    """Take a note away, if there is one. Raises `OSError`."""
    (folder / name).unlink(missing_ok=True)
