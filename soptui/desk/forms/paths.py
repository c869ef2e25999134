"""Paths of files to attach: their faults and sizes, completion, and the folders used last."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from itertools import islice
from pathlib import Path

from msgspec import Struct

from soptui.desk.settings.state_files import load_state, save_state
from soptui.domain.message import Message
from soptui.domain.size import Size
from soptui.domain.system_fault import reason_of
from soptui.domain.text import safe
from soptui.locale import size

_MOST_NAMES = 5_000
_MOST_FOLDERS = 8
_RECENT = "recent-folders.json"


class Item(Struct, frozen=True):
    """Something in a folder. `size` is in bytes, 0 for a folder; `changed` in whole seconds."""

    name: str
    is_folder: bool
    size: int = 0
    changed: int = 0


def fault_of_file(path: Path, limit: int) -> Message | None:
    """Why the file cannot go along, as far as can be told without reading it; else None."""
    shown = safe(str(path))
    try:
        status = path.stat()
    except FileNotFoundError:
        return Message("There is no file {path}.", path=shown)
    except OSError as error:
        return Message("{path} cannot be read ({reason}).", path=shown, reason=reason_of(error))
    except ValueError:
        return Message("There is no file {path}.", path=shown)
    if stat.S_ISDIR(status.st_mode):
        return Message("{path} is a folder.", path=shown)
    if not stat.S_ISREG(status.st_mode):
        return Message("{path} is not an ordinary file.", path=shown)
    if status.st_size > limit:
        return Message(
            "{path} is too large: {size} of at most {limit}.",
            path=shown,
            size=Size(status.st_size),
            limit=Size(limit),
        )
    return None


def named_by(typed: str) -> str:
    """The path that is typed, as it is; without the blanks at its ends where only that leads on."""
    as_typed, trimmed = Path(typed).expanduser(), typed.strip()
    if trimmed != typed and not _is_there(as_typed) and _is_there(Path(trimmed).expanduser()):
        return trimmed
    return typed if trimmed else ""


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError, RuntimeError):
        return False


def size_at(path: Path) -> str:
    """The size of a file as people read it; empty when it cannot be told."""
    try:
        return size(Size(path.stat().st_size))
    except (OSError, ValueError):
        return ""


def items_of(folder: Path, *, hidden: bool = False) -> list[Item]:
    """What is in a folder, of a huge one only a part: folders by name, then files, newest first.

    Names are in the order of the numbers in them. Raises `OSError`.
    """
    found = []
    with os.scandir(folder) as entries:
        for entry in islice(entries, _MOST_NAMES):
            if entry.name.startswith(".") and not hidden:
                continue
            with suppress(OSError):
                status = entry.stat()
                is_folder = stat.S_ISDIR(status.st_mode)
                size = 0 if is_folder else status.st_size
                found.append(Item(entry.name, is_folder, size, int(status.st_mtime)))
    return sorted(found, key=_place_of)


def _place_of(item: Item) -> tuple[bool, int, list[tuple[bool, int, str]]]:
    age = 0 if item.is_folder else -item.changed
    parts = re.split(r"([0-9]+)", item.name.casefold())
    # Texts and numbers take turns, so that two numbers, or two texts, are ever compared.
    named = [(bool(at % 2), int(part) if at % 2 else 0, part) for at, part in enumerate(parts)]
    return not item.is_folder, age, named


def completed(typed: str) -> str:
    """What `typed` may become: the one name, or the longest beginning of names, that it begins.

    `typed` itself when nothing begins with it. A folder gets its slash.
    """
    folder_part, beginning = os.path.split(typed)
    try:
        items = items_of(Path(folder_part or ".").expanduser(), hidden=beginning.startswith("."))
    except (OSError, ValueError, RuntimeError):
        return typed
    names = [
        f"{item.name}/" if item.is_folder else item.name
        for item in items
        if item.name.startswith(beginning)
    ]
    common = os.path.commonprefix(names)  # noqa: RUF071 (characters are meant)
    return typed[: len(typed) - len(beginning)] + common if common else typed


def newest_files(folder: Path, count: int) -> list[Path]:
    """The files of a folder that changed last, the newest first; none where it cannot be read."""
    try:
        items = items_of(folder)
    except OSError:
        return []
    return [folder / item.name for item in items if not item.is_folder][:count]


def recent_folders() -> list[Path]:
    """The folders from which files were taken last, the newest first, that are still there."""
    kept = load_state(_RECENT)
    paths = [Path(one) for one in kept if isinstance(one, str)] if isinstance(kept, list) else []
    return [path for path in paths if path.is_dir()]


def remember_folder(folder: Path) -> None:
    """Keep a folder as the one used last."""
    folders = dict.fromkeys([str(folder.absolute()), *map(str, recent_folders())])
    save_state(_RECENT, list(folders)[:_MOST_FOLDERS])
