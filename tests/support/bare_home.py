"""A home as a new user of the machine has it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

_SETTINGS = ("EDITOR", "GIT_", "NO_COLOR", "PYTHON", "SOPTUI_", "SSH_", "VISUAL", "XDG_")


def move_into(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Live in an empty folder, where no key or setting of who runs the tests has a say."""
    for name in list(os.environ):
        if name.startswith(_SETTINGS):
            patch.delenv(name)
    patch.setenv("HOME", str(home))
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture(autouse=True, scope="session")
def _home_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No key or setting of who runs the tests has a say, in what tests share as well."""
    with pytest.MonkeyPatch.context() as patch:
        move_into(tmp_path_factory.mktemp("home"), patch)
        yield


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of each test, which is empty."""
    folder = tmp_path.with_name(f"{tmp_path.name}-home")
    folder.mkdir()
    move_into(folder, monkeypatch)
    return folder
