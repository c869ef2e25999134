"""Offices whose people work by questions and sentences, in Indonesian."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.locale import use
from tests.support.demo_office import Template, now


@pytest.fixture
def office(opened_office: Template, tmp_path: Path) -> Iterator[DemoOffice]:
    """An office without cases."""
    with opened_office.copy(tmp_path.with_name(f"{tmp_path.name}-demo"), clock=now) as demo:
        yield demo


@pytest.fixture
def busy_office(built_office: Template, tmp_path: Path) -> Iterator[DemoOffice]:
    """An office with its cases."""
    with built_office.copy(tmp_path.with_name(f"{tmp_path.name}-demo"), clock=now) as demo:
        yield demo


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    use("id")
    yield
    use("id")
