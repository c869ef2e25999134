"""Files that are the user's own: the folder in which soptui keeps them, and how one is written."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


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
