"""The wheel holds all that soptui needs of its own: installed elsewhere, it works."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import soptui
from tests.support.programs import ROOT
from tools.wheels import collect, kept_wheels, pythons

PYTHONS = pythons()


def run(*command: str | Path, folder: Path) -> str:
    """What a command writes, in a folder and with an environment that know nothing of the tree."""
    environment = {name: os.environ[name] for name in ("HOME", "PATH")}
    # What is deprecated is gone in some later Python: it is an error here as in all tests.
    environment |= {"LANG": "C.UTF-8", "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [str(word) for word in command], cwd=folder, env=environment, capture_output=True,
        text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def installed(version: str, tmp_path: Path) -> Path:
    """The folder of programs of a bare environment into which the wheel alone was installed."""
    python, needed = PYTHONS[version], kept_wheels(version)
    if not needed.exists():
        needed = tmp_path / "wheels"
        collect(python, needed)
    pip = ("-m", "pip", "--disable-pip-version-check", "-q")
    local = ("--no-index", "--find-links", needed)

    def call(*command: str | Path) -> None:
        subprocess.run(list(map(str, command)), check=True, capture_output=True)

    call(python, *pip, "wheel", *local, "--no-deps", "--wheel-dir", tmp_path, ROOT)
    (wheel,) = tmp_path.glob("soptui-*.whl")
    call(python, "-m", "venv", tmp_path / "elsewhere")
    programs = tmp_path / "elsewhere" / "bin"
    call(programs / "python", *pip, "install", *local, wheel)
    return programs


@pytest.mark.slow
@pytest.mark.parametrize("version", PYTHONS)
def test_the_wheel_works_in_a_bare_environment(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "soptui", "--version", folder=tmp_path) == f"{soptui.__version__}\n"
    assert "35/35" in run(installed / "soptui", "demo", "--auto", folder=tmp_path)
    as_module = run(installed / "python", "-m", "soptui", "--version", folder=tmp_path)
    assert as_module == f"{soptui.__version__}\n"
