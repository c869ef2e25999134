"""Starts parts of soptui as processes: what Git calls, and workers beside what a person sees.

What Git starts has somebody waiting for it, and what reads a stranger's file must not be led
astray. Both take nothing but what is installed: Python runs isolated (`-I`: no variables, no
user's folders, not the current folder) and without `site` (`-S`); the folders of soptui and of the
libraries it needs are written into the command. The collector rests while modules load, and
nothing is torn down at the end: together that is a quarter of the time.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

SIGNING = ("cryptography", "_cffi_backend")
"""The libraries by which signatures are verified."""

_RECORDS = "msgspec"
"""The library that makes records, which every module of soptui may need."""


def library_folders(*libraries: str) -> list[str]:
    """The folders that must be on Python's path: of soptui, its records and these libraries."""
    from importlib.util import find_spec

    folders = [str(Path(__file__).resolve().parents[3])]
    for spec in map(find_spec, (_RECORDS, *(libraries or SIGNING))):
        if spec is not None and spec.origin is not None:
            is_package = spec.submodule_search_locations is not None
            folders.append(str(Path(spec.origin).parents[1 if is_package else 0]))
    return list(dict.fromkeys(folders))


def isolated(module: str, *libraries: str) -> tuple[str, ...]:
    """The command that runs `main()` of a module of soptui, isolated; words may follow it.

    `main` returns the exit code. The libraries named, by default those of signatures, can be
    loaded, and what lies in one folder with them. What msgspec would take from typing_extensions,
    if that is there, Python itself has since 3.11; it would bring `inspect` along, a fifth of the
    time until `main`.
    """
    code = (
        f"import gc, os, sys; gc.disable(); sys.path[:0] = {library_folders(*libraries)!r}; "
        "sys.modules['typing_extensions'] = None; "
        f"from {module} import main; gc.freeze(); gc.enable(); code = main(); "
        "sys.stdout.flush(); sys.stderr.flush(); os._exit(code)"
    )
    return sys.executable, "-I", "-S", "-c", code


def launcher(module: str) -> str:
    """A shell script that runs `main()` of a module of soptui with the script's arguments."""
    import shlex

    return f'#!/bin/sh\nexec {" ".join(map(shlex.quote, isolated(module)))} "$@"\n'


def own_process(module: str, *words: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The command that runs one of our modules with `words`, and its environment."""
    search = os.pathsep.join(path for path in sys.path if path)
    # -P: a folder that happens to be the current one has no say in what is imported.
    return (sys.executable, "-P", "-m", module, *words), os.environ | {"PYTHONPATH": search}
