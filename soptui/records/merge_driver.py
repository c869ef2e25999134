"""The merge driver of a clone: stock Git asks it how two sides of a case's file join.

Git calls it with three files: the common beginning (which has no say), ours and theirs. Ours
becomes the union: its own bytes, followed by those blocks of theirs that it lacks. When Git
rebases, "ours" is the line that was fetched and "theirs" the commit that is being put on top, so
that the result appends exactly that commit's event.
"""

from __future__ import annotations

import sys
from pathlib import Path

from soptui.domain.message import Refusal
from soptui.records.files.union import union_of_cases


def main() -> int:
    """Join the files named by the arguments; Git takes another code than 0 for a conflict."""
    if len(sys.argv) < 4:
        return 2
    ours, theirs = Path(sys.argv[2]), Path(sys.argv[3])
    try:
        union = union_of_cases(ours.read_bytes(), theirs.read_bytes())
    except (Refusal, OSError):
        return 1
    if union is None:
        return 1
    ours.write_bytes(union)
    return 0
