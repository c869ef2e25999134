"""Run the core of the quick tests on every other Python at hand, one of each version.

Looked for are `python3.X` on the PATH and what the version managers pyenv, asdf, mise and uv keep.
Deprecations of every kind are errors, also in the programs that tests start. Ends with 1 where a
test fails, and says which versions ran. With `--newest` only the newest of them runs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
OLDEST = (3, 11)
CORE = (
    "tests/domain", "tests/records/files", "tests/records/index", "tests/records/keys",
    "tests/desk", "tests/cli/test_story.py", "tests/cli/test_program.py",
)  # fmt: skip
"""The rules, the records, the desk, and commands that go through them all."""

_MANAGED = (
    ".pyenv/versions", ".asdf/installs/python", ".local/share/mise/installs/python",
    ".local/share/uv/python",
)  # fmt: skip
_TELLS = "import sys, ensurepip; print(*sys.version_info[:3], sys.executable)"
_STRICT = "error::DeprecationWarning,error::PendingDeprecationWarning,error::FutureWarning"

Version = tuple[int, ...]


def main() -> int:
    """Run them all; 0 when nothing failed."""
    found = other_pythons()
    if sys.argv[1:] == ["--newest"]:
        found = dict([*found.items()][-1:])
    if not found:
        print("No other Python is at hand.")
    failed = [version for version, python in found.items() if not passes(version, python)]
    told = {version: "failed" if version in failed else "passed" for version in found}
    for version, how in told.items():
        print(f"Python {'.'.join(map(str, version))}: {how}")
    return 1 if failed else 0


def other_pythons() -> dict[Version, str]:
    """The newest of each minor version but the one that runs this, the oldest first."""
    newest: dict[Version, tuple[Version, str]] = {}
    for candidate in dict.fromkeys(_candidates()):
        done = subprocess.run(
            (candidate, "-I", "-c", _TELLS), capture_output=True, text=True, check=False
        )
        told = done.stdout.split()
        if done.returncode or len(told) != 4:
            continue
        version, python = tuple(map(int, told[:3])), told[3]
        minor = version[:2]
        if (
            minor >= OLDEST
            and minor != sys.version_info[:2]
            and version > newest.get(minor, ((),))[0]
        ):
            newest[minor] = version, python
    return {version: python for _minor, (version, python) in sorted(newest.items())}


def _candidates() -> Iterator[str]:
    for managed in _MANAGED:
        yield from map(str, sorted((Path.home() / managed).glob("*/bin/python3")))
    for minor in range(OLDEST[1], 30):
        found = shutil.which(f"python{OLDEST[0]}.{minor}")
        if found is not None:
            yield found


def passes(version: Version, python: str) -> bool:
    """Whether the core passes on a Python, in an environment of its own that is kept."""
    environment = ROOT / f".venv-{version[0]}.{version[1]}"
    own = environment / "bin" / "python"
    installed = environment / "installed"
    wanted = max((ROOT / name).stat().st_mtime for name in ("pyproject.toml", "constraints.txt"))
    if not installed.exists() or installed.stat().st_mtime < wanted:
        subprocess.run((python, "-m", "venv", "--clear", environment), check=True)
        install = ("install", "--quiet", "-c", "constraints.txt", "-e", ".[dev]")
        subprocess.run((own, "-m", "pip", *install), check=True, cwd=ROOT)
        installed.touch()
    tests = ("-m", "not slow", "-n", "2", "--dist", "worksteal", "-q", *CORE)
    command = (own, "-m", "pytest", "-p", "no:cacheprovider", *tests)
    strict = os.environ | {"PYTHONWARNINGS": _STRICT}
    return subprocess.run(command, cwd=ROOT, env=strict, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
