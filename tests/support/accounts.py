"""Unix accounts of a test, which only root can make: each with a home that it owns."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from soptui.records.hub.check import hidden_part
from tests.support import needs
from tests.support.waiting import until


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder into which every account may look: pytest closes its own whenever a run begins."""
    with tempfile.TemporaryDirectory(prefix="soptui-shared-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path


@contextmanager
def unix_accounts(shared: Path, count: int) -> Iterator[list[str]]:
    """So many accounts of one group (`group_name`); the test is skipped for whoever is not root."""
    needs.root()
    if shutil.which("useradd") is None or not python_for_all():
        pytest.skip("no accounts can be made, or none of them could start this Python")
    names = [f"soptui-{os.getpid()}-{number}" for number in range(1, count + 1)]
    administer("groupadd", group_name())
    try:
        for name in names:
            home = shared / name
            (home / ".ssh").mkdir(parents=True, mode=0o700)
            administer(
                "useradd", "-M", "-d", str(home), "-s", "/bin/sh", "-G", group_name(), "-p", "*",
                name,
            )  # fmt: skip
            (home / ".gitconfig").write_text(f"[safe]\n\tdirectory = {shared}/records.git\n")
            give(home, name)
        yield names
    finally:
        for name in names:
            subprocess.run(("userdel", name), check=False, capture_output=True)
        subprocess.run(("groupdel", group_name()), check=False, capture_output=True)


def python_for_all() -> str:
    """A Python that every account may start, of the version that runs the test; else empty."""
    system = Path(f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}")
    candidates = (Path(sys.executable), system)
    return next((str(path) for path in candidates if path.exists() and not hidden_part(path)), "")


def group_name() -> str:
    """The group of the accounts of this run."""
    return f"soptui-{os.getpid()}"


def give(path: Path, name: str) -> None:
    """Let all below a path belong to an account."""
    administer("chown", "-R", f"{name}:", str(path))


def administer(*command: str) -> None:
    """Run a command that changes accounts; other runs may hold their lock for a moment."""
    until(
        lambda: subprocess.run(command, check=False, capture_output=True).returncode == 0,
        lambda: f"{command} does not succeed",
    )
