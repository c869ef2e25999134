"""What a face remembers from one start to the next: small private files in the state folder.

They are a convenience: a damaged one counts as none, and one that cannot be written is let go.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from soptui.records.platform.private_files import state_folder, write_private


def load_state(name: str) -> Any:
    """What was kept under a name; None when there is nothing, or it is damaged."""
    try:
        return json.loads((state_folder() / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def save_state(name: str, value: object) -> None:
    """Keep what JSON can say, without waiting for the disk."""
    with suppress(OSError):
        write_private(state_folder() / name, json.dumps(value).encode("ascii"), durable=False)
