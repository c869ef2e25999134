"""What a face remembers from one start to the next: small private files in the state folder.

They are a convenience: a damaged one, or another's, counts as none, and one that cannot be written
is let go.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from soptui.records.platform.private_files import load_kept, save_kept, state_folder


def load_state(name: str, *owner: str) -> Any:
    """What was kept under a name for its owner: these records, this officer; None for nothing."""
    return load_kept(state_folder() / name, *owner)


def save_state(name: str, value: object, *owner: str) -> None:
    """Keep what JSON can say for its owner, without waiting for the disk."""
    with suppress(OSError):
        save_kept(state_folder() / name, value, *owner, durable=False)
