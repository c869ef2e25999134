"""What holds for all tests: examples that stay the same, and a home apart from the user's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from soptui.locale.language import language, use
from tests.support.bare_home import move_into

pytest_plugins = ("tests.support.town",)

# One commit gives one answer, wherever and however often it is tested. Whoever looks for new
# examples runs `pytest --hypothesis-profile=explore`.
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore", max_examples=1000)
settings.load_profile("steady")


@pytest.fixture(autouse=True, scope="session")
def _home_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No key or setting of who runs the tests has a say, in what tests share as well."""
    with pytest.MonkeyPatch.context() as patch:
        move_into(tmp_path_factory.mktemp("home"), patch)
        yield


@pytest.fixture(autouse=True)
def _same_language() -> Iterator[None]:
    """What one test has people read does not decide what the next one reads."""
    before = language()
    yield
    use(before)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder for one test; where every test needs one, `conftest.py` makes it so."""
    folder = tmp_path / "home"
    folder.mkdir()
    move_into(folder, monkeypatch)
    return folder
