"""What holds for all tests, and the home of those that need one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.bare_home import move_into

# One commit gives one answer, wherever and however often it is tested. Whoever looks for new
# examples runs `pytest --hypothesis-profile=explore`.
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore", max_examples=1000)
settings.load_profile("steady")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder for one test; where every test needs one, `conftest.py` makes it so."""
    folder = tmp_path / "home"
    folder.mkdir()
    move_into(folder, monkeypatch)
    return folder
