"""A home of its own for each test, in which English is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from soptui.locale import use


@pytest.fixture(autouse=True)
def home(home: Path) -> Iterator[Path]:
    use("en")
    yield home
    use("id")
