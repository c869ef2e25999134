"""The soptui of this tree as a program of its own, and scripts in the place of other programs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from soptui.cli import main; main()"
SOPTUI = (sys.executable, "-c", _START)
"""The beginning of its command line, in whatever folder and surroundings."""


def path_with(folder: Path, name: str, script: str) -> str:
    """A PATH on which a shell script, kept in a folder, stands in the place of a program."""
    program = folder / "bin" / name
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return f"{program.parent}:{os.environ['PATH']}"
