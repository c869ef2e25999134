"""Every command answers in English, in an office whose clock goes on with every look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from soptui.locale import use
from tests.support.office_repository import OfficeFixture


@pytest.fixture(autouse=True)
def home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where every command is typed."""
    monkeypatch.setenv("SOPTUI_LANG", "en")
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.chdir(home)
    yield home
    use("id")


@pytest.fixture
def office(office: OfficeFixture, monkeypatch: pytest.MonkeyPatch) -> OfficeFixture:
    """An office with its officers, whose clock moves a minute with every look at it."""
    monkeypatch.setattr("soptui.desk.reading._system_clock", lambda: office.tick(1 / 60))
    return office


@pytest.fixture
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Output goes to a terminal of eighty columns."""
    monkeypatch.setattr("soptui.cli.output.is_terminal", lambda _stream: True)
    monkeypatch.setenv("COLUMNS", "80")
