"""Files that are the user's own: the folder in which soptui keeps them, and how one is written.

Whatever is remembered of a clone lies here and not in the clone, because that may have been copied
from anywhere. It is kept by the clone's path, and says inside whose it is: of which records, by
their first commit, and of which officer. What is another's counts as nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any


def state_folder() -> Path:
    """Where soptui keeps what is the user's own: $SOPTUI_STATE, or `soptui` in XDG's state home."""
    named = os.environ.get("SOPTUI_STATE")
    if named:
        return Path(named)
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local" / "state") / "soptui"


def state_path(clone: Path, suffix: str) -> Path:
    """Where what is remembered of the clone at this path is kept, by kind."""
    name = hashlib.sha256(os.fsencode(clone.resolve())).hexdigest()[:24]
    return state_folder() / "clones" / f"{name}{suffix}"


def load_kept(path: Path, *owner: str) -> Any:
    """What was kept at a path for these records and this officer, as JSON has it.

    None when there is nothing, when it is damaged, or when it is another's.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or kept.get("of") != list(owner):
        return None
    return kept.get("kept")


def save_kept(path: Path, value: object, *owner: str, durable: bool = True) -> None:
    """Keep what JSON can say for these records and this officer. Raises `OSError`."""
    kept = json.dumps({"of": owner, "kept": value})
    write_private(path, kept.encode("ascii"), durable=durable)


def write_private(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write a file that only the user may read, whole or not at all. Raises `OSError`.

    What is not `durable` outlives the program however that ends, but perhaps not the machine: it
    does not wait for the disk.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
