"""How long the command and its parts take to import, beyond an empty Python."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial

from tools.bench.records import ROOT
from tools.bench.table import Row, median_of

_MODULES = ("soptui.cli.app", "soptui.desk.desk", "soptui.records.clone.repository")
_SLOW = ("textual", "git", "cryptography", "tomlkit", "sqlite3")


def importing() -> Iterator[Row]:
    """Import times, and whether a command loads what only the screen needs."""
    acts: dict[str, Callable[[], object]] = {"": partial(_python, "pass")}
    acts |= {module: partial(_python, f"import {module}") for module in _MODULES}
    taken = median_of(acts, 7)
    for module in _MODULES:
        loaded = _python(f"import sys, {module}; print(*sys.modules)").split()
        slow = [name for name in _SLOW if name in loaded]
        yield Row(
            f"import {module}",
            "no textual",
            f"{taken[module] - taken['']:.0f} ms" + (f", loads {', '.join(slow)}" if slow else ""),
            "textual" not in slow,
        )


def _python(code: str) -> str:
    done = subprocess.run(
        (sys.executable, "-c", code),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
