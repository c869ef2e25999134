"""Faults of the program itself: their tracebacks are kept in private files, for who mends them."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path

from soptui.domain.text import safe
from soptui.records.platform.private_files import state_folder, write_private

EXIT_CODE = 70
"""With what a program ends that a fault stopped."""


def keep_fault(error: BaseException) -> Path | None:
    """Write the traceback to a file of its own; where, or None when it cannot be written.

    The values of variables are not in it.
    """
    name = f"fault-{datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
    path = state_folder() / "faults" / name
    text = "".join(traceback.format_exception(error))
    try:
        write_private(path, safe(text).encode("utf-8"))
    except OSError:
        return None
    return path
