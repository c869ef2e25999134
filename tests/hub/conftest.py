"""A home without settings, and an office that each test gets anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bare_home import move_into
from tests.hub.office import Town, found_office, move_office


@pytest.fixture(autouse=True, scope="session")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        move_into(tmp_path_factory.mktemp("home"), patch)
        yield


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
