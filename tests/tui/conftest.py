"""Offices at whose screens tests sit: one to look at, and those in which they act."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from soptui.demo.acting import Actor
from soptui.demo.office import DemoOffice
from soptui.locale import use
from soptui.records.platform.private_files import state_folder
from soptui.tui.frame.settling import Settling
from tests.support.demo_office import Template, now
from tests.support.waiting import until_idle
from tests.tui.forming import Office
from tests.tui.sitting import forget_places


@pytest.fixture(autouse=True, scope="session")
def _exact_pilot() -> Iterator[None]:
    """Pilots know when the screen is idle, where Textual's guess and sleep.

    Nor is the picture held back for a moment when another place is shown, to mask a flicker.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.app.App.delay_update", lambda _app, _delay=0: None)
        patch.setattr("textual.app.wait_for_idle", until_idle)
        patch.setattr("textual.pilot.wait_for_idle", until_idle)
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_time_passes() -> Iterator[None]:
    """What waits until no key was pressed for a moment follows at once."""

    def begin(settling: Settling) -> None:
        settling._screen.call_next(settling._settle)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Settling, "begin", begin)
        yield


@pytest.fixture(autouse=True, scope="session")
def _shared_style_sheets() -> Iterator[None]:
    """Each style sheet is parsed once, and not by every app anew: the rules do not change."""
    parse = Stylesheet._parse_rules
    parsed: dict[object, list[RuleSet]] = {}

    def parse_once(sheet: Stylesheet, *which: Any, **more: Any) -> list[RuleSet]:
        asked = (frozenset(sheet._variables.items()), which, tuple(more.items()))
        if asked not in parsed:
            parsed[asked] = parse(sheet, *which, **more)
        return parsed[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture(scope="session")
def _office_to_look_at(
    built_office: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DemoOffice]:
    with built_office.copy(tmp_path_factory.mktemp("looked-at") / "demo", clock=now) as demo:
        yield demo


@pytest.fixture
def looking(_office_to_look_at: DemoOffice, monkeypatch: pytest.MonkeyPatch) -> DemoOffice:
    """An office in which nothing is done; what screens remember is forgotten."""
    monkeypatch.setenv("SOPTUI_STATE", str(_office_to_look_at.folder / "state"))
    forget_places()
    shutil.rmtree(state_folder() / "drafts", ignore_errors=True)
    _office_to_look_at.repository.report = None
    return _office_to_look_at


@pytest.fixture
def office(built_office: Template, tmp_path: Path) -> Iterator[DemoOffice]:
    """An office to act in."""
    with built_office.copy(tmp_path.with_name(f"{tmp_path.name}-demo"), clock=now) as demo:
        yield demo


@pytest.fixture
def small_office(opened_office: Template, tmp_path: Path) -> Iterator[Office]:
    """An office without cases, in which one case will stand where a test wants it."""
    with opened_office.copy(tmp_path.with_name(f"{tmp_path.name}-demo"), clock=now) as demo:
        yield Office(demo, Actor(demo))


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A terminal that can show all, whose person reads Indonesian."""
    monkeypatch.setenv("TERM", "xterm-256color")
    use("id")
    yield
    use("id")
