"""A home without settings, and an office that each test gets anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.office import Town, found_office, move_office


@pytest.fixture(autouse=True, scope="session")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    for name in list(os.environ):
        if name.startswith(("GIT_", "SSH_", "XDG_", "SOPTUI_")):
            patch.delenv(name)
    patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    patch.setenv("SOPTUI_STATE", str(tmp_path_factory.mktemp("state")))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, _home: None) -> Town:
    return found_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def town(template: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """An office with a hub; nobody has acted yet."""
    monkeypatch.setenv("SOPTUI_STATE", str(tmp_path / "own-state"))
    town = move_office(template, tmp_path / "office")
    yield town
    town.close()
