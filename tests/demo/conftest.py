"""A home of its own for each test, so that no key, setting or language of the machine has a say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from soptui.locale import use


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "home"
    folder.mkdir()
    for name in list(os.environ):
        if name.startswith(("GIT_", "SSH_", "XDG_", "SOPTUI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    use("en")
    yield folder
    use("id")
