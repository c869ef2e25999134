"""Processes of our own: work that must not stop, or share a processor with, what a person sees."""

from __future__ import annotations

import os
import sys


def own_process(module: str, *words: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The command that runs one of our modules with `words`, and its environment."""
    search = os.pathsep.join(path for path in sys.path if path)
    # -P: a folder that happens to be the current one has no say in what is imported.
    return (sys.executable, "-P", "-m", module, *words), os.environ | {"PYTHONPATH": search}
