"""The demonstration office: one to look at, and one in which tests act."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from soptui.demo.building import build_office
from soptui.demo.office import DemoOffice
from soptui.locale import use
from soptui.records.platform.private_files import state_folder
from tests.support.bare_home import move_into
from tests.support.demo_office import Template
from tests.support.waiting import until_idle
from tests.tui.sitting import forget_places, now


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


@contextmanager
def _plain(home: Path) -> Iterator[None]:
    """Nothing of the person's settings, in a terminal that can show all."""
    with pytest.MonkeyPatch.context() as patch:
        move_into(home, patch)
        patch.setenv("TERM", "xterm-256color")
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("template")
    with _plain(folder):
        return Template.of(build_office(folder / "demo", clock=now))


@contextmanager
def _demo(template: Template, folder: Path) -> Iterator[DemoOffice]:
    with _plain(folder), template.copy(folder / "demo", clock=now) as demo:
        yield demo


@pytest.fixture(scope="module")
def office_to_look_at(
    template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DemoOffice]:
    with _demo(template, tmp_path_factory.mktemp("office")) as demo:
        yield demo


@pytest.fixture
def looking(office_to_look_at: DemoOffice, monkeypatch: pytest.MonkeyPatch) -> DemoOffice:
    """An office in which nothing is done; what screens remember is forgotten."""
    _enter(office_to_look_at, monkeypatch)
    use("id")
    shutil.rmtree(state_folder() / "drafts", ignore_errors=True)
    return office_to_look_at


@pytest.fixture(scope="module")
def office_to_act_in(
    template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DemoOffice]:
    with _demo(template, tmp_path_factory.mktemp("office")) as demo:
        yield demo


@pytest.fixture
def office(office_to_act_in: DemoOffice, monkeypatch: pytest.MonkeyPatch) -> DemoOffice:
    """An office in which each test acts upon another case."""
    _enter(office_to_act_in, monkeypatch)
    return office_to_act_in


def _enter(office: DemoOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two offices that are open at once, each keeps its own state; no test sees another's."""
    monkeypatch.setenv("SOPTUI_STATE", str(office.folder / "state"))
    forget_places()
    office.repository.report = None


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    use("id")
    yield
    use("id")
