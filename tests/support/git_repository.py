"""An empty bare repository, for tests of what is kept in one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from soptui.records.git.process import GitDirectory


@pytest.fixture
def repository(tmp_path: Path) -> GitDirectory:
    """An empty bare repository."""
    path = tmp_path / "records.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path], check=True)
    return GitDirectory.at(path)
