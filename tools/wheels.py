"""Wheels of what soptui needs, for every Python at hand: `python -m tools.wheels`.

They are kept in the folder of the environment, so that the test which installs soptui elsewhere
needs no network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
_KEPT = ROOT / ".venv" / "wheels"
_OLDEST, _NEWEST = 11, 30
_ASK = "import ensurepip, sys, venv; print(*sys.version_info[:2], sep='.')"


def pythons() -> dict[str, Path]:
    """A Python of each version from 3.11 on that can make environments, by version."""
    found: dict[str, Path] = {}
    for path in _candidates():
        told = subprocess.run([path, "-c", _ASK], capture_output=True, text=True, check=False)
        major, _, minor = told.stdout.strip().partition(".")
        if told.returncode == 0 and int(major) == 3 and int(minor) >= _OLDEST:
            found.setdefault(f"{major}.{minor}", path)
    return found


def _candidates() -> Iterator[Path]:
    """This Python first, then those on PATH and those that pyenv keeps."""
    yield Path(sys.executable)
    for minor in range(_OLDEST, _NEWEST):
        if path := shutil.which(f"python3.{minor}"):
            yield Path(path)
    kept = os.environ.get("PYENV_ROOT")
    versions = Path(kept) / "versions" if kept else Path(sys.base_prefix).parent
    yield from sorted(versions.glob("3.*/bin/python3"))


def kept_wheels(version: str) -> Path:
    """Where the wheels for a version of Python are kept, as soptui needs them now; maybe none yet.

    What it needs is said in two files, and other wheels are kept when they change.
    """
    needed = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    return _KEPT / f"{version}-{sha256(needed).hexdigest()[:12]}"


def collect(python: Path, folder: Path) -> None:
    """Get the wheels of all that soptui needs, and of what builds it, as pip is configured."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    pins = ("-c", str(ROOT / "constraints.txt"))
    subprocess.run(
        [python, "-m", "pip", "wheel", "--quiet", *pins, "--wheel-dir", folder, *needed], check=True
    )


def main() -> None:
    """Get what is not here yet."""
    for version, python in pythons().items():
        made = kept_wheels(version)
        if not made.exists():
            unfinished = made.with_name(f"{made.name}.part")
            collect(python, unfinished)
            unfinished.rename(made)
        print(f"Python {version}: {sum(1 for _ in made.iterdir())} wheels")


if __name__ == "__main__":
    main()
