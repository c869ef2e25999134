"""Commands that start a part of soptui from Git: quickly, and with nothing but what is installed.

Python runs isolated (`-I`: no variables, no user's folders, not the current folder) and without
`site` (`-S`); the folders of soptui and of the libraries it needs are written into the command.
Somebody waits for each of these, so the collector rests while modules load, and nothing is torn
down at the end: together that is a quarter of the time.
"""

from __future__ import annotations

import shlex
import sys
from importlib.util import find_spec
from pathlib import Path


def library_folders() -> list[str]:
    """The folders that must be on Python's path: those of soptui and of its compiled library."""
    folders = [str(Path(__file__).resolve().parents[3])]
    for name in ("cryptography", "_cffi_backend"):
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            origin = Path(spec.origin)
            folders.append(str(origin.parents[1] if name == "cryptography" else origin.parent))
    return list(dict.fromkeys(folders))


def launcher(module: str) -> str:
    """A shell script that runs `main()` of a module of soptui with the script's arguments."""
    code = (
        f"import gc, os, sys; gc.disable(); sys.path[:0] = {library_folders()!r}; "
        f"from {module} import main; gc.freeze(); gc.enable(); code = main(); "
        "sys.stdout.flush(); sys.stderr.flush(); os._exit(code)"
    )
    words = [sys.executable, "-I", "-S", "-c", code]
    return f'#!/bin/sh\nexec {" ".join(map(shlex.quote, words))} "$@"\n'
